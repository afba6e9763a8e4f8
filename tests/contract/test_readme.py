"""What the documentation shows must work: its manifests parse, and the files that it names are there."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from chartspark_api.job import ChartSparkJob

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MANIFESTS = [
    (page.relative_to(ROOT), block)
    for page in PAGES
    for block in re.findall(r"```yaml\n(.*?)```", page.read_text(), flags=re.DOTALL)
]


@pytest.mark.parametrize(("page", "block"), MANIFESTS, ids=lambda value: str(value)[:30])
def test_a_manifest_on_a_page_parses(page: Path, block: str) -> None:
    assert ChartSparkJob.model_validate(yaml.safe_load(block)), page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([\w./-]+)\)", page.read_text())
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_every_path_of_the_readmes_tree_is_there() -> None:
    tree = (ROOT / "README.md").read_text().split("## The tree")[1].split("`make` lists")[0]
    named = re.findall(r"(?m)[\w./-]+(?:/|\.py)(?=[, ])", tree)
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert len(named) > len(tree.splitlines()) / 2
    assert [name for name in named if f"/{name}" not in tracked and f"\n{name}" not in tracked] == []
