"""Where an area is, in pixels. Called by `chart`; pure."""

import numpy as np
from PIL import Image, ImageDraw

from chartspark_runner.picture import Mask
from chartspark_runner.stamps import Polygon


def area_mask(outline: Polygon, size: tuple[int, int]) -> Mask:
    """Return where a polygon is; nowhere, if it is flatter than a pixel."""
    sheet = Image.new("1", size)
    if max(y for _, y in outline) - min(y for _, y in outline) < 1:
        return np.asarray(sheet)
    ImageDraw.Draw(sheet).polygon([(x - 0.5, y - 0.5) for x, y in outline], fill=1)
    return np.asarray(sheet)
