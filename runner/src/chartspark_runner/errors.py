"""Everything that can go wrong, as types. Raised all over the runner; turned into reports and exit codes by `run` and `cli`.

    RunnerError
    ├── ChartFault                 one chart cannot be made; the others go on
    │   ├── InvalidData            its table does not hold what it needs
    │   │   ├── ColumnMissing
    │   │   ├── UnknownLocale
    │   │   ├── LettersWithoutFont
    │   │   ├── EmptyTable
    │   │   ├── NotANumber         text, nothing, NaN or infinity where a number is due
    │   │   ├── NegativeValue
    │   │   ├── TableElsewhere     a ConfigMap holds it, which only a cluster has
    │   │   ├── TooManySubjects
    │   │   ├── TooManySeries
    │   │   ├── TooManyBars
    │   │   ├── TooManySeries
    │   │   ├── TooManyPoints
    │   │   ├── TooManySectors
    │   │   ├── SectorTooThin
    │   │   ├── NothingToShare
    │   │   └── ChartTooSmall
    │   ├── NoUsableElement        the model made nothing that can be cut out
    │   ├── ChartCrashed           two pods ended while they made it
    │   └── ChartBroken            something that nobody foresaw; the log has its traceback
    └── RunFault                   the process cannot go on
        ├── BadRequest             64
        ├── ModelMissing           66
        ├── StorageUnavailable     69
        ├── CannotWrite            73
        ├── OutOfGpuMemory         80
        └── GpuLost                81

Whether another attempt is worth it is told by the reason: see `chartspark_api.reasons.explain`. SIGTERM (75)
and the watchdog (82) end the process where it stands and raise nothing.
"""

from typing import ClassVar

from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason
from typing_extensions import override


class RunnerError(Exception):
    """Anything that the runner has a sentence for."""

    reason: ClassVar[Reason]


class ChartFault(RunnerError):  # noqa: N818 - a fault is what it is, and names what follows
    """A chart that cannot be made. It is a result, not a failure of the pod."""


class InvalidData(ChartFault):
    """The chart's table does not hold what the chart needs."""

    reason = Reason.INVALID_DATA


class ColumnMissing(InvalidData):
    """The table lacks a column that the chart names."""


class UnknownLocale(InvalidData):
    """Nothing is known of the language whose numbers and dates the chart should have."""


class LettersWithoutFont(InvalidData):
    """A text has letters that no font draws: they would be boxes."""


class EmptyTable(InvalidData):
    """The table has no rows."""


class NotANumber(InvalidData):
    """A cell that should measure a mark holds no finite number."""


class NegativeValue(InvalidData):
    """A bar would be shorter than nothing."""


class TableElsewhere(InvalidData):
    """The table lies in a ConfigMap, and no operator has put it into the request."""


class TooManySubjects(InvalidData):
    """A subject's wildcards ask for more different elements than a chart is made of."""


class TooManySeries(InvalidData):
    """There are more series than reserved colours that can be told apart."""


class TooManyBars(InvalidData):
    """The bars would be too thin to be read."""


class TooManyPoints(InvalidData):
    """The points of a line would be too close to each other to be read."""


class TooManySectors(InvalidData):
    """The sectors of a pie could not be compared."""


class SectorTooThin(InvalidData):
    """A sector of a pie could not be seen."""


class NothingToShare(InvalidData):
    """A pie of nothing has no parts."""


class ChartTooSmall(InvalidData):
    """The texts leave no room for the marks."""


class NamesAlike(InvalidData):
    """Different names would look the same where there is no room for the whole of them."""


class PointsCovered(InvalidData):
    """A series is a single point, and another series' point lies on it."""


class NoUsableElement(ChartFault):
    """Every candidate was empty, or filled the picture, or could not be told from its background."""

    reason = Reason.NO_USABLE_ELEMENT


class ChartCrashed(ChartFault):
    """The chart was begun by two pods, and neither told how it ended."""

    reason = Reason.CRASHED


class ChartBroken(ChartFault):
    """Something that nobody foresaw went wrong with one chart. It would go wrong again: the same request gives the same chart."""

    reason = Reason.CRASHED


class RunFault(RunnerError):  # noqa: N818 - likewise
    """The process ends with `exit_code`."""

    exit_code: ClassVar[ExitCode]

    @override
    def __init_subclass__(cls) -> None:
        """Take the reason from the exit code, so that the two cannot disagree."""
        cls.reason = cls.exit_code.reason


class BadRequest(RunFault):
    """The request, or an argument, asks for something that cannot be done."""

    exit_code = ExitCode.BAD_REQUEST


class ModelMissing(RunFault):
    """A file of the model is not where it should be."""

    exit_code = ExitCode.MISSING_INPUT


class StorageUnavailable(RunFault):
    """The storage did not answer."""

    exit_code = ExitCode.STORAGE_UNAVAILABLE


class CannotWrite(RunFault):
    """The storage refused a write."""

    exit_code = ExitCode.CANNOT_WRITE


class OutOfGpuMemory(RunFault):
    """The GPU's memory did not suffice."""

    exit_code = ExitCode.OUT_OF_GPU_MEMORY


class GpuLost(RunFault):
    """A GPU was asked for, and none is there."""

    exit_code = ExitCode.GPU_LOST
