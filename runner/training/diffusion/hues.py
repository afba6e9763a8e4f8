"""Which colour an icon has, and how it looks in another. Called by `prepare`; pure."""

import numpy as np
import numpy.typing as npt
from skimage.color import hsv2rgb, rgb2hsv

from runner.training.diffusion.captions import COLOURS

Pixels = npt.NDArray[np.uint8]
_GREY, _DARK = 0.25, 0.2
"""Saturation and value below which a pixel has no hue to speak of."""
_WIDTH = 28.0
"""Degrees to both sides that count as one colour."""
_LEAST = 0.45
"""Share of the icon that its colour must cover to be named."""


def colour_of(icon: Pixels) -> str | None:
    """Return the name of the colour that covers most of an icon with alpha; None if none does."""
    hue, hued, seen = _hues(icon)
    if not seen.any():
        return None
    shares = {name: (_apart(hue, at) < _WIDTH)[hued].sum() / seen.sum() for name, at in COLOURS.items()}
    name = max(shares, key=lambda key: float(shares[key]))
    return name if shares[name] >= _LEAST else None


def recoloured(icon: Pixels, colour: str, wanted: str) -> Pixels:
    """Return the icon with what has one colour turned to another; the rest stays."""
    hue, hued, _ = _hues(icon)
    turned = hued & (_apart(hue, COLOURS[colour]) < _WIDTH * 1.4)
    hsv = rgb2hsv(icon[..., :3])
    hsv[..., 0] = np.where(turned, (hue - COLOURS[colour] + COLOURS[wanted]) % 360, hue) / 360
    colours = np.round(hsv2rgb(hsv) * 255).astype(np.uint8)
    return np.dstack([colours, icon[..., 3]])


def _hues(icon: Pixels) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    hsv = rgb2hsv(icon[..., :3])
    seen = icon[..., 3] > 127  # noqa: PLR2004 - half opaque
    return hsv[..., 0] * 360, seen & (hsv[..., 1] > _GREY) & (hsv[..., 2] > _DARK), seen


def _apart(hue: npt.NDArray[np.float64], at: float) -> npt.NDArray[np.float64]:
    return np.abs((hue - at + 180) % 360 - 180)
