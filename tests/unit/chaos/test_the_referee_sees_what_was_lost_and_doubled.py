"""The counts of a chaos run are worth as much as their referee: here it is given what it has to see."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from audit import Entry, read
from referee import Limits, doubled, lost, stuck

START = datetime(2026, 1, 1, tzinfo=UTC)
NO_LIMITS = Limits(jobs=100, jobs_per_namespace=100, gpus=100)
COMPLETE = {"conditions": [{"type": "Complete", "status": "True"}]}


def entry(second: float, verb: str, resource: str, name: str, answer: dict[str, Any] | None = None) -> Entry:
    at = START + timedelta(seconds=second)
    return Entry(at, at + timedelta(milliseconds=10), verb, resource, "team", name, 200, answer=answer or {})


def owned(name: str) -> dict[str, Any]:
    owner = {"apiVersion": "chartspark.io/v1alpha1", "uid": "uid-of-a"}
    labels = {"batch.kubernetes.io/job-completion-index": "0", "job-name": name[:3]}
    return {"namespace": "team", "name": name, "uid": name, "ownerReferences": [owner], "labels": labels}


def pod_spec(round_: int = 1, gpus: int = 0) -> dict[str, Any]:
    arguments = ["run", "request", "--shards", "0", "--round", str(round_)]
    return {"containers": [{"args": arguments, "resources": {"limits": {"nvidia.com/gpu": gpus}}}]}


def child(name: str, gpus: int = 0, **status: object) -> dict[str, Any]:
    spec = {"parallelism": 1, "template": {"spec": pod_spec(gpus=gpus)}}
    return {"kind": "Job", "metadata": owned(name), "spec": spec, "status": status}


def pod(name: str, phase: str, code: int | None = None, **status: object) -> dict[str, Any]:
    ended = {"terminated": {"exitCode": code}} if code is not None else {}
    whole = {"phase": phase, "containerStatuses": [{"state": ended}]} | status
    return {"kind": "Pod", "metadata": owned(name), "spec": pod_spec(), "status": whole}


def job(reason: str = "", **status: object) -> Entry:
    spec = {"charts": [{"name": "c0"}], "retry": {"attempts": 3}}
    meta = {"namespace": "team", "name": "a", "uid": "uid-of-a"}
    said = {"kind": "ChartSparkJob", "metadata": meta, "spec": spec, "status": {"reason": reason} | status}
    return entry(50, "patch", "chartsparkjobs/status", "a", said)


def twice(first_end: float, second_begin: float, kind: str = "jobs") -> list[Entry]:
    """Return the lives of two children of one job."""
    made = child if kind == "jobs" else lambda name, **_: pod(name, "Running")
    done = child("a-1", **COMPLETE) if kind == "jobs" else pod("a-1", "Succeeded", 0)
    lives = [
        entry(1, "create", kind, "a-1", made("a-1")),
        entry(first_end, "patch", f"{kind}/status", "a-1", done),
        entry(second_begin, "create", kind, "a-2", made("a-2")),
    ]
    return sorted(lives, key=lambda one: one.over)


@pytest.mark.parametrize("kind", ["jobs", "pods"])
@pytest.mark.parametrize(("second_begin", "found"), [(5.1, 0), (4.9, 1)])
def test_two_at_work_for_one_job_are_doubled(
    kind: str, second_begin: float, found: int, tmp_path: Path
) -> None:
    assert len(doubled(twice(5, second_begin, kind), tmp_path, NO_LIMITS)) == found


def test_a_write_without_an_answer_may_have_ended_it(tmp_path: Path) -> None:
    entries = twice(5, 4.9)
    unanswered = replace(entry(4.5, "patch", "jobs/status", "a-1"), code=None)
    assert doubled([entries[0], unanswered, *entries[1:]], tmp_path, NO_LIMITS) == []


def test_a_pod_that_was_asked_to_go_is_at_work_until_it_has_gone(tmp_path: Path) -> None:
    leaving = pod("a-1", "Running")
    leaving["metadata"]["deletionGracePeriodSeconds"] = 30
    entries = [
        entry(1, "create", "pods", "a-1", pod("a-1", "Running")),
        entry(2, "delete", "pods", "a-1", leaving),
        entry(3, "create", "pods", "a-2", pod("a-2", "Running")),
    ]
    assert len(doubled(entries, tmp_path, NO_LIMITS)) == 1
    gone = pod("a-1", "Running")
    gone["metadata"]["deletionGracePeriodSeconds"] = 0
    entries.insert(2, entry(2.5, "delete", "pods", "a-1", gone))
    assert doubled(entries, tmp_path, NO_LIMITS) == []


def test_two_pods_of_one_job_are_its_controllers_own(tmp_path: Path) -> None:
    names = ("a-1-x", "a-1-y")
    entries = [
        entry(second, "create", "pods", name, pod(name, "Running")) for second, name in enumerate(names)
    ]
    assert doubled(entries, tmp_path, NO_LIMITS) == []


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (Limits(jobs=1, jobs_per_namespace=9, gpus=9), "2 jobs of limit 1"),
        (Limits(jobs=9, jobs_per_namespace=1, gpus=9), "2 jobs in team of limit 1"),
        (Limits(jobs=9, jobs_per_namespace=9, gpus=1), "2 GPUs of limit 1"),
    ],
)
def test_more_than_a_limit_allows_is_seen(limits: Limits, found: str, tmp_path: Path) -> None:
    other = child("b-1", gpus=1)
    other["metadata"]["ownerReferences"][0]["uid"] = "uid-of-b"
    entries = [
        entry(1, "create", "jobs", "a-1", child("a-1", gpus=1)),
        entry(2, "create", "jobs", "b-1", other),
    ]
    assert [sentence.partition(" at ")[0] for sentence in doubled(entries, tmp_path, limits)] == [found]
    assert doubled(entries, tmp_path, Limits(jobs=2, jobs_per_namespace=2, gpus=2)) == []


def test_a_chart_that_was_published_twice_or_went_away_is_seen(tmp_path: Path) -> None:
    there = tmp_path / "c0"
    there.mkdir()
    line = json.dumps({"folder": str(there), "inode": there.stat().st_ino}) + "\n"
    gone = json.dumps({"folder": str(tmp_path / "c1"), "inode": 1}) + "\n"
    (tmp_path / "published.jsonl").write_text(line + line + gone)
    found = [sentence.rpartition("/")[2] for sentence in doubled([], tmp_path, NO_LIMITS)]
    assert found == ["c0 was published twice", "c1 is not what was published"]


def failing(*codes: int | None, **status: object) -> list[Entry]:
    """Return attempts whose only pods ended with these codes."""
    return [
        one
        for number, code in enumerate(codes)
        for one in (
            entry(10 + number, "create", "jobs", f"a-{number}", child(f"a-{number}")),
            entry(
                10.5 + number,
                "patch",
                "pods/status",
                f"a-{number}-0",
                pod(f"a-{number}-0", "Failed", code, **status),
            ),
        )
    ]


DISRUPTED = {"conditions": [{"type": "DisruptionTarget", "status": "True"}]}


@pytest.mark.parametrize(
    ("entries", "reason", "is_lost"),
    [
        pytest.param([], "Complete", 1, id="told as complete, and nothing is there"),
        pytest.param(failing(75), "Transient", 1, id="given up after one attempt of three"),
        pytest.param(failing(75, 137, 75), "Transient", 0, id="given up after three"),
        pytest.param(failing(75, 75, 75, **DISRUPTED), "Evicted", 1, id="three disruptions cost nothing"),
        pytest.param(failing(66), "MissingModel", 0, id="a code that nothing mends"),
        pytest.param([], "", 1, id="never told of"),
    ],
)
def test_what_is_missing_is_lost_unless_the_exit_codes_excuse_it(
    entries: list[Entry], reason: str, is_lost: int, tmp_path: Path
) -> None:
    told = [*entries, job(reason, completionTime="2026-01-01T00:00:00Z")]
    assert len(lost(told, tmp_path)) == is_lost


def test_what_is_published_or_unwanted_is_not_lost(tmp_path: Path) -> None:
    assert len(lost([job()], tmp_path)) == 1
    assert lost([job(), entry(60, "delete", "chartsparkjobs", "a")], tmp_path) == []
    chart = tmp_path / "team" / "team-a-uid-of-a" / "c0"
    chart.mkdir(parents=True)
    (chart / "metadata.json").touch()
    assert lost([job()], tmp_path) == []


def test_what_has_not_ended_is_stuck() -> None:
    assert len(stuck([job("Running")])) == 1
    assert stuck([job("Running"), entry(60, "delete", "chartsparkjobs", "a")]) == []
    assert stuck([job("Complete", completionTime="2026-01-01T00:00:00Z")]) == []


def test_a_log_that_a_killed_server_tore_is_read(tmp_path: Path) -> None:
    event = {
        "kind": "Event",
        "auditID": "1",
        "stage": "ResponseComplete",
        "verb": "create",
        "objectRef": {"resource": "jobs", "namespace": "team", "name": "a-1"},
        "responseStatus": {"code": 201},
        "requestReceivedTimestamp": "2026-01-01T00:00:00.000001Z",
        "stageTimestamp": "2026-01-01T00:00:00.000002Z",
    }
    line = json.dumps(event, separators=(",", ":"))
    asked = json.dumps(event | {"stage": "RequestReceived"}, separators=(",", ":"))
    (tmp_path / "audit.log").write_text(f"{asked}\n{line[:50]}{line}\n{line[:70]}")
    (found,) = read(tmp_path / "audit.log")
    assert (found.name, found.code, found.refused) == ("a-1", 201, False)
