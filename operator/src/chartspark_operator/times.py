"""Times as the API writes them. Called by the rules and by the parsers; reads no clock."""

from datetime import UTC, datetime


def stamp(time: datetime) -> str:
    """Return `time` as the API server writes it: RFC 3339, UTC, whole seconds."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stamp_exactly(time: datetime) -> str:
    """Return `time` like `stamp`, with microseconds: no two passes over one job have the same."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read(text: str) -> datetime:
    """Return the time that an RFC 3339 `text` names. Raises ValueError where it names none."""
    return datetime.fromisoformat(text)
