"""How a policy compares names and says no. Called by the policies."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

LISTED = 8
"""Names of a list that a sentence shows."""


def is_listed(name: str, allowed: Iterable[str]) -> bool:
    """Say whether `name` is in `allowed`, where * stands for anything."""
    return any(fnmatchcase(name, pattern) for pattern in allowed)


def outside(field: str, name: str, allowed: Iterable[str], value: str) -> str:
    """Return the sentence about a name that is not allowed; `value` is the chart's that would allow more."""
    patterns = tuple(allowed)
    listed = ", ".join(patterns[:LISTED]) or "none"
    more = f" and {len(patterns) - LISTED} more" if len(patterns) > LISTED else ""
    return (
        f"{field} names {name}, and this installation allows {listed}{more}. "
        f"Leave it out, or have the chart's value {value} extended."
    )
