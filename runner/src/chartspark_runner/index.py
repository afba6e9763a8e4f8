"""index.json and index.html: what lies in a results folder, for programs and for people. Pure but for `read_index`; called by `run`."""

from html import escape
from string import Template

from chartspark_api.base import ObservedModel
from chartspark_api.job import ChartSparkJob
from chartspark_api.metadata import ChartMetadata
from chartspark_api.status import BestResult, FailedChart
from pydantic import Field

from chartspark_runner.archive import archive_name
from chartspark_runner.score import percent
from chartspark_runner.storage import Store


class Entry(BestResult):
    """A published chart."""

    seconds: float
    title: str = Field(exclude=True)
    alternative: str = Field(exclude=True)
    """What the chart says, for those who cannot see it."""
    subject: str = Field(exclude=True)
    files: tuple[str, ...] = Field(exclude=True)
    """Of the finished chart, the better to look at first."""


class Index(ObservedModel):
    """All charts of a job, as storage shows them."""

    schema_version: int = 1
    job: str
    namespace: str
    uid: str
    charts_total: int
    charts: tuple[Entry, ...]
    archive: str | None = None
    """The file that holds all results, once all are there."""
    failed_charts: tuple[FailedChart, ...]


def read_index(job: ChartSparkJob, store: Store) -> Index:
    """Return the state of every chart of the job, in the request's order."""
    names = [chart.name for chart in job.spec.charts]
    charts = tuple(read_entry(store, name) for name in names if store.is_published(name))
    failures = (store.failure(name) for name in names if not store.is_published(name))
    failed_charts = tuple(failure for failure in failures if failure is not None)
    complete = len(charts) + len(failed_charts) == len(names)
    return Index(
        job=job.metadata.name,
        namespace=job.metadata.namespace,
        uid=job.metadata.uid,
        charts_total=len(names),
        charts=charts,
        archive=archive_name(job.spec.output.archive) if complete else None,
        failed_charts=failed_charts,
    )


def read_entry(store: Store, chart: str) -> Entry:
    """Return what the metadata of a published chart say."""
    metadata = ChartMetadata.model_validate_json(store.file(chart, "metadata.json").read_bytes())
    files = tuple(f"{chart}/{name}" for name in ("chart.png", "chart.svg") if name in metadata.files)
    score, asked = percent(metadata.scores.total), metadata.min_score_percent
    return Entry(
        chart=chart,
        file=files[0],
        score_percent=score,
        below_minimum=asked if score < asked else None,
        seed=metadata.seed,
        seconds=round(metadata.timings["total"], 2),
        title=metadata.title,
        alternative=metadata.alternative,
        subject=metadata.subject,
        files=files,
    )


def index_json(index: Index) -> bytes:
    """Return index.json."""
    return (index.model_dump_json(by_alias=True, exclude_none=True, indent=2) + "\n").encode()


def index_html(index: Index) -> bytes:
    """Return the gallery. It needs nothing but the folder it lies in."""
    cards = "".join(_card(entry) for entry in index.charts)
    failures = "".join(
        f"<li><strong>{escape(f.name)}</strong> <em>{f.reason}</em><br>{escape(f.message)}</li>"
        for f in index.failed_charts
    )
    waiting = index.charts_total - len(index.charts) - len(index.failed_charts)
    counts = f"{len(index.charts)} of {index.charts_total} charts" + (
        f", {waiting} to come" if waiting else ""
    )
    page = _PAGE.substitute(
        job=escape(index.job),
        counts=counts,
        archive=f' &middot; <a href="{index.archive}">{index.archive}</a>' if index.archive else "",
        cards=cards,
        failures=f"<h2>Could not be made</h2><ul>{failures}</ul>" if failures else "",
    )
    return page.encode()


def _card(entry: Entry) -> str:
    return _CARD.substitute(
        chart=entry.chart,
        picture=entry.files[0],
        largest=entry.files[-1],
        finished=" ".join(f'<a href="{file}">{file[-3:].upper()}</a>' for file in entry.files),
        below=""
        if entry.below_minimum is None
        else f'<span class="below">below the {entry.below_minimum}&#8239;% that were asked for</span>',
        title=escape(entry.title),
        alternative=escape(entry.alternative),
        subject=escape(entry.subject),
        score=entry.score_percent,
        seed=entry.seed,
    )


_CARD = Template("""
<figure>
  <a href="$largest"><img src="$picture" alt="$alternative" loading="lazy"></a>
  <figcaption>
    <strong>$title</strong>
    <span>made of <em>$subject</em>, read back at $score&#8239;%, seed $seed</span>
    $below
    <span class="links">$finished
    <a href="$chart/plain.png">plain</a> <a href="$chart/overlay.png">overlay</a>
    <a href="$chart/metadata.json">metadata</a></span>
  </figcaption>
</figure>""")

_PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$job</title>
<style>
  :root { color-scheme: light; --ink: #2a2522; --quiet: #756d68; }
  body { margin: 0 auto; max-width: 90rem; padding: 3rem 2rem; background: #f6f3f0; color: var(--ink);
         font: 16px/1.5 system-ui, sans-serif; }
  h1 { margin: 0; font-size: 1.9rem; } header p { margin: .2rem 0 2rem; color: var(--quiet); }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); gap: 1.6rem; }
  figure { margin: 0; background: #fff; border-radius: 12px; overflow: hidden; box-shadow: 0 1px 8px #0001; }
  figure img { display: block; width: 100%; height: auto; }
  figcaption { display: grid; gap: .15rem; padding: .9rem 1.1rem 1.1rem; }
  figcaption span { color: var(--quiet); font-size: .87rem; } a { color: #0b5cad; }
  figcaption .below { color: #a3300a; font-weight: 600; }
  .links a { margin-right: .7rem; } li { margin-bottom: .7rem; }
</style>
<header><h1>$job</h1><p>$counts &middot; <a href="index.json">index.json</a> &middot; <a href="job.json">job.json</a>$archive</p></header>
<main>$cards</main>
$failures
</html>
""")
