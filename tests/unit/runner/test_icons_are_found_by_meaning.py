import re
from pathlib import Path

import pytest
from chartspark_api.metadata import Icon
from chartspark_runner.element import Element
from chartspark_runner.errors import ModelMissing, NoUsableElement
from chartspark_runner.models.icons.encoder import Encoder
from chartspark_runner.models.icons.library import FOLDER, read_drawing, read_index
from chartspark_runner.models.icons.painter import IconPainter, open_icon_painter
from chartspark_runner.painter import Order, Painting


@pytest.fixture(scope="module")
def painter() -> IconPainter:
    return open_icon_painter(1)


def icon_of(painting: Painting) -> Icon:
    assert painting.origin.icon is not None
    return painting.origin.icon


def order(
    subject: str, *, style: str = "flat", seed: int = 0, candidate: int = 0, negative: str = ""
) -> Order:
    return Order(
        subject=subject,
        style=style,
        prompt="",
        negative_prompt=negative,
        steps=20,
        guidance_scale=4.0,
        seed=seed,
        candidate=candidate,
    )


def paint(painter: IconPainter, one: Order) -> Painting:
    (painting,) = painter.paint([one], lambda _done, _steps: None)
    return painting


@pytest.mark.parametrize(
    ("subject", "icon"),
    [
        ("red apple", "red apple"),
        ("Cups of coffee sold", "hot beverage"),
        ("Renewable energy in Denmark", "wind turbine"),
        ("Unemployment rate", "briefcase"),
        ("Life expectancy at birth", "old woman"),
        ("Fish caught in the North Sea", "fish"),
        ("Airline passengers", "airplane"),
        ("Murders per 100,000 people", "kitchen knife"),
        ("apple", "red apple"),
        ("wind", "wind"),
        ("coal", "coal wagon"),
    ],
)
def test_a_title_finds_what_shows_it(painter: IconPainter, subject: str, icon: str) -> None:
    assert icon_of(paint(painter, order(subject))).icon == icon


@pytest.mark.parametrize(
    "subject", ["Eigenvalues", "Residual sum of squares", "Miscellaneous", "qwertyuiop", "!?"]
)
def test_what_cannot_be_drawn_is_refused_with_the_three_nearest(painter: IconPainter, subject: str) -> None:
    with pytest.raises(
        NoUsableElement, match=rf"nothing near '{re.escape(subject)}'; the nearest are .+, .+, .+;"
    ):
        paint(painter, order(subject))


@pytest.mark.parametrize(
    ("style", "icon_set"),
    [
        ("flat", "Fluent Emoji Flat"),
        ("noto", "Noto Emoji"),
        ("a simple twemoji", "Twitter Emoji"),
        ("duotone", "Phosphor"),
        ("line", "Tabler Icons"),
        ("glyph", "Phosphor"),
    ],
)
def test_the_style_chooses_the_set(painter: IconPainter, style: str, icon_set: str) -> None:
    assert icon_of(paint(painter, order("rocket", style=style))).set.startswith(icon_set)


def test_the_metadata_name_the_icon_its_licence_and_what_came_near(painter: IconPainter) -> None:
    icon = icon_of(paint(painter, order("red apple")))
    assert icon.licence == "MIT"
    assert icon.author == "Microsoft Corporation"
    assert len(icon.near_misses) == 3
    assert all(
        part in icon.attribution for part in (icon.icon, icon.set, icon.author, icon.licence, icon.url)
    )


def test_the_same_seed_gives_the_same_icon(painter: IconPainter) -> None:
    one, other = (paint(painter, order("bicycle", seed=7)) for _ in range(2))
    assert isinstance(one.art, Element)
    assert isinstance(other.art, Element)
    assert one.art.drawing == other.art.drawing
    assert (one.art.pixels == other.art.pixels).all()


def test_candidates_are_other_drawings_of_the_same(painter: IconPainter) -> None:
    paintings = [paint(painter, order("bicycle", candidate=number)) for number in range(1, 4)]
    assert len({icon_of(painting).set for painting in paintings}) == 3
    assert {icon_of(painting).icon for painting in paintings} == {"bicycle"}


def test_what_has_no_effect_on_icons_is_told(painter: IconPainter) -> None:
    warnings = paint(painter, order("bicycle", style="oil on canvas", negative="dogs")).warnings
    assert [
        word for word in ("negativePrompt", "oil on canvas") if any(word in line for line in warnings)
    ] == [
        "negativePrompt",
        "oil on canvas",
    ]


def test_the_outlines_and_the_pixels_show_the_same_size(painter: IconPainter) -> None:
    art = paint(painter, order("wine glass")).art
    assert isinstance(art, Element)
    assert art.drawing is not None
    height, width = art.pixels.shape[:2]
    assert width / height == pytest.approx(art.drawing.width / art.drawing.height, rel=0.01)
    assert art.pixels[..., 3].any(axis=0).all()
    assert art.pixels[..., 3].any(axis=1).all()


def test_the_library_is_small_and_names_every_author() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 12_000_000
    attribution = (FOLDER / "ATTRIBUTION.md").read_text(encoding="utf-8")
    for icon_set in read_index().sets:
        assert f"{icon_set.title} {icon_set.version} | {icon_set.author}" in attribution
        assert icon_set.licence in {"MIT", "Apache-2.0", "ISC", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0"}


def test_every_set_of_the_index_draws_what_the_index_says() -> None:
    index = read_index()
    for place, icon_set in enumerate(index.sets):
        labels = [label for label, sets in zip(index.labels, index.label_sets, strict=True) if place in sets]
        assert all(read_drawing(icon_set.name, label, (0, 0, 0)).shapes for label in labels)


def test_a_library_that_is_not_there_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=re.escape(str(tmp_path))):
        read_index(tmp_path)
    with pytest.raises(ModelMissing, match=re.escape(str(tmp_path))):
        Encoder(tmp_path)
