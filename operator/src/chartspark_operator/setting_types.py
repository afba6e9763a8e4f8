"""How a setting is written in an environment variable. Called by `settings` and `allowance`."""

from typing import Annotated

from pydantic import BeforeValidator


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Names in one variable, separated by commas."""
