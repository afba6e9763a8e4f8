"""The colours that a chart maker may name, and those that are kept for data edges. Part of a chart; read by the runner.

A decoder finds values by their edges, so that no mark may be taken for one. The rules compare whole numbers,
so that the API server can say the same at `kubectl apply`.
"""

from typing import Annotated

from pydantic import AfterValidator, Field, JsonValue

from chartspark_api.cel import RULES, rule

Rgb = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

EDGES: tuple[Rgb, ...] = (
    (134, 3, 38), (101, 64, 0), (24, 48, 1), (0, 58, 66), (0, 70, 127), (40, 4, 124),
)  # fmt: skip
"""The colours of data edges, and of nothing else: crimson, ochre, green, teal, blue and indigo.

Found by annealing over dark colours, about one per 60 degrees of hue. Each has a contrast of 8:1 or more with every
background. Any two lie so far apart that no pixel shows both of them, and differ for people who lack one kind of cones.
"""
MOST_SERIES = len(EDGES)
"""Of a chart: each has an edge of a colour of its own."""

CLEAR_OF_EDGES = 36
"""RGB distance from every edge's colour that marks keep; the decoder takes what is nearer than 30 for the edge."""
_LIGHT = (2126, 7152, 722)
"""How much each channel adds to lightness, in ten-thousandths: the weights of relative luminance."""
_LIGHTEST = 7350
"""In ten-thousandths of white: a contrast of about 1.3 with paper. Paler marks are lost on it."""


def rgb(text: str) -> Rgb:
    """Return the channels of a colour that is written as # and six hexadecimal digits."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def written(colour: Rgb) -> str:
    """Return a colour as # and six hexadecimal digits."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


_HEX = "^#[0-9A-Fa-f]{6}$"
_SPELLED = 'write a colour as # and six hexadecimal digits, in quotes, for instance "#b5532a"'
_EDGE = "is too near one that is kept for the edges that tell values (" + ", ".join(map(written, EDGES)) + ")"
_PALE = "is lost on paper"
_LIGHTER, _DARKER = "write a lighter one", "write a darker one"


def is_clear_of_edges(colour: Rgb) -> bool:
    """Return whether marks of a colour are never taken for a data edge."""
    return all(
        sum((one - other) ** 2 for one, other in zip(colour, edge, strict=True)) >= CLEAR_OF_EDGES**2
        for edge in EDGES
    )


def is_seen_on_paper(colour: Rgb) -> bool:
    """Return whether marks of a colour stand out from paper."""
    return (
        sum(weight * channel**2 for weight, channel in zip(_LIGHT, colour, strict=True)) <= _LIGHTEST * 255**2
    )


def _refuse_what_is_no_colour_of_marks(text: str) -> str:
    if not is_clear_of_edges(rgb(text)):
        raise ValueError(
            f"{text} {_EDGE}: {_LIGHTER}, for instance {written(_allowed(rgb(text), (255, 255, 255)))}"
        )
    if not is_seen_on_paper(rgb(text)):
        raise ValueError(f"{text} {_PALE}: {_DARKER}, for instance {written(_allowed(rgb(text), (0, 0, 0)))}")
    return text


def _allowed(colour: Rgb, towards: Rgb) -> Rgb:
    """Return the nearest colour on the way to another that marks may have."""
    ways = (_mixed(colour, towards, percent) for percent in range(5, 100, 5))
    return next(way for way in ways if is_clear_of_edges(way) and is_seen_on_paper(way))


def _mixed(colour: Rgb, towards: Rgb, percent: int) -> Rgb:
    red, green, blue = (
        one + (other - one) * percent // 100 for one, other in zip(colour, towards, strict=True)
    )
    return red, green, blue


def _cel(holds: str, message: str) -> dict[str, JsonValue]:
    """Return a rule over the channels `c` of a colour."""
    channels = (
        "[[1, 3, 5].map(i, 16 * '0123456789abcdef'.indexOf(self.lowerAscii().charAt(i)) "
        "+ '0123456789abcdef'.indexOf(self.lowerAscii().charAt(i + 1)))]"
    )
    return rule(f"!self.matches(r'{_HEX}') || {channels}.all(c, {holds})", message)


_APART = " + ".join(f"(c[{i}] - e[{i}]) * (c[{i}] - e[{i}])" for i in range(3))
_LIGHTNESS = " + ".join(f"{weight} * c[{i}] * c[{i}]" for i, weight in enumerate(_LIGHT))

MarkColour = Annotated[
    str,
    Field(
        max_length=7,
        pattern=_HEX,
        json_schema_extra={
            RULES: [
                rule(f"self.matches(r'{_HEX}')", _SPELLED),
                _cel(
                    f"{[list(edge) for edge in EDGES]}.all(e, {_APART} >= {CLEAR_OF_EDGES**2})",
                    f"this colour {_EDGE}: {_LIGHTER}",
                ),
                _cel(f"{_LIGHTNESS} <= {_LIGHTEST * 255**2}", f"this colour {_PALE}: {_DARKER}"),
            ]
        },
    ),
    AfterValidator(_refuse_what_is_no_colour_of_marks),
]
"""A colour of marks."""
