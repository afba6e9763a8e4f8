"""Everything that the operator raises itself.

OperatorError                  exit code 70; the step is repeated after a pause
├── SettingError               exit code 78; somebody has to change the environment first
├── UnreachableError           no answer from the API server
├── ApiError                   an answer of the API server that is no success
│   ├── NotFoundError          404
│   ├── ConflictError          409: somebody else wrote first, or the name is taken
│   └── ExpiredError           410: the version that a watch or a list goes on from is gone
├── ForeignObjectError         a child's name is taken by an object of somebody else's
├── MissingTextError           a ConfigMap, or its key, that a table or certificates are taken from
├── NotAllowedError            a stored request that asks for what the job itself may not
└── UnreadableStatusError      a status that another version wrote, and that this one cannot read
"""

from typing import ClassVar

from typing_extensions import override

TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
"""HTTP statuses from here on are the server's fault."""


class OperatorError(Exception):
    """What the operator cannot go on with. The message says what to do, where something is to be done."""

    reason: ClassVar[str] = "error"
    """The word for it in metrics."""
    exit_code: ClassVar[int] = 70
    """What the process ends with, if the error reaches `main`."""
    retriable: ClassVar[bool] = True
    """Whether the same step may succeed later though nobody changed anything."""


class SettingError(OperatorError):
    """An environment variable that says nothing usable."""

    reason = "setting"
    exit_code = 78
    retriable = False


class UnreachableError(OperatorError):
    """The API server did not answer, or not in time."""

    reason = "unreachable"


class ApiError(OperatorError):
    """The API server answered with something other than success."""

    reason = "refused"

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    @property
    def may_pass(self) -> bool:
        """Whether the same request may succeed though nobody changed anything: the server was busy or ill."""
        return self.status == TOO_MANY_REQUESTS or self.status >= SERVER_ERROR

    @override
    def __str__(self) -> str:
        return f"{self.message} ({self.status})"


class NotFoundError(ApiError):
    """The object is not there."""

    reason = "not_found"


class ConflictError(ApiError):
    """The object is newer than what was to be written, or it exists."""

    reason = "conflict"


class ExpiredError(ApiError):
    """The resource version is too old to go on from."""

    reason = "expired"


class ForeignObjectError(OperatorError):
    """An object of somebody else's has the name of a child."""

    reason = "foreign_object"


class MissingTextError(OperatorError):
    """A table, or certificates, are not where the job says."""

    reason = "missing_text"


class NotAllowedError(OperatorError):
    """A stored request names what this installation does not allow: somebody else wrote it."""

    reason = "not_allowed"


class UnreadableStatusError(OperatorError):
    """A status that this version cannot read. To guess would repeat work, so the job is left alone."""

    reason = "unreadable_status"
    retriable = False


def refusal(status: int, message: str) -> ApiError:
    """Return the error that stands for an answer with the HTTP status `status`."""
    kinds: dict[int, type[ApiError]] = {404: NotFoundError, 409: ConflictError, 410: ExpiredError}
    return kinds.get(status, ApiError)(status, message)
