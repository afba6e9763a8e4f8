"""One element laid down many times, as pixels. Called by `canvas`; pure, and knows nothing about charts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from chartspark_api.colours import Rgb
from PIL import Image, ImageDraw

from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import HALF, Mask, Pixels, resized
from chartspark_runner.rim import Rim, around, margin

Polygon = tuple[tuple[float, float], ...]
"""Corners in pixels of the sheet."""

_FINE = 4
"""Subpixels a side with which slanted clips are softened."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where an element lies."""

    box: Box
    opacity: float = 1.0
    turn: float = 0.0
    """Degrees clockwise about the box's middle."""
    clip: Polygon | None = None
    """What is outside of it is not drawn."""


def fitted(element: Element, room: Box, most: float = 1.0) -> Box:
    """Return the middle of the room that the element fills without being distorted.

    Args:
        element: What is to lie there.
        room: Where it may lie.
        most: The scale up to which pixels are enlarged. Outlines are as sharp at any size.
    """
    height, width = element.pixels.shape[:2]
    scale = min(room.width / width, room.height / height)
    if element.drawing is None:
        scale = min(scale, most)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    left, top = room.left + (room.width - wide) // 2, room.top + (room.height - high) // 2
    return Box(left, top, left + wide, top + high)


def corners(box: Box) -> Polygon:
    """Return a box as a clip."""
    return ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))


def bounds(stamps: Sequence[Stamp], sheet: Box, *rims: Rim) -> Box:
    """Return the smallest box on the sheet that holds all stamps and their rims, however they are turned."""
    boxes = [_swept(stamp, max((margin(rim.width) for rim in rims), default=0)) for stamp in stamps]
    return Box(
        max(sheet.left, min(box.left for box in boxes)),
        max(sheet.top, min(box.top for box in boxes)),
        min(sheet.right, max(box.right for box in boxes)),
        min(sheet.bottom, max(box.bottom for box in boxes)),
    )


def stamped(element: Pixels, stamps: Sequence[Stamp], room: Box, *rims: Rim) -> Pixels:
    """Return RGBA of the room's size with the element at every stamp, later ones on top, each in its rims, the widest first."""
    sheet = Image.new("RGBA", (room.width, room.height))
    for stamp, picture, outlines in _each(element, stamps, rims):
        for rim, outline in zip(rims, outlines, strict=False):
            _lay(sheet, _plain(outline, rim.colour), _corner(stamp, outline, room))
        _lay(sheet, picture, _corner(stamp, picture, room))
    return np.asarray(sheet)


def seen(element: Pixels, stamps: Sequence[Stamp], room: Box, *rims: Rim) -> Mask:
    """Return where the room shows the element, half opaque or more: what lies under another's rim is not seen."""
    sheet = Image.new("L", (room.width, room.height))
    for stamp, picture, outlines in _each(element, stamps, rims):
        for outline in outlines:
            sheet.paste(0, _corner(stamp, outline, room), outline)
        alpha = picture.getchannel("A")
        sheet.paste(255, _corner(stamp, picture, room), alpha)
    return np.asarray(np.asarray(sheet) > HALF)


def _each(
    element: Pixels, stamps: Sequence[Stamp], rims: Sequence[Rim]
) -> Iterator[tuple[Stamp, Image.Image, list[Image.Image]]]:
    """Yield every stamp with its picture as it is turned and cut, and how opaque its rims are."""
    sized: dict[tuple[int, int], Image.Image] = {}
    cache: dict[tuple[int, int, float, float], tuple[Image.Image, list[Image.Image]]] = {}
    for stamp in stamps:
        size = (max(1, stamp.box.width), max(1, stamp.box.height))
        key = (*size, stamp.turn, stamp.opacity)
        if key not in cache:
            if size not in sized:
                sized[size] = Image.fromarray(resized(element, *size))
            turned = _turned(sized[size], stamp)
            cache[key] = (
                _pale(turned, stamp.opacity),
                # The rim of something faint would be all that is seen of it.
                [around(np.asarray(turned), rim) for rim in rims] if stamp.opacity == 1 else [],
            )
        picture, outlines = cache[key]
        if stamp.clip is not None:
            picture = _clipped(picture, stamp.clip, _corner(stamp, picture, Box(0, 0, 0, 0)))
            nowhere = Box(0, 0, 0, 0)
            outlines = [_cut(outline, stamp.clip, _corner(stamp, outline, nowhere)) for outline in outlines]
        yield stamp, picture, outlines


def _corner(stamp: Stamp, picture: Image.Image, room: Box) -> tuple[int, int]:
    """Return where the upper left corner of a stamp's picture lies in the room."""
    left = stamp.box.left + (stamp.box.width - picture.width) // 2 - room.left
    top = stamp.box.top + (stamp.box.height - picture.height) // 2 - room.top
    return left, top


def _plain(alpha: Image.Image, colour: Rgb) -> Image.Image:
    picture = Image.new("RGBA", alpha.size, colour)
    picture.putalpha(alpha)
    return picture


def _swept(stamp: Stamp, more: int) -> Box:
    box = stamp.box
    if not stamp.turn:
        return Box(box.left - more, box.top - more, box.right + more, box.bottom + more)
    reach = int(np.ceil(np.hypot(box.width, box.height) / 2)) + 1 + more
    x, y = (stamp.box.left + stamp.box.right) // 2, (stamp.box.top + stamp.box.bottom) // 2
    return Box(x - reach, y - reach, x + reach, y + reach)


def _turned(picture: Image.Image, stamp: Stamp) -> Image.Image:
    # Pillow turns against the clock.
    return picture.rotate(-stamp.turn, Image.Resampling.BICUBIC, expand=True) if stamp.turn else picture


def _pale(picture: Image.Image, opacity: float) -> Image.Image:
    if opacity == 1:
        return picture
    pale = picture.copy()
    pale.putalpha(picture.getchannel("A").point(lambda alpha: round(alpha * opacity)))
    return pale


def _clipped(picture: Image.Image, clip: Polygon, at: tuple[int, int]) -> Image.Image:
    clipped = picture.copy()
    clipped.putalpha(_cut(picture.getchannel("A"), clip, at))
    return clipped


def _cut(alpha: Image.Image, clip: Polygon, at: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", (alpha.width * _FINE, alpha.height * _FINE))
    corners = [((x - at[0]) * _FINE - 0.5, (y - at[1]) * _FINE - 0.5) for x, y in clip]
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    mask = mask.resize(alpha.size, Image.Resampling.BOX)
    both = np.asarray(alpha, dtype=np.uint16) * np.asarray(mask, dtype=np.uint16) // 255
    return Image.fromarray(both.astype(np.uint8))


def _lay(sheet: Image.Image, picture: Image.Image, at: tuple[int, int]) -> None:
    """Lay a picture on the sheet; what hangs over its sides is cut off."""
    left, top = at
    seen = (
        max(0, -left),
        max(0, -top),
        min(picture.width, sheet.width - left),
        min(picture.height, sheet.height - top),
    )
    if seen[0] < seen[2] and seen[1] < seen[3]:
        sheet.alpha_composite(picture.crop(seen), (left + seen[0], top + seen[1]))
