import json
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import resvg_py
from chartspark_runner.run import run_share
from chartspark_runner.verify import verify_results
from PIL import Image
from runner_builders import BallPainter, chart_object, job, means

DATES = "thing,amount\n" + "".join(f"{2000 + i},{10 + i % 4}\n" for i in range(12))
SHARES = "thing,amount\na,40\nb,35\nc,25\n"
TYPES = {"Bar": {}, "Line": {"csv": DATES}, "Area": {"csv": DATES}, "Pie": {"csv": SHARES, "donut": True}}
SOLID = 255


def opened(folder: Path) -> np.ndarray:
    with Image.open(folder / "chart.png") as picture:
        return np.asarray(picture)


def drawn(folder: Path) -> np.ndarray:
    """The SVG as another program draws it."""
    png = resvg_py.svg_to_bytes(svg_string=(folder / "chart.svg").read_text(), skip_system_fonts=True, dpi=96)
    return np.asarray(Image.open(BytesIO(bytes(png))).convert("RGBA"))


def corners(picture: np.ndarray) -> list[int]:
    return [int(alpha) for alpha in picture[[0, 0, -1, -1], [0, -1, 0, -1], 3]]


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_read_back_from_white_and_its_corners_are_clear(tmp_path: Path, kind: str) -> None:
    asked = job(chart_object(type=kind, transparent=True, candidates=1, **TYPES[kind]))
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    folder = tmp_path / "things"
    picture = opened(folder)
    assert picture.shape == (480, 640, 4)
    assert corners(picture) == [0, 0, 0, 0]
    assert (picture[..., 3] == SOLID).any()
    assert json.loads((folder / "metadata.json").read_text())["scores"]["total"] > 0.95
    assert verify_results(tmp_path) == []
    assert corners(drawn(folder)) == [0, 0, 0, 0]


def test_a_chart_has_paper_where_nothing_is_said(tmp_path: Path) -> None:
    asked = job()
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    assert opened(tmp_path / "things").shape[2] == 3
    assert corners(drawn(tmp_path / "things")) == [SOLID] * 4
