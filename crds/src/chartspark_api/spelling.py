"""How a chart spells its numbers and dates. Part of a chart; read by the runner."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from chartspark_api.base import ApiModel
from chartspark_api.cel import spelled


class Notation(StrEnum):
    """How much of a number is written."""

    AUTO = "Auto"
    """In full below a million, abbreviated from there on, and with a power of ten below a ten-thousandth."""
    FULL = "Full"
    """In full, however long."""
    COMPACT = "Compact"
    """Abbreviated from a thousand on, where the language has an abbreviation."""
    PERCENT = "Percent"
    """As a share of one: 0.25 is 25 %."""


_Affix = Annotated[str, Field(min_length=1, max_length=12, pattern=r"^[^\n\r]*$")]


class NumberFormat(ApiModel):
    """How amounts are spelled, on axes and beside marks."""

    notation: Notation = Notation.AUTO
    """How much of a number is written."""
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    """The digits after the point of amounts beside marks. Left out, as many as the table has, two at most. An axis has as many as its steps need."""
    grouping: bool = True
    """Whether digits are grouped, as the locale does it."""
    prefix: _Affix | None = None
    """What stands before every amount, for instance €."""
    suffix: _Affix | None = None
    """What stands after every amount, for instance " kg" with its space."""


_LOCALE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"

Locale = Annotated[
    str,
    Field(
        min_length=2,
        max_length=15,
        pattern=_LOCALE,
        json_schema_extra=spelled(
            _LOCALE,
            "write a language and, where it matters, a script or a country, for instance de, pt-BR or zh-Hant",
        ),
    ),
]
"""A language tag (BCP 47) without extensions."""
