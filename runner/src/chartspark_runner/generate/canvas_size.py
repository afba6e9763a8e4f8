"""How large a picture a model is asked for. Called by `pipelines`; pure."""

from dataclasses import dataclass
from math import sqrt

_WIDEST = 2.0
"""Beyond this aspect models repeat their subject."""


@dataclass(frozen=True, slots=True)
class Native:
    """The sizes that a model was trained for, in pixels."""

    side: int
    multiple: int
    """What width and height must be multiples of."""


def canvas_size(native: Native, aspect: float) -> tuple[int, int]:
    """Return width and height of about the native area and about `aspect`, which is width by height."""
    wide = sqrt(min(_WIDEST, max(1 / _WIDEST, aspect)))
    return _rounded(native.side * wide, native.multiple), _rounded(native.side / wide, native.multiple)


def _rounded(length: float, multiple: int) -> int:
    return max(1, round(length / multiple)) * multiple
