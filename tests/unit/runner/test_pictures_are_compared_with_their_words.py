"""What is compared, how it ranks, and what a lowest percentage does: with a script in the model's place."""

import json
from dataclasses import replace
from functools import cache
from math import nan
from pathlib import Path

import numpy as np
import pytest
from chartspark_api.metadata import Cause, ChartMetadata, Remedy, SecondTry
from chartspark_api.model import Sampling
from chartspark_runner.candidates import Candidate, rank
from chartspark_runner.element import Cast
from chartspark_runner.pipeline import MadeChart, make_chart
from chartspark_runner.progress import Board
from chartspark_runner.run import run_share
from chartspark_runner.text_image import TextImageModel, clip_score, shown
from chartspark_runner.verify import verify_results
from jsonschema import Draft202012Validator
from runner_builders import BallPainter, Likings, chart_object, job, means, no_keywords, planned

SMALL: dict[str, object] = {"csv": "thing,amount\na,31\nb,19\n", "width": 400, "height": 300, "candidates": 1}
SCHEMA = Path(__file__).parents[3] / "docs/reference/metadata.schema.json"


def made(model: TextImageModel | None, **fields: object) -> MadeChart:
    plan = planned(**SMALL | fields)
    return make_chart(plan, 7, Sampling(), no_keywords, BallPainter(), Board(1), model)


@pytest.mark.parametrize(("cosine", "score"), [(0.3, 0.75), (1.0, 2.5), (0.0, 0.0), (-0.2, 0.0), (nan, 0.0)])
def test_the_score_is_that_of_the_paper(cosine: float, score: float) -> None:
    assert clip_score(cosine) == pytest.approx(score)


