"""Reads the lettering of a picture with Tesseract. Called by `truth`; knows nothing about charts.

Tesseract (Debian's package, Apache-2.0) is run and never linked with; only this bench needs it. It reads
lines of some 48 pixels, and so each line's box is cut out and enlarged: the picture's pixels are all it gets.
"""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chartspark_runner.canvas import Lettering
from chartspark_runner.picture import Pixels
from PIL import Image

_HIGH = 48
"""Pixels of a line that Tesseract reads best, and of the paper around it a quarter."""
_RIM = 2
"""Pixels of the picture around a line's box."""


def read(picture: Pixels, lines: Sequence[Lettering]) -> tuple[str, ...]:
    """Return what Tesseract reads in the boxes of the lines, each a line of its own."""
    if not lines:
        return ()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{i}.png" for i in range(len(lines))]
        for file, line in zip(files, lines, strict=True):
            _cut(picture, line).save(file)
        wanted = Path(folder) / "lines.txt"
        wanted.write_text("\n".join(map(str, files)))
        done = subprocess.run(
            ["tesseract", str(wanted), "-", "-l", "eng", "--psm", "7", "--dpi", "150"],
            # More threads would only wait for each other.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
    pages = done.stdout.split("\f")
    return tuple(" ".join(page.split()) for page in pages[: len(lines)])


def _cut(picture: Pixels, line: Lettering) -> Image.Image:
    box, (high, wide) = line.box, picture.shape[:2]
    left, top = max(0, box.left - _RIM), max(0, box.top - _RIM)
    cut = Image.fromarray(picture[top : min(high, box.bottom + _RIM), left : min(wide, box.right + _RIM)])
    large = cut.resize((max(1, cut.width * _HIGH // cut.height), _HIGH), Image.Resampling.LANCZOS)
    corner = large.getpixel((0, 0))
    sheet = Image.new("RGB", (large.width + _HIGH // 2, _HIGH * 3 // 2), corner)
    sheet.paste(large, (_HIGH // 4, _HIGH // 4))
    return sheet.convert("L")
