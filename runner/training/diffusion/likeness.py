"""Which of many icons are the same picture. Called by `prepare`; pure."""

import numpy as np
import numpy.typing as npt
from scipy.fft import dctn

_SIDE, _KEPT = 32, 8
"""Pictures are made this small, and of their waves the slowest are kept."""
_MOST_BITS = 20
"""Of 192 that may differ."""
_MOST_COLOUR = 6.0
"""Of 255: the mean difference in colour, since hashes pass over it."""


def distinct(icons: npt.NDArray[np.uint8]) -> list[int]:
    """Return the numbers of the icons that resemble none before them; icons are (n, side, side, 4) with alpha."""
    small = _small(icons)
    waves = dctn(small, axes=(1, 2))[:, :_KEPT, :_KEPT].reshape(len(small), -1)
    bits = waves > np.median(waves, axis=1, keepdims=True)
    colours = small.reshape(len(small), -1)
    kept: list[int] = []
    for number in range(len(icons)):
        before = np.array(kept, dtype=np.intp)
        near = before[(bits[before] != bits[number]).sum(1) <= _MOST_BITS]
        if not (np.abs(colours[near] - colours[number]).mean(1) < _MOST_COLOUR).any():
            kept.append(number)
    return kept


def _small(icons: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    step = icons.shape[1] // _SIDE
    alpha = icons[..., 3:].astype(np.float32) / 255
    on_paper = icons[..., :3] * alpha + 255 * (1 - alpha)
    blocks = on_paper.reshape(len(icons), _SIDE, step, _SIDE, step, 3)
    return np.asarray(blocks.mean((2, 4)), dtype=np.float32)
