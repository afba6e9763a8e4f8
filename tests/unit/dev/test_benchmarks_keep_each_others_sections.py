import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from benchmarks import HEAD, machine, with_section


def test_a_bench_replaces_its_own_section_and_leaves_the_others() -> None:
    page = with_section(with_section(HEAD, "The operator", "old"), "The runner", "kept")
    again = with_section(page, "The operator", "new")
    assert again == page.replace("old", "new")
    assert again.startswith("# Benchmarks\n")
    assert again.endswith("## The runner\n\nkept\n")


def test_the_machine_is_told_with_its_load() -> None:
    assert "load average" in machine()
