"""Second tries: carries out the remedies that `remedies` names, each at most once. Called by the pipeline; knows no chart type."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from chartspark_api.metadata import Remedy, SecondTry

from chartspark_runner.candidates import Candidate, Measure, drafted, judged, rank
from chartspark_runner.casting import Casting
from chartspark_runner.charts.fit import LOOSE, Fit
from chartspark_runner.remedies import Least, NextTry, Seen, next_try


@dataclass(frozen=True, slots=True, eq=False)
class Mended:
    """What became of a chart's candidates."""

    ranked: tuple[Candidate, ...]
    """The best first; none where nothing could be cut out."""
    second_tries: tuple[SecondTry, ...]


def mended(first: Sequence[Candidate], by: Measure, others: Callable[[], Sequence[Casting]]) -> Mended:
    """Return the candidates, with those that second tries made.

    Args:
        first: Those of the first try.
        by: What they are measured against.
        others: Makes castings from other seeds.
    """
    ranked = _ranked(first)
    tried: list[NextTry] = []
    chart = by.planned.chart
    least = Least(chart.min_score_percent, chart.min_text_image_percent)
    while (
        once_more := next_try(
            _seen(ranked[0]) if ranked else None, least, [earlier.remedy for earlier in tried]
        )
    ) is not None:
        tried.append(once_more)
        fit = ranked[0].draft.fit if ranked else LOOSE
        match once_more.remedy:
            case Remedy.HALO:
                ranked = _again(ranked, replace(fit, halo=True), by)
            case Remedy.CLOSER:
                # Closer elements come nearer to the edges, too.
                ranked = _again(ranked, Fit(close=True, halo=True), by)
            case Remedy.NEW_SEED:
                more = (judged(drafted(by.planned, casting, fit), by) for casting in others())
                ranked = _ranked([*ranked, *more])
            case _:
                assert_never(once_more.remedy)
    kept = _kept(ranked[0], chart.candidates) if ranked else frozenset()
    return Mended(tuple(ranked), tuple(_told(one, kept) for one in tried))


def _seen(best: Candidate) -> Seen:
    # Where elements are not laid into the marks nothing could lie closer.
    coverage = None if best.parted is None else best.coverage
    return Seen(best.percent, best.parted, coverage, best.text_image_percent)


def _told(tried: NextTry, kept: Collection[Remedy]) -> SecondTry:
    return SecondTry(remedy=tried.remedy, causes=tried.causes, kept=tried.remedy in kept)


def _again(ranked: Sequence[Candidate], fit: Fit, by: Measure) -> list[Candidate]:
    """Return the candidates, the best of them laid in otherwise if that is better."""
    best, *rest = ranked
    return _ranked([max(best, judged(drafted(by.planned, best.draft.casting, fit), by), key=rank), *rest])


def _ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=rank, reverse=True)


def _kept(best: Candidate, candidates: int) -> frozenset[Remedy]:
    """Return the remedies that the best candidate owes something to."""
    owed = {
        Remedy.HALO: best.draft.fit.halo,
        Remedy.CLOSER: best.draft.fit.close,
        Remedy.NEW_SEED: best.number >= candidates,
    }
    return frozenset(remedy for remedy, kept in owed.items() if kept)
