"""Thirteen defects that an earlier tool for pictorial charts had, each with the tests that would catch it here."""

import ast
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from chartspark_api.charts import Chart
from chartspark_api.reasons import Reason
from chartspark_runner.check import PlannedChart
from chartspark_runner.generate.canvas_size import Native, canvas_size
from chartspark_runner.painter import OnStep, Order, Painting, Picture
from chartspark_runner.picture import Pixels
from chartspark_runner.run import Means, run_share
from runner_builders import BallPainter, bars, cast_of, chart, chart_object, csv_of, job, means, planned
from typing_extensions import override

TESTS = Path(__file__).parents[2]
HERE = "unit/runner/test_defects_of_other_tools_are_caught.py"

DEFECTS = {
    "a size that models do not take raises": (
        f"{HERE}::test_any_chart_size_asks_models_for_sizes_that_they_take",
        "unit/runner/test_a_canvas_is_exactly_as_large_as_asked.py::test_in_png_and_svg",
        "unit/runner/test_any_size_gives_a_chart_or_a_sentence.py::test_it_is_drawn_and_read_back_or_refused",
    ),
    "the right part of a mask is lost where the picture is wider than high": (
        f"{HERE}::test_masks_of_equal_marks_are_equal",
    ),
    "names that are numbers crash bars": (f"{HERE}::test_numbers_may_name_marks",),
    "masks do not lie where the chart shows the marks": (f"{HERE}::test_masks_lie_on_the_drawn_marks",),
    "bars on an axis that does not begin at zero outgrow the picture, and negative ones lose their sign": (
        f"{HERE}::test_bars_of_close_values_begin_at_zero",
        "unit/runner/test_bars_of_any_kind_are_read_back.py::test_bars_run_both_ways_from_zero",
    ),
    "the sides of an area slant to the corners of the axes": (
        (
            "unit/runner/test_the_decoder_sees_what_is_wrong_with_an_area.py"
            "::test_an_area_begins_and_ends_at_its_first_and_last_point"
        ),
    ),
    "no seed is set or recorded": (
        f"{HERE}::test_the_seed_is_recorded_and_makes_the_same_files_again",
        "unit/runner/test_the_model_paints_from_a_seed.py::test_one_seed_is_one_picture_and_another_is_another",
    ),
    "charts that are made at once spoil each other": (
        f"{HERE}::test_charts_drawn_at_once_are_those_drawn_one_by_one",
        "unit/runner/test_charts_are_published_once.py::test_the_first_valid_publication_wins",
    ),
    "only the author's folders will do": (f"{HERE}::test_a_folder_that_is_not_there_is_made",),
    "the model is loaded again for every picture, and needs a GPU": (
        f"{HERE}::test_the_model_is_opened_once_for_many_charts",
        "unit/runner/test_the_device_is_what_was_asked_for.py::test_a_place_is_found",
    ),
    "a picture that was filtered out ends in an index error, or in nothing at all": (
        f"{HERE}::test_pictures_of_nothing_are_told_as_the_charts_failure",
    ),
    "options are taken and have no effect": (f"{HERE}::test_every_field_of_a_chart_has_an_effect",),
    "the documentation's commands are misspelled, and its sample is no valid file": (
        "contract/test_readme.py::test_a_manifest_on_a_page_parses",
        "contract/test_readme.py::test_a_link_leads_to_a_file",
        "contract/test_examples.py::test_an_example_parses_and_is_named_like_its_file",
        "e2e/test_the_examples_become_pictures.py",
    ),
}

KINDS: dict[str, dict[str, object]] = {
    "bar": {},
    "lying bar": {"orientation": "Horizontal"},
    "line": {"type": "Line"},
    "area": {"type": "Area"},
    "pie": {"type": "Pie", "top": 4},
    "donut": {"type": "Pie", "top": 4, "donut": True},
}


def finished(asked: PlannedChart) -> Pixels:
    return asked.drawing.compose(cast_of(asked)).pixels()[0]


def test_all_thirteen_have_tests_that_are_there() -> None:
    assert len(DEFECTS) == 13
    for pointer in (pointer for pointers in DEFECTS.values() for pointer in pointers):
        file, _, name = pointer.partition("::")
        tree = ast.parse((TESTS / file).read_text())
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not name or name in names, pointer


