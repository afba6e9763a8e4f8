"""Lanes of tiers, with real pytest runs of tiny tests."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from chartspark_dev.errors import NotReadyError
from chartspark_dev.tiers import Tier, run_tiers

MEETING = """
import pathlib, time
def test_both_are_here():
    pathlib.Path({mine!r}).touch()
    end = time.monotonic() + 300
    while not pathlib.Path({other!r}).exists():
        assert time.monotonic() < end
        time.sleep(0.05)
"""
ENDLESS = """
import pathlib, pytest, time
@pytest.fixture
def cluster():
    yield
    time.sleep(0.5)
    pathlib.Path({name!r}).with_suffix(".cleaned").touch()
def test_for_ever(cluster):
    pathlib.Path({name!r}).with_suffix(".begun").touch()
    time.sleep(3600)
"""
FIRST = {"unit", "contract"}
"""With what the lanes begin."""
PASSES = "def test_it():\n    assert True\n"
FAILS = "def test_it():\n    assert False, 'as the test wants it'\n"
RUN = """
import functools, pathlib, signal
from chartspark_dev import commands
from chartspark_dev.tiers import Tier, run_tiers
signal.signal(signal.SIGINT, signal.default_int_handler)
run_tiers(pathlib.Path.cwd(), {Tier.E2E: functools.partial(commands.run, "sleep", "3600")})
"""


@pytest.fixture(autouse=True)
def _start_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def tree(root: Path, **tests: str) -> Path:
    for tier in Tier:
        folder = root / "tests" / tier
        folder.mkdir(parents=True)
        (folder / f"test_{tier}.py").write_text(tests.get(tier, PASSES))
    return root


def eventually(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 300
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_lanes_meet_and_each_tiers_output_is_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit, contract = (MEETING.format(mine=mine, other=other) for mine, other in (("u", "c"), ("c", "u")))
    assert run_tiers(tree(tmp_path, unit=unit, contract=contract, e2e=FAILS), {}) == 1
    shown = capsys.readouterr().out
    assert shown.splitlines()[-1] == "4 passed, 1 failed, 0 skipped"
    sections = dict(re.findall(r"^== (\w+)\n(.*?)(?=^== \w+\n|\Z)", shown, re.DOTALL | re.MULTILINE))
    assert set(sections) == set(Tier)
    assert ["as the test wants it" in sections[tier] for tier in Tier] == [tier is Tier.E2E for tier in Tier]
    assert (tmp_path / "build" / "test" / "unit.xml").exists()


def test_what_cannot_be_prepared_keeps_only_its_own_tier_from_running(tmp_path: Path) -> None:
    def prepare() -> None:
        raise NotReadyError("No compiler.")

    with pytest.raises(NotReadyError):
        run_tiers(tree(tmp_path), {Tier.CLUSTER: prepare})
    ran = {path.stem for path in (tmp_path / "build" / "test").glob("*.xml")}
    assert ran == {"unit", "contract", "e2e"}


def test_an_interrupt_ends_every_lane_after_their_clean_up_and_what_is_being_built(tmp_path: Path) -> None:
    endless = {tier: ENDLESS.format(name=tier.value) for tier in Tier}
    with subprocess.Popen([sys.executable, "-c", RUN], cwd=tree(tmp_path, **endless)) as process:
        try:
            eventually(lambda: all((tmp_path / f"{tier}.begun").exists() for tier in FIRST))
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait() != 0
    assert {path.stem for path in tmp_path.glob("*.cleaned")} == FIRST
    assert {path.stem for path in tmp_path.glob("*.begun")} == FIRST
