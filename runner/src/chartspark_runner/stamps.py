"""One element laid down many times, as pixels. Called by `canvas`; pure, and knows nothing about charts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import Pixels, resized

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


def bounds(stamps: Sequence[Stamp], sheet: Box) -> Box:
    """Return the smallest box on the sheet that holds all stamps, however they are turned."""
    boxes = [_swept(stamp) for stamp in stamps]
    return Box(
        max(sheet.left, min(box.left for box in boxes)),
        max(sheet.top, min(box.top for box in boxes)),
        min(sheet.right, max(box.right for box in boxes)),
        min(sheet.bottom, max(box.bottom for box in boxes)),
    )


def stamped(element: Pixels, stamps: Sequence[Stamp], room: Box) -> Pixels:
    """Return RGBA of the room's size with the element at every stamp, later ones on top."""
    sheet = Image.new("RGBA", (room.width, room.height))
    sized: dict[tuple[int, int], Image.Image] = {}
    cache: dict[tuple[int, int, float, float], Image.Image] = {}
    for stamp in stamps:
        size = (max(1, stamp.box.width), max(1, stamp.box.height))
        key = (*size, stamp.turn, stamp.opacity)
        if key not in cache:
            if size not in sized:
                sized[size] = Image.fromarray(resized(element, *size))
            cache[key] = _prepared(sized[size], stamp)
        picture = cache[key]
        left = stamp.box.left + (stamp.box.width - picture.width) // 2 - room.left
        top = stamp.box.top + (stamp.box.height - picture.height) // 2 - room.top
        if stamp.clip is not None:
            picture = _clipped(picture, stamp.clip, (room.left + left, room.top + top))
        _lay(sheet, picture, left, top)
    return np.asarray(sheet)


def _swept(stamp: Stamp) -> Box:
    if not stamp.turn:
        return stamp.box
    reach = int(np.ceil(np.hypot(stamp.box.width, stamp.box.height) / 2)) + 1
    x, y = (stamp.box.left + stamp.box.right) // 2, (stamp.box.top + stamp.box.bottom) // 2
    return Box(x - reach, y - reach, x + reach, y + reach)


def _prepared(picture: Image.Image, stamp: Stamp) -> Image.Image:
    """Return an element of the stamp's size as it is turned, and as pale."""
    if stamp.turn:
        # Pillow turns against the clock.
        picture = picture.rotate(-stamp.turn, Image.Resampling.BICUBIC, expand=True)
    if stamp.opacity < 1:
        pale = picture.copy()
        pale.putalpha(picture.getchannel("A").point(lambda alpha: round(alpha * stamp.opacity)))
        return pale
    return picture


def _clipped(picture: Image.Image, clip: Polygon, at: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", (picture.width * _FINE, picture.height * _FINE))
    corners = [((x - at[0]) * _FINE - 0.5, (y - at[1]) * _FINE - 0.5) for x, y in clip]
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    mask = mask.resize(picture.size, Image.Resampling.BOX)
    alpha = np.asarray(picture.getchannel("A"), dtype=np.uint16) * np.asarray(mask, dtype=np.uint16) // 255
    clipped = picture.copy()
    clipped.putalpha(Image.fromarray(alpha.astype(np.uint8)))
    return clipped


def _lay(sheet: Image.Image, picture: Image.Image, left: int, top: int) -> None:
    """Lay a picture on the sheet; what hangs over its sides is cut off."""
    seen = (
        max(0, -left),
        max(0, -top),
        min(picture.width, sheet.width - left),
        min(picture.height, sheet.height - top),
    )
    if seen[0] < seen[2] and seen[1] < seen[3]:
        sheet.alpha_composite(picture.crop(seen), (left + seen[0], top + seen[1]))
