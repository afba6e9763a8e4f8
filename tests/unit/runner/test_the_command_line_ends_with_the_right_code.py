import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import yaml
from chartspark_api.exit_codes import ExitCode
from chartspark_api.job import ChartSparkJob
from runner_builders import chart_object, job


def runner(*words: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "chartspark_runner", *map(str, words)],
        capture_output=True, text=True, check=False, env={**os.environ, "CHARTSPARK_PORT": "0", **environ},
    )  # fmt: skip


def written(folder: Path, asked: ChartSparkJob) -> Path:
    file = folder / "request.yaml"
    file.write_text(yaml.safe_dump(asked.model_dump(mode="json", by_alias=True, exclude_none=True)))
    return file


def test_check_names_bad_charts(tmp_path: Path) -> None:
    done = runner("check", written(tmp_path, job(chart_object(name="bad", y="amuont"), chart_object())))
    assert done.returncode == ExitCode.BAD_REQUEST
    assert "bad: InvalidData: the table has no column 'amuont'" in done.stdout
    assert "things: ok" in done.stdout


def test_check_advises_and_does_not_refuse(tmp_path: Path) -> None:
    table = {"csv": "year,amount\n2001,4\n2005,5\n"}
    pie = chart_object(type="Pie", x="year", data=table)
    done = runner("check", written(tmp_path, job(pie)))
    assert done.returncode == ExitCode.OK
    ok, advice = done.stdout.splitlines()
    assert ok == "things: ok"
    assert advice.startswith("things: the names in column 'year' are years in their order")


def test_a_request_that_is_none_ends_with_64_and_a_report(tmp_path: Path) -> None:
    (tmp_path / "request.yaml").write_text("kind: Pod\n")
    note = tmp_path / "note"
    done = runner("run", tmp_path / "request.yaml", "--out", tmp_path / "out", "--termination-log", note)
    assert done.returncode == ExitCode.BAD_REQUEST
    assert json.loads(note.read_text())["reason"] == "InvalidRequest"


def test_a_gpu_that_is_not_there_ends_with_81_and_leaves_no_start(tmp_path: Path) -> None:
    file, note = written(tmp_path, job(model={"name": "IconDiffusion"})), tmp_path / "note"
    hidden = {"CHARTSPARK_GPU_COUNT": "1", "CUDA_VISIBLE_DEVICES": ""}
    done = runner("run", file, "--out", tmp_path / "out", "--termination-log", note, **hidden)
    assert done.returncode == ExitCode.GPU_LOST, done.stderr
    assert json.loads(note.read_text())["reason"] == "GPULost"
    assert list((tmp_path / "out" / ".work" / "starts" / "1" / "things").iterdir()) == []


def test_charts_that_cannot_be_made_are_a_result(tmp_path: Path) -> None:
    note = tmp_path / "note"
    done = runner(
        "run",
        written(tmp_path, job(chart_object(y="x"))),
        "--out",
        tmp_path / "out",
        "--termination-log",
        note,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(note.read_text())["reason"] == "AllChartsFailed"


def test_sigterm_ends_with_75(tmp_path: Path) -> None:
    asked = job(chart_object(candidates=16), sampling={"steps": 200})
    program = [sys.executable, "-m", "chartspark_runner", "run", str(written(tmp_path, asked))]
    environ = {**os.environ, "CHARTSPARK_PORT": "0", "POD_UID": "p"}
    with subprocess.Popen([*program, "--out", str(tmp_path / "out")], env=environ) as process:
        start = tmp_path / "out" / ".work" / "starts" / "1" / "things" / "p"
        while process.poll() is None and not start.exists():
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == ExitCode.TRANSIENT
    assert not start.exists()
