"""Turns an icon as its set has it into filled outlines of flat colours on whole coordinates.

Called by the build. Strokes become fills, groups, clips and transforms are flattened by picosvg; a gradient
becomes its mean, for charts draw icons at sizes at which nobody could see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from chartspark_api.colours import Rgb
from lxml import etree
from picosvg.svg import SVG
from picosvg.svg_types import SVGPath
from PIL import ImageColor

from runner.training.sources import Svg

SIDE: Final = 512
"""The longer side of every icon, in its own units. Coordinates are whole: at 512 pixels, half a pixel off at most."""
FAINTEST: Final = 0.04
"""What covers less is not drawn."""
LARGEST_OUTLINE: Final = 16_000
"""Characters of all paths of an icon. The few that are larger are pictures rather than pictograms."""
INK: Final = "#010203"
"""Stands for the colour of a glyph, which a palette sets. No set draws in it."""


class NotNormalisedError(Exception):
    """The icon cannot be drawn by filled outlines alone."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One filled outline."""

    path: str
    fill: Rgb | None
    """None is the colour of a glyph."""
    alpha_percent: int


@dataclass(frozen=True, slots=True)
class Outline:
    """An icon, tightly cropped."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class _Paint:
    rgb: Rgb
    alpha: float


def normalise(icon: Svg) -> Outline:
    """Return the icon's outlines.

    Raises:
        NotNormalisedError: It uses what outlines cannot show, draws nothing, or is too large.
    """
    for unfit in ("<filter", "<image", "<mask", "<text", "mix-blend-mode", "<animate"):
        if unfit in icon.body:
            raise NotNormalisedError(f"it uses {unfit.strip('<')}")
    try:
        # picosvg knows the older way of writing a reference alone.
        document = icon.document.replace(' href="#', ' xlink:href="#').replace("currentColor", INK)
        picture = SVG.fromstring(document).topicosvg()
        gradients = {
            str(element.get("id")): _mean(element)
            for element in picture.svg_root.iter()
            if isinstance(element.tag, str) and element.tag.endswith("Gradient")
        }
        painted = [(shape.as_path(), _paint(shape, gradients)) for shape in picture.shapes()]
    except (ValueError, KeyError, AssertionError, AttributeError, IndexError) as error:
        raise NotNormalisedError(f"picosvg says: {error}") from error
    return _cropped([(path, paint) for path, paint in painted if paint.alpha >= FAINTEST])


def _cropped(painted: list[tuple[SVGPath, _Paint]]) -> Outline:
    boxes = [path.bounding_box() for path, _ in painted]
    boxes = [box for box in boxes if box.w > 0 and box.h > 0]
    if not boxes:
        raise NotNormalisedError("it draws nothing")
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    scale = SIDE / max(right - left, bottom - top)
    shapes = tuple(
        Shape(text, None if paint.rgb == _rgb(INK) else paint.rgb, max(1, round(paint.alpha * 100)))
        for path, paint in painted
        if (text := "".join(_commands(path, left, top, scale)))
    )
    if sum(len(shape.path) for shape in shapes) > LARGEST_OUTLINE:
        raise NotNormalisedError("its outline is too large")
    return Outline(round((right - left) * scale), round((bottom - top) * scale), shapes)


def _commands(path: SVGPath, left: float, top: float, scale: float) -> Iterator[str]:
    at = start = (0, 0)
    for command, arguments in path.arcs_to_cubics().expand_shorthand().absolute().explicit_lines():
        if command == "Z":
            yield "Z"
            at = start
            continue
        points = [
            (round((x - left) * scale), round((y - top) * scale))
            for x, y in zip(arguments[::2], arguments[1::2], strict=True)
        ]
        if command == "M":
            start = points[-1]
        elif all(point == at for point in points):
            # It is shorter than half a unit.
            continue
        at = points[-1]
        yield command + " ".join(f"{x} {y}" for x, y in points)


def _paint(shape: SVGPath, gradients: dict[str, _Paint]) -> _Paint:
    opacity = float(shape.opacity) * float(shape.fill_opacity)
    if shape.fill.startswith("url("):
        mean = gradients[shape.fill.removeprefix("url(#").rstrip(")")]
        return _Paint(mean.rgb, mean.alpha * opacity)
    if shape.fill == "none":
        return _Paint((0, 0, 0), 0.0)
    return _Paint(_rgb(shape.fill), opacity)


def _mean(gradient: etree._Element) -> _Paint:
    """Return a gradient's mean over its length; over its disc, where it is radial."""
    radial = str(gradient.tag).endswith("radialGradient")
    stops = [_stop(stop) for stop in gradient if isinstance(stop.tag, str)]
    stops = [(0.0, stops[0][1]), *stops, (1.0, stops[-1][1])]
    weight = alpha = red = green = blue = 0.0
    for (begin, first), (end, second) in pairwise(stops):
        share = max(0.0, end - begin) * ((begin + end) if radial else 1.0)
        for paint in (first, second):
            weight += share
            alpha += share * paint.alpha
            red, green, blue = (
                total + share * paint.alpha * channel
                for total, channel in zip((red, green, blue), paint.rgb, strict=True)
            )
    if weight <= 0 or alpha <= 0:
        return _Paint((0, 0, 0), 0.0)
    return _Paint((round(red / alpha), round(green / alpha), round(blue / alpha)), alpha / weight)


def _stop(stop: etree._Element) -> tuple[float, _Paint]:
    written = dict(part.split(":", 1) for part in str(stop.get("style") or "").split(";") if ":" in part)
    declared = {key.strip(): value.strip() for key, value in written.items()}
    offset = str(stop.get("offset") or "0")
    share = float(offset.rstrip("%")) / (100 if offset.endswith("%") else 1)
    colour = declared.get("stop-color", str(stop.get("stop-color") or "#000000"))
    opacity = float(declared.get("stop-opacity", str(stop.get("stop-opacity") or "1")))
    return min(1.0, max(0.0, share)), _Paint(_rgb(colour), opacity)


def _rgb(colour: str) -> Rgb:
    channels = ImageColor.getrgb(colour.lower())
    return channels[0], channels[1], channels[2]
