"""What can go wrong in the development tools. The command line prints the sentence and exits with the code.

    ToolError
    ├── CommandFailedError     a program that we ran ended with an error
    ├── EndedError             a program was ended because a step beside it failed
    ├── CorruptDownloadError   a download is not what was pinned
    ├── DiskFullError          a folder's file system is too full for what is to come
    ├── NotReadyError          something that we started did not come up in time, or ended
    ├── NotPermittedError      the embedded cluster needs root
    ├── StillMountedError      a mount could not be undone, so that nothing may be deleted below it
    └── MissingSettingError    an environment variable or object of an attached cluster is missing

Retry rule: `NotReadyError`, `CommandFailedError` and `EndedError` may pass on a second run, which goes on where the first
stopped; the others need a change first.
"""

from typing import ClassVar


class ToolError(Exception):
    """A failure with a sentence for its reader."""

    exit_code: ClassVar[int] = 1
    retryable: ClassVar[bool] = False


class CommandFailedError(ToolError):
    """A program that we ran ended with an error; the message ends with its last lines."""

    retryable = True


class EndedError(ToolError):
    """A program was ended because a step beside it failed, which is the failure to look at."""

    retryable = True


class CorruptDownloadError(ToolError):
    """A download's digest is not the pinned one."""

    exit_code = 65


class DiskFullError(ToolError):
    """A folder's file system is too full for what is to come."""

    exit_code = 73


class NotReadyError(ToolError):
    """Something that we started did not come up in time, or ended."""

    exit_code = 75
    retryable = True


class NotPermittedError(ToolError):
    """The embedded cluster needs root."""

    exit_code = 77


class StillMountedError(ToolError):
    """A mount could not be undone, so that nothing may be deleted below it."""

    exit_code = 70


class MissingSettingError(ToolError):
    """An environment variable or an object of an attached cluster is missing."""

    exit_code = 78