@pytest.mark.parametrize(("width", "height"), [(528, 355), (533, 355), (480, 384), (1000, 667), (321, 4001)])
def test_any_chart_size_asks_models_for_sizes_that_they_take(width: int, height: int) -> None:
    for native in (Native(512, 8), Native(1024, 16)):
        assert [side % native.multiple for side in canvas_size(native, width / height)] == [0, 0]


def test_masks_of_equal_marks_are_equal() -> None:
    asked = planned(csv=csv_of([10.0] * 6), orientation="Vertical", width=960, height=400)
    sizes = [int(mask.sum()) for mask in asked.drawing.masks()]
    assert min(sizes) == pytest.approx(max(sizes), rel=0.03)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_numbers_may_name_marks(kind: dict[str, object]) -> None:
    asked = planned(csv="thing,amount\n2001,5\n2002,8\n2003.5,4\n", **kind)
    reading = asked.drawing.decode(finished(asked))
    for want, read in zip(asked.drawing.expected, reading.values, strict=True):
        assert read == pytest.approx(want.value, abs=2 * want.slack)


@pytest.mark.parametrize("title", ["Things", "Things of which there is so much to tell that " * 3])
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_masks_lie_on_the_drawn_marks(kind: dict[str, object], title: str) -> None:
    """A longer title moves the marks, and the masks with them."""
    asked = planned(title=title.strip(), width=800, height=600, **kind)
    picture = asked.drawing.plain().pixels()[0].astype(int)
    paper = np.array(asked.drawing.decode(finished(asked)).background)
    ink = np.abs(picture - paper).max(axis=2) > 12
    for mask in asked.drawing.masks():
        assert ink[mask].mean() >= 0.9


def test_bars_of_close_values_begin_at_zero() -> None:
    values = (1238.0, 1312.0, 1290.0)
    asked = planned(csv=csv_of(values), orientation="Vertical")
    frame = bars(asked).layout.frame
    heights = [int(np.count_nonzero(mask.any(axis=1))) for mask in asked.drawing.masks()]
    assert max(heights) < asked.drawing.size[1]
    for value, height in zip(values, heights, strict=True):
        assert height == pytest.approx(value * frame.pixels_per_value, abs=2)


def test_the_seed_is_recorded_and_makes_the_same_files_again(tmp_path: Path) -> None:
    first = job(without_a_seed := {k: v for k, v in chart_object().items() if k != "seed"})
    run_share(first, first.spec.charts, means(tmp_path / "first", BallPainter()))
    seed = json.loads((tmp_path / "first" / "things" / "metadata.json").read_text())["seed"]
    again = job({**without_a_seed, "seed": seed})
    run_share(again, again.spec.charts, means(tmp_path / "again", BallPainter()))
    other = job({**without_a_seed, "seed": seed + 1})
    run_share(other, other.spec.charts, means(tmp_path / "other", BallPainter()))
    one, two, three = (
        (tmp_path / run / "things" / "chart.png").read_bytes() for run in ("first", "again", "other")
    )
    assert one == two
    assert one != three


def test_charts_drawn_at_once_are_those_drawn_one_by_one() -> None:
    asked = [planned(width=640 + 40 * i, height=480, **kind) for i, kind in enumerate(KINDS.values())]
    alone = [finished(one) for one in asked]
    with ThreadPoolExecutor(len(asked)) as together:
        at_once = list(together.map(finished, asked))
    for one, other in zip(alone, at_once, strict=True):
        assert np.array_equal(one, other)


def test_a_folder_that_is_not_there_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = job()
    report = run_share(asked, asked.spec.charts, means(Path("some folder/of mine"), BallPainter()))
    assert report.reason is Reason.COMPLETE
    assert (tmp_path / "some folder" / "of mine" / "things" / "chart.png").is_file()


def test_the_model_is_opened_once_for_many_charts(tmp_path: Path) -> None:
    opened: list[BallPainter] = []

    def open_painter() -> BallPainter:
        opened.append(BallPainter())
        return opened[-1]

    asked = job(*(chart_object(name=f"c{i}") for i in range(3)))
    usual = means(tmp_path, BallPainter())
    run_share(asked, asked.spec.charts, Means(usual.store, usual.board, usual.keywords, open_painter))
    assert len(opened) == 1


