"""How a policy compares names and says no. Called by the policies."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

LISTED = 8
"""Names of a list that a sentence shows."""


def is_listed(name: str, allowed: Iterable[str]) -> bool:
    """Say whether `name` is in `allowed`, where * stands for anything."""
    return any(fnmatchcase(name, pattern) for pattern in allowed)


def unless_listed(field: str, name: str | None, allowed: Iterable[str], value: str) -> str | None:
    """Return the sentence of `outside`. None where the name is in `allowed`, or the job names none."""
    patterns = tuple(allowed)
    return None if name is None or is_listed(name, patterns) else outside(field, name, patterns, value)


def outside(field: str, name: str, allowed: Iterable[str], value: str) -> str:
    """Return the sentence about a name that is not allowed; `value` is the chart's that would allow more."""
    patterns = tuple(allowed)
    listed = ", ".join(patterns[:LISTED]) or "none"
    more = f" and {len(patterns) - LISTED} more" if len(patterns) > LISTED else ""
    return (
        f"{field} names {name}, and this installation allows {listed}{more}. "
        f"Leave it out, or have the chart's value {value} extended."
    )
