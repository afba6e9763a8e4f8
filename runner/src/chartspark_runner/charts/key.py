"""What stands for how much: a symbol, an equals sign, an amount. Called by the keys of chart types.

An amount in a script that runs from the right would turn the whole line, and the equals sign would stand on its far
side: there the two are written apart.
"""

from chartspark_api.colours import Rgb

from chartspark_runner.canvas import Anchor, Canvas
from chartspark_runner.lettering import text_width
from chartspark_runner.scripts import runs_right_to_left

_EQUALS = "= "


def draw_equals(  # noqa: PLR0913, PLR0917 - what a piece of lettering is
    canvas: Canvas, at: tuple[float, float], amount: str, size: float, colour: Rgb, anchor: Anchor = "left"
) -> None:
    """Write an equals sign and an amount, `at` their middle level, from there on or up to there."""
    if not runs_right_to_left(amount):
        canvas.text(at, _EQUALS + amount, size, colour, anchor=anchor, level="center")
        return
    left = at[0] - equals_width(amount, size) if anchor == "right" else at[0]
    canvas.text((left, at[1]), _EQUALS.strip(), size, colour, level="center")
    canvas.text((left + _gap(size), at[1]), amount, size, colour, level="center")


def equals_width(amount: str, size: float) -> float:
    """Return the width of an equals sign and an amount, in pixels."""
    return (
        _gap(size) + text_width(amount, size)
        if runs_right_to_left(amount)
        else text_width(_EQUALS + amount, size)
    )


def _gap(size: float) -> float:
    # Of a space at an end no width is told.
    return text_width(_EQUALS + ".", size) - text_width(".", size)