def test_pictures_of_nothing_are_told_as_the_charts_failure(tmp_path: Path) -> None:
    class BlankWhereAsked(BallPainter):
        @override
        def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
            blank = Painting(Picture(np.full((128, 128, 3), 255, dtype=np.uint8)), 0.01)
            painted = super().paint(orders, on_step)
            return tuple(
                blank if order.subject == "nothing" else art
                for order, art in zip(orders, painted, strict=True)
            )

    asked = job(chart_object(name="bad", subject="nothing"), chart_object())
    report = run_share(asked, asked.spec.charts, means(tmp_path, BlankWhereAsked()))
    (failed,) = report.failed_charts
    assert (failed.name, failed.reason) == ("bad", Reason.NO_USABLE_ELEMENT)
    assert "another subject" in failed.message
    assert report.charts_done == 1


ROWS = "thing,amount,kind,other\na,5,k,4\nb,3,l,6\n"
WHOLE = "thing,amount,other\na,5,4\nb,3,6\nc,2,2\n"
POINTS: dict[str, object] = {
    "type": "Scatter",
    "csv": "thing,amount,kilos,name\n1,5,4,first\n2,8,9,second\n4,3,2,third\n",
}
CHANGES: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "title": ({}, {"title": "Other things"}),
    "subtitle": ({}, {"subtitle": "In tonnes"}),
    "source": ({}, {"source": "Source: somebody"}),
    "type": ({}, {"type": "Line"}),
    "orientation": ({"orientation": "Vertical"}, {"orientation": "Horizontal"}),
    "donut": ({"type": "Pie", "csv": WHOLE}, {"donut": True}),
    "x": ({"csv": ROWS}, {"x": "kind"}),
    "y": ({"csv": ROWS}, {"y": "other"}),
    "series": ({"csv": ROWS}, {"series": "kind"}),
    "stacking": ({"csv": ROWS, "series": "kind"}, {"stacking": "Stacked"}),
    "size": (POINTS, {"size": "kilos"}),
    "label": (POINTS, {"label": "name"}),
    "sort": ({}, {"sort": "Descending"}),
    "top": ({}, {"top": 3}),
    "other": ({"type": "Pie", "csv": WHOLE + "d,1,1\n", "top": 2}, {"other": "More"}),
    "number_format": ({}, {"number_format": {"suffix": " kg"}}),
    "locale": ({}, {"locale": "de"}),
    "embed": ({}, {"embed": "Background"}),
    "width": ({}, {"width": 700}),
    "height": ({}, {"height": 500}),
    "data": ({}, {"csv": csv_of((1.0, 2.0, 3.0))}),
}
ELSEWHERE = {
    "name": "test_charts_are_published_once.py::test_a_chart_comes_with_everything_that_belongs_to_it",
    "seed": "test_the_model_paints_from_a_seed.py::test_one_seed_is_one_picture_and_another_is_another",
    "subject": "test_a_subject_may_name_columns.py",
    "style": "test_the_subject_comes_from_the_title.py",
    "candidates": "test_charts_are_published_once.py::test_a_resume_leaves_what_is_published",
    "keep": "test_what_is_asked_for_is_written.py",
    "transparent": "test_a_transparent_chart_has_no_paper.py",
    "min_score_percent": "test_a_chart_below_its_minimum_is_published_and_told_of.py",
    "min_text_image_percent": "test_pictures_are_compared_with_their_words.py",
    "palette": "test_a_palette_colours_the_marks.py",
    "conditioning": "test_a_model_paints_into_the_drawn_chart.py",
}


def test_every_field_of_a_chart_has_an_effect() -> None:
    assert CHANGES.keys() | ELSEWHERE.keys() == Chart.model_fields.keys()
    for pointer in ELSEWHERE.values():
        assert (Path(__file__).parent / pointer.partition("::")[0]).is_file(), pointer
    for field, (asked, change) in CHANGES.items():
        without, with_it = drawn({**asked}), drawn({**asked, **change})
        assert without.shape != with_it.shape or not np.array_equal(without, with_it), field


def drawn(fields: dict[str, object]) -> Pixels:
    asked = planned(**fields)
    if chart(**fields).embed == "Background":
        return asked.drawing.over(cast_of(asked)).pixels()[0]
    return finished(asked)
