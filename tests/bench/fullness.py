"""Measures how much of the marks the 200 subjects of the evaluation fill, and writes docs/elements/coverage.md.

`make coverage` runs it. Each subject's icon is laid into one small table of every type whose marks it should be.
What was measured lies in build/coverage.jsonl and is not measured again. `--every 4` takes every fourth subject.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from chartspark_api.charts import Chart
from chartspark_runner.check import plan_chart
from chartspark_runner.coverage import ENOUGH
from chartspark_runner.element import Cast, Element
from elements import MODEL, paint
from finish import finished
from pydantic import TypeAdapter

from runner.training.evaluation.subjects import subjects

ROOT = Path(__file__).parents[2]
PAGE, PART = ROOT / "docs" / "elements" / "coverage.md", ROOT / "build" / "coverage.jsonl"
TYPES = ("Bar", "Line", "Area", "Pie")
TABLE = "year,amount\n2019,40\n2020,70\n2021,55\n2022,90\n"


@dataclass(frozen=True, slots=True)
class Filled:
    """A subject, and what share of the marks of each type its icon covers; nothing where there is no icon."""

    subject: str
    shares: dict[str, float]

    @property
    def short(self) -> tuple[str, ...]:
        """The types whose marks it does not fill."""
        return tuple(kind for kind, share in self.shares.items() if share < ENOUGH)


KEPT = TypeAdapter(Filled)


def filled(subject: str, element: Element | None) -> Filled:
    """Return how a subject's icon fills the marks of each type."""
    if element is None:
        return Filled(subject, {})
    shares = {}
    for kind in TYPES:
        planned = plan_chart(Chart.model_validate(_chart(kind, subject)))
        best = finished(planned, Cast((element,) * len(planned.drawing.slots)))
        shares[kind] = best.coverage or 0.0
    return Filled(subject, shares)


def _chart(kind: str, subject: str) -> dict[str, object]:
    return {
        "name": "chart", "type": kind, "title": subject, "subject": subject, "data": {"csv": TABLE},
        "xColumn": "year", "yColumn": "amount", "width": 600, "height": 400,
    }  # fmt: skip


def page(measured: Sequence[Filled]) -> str:
    """Return coverage.md."""
    drawn = [one for one in measured if one.shares]
    rows = "\n".join(_rows(drawn))
    return f"""# How much of the marks elements fill

Rendered by `make coverage`: the icon that {MODEL} finds for {len(measured)} of the {len(subjects())} subjects of [runner/training/evaluation/subjects.csv](../../runner/training/evaluation/subjects.csv), evenly taken from the list, laid into a table of four rows at 600 by 400 pixels, with whatever second tries the runner would make. Coverage is the share of the marks' pixels that lie under the element, see [scores](../reference/scores.md#coverage); {ENOUGH:.0%} is asked for. {len(measured) - len(drawn)} subjects have no icon. Points of scatter charts are the elements themselves, and are not counted here.

| type | subjects that reach {ENOUGH:.0%} | median coverage | least |
|---|---|---|---|
{rows}

## Those that do not

{_misses(drawn)}
"""


def _rows(drawn: Sequence[Filled]) -> Iterator[str]:
    for kind in TYPES:
        shares = [one.shares[kind] for one in drawn]
        enough = sum(share >= ENOUGH for share in shares)
        yield f"| {kind} | {enough} of {len(shares)} | {median(shares):.0%} | {min(shares):.0%} |"


def _misses(drawn: Sequence[Filled]) -> str:
    short = sorted((one for one in drawn if one.short), key=lambda one: min(one.shares.values()))
    if not short:
        return "None."
    head = f"| subject | {' | '.join(TYPES)} |\n|---|{'---|' * len(TYPES)}\n"
    return head + "\n".join(
        f"| {one.subject} | {' | '.join(_told(one.shares[kind]) for kind in TYPES)} |" for one in short
    )


def _told(share: float) -> str:
    return f"**{share:.0%}**" if share < ENOUGH else f"{share:.0%}"


def main() -> None:
    """Measure what has not been measured before, and write the page."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--every", type=int, default=1)
    PART.parent.mkdir(exist_ok=True)
    PART.touch()
    known = {one.subject: one for one in map(KEPT.validate_json, PART.read_bytes().splitlines())}
    asked = [subject.words for subject in subjects()[:: words.parse_args().every]]
    elements = paint([name for name in asked if name not in known])
    for name in asked:
        if name not in known:
            known[name] = filled(name, elements.get(name))
            with PART.open("ab") as file:
                file.write(KEPT.dump_json(known[name]) + b"\n")
    PAGE.write_text(page([known[name] for name in asked]))


if __name__ == "__main__":
    main()
