"""Makes of an icon what a drawing starts from. Called by `painter`; pure."""

import numpy as np
from PIL import Image

from chartspark_runner.picture import Pixels

_MARGIN = 8
"""Pixels around icons in training."""


def squared(icon: Pixels, side: int) -> Pixels:
    """Return an icon centred in a square, as large as icons were in training."""
    inner = side - 2 * _MARGIN
    scale = inner / max(icon.shape[:2])
    size = (max(1, round(icon.shape[1] * scale)), max(1, round(icon.shape[0] * scale)))
    # Weighted by alpha, or colours that nobody sees would bleed into the outline.
    small = Image.fromarray(icon).convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    square = Image.new("RGBA", (side, side))
    square.paste(small, ((side - size[0]) // 2, (side - size[1]) // 2))
    # A copy: torch takes no array that cannot be written to.
    return np.array(square)
