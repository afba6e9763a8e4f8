"""Reads a finished pie back. Called by `chart`.

It knows the frame (centre, radius, how many sectors) and the reserved colours; values, masks and layers it
does not know, so that it can find a chart wrong. The pie is unrolled, so that separators are columns.
"""

import numpy as np
import numpy.typing as npt
from chartspark_api.colours import EDGES, Rgb
from scipy.ndimage import map_coordinates
from scipy.signal import find_peaks

from chartspark_runner.charts.pie.frame import Frame
from chartspark_runner.picture import Pixels, commonest
from chartspark_runner.reading import Reading

_Floats = npt.NDArray[np.float32]

_MARGIN = 8
"""Rows at the top that nothing is drawn on."""
_FINENESS = 4
"""Columns a pixel of the rim."""
_FOREIGN = 60.0
"""RGB distance from all mixtures of paper and reserved colour from which on a pixel is neither: no two reserved colours are nearer to each other."""
_MOSTLY = 0.5
"""From this share of the reserved colour on a pixel shows more of it than of paper."""
_ALONG = 0.8
"""The share of the radius that a separator must span; the outline of no element runs from the centre to the rim."""
_INNER, _RIM = 0.3, 0.7
"""From which shares of the radius on separators are looked for, and measured: further in they touch each other."""
_FLAT = 0.08
"""How far a column between two separators must lie below both."""
_BLOT = 1.8
"""In strokes: what is wider is no separator."""
_BESIDE = 1.25
"""In strokes from a separator's middle: there lies paper."""
_THIN = (_BESIDE + 0.5) / (1 - (1 - _INNER) * _ALONG)
"""In strokes, at the rim: in the sector between two separators that are nearer to each other, what lies `_BESIDE` the one is the other on too many rows, because they approach each other towards the centre."""


def decode(frame: Frame, picture: Pixels) -> Reading:
    """Return what an RGB picture of the frame's size says about each of its sectors."""
    # Above everything else: a pie may have more pixels than the paper, and over a scene no paper is alike.
    paper = commonest(picture[:_MARGIN])
    whole = _unrolled(frame, picture, fineness=1)
    colour = max(EDGES, key=lambda colour: _evidence(frame, _share_of(colour, paper, whole)))
    turns = _separators(frame, _share_of(colour, paper, _unrolled(frame, picture, _FINENESS)), _FINENESS)
    return Reading(edges=(colour,), background=paper, values=_shares(turns, frame.sectors))


def _evidence(frame: Frame, ink: _Floats) -> float:
    """Return how much of the colour there is in what looks like separators."""
    columns = ink.shape[1]
    at = [round(turn * columns) % columns for turn in _separators(frame, ink, fineness=1)]
    return float(ink[:, at].mean(axis=0).sum())


def _shares(turns: list[float], sectors: int) -> tuple[float | None, ...]:
    if len(turns) != sectors:
        # Which of them is missing cannot be told, nor then which sector is which.
        return (None,) * sectors
    first = min(range(sectors), key=lambda i: min(turns[i], 1 - turns[i]))
    ordered = turns[first:] + [turn + 1 for turn in turns[:first]] + [turns[first] + 1]
    return tuple(ordered[i + 1] - ordered[i] for i in range(sectors))


def _separators(frame: Frame, ink: _Floats, fineness: int) -> list[float]:
    """Return where separators lie, as shares of the full turn, ascending."""
    rim = ink[_radii(frame) >= frame.radius * _RIM].mean(axis=0)
    # Cut open where it is emptiest, so that no separator is cut in two.
    cut = int(np.argmin(rim))
    rim, ink = np.roll(rim, -cut), np.roll(ink, -cut, axis=1)
    stroke = frame.stroke * fineness
    peaks, _ = find_peaks(
        rim, height=_MOSTLY, prominence=_FLAT, width=(None, _BLOT * stroke / _RIM), distance=fineness
    )
    neighbours = [-rim.size, *peaks, 2 * rim.size]
    turns: list[float] = []
    for before, peak, after in zip(neighbours, peaks, neighbours[2:], strict=False):
        thin = (peak - before < _THIN * stroke, after - peak < _THIN * stroke)
        if _spans(frame, ink, int(peak), stroke, thin):
            columns = np.arange(
                max((before + peak) // 2, peak - stroke, 0),
                min((peak + after) // 2, peak + stroke, rim.size - 1) + 1,
            )
            weights = rim[columns]
            turns.append(float(((columns * weights).sum() / weights.sum() + cut) / rim.size % 1.0))
    return sorted(turns)


def _spans(frame: Frame, ink: _Floats, peak: int, stroke: int, thin: tuple[bool, bool]) -> bool:
    """Return whether a line runs along the radius with something else on either side, but where the sector there is `thin`."""
    rows = np.arange(ink.shape[0])
    # The same distance in pixels is more columns further in.
    beside = np.round(_BESIDE * stroke * frame.radius / _radii(frame)).astype(np.intp)
    there = ink[:, max(0, peak - 1) : peak + 2].max(axis=1) > _MOSTLY
    for is_thin, side in zip(thin, (peak - beside, peak + beside), strict=True):
        if not is_thin:
            there &= ink[rows, side % ink.shape[1]] < _MOSTLY
    return bool(there.mean() >= _ALONG)


def _share_of(colour: Rgb, paper: Rgb, pixels: _Floats) -> _Floats:
    """Return how much of each pixel is the reserved colour, the less the further it is from all mixtures with paper."""
    way = np.array(colour, dtype=np.float32) - np.array(paper, dtype=np.float32)
    there = pixels - np.array(paper, dtype=np.float32)
    share = np.clip(there @ way / (way @ way), 0, 1)
    astray = np.linalg.norm(there - share[..., None] * way, axis=2)
    return np.asarray(share * np.clip(1 - astray / _FOREIGN, 0, 1))


def _unrolled(frame: Frame, picture: Pixels, fineness: int) -> _Floats:
    """Return the pie with a row per pixel of the radius and its full turn along the columns, `fineness` a pixel of the rim."""
    columns = round(2 * np.pi * frame.radius * fineness)
    angles = (np.arange(columns, dtype=np.float32) / columns) * 2 * np.pi
    radii = _radii(frame)[:, None]
    # A pixel's value is that of its middle.
    places = [frame.y - radii * np.cos(angles) - 0.5, frame.x + radii * np.sin(angles) - 0.5]
    channels = [
        map_coordinates(picture[..., i], places, np.float32, order=1, mode="nearest") for i in range(3)
    ]
    return np.stack(channels, axis=-1)


def _radii(frame: Frame) -> _Floats:
    return np.arange(max(frame.hole + 2, frame.radius * _INNER), frame.radius - 2, dtype=np.float32)
