"""The policy of second tries: which remedy a chart needs, if any, and for what. Pure; called by `mending`.

A try costs time, so that there is none without a named cause, and none that has been made before.
"""

from collections.abc import Collection
from dataclasses import dataclass

from chartspark_api.metadata import Cause, Remedy

from chartspark_runner.coverage import ENOUGH
from chartspark_runner.palette import STANDS_OUT

_REMEDIES = {
    Cause.LOW_CONTRAST: Remedy.HALO,
    Cause.LOW_COVERAGE: Remedy.CLOSER,
    # Last: new pictures cost the most, and what the others mend may be all that was missing.
    Cause.NOTHING_USABLE: Remedy.NEW_SEED,
    Cause.LOW_SCORE: Remedy.NEW_SEED,
    Cause.LOW_SIMILARITY: Remedy.NEW_SEED,
}


@dataclass(frozen=True, slots=True)
class Least:
    """What the chart's maker asks for."""

    percent: int
    """Of the score."""
    text_image: int | None = None
    """Of the likeness of pictures to words, in percent; None where nothing is asked."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the best candidate so far is like."""

    percent: int
    """Its score."""
    parted: float | None
    """How its edges stand out from its elements; None where no halo could be drawn."""
    coverage: float | None
    """How much of its marks its elements cover; None where they could not lie closer."""
    text_image: int | None = None
    """How near its pictures are to their words, in percent; None where no model compares them."""


@dataclass(frozen=True, slots=True)
class NextTry:
    """What to try once more."""

    remedy: Remedy
    causes: tuple[Cause, ...]
    """All that it might mend."""


def next_try(seen: Seen | None, least: Least, tried: Collection[Remedy]) -> NextTry | None:
    """Return what to try once more, if anything.

    Args:
        seen: The best candidate; None where nothing could be cut out.
        least: What it should reach.
        tried: What has been tried.
    """
    found = [cause for cause, lacking in _causes(seen, least).items() if lacking]
    remedy = next((_REMEDIES[cause] for cause in found if _REMEDIES[cause] not in tried), None)
    if remedy is None:
        return None
    return NextTry(remedy, tuple(cause for cause in found if _REMEDIES[cause] is remedy))


def _causes(seen: Seen | None, least: Least) -> dict[Cause, bool]:
    if seen is None:
        return {Cause.NOTHING_USABLE: True}
    return {
        Cause.LOW_CONTRAST: _lacks(seen.parted, STANDS_OUT),
        Cause.LOW_COVERAGE: _lacks(seen.coverage, ENOUGH),
        Cause.LOW_SCORE: seen.percent < least.percent,
        Cause.LOW_SIMILARITY: _lacks(seen.text_image, least.text_image),
    }


def _lacks(found: float | None, least: float | None) -> bool:
    return found is not None and least is not None and found < least
