from pathlib import Path

import pytest

from charts.render import ROOT, generated

FILES = generated()


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_the_committed_file_is_what_its_source_renders(path: Path) -> None:
    assert path.exists(), f"{path.relative_to(ROOT)} is missing; run `make generate`"
    assert path.read_text() == FILES[path], f"{path.relative_to(ROOT)} is out of date; run `make generate`"
