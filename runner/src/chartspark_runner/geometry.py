"""Boxes on the pixel grid. Pure; called by layouts, drawing and decoders.

Pixel positions are those of boundaries between pixels: a box from 10 to 12 covers pixels 10 and 11.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on whole pixels; `right` and `bottom` lie outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top
