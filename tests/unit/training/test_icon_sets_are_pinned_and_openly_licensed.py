import json
from pathlib import Path
from typing import Any

import pytest

from runner.training.sources import ALLOWED_LICENCES, SOURCES, Kind, LicenceChangedError, Source, load

LOCK = Path("runner/training/package-lock.json")


def packages_with(folder: Path, licence: str, icons: dict[str, Any]) -> Path:
    package = folder / "@iconify-json" / "small"
    package.mkdir(parents=True)
    info = {
        "name": "Small",
        "author": {"name": "A", "url": "https://example.org"},
        "license": {"spdx": licence},
    }
    for name, content in (("info", info), ("icons", icons), ("package", {"version": "1.0.0"})):
        (package / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_every_licence_allows_a_chart_under_any_terms() -> None:
    assert [source.name for source in SOURCES if source.licence not in ALLOWED_LICENCES] == []


def test_every_set_is_pinned_by_its_digest_and_no_address() -> None:
    locked = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    for source in SOURCES:
        assert locked[f"node_modules/@iconify-json/{source.name}"]["integrity"].startswith("sha512-")
    assert "resolved" not in LOCK.read_text(encoding="utf-8")


def test_a_package_that_changed_its_licence_is_refused(tmp_path: Path) -> None:
    packages = packages_with(tmp_path, "CC-BY-SA-4.0", {"icons": {}})
    with pytest.raises(LicenceChangedError, match=r"CC-BY-SA-4\.0"):
        load(Source("small", Kind.GLYPH, "MIT"), packages)


def test_an_icon_takes_its_size_from_itself_and_then_from_its_set(tmp_path: Path) -> None:
    icons = {"width": 24, "height": 24, "icons": {"a": {"body": "<g/>"}, "b": {"body": "<g/>", "width": 20}}}
    loaded = load(Source("small", Kind.GLYPH, "MIT"), packages_with(tmp_path, "MIT", icons))
    assert [icon.view_box for icon in loaded.icons.values()] == [(0, 0, 24, 24), (0, 0, 20, 24)]


def test_hidden_icons_are_left_out(tmp_path: Path) -> None:
    icons = {"icons": {"a": {"body": "<g/>", "hidden": True}}}
    loaded = load(Source("small", Kind.GLYPH, "MIT"), packages_with(tmp_path, "MIT", icons))
    assert loaded.icons == {}
