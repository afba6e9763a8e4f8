"""What a runner's exit code says: one reason each.

The runner ends with these, the Job's podFailurePolicy is made of them, and the operator reads them
back. Codes from 64 to 78 follow BSD's sysexits.h; from 80 they are ours.
"""

from enum import IntEnum

from chartspark_api.reasons import Reason


class ExitCode(IntEnum):
    """How a runner's process ended."""

    OK = 0
    BAD_REQUEST = 64
    MISSING_INPUT = 66
    STORAGE_UNAVAILABLE = 69
    CANNOT_WRITE = 73
    TRANSIENT = 75
    OUT_OF_GPU_MEMORY = 80
    GPU_LOST = 81
    STALLED = 82

    @property
    def reason(self) -> Reason:
        """The reason that an attempt which ended so is in."""
        return _REASONS[self]


_REASONS: dict[ExitCode, Reason] = {
    ExitCode.OK: Reason.COMPLETE,
    ExitCode.BAD_REQUEST: Reason.INVALID_REQUEST,
    ExitCode.MISSING_INPUT: Reason.MISSING_MODEL,
    ExitCode.STORAGE_UNAVAILABLE: Reason.STORAGE_UNAVAILABLE,
    ExitCode.CANNOT_WRITE: Reason.CANNOT_WRITE,
    ExitCode.TRANSIENT: Reason.TRANSIENT,
    ExitCode.OUT_OF_GPU_MEMORY: Reason.OUT_OF_GPU_MEMORY,
    ExitCode.GPU_LOST: Reason.GPU_LOST,
    ExitCode.STALLED: Reason.STALLED,
}
