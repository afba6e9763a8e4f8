"""How well data edges stand out from what lies beside them inside their marks. Called by `candidates`; pure.

It is measured on the drawing: the plain chart shows where edges run, and edges of the finished one run there, too.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from chartspark_api.colours import EDGES
from scipy.ndimage import distance_transform_edt

from chartspark_runner.coverage import Depth
from chartspark_runner.palette import contrasts, shows
from chartspark_runner.picture import Pixels

_FROM, _TO = 1.0, 2.5
"""Pixels from an edge between which something counts as beside it: nearer, the edge's own rim is softened."""

_Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """What lies beside a chart's edges, within its marks."""

    beside: _Places
    """Rows and columns of pixels."""
    edges: _Places
    """Of each, the nearest pixel of an edge."""


def borders(plain: Pixels, marks: Depth) -> Borders:
    """Return the borders of a chart.

    Args:
        plain: The chart with plain marks.
        marks: Where the marks are.
    """
    edge = np.logical_or.reduce([shows(plain, colour) for colour in EDGES]) & (marks > 0)
    if not edge.any():
        return Borders(np.empty((2, 0), dtype=np.intp), np.empty((2, 0), dtype=np.intp))
    away, nearest = distance_transform_edt(~edge, return_indices=True)
    ring = (marks > 0) & (away > _FROM) & (away <= _TO)
    return Borders(np.array(np.nonzero(ring)), nearest[:, ring])


def parted(picture: Pixels, chart: Borders) -> float | None:
    """Return the middle contrast ratio between edges and what is beside them; None where nothing is."""
    if not chart.beside.size:
        return None
    return float(np.median(contrasts(picture[tuple(chart.beside)], picture[tuple(chart.edges)])))
