from pathlib import Path

import numpy as np
import pytest
from chartspark_runner.artwork import Drawing, Shape
from chartspark_runner.canvas import Canvas
from chartspark_runner.charts.backdrop import draw_backdrop
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.palette import luminance, palette_for
from chartspark_runner.picture import Pixels
from chartspark_runner.run import run_share
from chartspark_runner.score import score
from runner_builders import BallPainter, cast_of, chart_object, job, means, planned

SIZE = (1200, 800)
BLACK = ((0, 0, 0), (30, 40, 90), (250, 240, 120), (255, 255, 255))


def patchwork(colour: tuple[int, int, int], *, outlines: bool) -> Element:
    """Squares of a colour with holes between them: as restless as an element can be."""
    ys, xs = np.mgrid[:96, :96]
    alpha = (((xs // 12 + ys // 12) % 2) * 255).astype(np.uint8)
    pixels = np.dstack([np.broadcast_to(np.array(colour, dtype=np.uint8), (96, 96, 3)), alpha])
    return Element(pixels, 1.0, Drawing(96, 96, (Shape("M0 0H96V96H0Z", colour),)) if outlines else None)


def restlessness(picture: Pixels, window: int = 24) -> float:
    """The largest standard deviation of luminance in any window."""
    table = np.array([luminance((v, v, v)) for v in range(256)])
    grey = table[picture] @ np.array([0.2126, 0.7152, 0.0722])
    rows, columns = (side // window * window for side in grey.shape)
    tiles = grey[:rows, :columns].reshape(rows // window, window, columns // window, window)
    return float(tiles.std(axis=(1, 3)).max())


@pytest.mark.parametrize("outlines", [True, False])
@pytest.mark.parametrize("colour", BLACK)
def test_whatever_the_element(colour: tuple[int, int, int], *, outlines: bool) -> None:
    element = patchwork(colour, outlines=outlines)
    palette = palette_for(element)
    canvas = Canvas(*SIZE, palette.background)
    draw_backdrop(canvas, SIZE, palette, Cast((element,)))
    assert restlessness(canvas.pixels()[0]) < 0.06


@pytest.mark.parametrize("colour", BLACK)
def test_what_stands_in_a_clearing_differs_by_a_fifth_at_most(colour: tuple[int, int, int]) -> None:
    element = patchwork(colour, outlines=True)
    palette = palette_for(element)
    canvas = Canvas(*SIZE, palette.background)
    draw_backdrop(canvas, SIZE, palette, Cast((element,), clearings=(Box(100, 100, 500, 500),)))
    shown = canvas.pixels()[0][100:500, 100:500].reshape(-1, 3)
    darkest = min(luminance((r, g, b)) for r, g, b in np.unique(shown, axis=0).tolist())
    # The paper itself darkens a little towards the ground.
    assert luminance(palette.background) - darkest <= 0.2 + 0.03


def test_the_chart_on_it_reads_as_true_as_a_plain_one() -> None:
    chart = planned(width=1200, height=800)
    picture, _ = chart.drawing.over(cast_of(chart)).pixels()
    assert score(chart.drawing.expected, chart.drawing.decode(picture)).total >= 0.99


def test_it_is_what_embed_background_asks_for(tmp_path: Path) -> None:
    request = job(chart_object(embed="Background"))
    report = run_share(request, request.spec.charts, means(tmp_path, BallPainter()))
    assert report.charts_done == 1
    assert '"coverage": null' in (tmp_path / "things" / "metadata.json").read_text()
