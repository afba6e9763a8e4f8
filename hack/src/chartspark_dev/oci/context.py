"""What an image is made of: the files that its Dockerfile copies, and the digest that becomes its tag.

Pure but for reading files. A build gets a copy of exactly the files that were digested: an edit during
the build would otherwise lie in an image whose tag does not know of it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chartspark_dev import cache

_LEFT_OUT: Final = ("__pycache__", ".egg-info")


@dataclass(frozen=True)
class Context:
    """The files of a build, by their path below the root of the checkout."""

    program: str
    """`operator` or `runner`."""
    files: dict[str, bytes]

    @property
    def dockerfile(self) -> str:
        """The Dockerfile's path in the context."""
        return f"dockerfiles/{self.program}.Dockerfile"

    def tag(self, base: str) -> str:
        """Return the digest of all that goes into the image, its base included."""
        named = [part for path, content in sorted(self.files.items()) for part in (path.encode(), content)]
        return cache.digest([base.encode(), *named])

    def write(self, folder: Path) -> None:
        """Lay the files out in an empty folder."""
        for path, content in self.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


def read(root: Path, program: str) -> Context:
    """Read the context of a program's image from a checkout."""
    single = [
        f"dockerfiles/{program}.Dockerfile",
        *(f"requirements/{name}.txt" for name in ("uv", "dev", program)),
        "crds/pyproject.toml",
        f"{program}/pyproject.toml",
    ]
    sources = [path for folder in ("crds", program) for path in _sources(root / folder / "src")]
    paths = [*(root / path for path in single), *sources]
    return Context(program, {str(path.relative_to(root)): path.read_bytes() for path in paths})


def _sources(folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if not any(part.endswith(_LEFT_OUT) for part in path.parts)]
