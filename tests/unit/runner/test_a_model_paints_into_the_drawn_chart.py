"""Conditional charts, on tiny models with random weights: what they paint is noise, and where they paint is what counts."""

import numpy as np
import pytest
from chartspark_api.charts import Chart, ChartType
from chartspark_api.model import Device, Model, Sampling
from chartspark_runner.check import plan_chart
from chartspark_runner.generate.opening import open_painter
from chartspark_runner.painter import Painter
from chartspark_runner.pipeline import MadeChart, make_chart
from chartspark_runner.progress import Board
from runner_builders import chart_object, no_keywords
from tiny_models import write_tiny

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
SAMPLING = Sampling(steps=2, strength_percent=100)


@pytest.fixture(scope="module")
def painter(tmp_path_factory: pytest.TempPathFactory) -> Painter:
    root = tmp_path_factory.mktemp("claim")
    write_tiny("stable-diffusion", root / "tiny")
    model = Model(claim_name="weights", path="tiny", device=Device.CPU)
    return open_painter(model, SAMPLING, root, {"OMP_NUM_THREADS": "1"}, painted=True)


def made(painter: Painter, **fields: object) -> MadeChart:
    chart = Chart.model_validate(chart_object(conditioning="Conditional", candidates=1, **fields))
    return make_chart(plan_chart(chart), 7, SAMPLING, no_keywords, painter, Board(1))


@pytest.mark.parametrize("kind", ChartType)
def test_marks_are_filled_and_the_chart_stays_true(painter: Painter, kind: ChartType) -> None:
    chart = made(painter, type=kind.value, csv="thing,amount\n1,31\n2,19\n3,12\n4,25\n")
    assert chart.best.scores.worst_mark <= 0.05
    assert chart.best.coverage is not None
    assert chart.best.coverage >= 0.6


def test_outside_of_the_marks_nothing_changes(painter: Painter) -> None:
    chart = made(painter)
    marks = np.any(list(chart.planned.drawing.masks()), axis=0)
    assert np.array_equal(chart.best.picture[~marks], chart.plain[~marks])
    assert not np.array_equal(chart.best.picture[marks], chart.plain[marks])


def test_each_row_may_have_a_picture_of_its_own(painter: Painter) -> None:
    chart = made(painter, csv="thing,fruit,amount\n1,red apple,31\n2,blue tree,19\n", subject="{fruit}")
    assert [words.subject for words in chart.words] == ["red apple", "blue tree"]
    assert len({id(element) for element in chart.best.cast.elements}) == 2
    assert chart.best.scores.total >= 0.99


def test_what_is_painted_has_the_colours_that_are_named(painter: Painter) -> None:
    table = "thing,kind,amount\n1,a,31\n1,b,12\n2,a,19\n2,b,25\n"
    chart = made(painter, csv=table, series="kind", palette=["#b5532a", "#2a7fb5"])
    picture = chart.best.picture.astype(int)
    red, blue = (np.any(list(chart.planned.drawing.masks())[i::2], axis=0) for i in range(2))
    assert (picture[red][:, 0] > picture[red][:, 2]).mean() > 0.9
    assert (picture[blue][:, 2] > picture[blue][:, 0]).mean() > 0.9
    assert chart.best.scores.worst_mark <= 0.05


def test_a_scene_is_painted_around_the_marks_and_paled(painter: Painter) -> None:
    chart = made(painter, embed="Background")
    assert chart.best.coverage is None
    assert chart.best.scores.total >= 0.99
    assert not np.array_equal(chart.best.picture[2:20, 2:20], chart.plain[2:20, 2:20])
    assert chart.best.picture.mean() > 200
