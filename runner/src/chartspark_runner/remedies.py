"""The policy of second tries: which remedy a chart needs, if any. Pure; called by the pipeline.

A try costs time, so that there is none without a named fault, and none that has been made before.
"""

from collections.abc import Collection
from dataclasses import dataclass

from chartspark_api.metadata import Remedy

from chartspark_runner.coverage import ENOUGH
from chartspark_runner.palette import STANDS_OUT


@dataclass(frozen=True, slots=True)
class Seen:
    """What the best candidate so far is like."""

    percent: int
    """Its score."""
    parted: float | None
    """How its edges stand out from its elements; None where no halo could be drawn."""
    coverage: float | None
    """How much of its marks its elements cover; None where they could not lie closer."""


def remedy_for(seen: Seen | None, minimum: int, tried: Collection[Remedy]) -> Remedy | None:
    """Return what to try once more.

    Args:
        seen: The best candidate; None where nothing could be cut out.
        minimum: The score that the chart should reach, in percent.
        tried: What has been tried.
    """
    faults = {
        Remedy.HALO: seen is not None and seen.parted is not None and seen.parted < STANDS_OUT,
        Remedy.CLOSER: seen is not None and seen.coverage is not None and seen.coverage < ENOUGH,
        # Last: new pictures cost the most, and what the others mend may be all that was missing.
        Remedy.NEW_SEED: seen is None or seen.percent < minimum,
    }
    return next((remedy for remedy, needed in faults.items() if needed and remedy not in tried), None)
