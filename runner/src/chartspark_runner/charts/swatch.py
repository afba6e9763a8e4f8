"""What a legend shows of a series: the colour of its edge, as on its marks above what they are made of. Called by legends."""

from chartspark_runner.canvas import Canvas
from chartspark_runner.geometry import Box
from chartspark_runner.palette import SeriesColours


def draw_swatch(canvas: Canvas, edge: Box, series: SeriesColours, depth: int) -> None:
    """Draw the swatch that the decoder reads, and under it, `depth` pixels deep, the colour that the chart maker named."""
    canvas.fill(edge, series.edge)
    if series.named:
        canvas.fill(Box(edge.left, edge.bottom, edge.right, edge.bottom + depth), series.solid)