def test_an_element_is_shown_whole_on_white_beside_its_subject() -> None:
    model = Likings([0.2])
    made(model, subject="red ball")
    ((picture, sentence),) = model.asked
    assert sentence == "A photo depicts red ball"
    assert picture.shape[0] == picture.shape[1]
    assert np.all(picture[0] == 255)
    assert np.any(picture[len(picture) // 2, len(picture) // 2] < 200)


@pytest.mark.parametrize(("height", "width"), [(300, 100), (100, 300), (64, 64), (1, 1)])
def test_nothing_of_a_long_picture_is_cut_off(height: int, width: int) -> None:
    ink = np.full((height, width, 4), (0, 0, 0, 255), dtype=np.uint8)
    square = shown(ink)
    assert square.shape[0] == square.shape[1]
    assert (square[..., 0] == 0).sum() == height * width


def test_what_is_transparent_is_shown_as_paper() -> None:
    assert np.all(shown(np.zeros((10, 10, 4), dtype=np.uint8)) == 255)


def test_a_named_colour_is_not_compared_because_no_seed_changes_it() -> None:
    plain, dyed = Likings([0.2]), Likings([0.2])
    made(plain)
    made(dyed, palette=["#2a7fb5"])
    assert np.array_equal(plain.asked[0][0], dyed.asked[0][0])


@pytest.mark.parametrize("embed", ["Foreground", "Background"])
def test_of_a_painted_chart_the_painting_is_shown(embed: str) -> None:
    model, painter = Likings([0.2]), BallPainter()
    plan = planned(**SMALL | {"conditioning": "Conditional", "embed": embed})
    make_chart(plan, 7, Sampling(), no_keywords, painter, Board(1), model)
    ((picture, _),) = model.asked
    (painted,) = painter.paint([*painter.orders], lambda *_: None)
    assert np.array_equal(picture, shown(painted.art.pixels))


def test_a_candidate_is_as_near_as_the_least_of_its_pictures() -> None:
    table = "thing,fruit,amount\n1,apple,31\n2,pear,19\n"
    model = Likings([0.3, 0.1])
    chart = made(model, csv=table, subject="{fruit}")
    assert [sentence for _, sentence in model.asked] == ["A photo depicts apple", "A photo depicts pear"]
    assert chart.best.text_image == pytest.approx(0.25)


def test_words_that_are_not_read_whole_are_told() -> None:
    assert made(Likings([0.3]), subject="red ball").unread == ()
    long = "red ball " * 10
    assert made(Likings([0.3]), subject=long).unread == (f"'A photo depicts {long}' is too long",)


def test_the_watchdog_sees_every_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[object, ...]] = []
    monkeypatch.setattr(Board, "step", lambda _, *told: seen.append(told))
    made(Likings([0.3]), candidates=2)
    assert [told for told in seen if told[1] == "compare"][1:] == [
        ("things", "compare", 0, 2),
        ("things", "compare", 1, 2),
    ]


def test_the_nearest_of_equally_true_candidates_is_the_best() -> None:
    assert made(Likings([0.1, 0.3, 0.2]), candidates=3).best.number == 1
    assert made(Likings([0.1, 0.2, 0.3]), candidates=3).best.number == 2


@cache
def sound() -> Candidate:
    return made(None).best


def candidate(
    *,
    total: float = 1.0,
    parted: float = 5.0,
    coverage: float = 0.9,
    text_image: float | None = 0.5,
    quality: float = 0.5,
) -> Candidate:
    best = sound()
    element = replace(best.cast.lead, quality=quality)
    casting = replace(best.draft.casting, cast=Cast((element,)), text_image=text_image)
    return replace(
        best,
        draft=replace(best.draft, casting=casting),
        scores=replace(best.scores, total=total),
        parted=parted,
        coverage=coverage,
    )


RANKED: dict[str, tuple[dict[str, float | None], dict[str, float | None]]] = {
    "a truer one is better, however unlike": ({"text_image": 0.1}, {"total": 0.9, "text_image": 0.9}),
    "what it shows comes before edges, which a halo mends": ({"parted": 1.0}, {"text_image": 0.49}),
    "and before coverage, which lying closer mends": ({"coverage": 0.2}, {"text_image": 0.49}),
    "what it shows comes before how well it is cut": (
        {"text_image": 0.6, "quality": 0.1},
        {"text_image": 0.5, "quality": 0.9},
    ),
    "less than a percent counts for nothing": (
        {"text_image": 0.501, "quality": 0.9},
        {"text_image": 0.503, "quality": 0.1},
    ),
    "where nothing is compared the cut decides": (
        {"text_image": None, "quality": 0.9},
        {"text_image": None, "quality": 0.1},
    ),
}


@pytest.mark.parametrize(("better", "worse"), RANKED.values(), ids=RANKED)
def test_likeness_ranks_among_what_is_equally_true(better: dict[str, float], worse: dict[str, float]) -> None:
    assert rank(candidate(**better)) > rank(candidate(**worse))


def test_pictures_below_the_lowest_percentage_are_made_once_more() -> None:
    chart = made(Likings([0.2, 0.2, 0.28]), candidates=2, minTextImagePercent=60)
    assert chart.second_tries[-1] == SecondTry(
        remedy=Remedy.NEW_SEED, causes=(Cause.LOW_SIMILARITY,), kept=True
    )
    assert chart.best.number >= 2
    assert chart.best.text_image_percent == 70


@pytest.mark.parametrize("model", [Likings([0.01]), None])
def test_without_a_lowest_percentage_no_others_are_made(model: Likings | None) -> None:
    assert Remedy.NEW_SEED not in {tried.remedy for tried in made(model).second_tries}


def test_without_a_model_a_chart_is_the_same_to_the_byte() -> None:
    compared, plain = made(Likings([0.3])), made(None)
    assert plain.best.text_image is None
    assert plain.svgs == compared.svgs
    assert np.array_equal(plain.best.picture, compared.best.picture)


def test_the_metadata_tell_what_was_compared_and_what_it_lacks(tmp_path: Path) -> None:
    asked = job(
        chart_object(minTextImagePercent=60, candidates=1, keep=1),
        model={"name": "IconDiffusion", "claimName": "weights", "textImageModel": "clip"},
    )
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter(), text_image=Likings([0.2])))
    text = (tmp_path / "things/metadata.json").read_text()
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(json.loads(text))
    told = ChartMetadata.model_validate_json(text)
    assert told.scores.text_image == 0.5
    assert told.ranking[0].scores.text_image == 0.5
    assert "its picture is near its words by 50 %, and minTextImagePercent is 60" in told.warnings
    assert [model.name for model in told.models] == ["weights/clip"]
    assert verify_results(tmp_path) == []
