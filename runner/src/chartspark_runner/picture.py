"""The pictures that the steps hand on: arrays of bytes, and the files that they become. Knows nothing about charts."""

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
from chartspark_api.charts import LONGEST_SIDE
from PIL import Image

Pixels = npt.NDArray[np.uint8]
"""A picture of shape (height, width, 3) for RGB or (height, width, 4) for RGBA with straight alpha."""

Mask = npt.NDArray[np.bool_]
"""Of shape (height, width)."""


_RIM = 4
"""In pixels."""
HALF = 127
"""Of an alpha of 255."""


def png(pixels: Pixels | Mask) -> bytes:
    """Return `pixels` as PNG. No time and no program's name goes in, so that equal pictures are equal files."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def open_picture(file: Path) -> Pixels:
    """Return the picture in `file` as RGB on white.

    Raises:
        OSError: It cannot be read as a picture, or is larger than any chart.
    """
    try:
        image = Image.open(file)
    except Image.DecompressionBombError as error:
        raise OSError(str(error)) from error
    with image:
        if max(image.size) > LONGEST_SIDE:
            # Before a pixel is decoded: a small file can hold a picture that fills the memory.
            width, height = image.size
            raise OSError(f"it is {width}x{height} pixels, and a chart at most {LONGEST_SIDE}x{LONGEST_SIDE}")
        rgba = image.convert("RGBA")
    return on_white(np.asarray(rgba))


def on_white(pixels: Pixels) -> Pixels:
    """Return a picture as it looks on white paper, as RGB."""
    if pixels.shape[2] == 3:  # noqa: PLR2004 - RGB has no paper below it
        return pixels
    paper = Image.new("RGBA", (pixels.shape[1], pixels.shape[0]), "white")
    paper.alpha_composite(Image.fromarray(pixels))
    return np.asarray(paper.convert("RGB"))


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """Return `pixels` at another size. Colours of transparent pixels do not bleed into the edges."""
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS))


def opaque(pixels: Pixels) -> Mask:
    """Return where an RGBA picture is half opaque or more."""
    return np.asarray(pixels[..., 3] > HALF)


def commonest(pixels: Pixels) -> tuple[int, int, int]:
    """Return the colour that most of an RGB picture has."""
    packed = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], dtype=np.uint32)
    colours, counts = np.unique(packed, return_counts=True)
    red, green, blue = int(colours[counts.argmax()]).to_bytes(3, "big")
    return red, green, blue


def paper(pixels: Pixels) -> tuple[int, int, int]:
    """Return the colour that most of an RGB picture's rim has: over a scene, or with large marks, the whole would mislead."""
    rim = (pixels[:_RIM], pixels[-_RIM:], pixels[:, :_RIM], pixels[:, -_RIM:])
    return commonest(np.concatenate([side.reshape(-1, 3) for side in rim])[None])
