"""Finds the points of a finished scatter chart. Called by `chart`.

It knows the frame (axes, the dots' radius, how large a size is) and the reserved colours; values, masks and
layers it does not know. Which dot is which row's, nobody can see: `assign` tells, and judges.
"""

import math
from dataclasses import dataclass

import numpy as np
from chartspark_api.colours import EDGES, Rgb
from scipy.ndimage import binary_fill_holes, center_of_mass, label
from skimage.color import deltaE_cie76, rgb2lab

from chartspark_runner.charts.scatter.frame import Frame
from chartspark_runner.palette import shows
from chartspark_runner.picture import Mask, Pixels, commonest

_MARGIN = 8
"""Rows at the top that nothing is drawn on."""
_SMALLEST, _LARGEST = 0.25, 1.4
"""Of a dot's area: its softened rim is not counted."""
_PAPER = 100.0
"""RGB distance from paper within which the rim around a dot stays."""
_AROUND = 0.6
"""Of a dot's rim that has to be paper."""
_INK = 10.0
"""CIE76 from paper, from which on a pixel is ink."""


@dataclass(frozen=True, slots=True)
class Found:
    """A dot."""

    x: float
    y: float
    """In pixels."""
    area: float | None
    """Of the mark under it, its holes filled; None where another dot has part in it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a picture shows."""

    edge: Rgb
    paper: Rgb
    dots: tuple[Found, ...]


def find(frame: Frame, picture: Pixels) -> Sighting:
    """Return the dots in an RGB picture of the frame's size."""
    paper = commonest(picture[:_MARGIN])
    room = frame.room
    plot = picture[room.top : room.bottom, room.left : room.right]
    spots = {colour: _spots(frame, plot, paper, colour) for colour in EDGES}
    edge = max(EDGES, key=lambda colour: len(spots[colour]))
    middles = [_middle(frame, plot, paper, edge, spot) for spot in spots[edge]]
    areas = _areas(frame, plot, paper, middles) if frame.area_per_size else [None] * len(middles)
    return Sighting(
        edge,
        paper,
        tuple(Found(room.left + x, room.top + y, area) for (x, y), area in zip(middles, areas, strict=True)),
    )


def _spots(frame: Frame, plot: Pixels, paper: Rgb, colour: Rgb) -> list[tuple[float, float]]:
    """Return the middles of spots of a colour that are as large as a dot and have paper around them."""
    near = shows(plot, colour)
    spots, number = label(near)
    if not number:
        return []
    sizes = np.bincount(spots.ravel())[1:] / (math.pi * frame.dot**2)
    chosen = np.nonzero((sizes > _SMALLEST) & (sizes < _LARGEST))[0] + 1
    middles = center_of_mass(near, spots, chosen)
    return [(x + 0.5, y + 0.5) for y, x in middles if _rimmed(frame, plot, paper, (x + 0.5, y + 0.5))]


def _rimmed(frame: Frame, plot: Pixels, paper: Rgb, middle: tuple[float, float]) -> bool:
    """Return whether most of what lies around a spot is paper: a part may be another dot."""
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    away = frame.dot + frame.rim / 2
    xs = np.clip((middle[0] + away * np.cos(around)).astype(np.intp), 0, plot.shape[1] - 1)
    ys = np.clip((middle[1] + away * np.sin(around)).astype(np.intp), 0, plot.shape[0] - 1)
    light = np.linalg.norm(plot[ys, xs].astype(np.float64) - paper, axis=1) < _PAPER
    return bool(light.mean() >= _AROUND)


def _middle(
    frame: Frame, plot: Pixels, paper: Rgb, edge: Rgb, spot: tuple[float, float]
) -> tuple[float, float]:
    """Return the centre of the reserved colour, its softened rim included, near the middle of a spot."""
    half = math.ceil(frame.dot + 1)
    row, column = int(spot[1]), int(spot[0])
    rows = slice(max(0, row - half), row + half + 1)
    columns = slice(max(0, column - half), column + half + 1)
    way = np.array(edge, dtype=np.float64) - paper
    share = np.clip((plot[rows, columns].astype(np.float64) - paper) @ way / (way @ way), 0, 1)
    ys, xs = (
        np.mgrid[rows.start : rows.start + share.shape[0], columns.start : columns.start + share.shape[1]]
        + 0.5
    )
    weights = share * (np.hypot(xs - spot[0], ys - spot[1]) <= frame.dot + frame.rim / 2)
    total = float(weights.sum())
    return float((weights * xs).sum() / total), float((weights * ys).sum() / total)


def _areas(frame: Frame, plot: Pixels, paper: Rgb, middles: list[tuple[float, float]]) -> list[float | None]:
    """Return the area within the outline of what each dot lies on."""
    lab = rgb2lab(np.array(paper, dtype=np.uint8)[None, None])
    ink: Mask = deltaE_cie76(rgb2lab(plot), lab) >= _INK
    ys, xs = np.mgrid[: plot.shape[0], : plot.shape[1]] + 0.5
    for x, y in middles:
        # The paper around the dot may have cut a slim mark in two.
        window = np.s_[max(0, int(y) - 32) : int(y) + 32, max(0, int(x) - 32) : int(x) + 32]
        ink[window] |= np.hypot(xs[window] - x, ys[window] - y) <= frame.dot + frame.rim
    marks, _ = label(binary_fill_holes(ink))
    owners = [int(marks[int(y), int(x)]) for x, y in middles]
    sizes = np.bincount(marks.ravel())
    return [float(sizes[owner]) if owners.count(owner) == 1 else None for owner in owners]
