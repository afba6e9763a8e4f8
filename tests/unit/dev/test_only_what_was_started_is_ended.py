"""A process is ended by its id only while its start time and the machine's boot say that it is the same one."""

import dataclasses
import signal
import subprocess
from collections.abc import Iterator

import pytest
from chartspark_dev.embedded import processes
from chartspark_dev.embedded.processes import Record


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


@pytest.fixture
def record(sleeper: subprocess.Popen[bytes]) -> Record:
    found = processes.current(sleeper.pid)
    assert found is not None
    return found


def test_it_ends_what_it_recorded(record: Record) -> None:
    assert processes.alive(record)
    processes.end([record], signal.SIGTERM)
    assert not processes.alive(record)


@pytest.mark.parametrize("change", [{"start": 1}, {"boot": "before the restart"}])
def test_it_leaves_a_process_that_got_the_id_later(record: Record, change: dict[str, object]) -> None:
    processes.end([dataclasses.replace(record, **change)], signal.SIGKILL)
    assert processes.alive(record)


def test_a_process_that_has_gone_has_no_record(sleeper: subprocess.Popen[bytes]) -> None:
    sleeper.kill()
    sleeper.wait()
    assert processes.current(sleeper.pid) is None
