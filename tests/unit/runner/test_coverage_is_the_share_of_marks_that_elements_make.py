import numpy as np
import pytest
from chartspark_runner.canvas import Canvas
from chartspark_runner.coverage import coverage, depth, too_little
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Mask
from chartspark_runner.stamps import Stamp

SQUARE = Element(np.full((10, 10, 4), 255, dtype=np.uint8), 1.0)


def mark(box: Box) -> Mask:
    mask = np.zeros((80, 100), dtype=np.bool_)
    mask[box.top : box.bottom, box.left : box.right] = True
    return mask


CASES = {
    "filled": ([Stamp(Box(0, 0, 40, 40))], 1.0),
    "half of it": ([Stamp(Box(0, 0, 20, 40))], 0.5),
    "two that lie on each other count once": ([Stamp(Box(0, 0, 20, 40)), Stamp(Box(0, 0, 20, 40))], 0.5),
    "beside the mark": ([Stamp(Box(50, 0, 90, 40))], 0.0),
    "a ghost is no element": ([Stamp(Box(0, 0, 40, 40), 0.15)], 0.0),
}


@pytest.mark.parametrize(("stamps", "share"), CASES.values(), ids=CASES)
def test_of_a_mark(stamps: list[Stamp], share: float) -> None:
    canvas = Canvas(100, 80, (255, 255, 255))
    canvas.stamp(SQUARE, stamps)
    assert coverage(canvas.elements(), depth([mark(Box(0, 0, 40, 40))])) == share


def test_marks_without_a_pixel_lack_nothing() -> None:
    assert coverage(mark(Box(0, 0, 1, 1)), depth([mark(Box(0, 0, 0, 0))])) == 1


def test_too_little_is_told() -> None:
    assert too_little(0.6) == too_little(None) == ()
    assert "cover 31% of the marks" in too_little(0.31)[0]
