import pytest

from runner.training.library.normalise import SIDE, NotNormalisedError, normalise
from runner.training.sources import Svg


def icon(body: str, side: float = 24) -> Svg:
    return Svg("icon", body, (0, 0, side, side))


def test_an_icon_is_cropped_to_what_it_draws() -> None:
    outline = normalise(icon('<path fill="#ff0000" d="M4 6h8v4h-8z"/>'))
    assert (outline.width, outline.height) == (SIDE, SIDE // 2)
    assert outline.shapes[0].path == f"M0 0L{SIDE} 0L{SIDE} {SIDE // 2}L0 {SIDE // 2}Z"
    assert outline.shapes[0].fill == (255, 0, 0)


def test_a_glyphs_colour_is_left_open() -> None:
    assert normalise(icon('<path fill="currentColor" d="M0 0h8v8z"/>')).shapes[0].fill is None


def test_a_stroke_becomes_a_fill() -> None:
    outline = normalise(icon('<path fill="none" stroke="#0000ff" stroke-width="2" d="M2 12h20"/>'))
    assert (outline.width, outline.height) == (SIDE, round(SIDE / 10))
    assert outline.shapes[0].fill == (0, 0, 255)


def test_transforms_groups_and_opacity_are_flattened() -> None:
    outline = normalise(
        icon('<g opacity=".5" transform="rotate(90 12 12)"><path fill="#0f0" d="M4 6h8v4h-8z"/></g>')
    )
    assert outline.width < outline.height
    assert outline.shapes[0].alpha_percent == 50


def test_what_is_used_again_is_drawn_again() -> None:
    outline = normalise(
        icon('<defs><path id="a" d="M0 0h4v4z"/></defs><use href="#a"/><use href="#a" x="8"/>')
    )
    assert len(outline.shapes) == 2


@pytest.mark.parametrize(
    ("kind", "rgb"),
    [("linearGradient", (128, 0, 128)), ("radialGradient", (85, 0, 170))],
)
def test_a_gradient_becomes_its_mean(kind: str, rgb: tuple[int, int, int]) -> None:
    stops = '<stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/>'
    body = f'<defs><{kind} id="g">{stops}</{kind}></defs><path fill="url(#g)" d="M0 0h8v8h-8z"/>'
    fill = normalise(icon(body)).shapes[0].fill
    assert fill is not None
    assert fill == pytest.approx(rgb, abs=45)
    assert fill[1] == 0


@pytest.mark.parametrize(
    "body",
    [
        '<filter id="f"/><path d="M0 0h8v8z"/>',
        '<image href="data:,"/>',
        '<path fill="none" d="M0 0h8v8z"/>',
        '<path fill="#000" opacity=".01" d="M0 0h8v8z"/>',
        "",
    ],
)
def test_what_outlines_cannot_show_is_left_out(body: str) -> None:
    with pytest.raises(NotNormalisedError):
        normalise(icon(body))
