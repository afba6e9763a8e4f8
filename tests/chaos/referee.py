"""Counts what was lost, doubled and stuck, from the audit log and from storage. Pure, but for looking at the storage.

The operator's word is asked for one thing only: whether a job whose charts are missing was told as failed. Whether it
may have been, the exit codes decide that its pods met.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from activity import Child, Span, owner_of, spans_of_jobs, spans_of_pods
from audit import Entry
from chartspark_api.exit_codes import ExitCode
from chartspark_api.names import result_folder
from chartspark_api.reasons import Retry, explain

GPU = "nvidia.com/gpu"


@dataclass(frozen=True)
class Limits:
    """How much may be at work at once."""

    jobs: int
    jobs_per_namespace: int
    gpus: int


@dataclass(frozen=True)
class Job:
    """A ChartSparkJob, as the audit log has it."""

    uid: str
    namespace: str
    name: str
    charts: tuple[str, ...]
    attempts: int
    unwanted: bool
    """Whether somebody deleted or cancelled it."""
    ended: bool
    reason: str
    """As it was told last."""

    def folder(self, claims: Path) -> Path:
        return claims / self.namespace / result_folder(self.namespace, self.name, self.uid)


def jobs_of(entries: Iterable[Entry]) -> list[Job]:
    """Return every ChartSparkJob that was ever there."""
    last: dict[str, dict[str, Any]] = {}
    unwanted: set[str] = set()
    deleted: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.resource.partition("/")[0] != "chartsparkjobs" or entry.refused:
            continue
        if entry.verb == "delete":
            deleted.add((entry.namespace, entry.name))
        said = entry.answer
        if said.get("kind") == "ChartSparkJob":
            last[said["metadata"]["uid"]] = said
            if said["spec"].get("cancel"):
                unwanted.add(said["metadata"]["uid"])
    return [_job(uid, said, unwanted, deleted) for uid, said in last.items()]


def _job(uid: str, said: dict[str, Any], unwanted: set[str], deleted: set[tuple[str, str]]) -> Job:
    metadata, spec, status = said["metadata"], said["spec"], said.get("status", {})
    return Job(
        uid=uid,
        namespace=metadata["namespace"],
        name=metadata["name"],
        charts=tuple(chart["name"] for chart in spec["charts"]),
        attempts=spec["retry"]["attempts"],
        unwanted=uid in unwanted or (metadata["namespace"], metadata["name"]) in deleted,
        ended="completionTime" in status,
        reason=status.get("reason", ""),
    )


# ---------------------------------------------------------------- lost


def lost(entries: list[Entry], claims: Path) -> list[str]:
    """Return the jobs whose charts are neither there nor told as failed with good reason."""
    failures = failures_of(entries)
    return [
        sentence
        for job in jobs_of(entries)
        if not job.unwanted and (sentence := _loss(job, claims, failures[job.uid])) is not None
    ]


def _loss(job: Job, claims: Path, failures: list["Failure"]) -> str | None:
    missing = [c for c in job.charts if not (job.folder(claims) / c / "metadata.json").is_file()]
    if not missing:
        return None
    said = (
        f"{job.namespace}/{job.name}: {', '.join(missing)} not published; told as {job.reason or 'nothing'}"
    )
    if not job.ended or job.reason == "Complete":
        return said
    latest = max((one.round for one in failures), default=1)
    given_up = {note.stem for note in (job.folder(claims) / ".work" / "failed" / str(latest)).glob("*.json")}
    if given_up >= set(missing):
        return None
    of_round = [one for one in failures if one.round == latest]
    hopeless = any(one.retry is Retry.NEVER for one in of_round)
    counted = len({one.attempt for one in of_round if one.retry is Retry.COUNTED})
    if hopeless or counted >= job.attempts:
        return None
    return f"{said}; {counted} of {job.attempts} attempts failed"


@dataclass(frozen=True)
class Failure:
    """Why an attempt may have ended early, by what happened to its Job and its pods."""

    attempt: str
    """The Job's name."""
    round: int
    retry: Retry


def failures_of(entries: list[Entry]) -> defaultdict[str, list[Failure]]:
    """Return what failed, by the uid of the ChartSparkJob."""
    found: defaultdict[str, list[Failure]] = defaultdict(list)
    rounds: dict[tuple[str, str], tuple[str, int]] = {}
    for entry in entries:
        if entry.refused:
            continue
        said = entry.answer
        if said.get("kind") == "Job":
            rounds.setdefault(
                (entry.namespace, entry.name), (owner_of(said), round_of(said["spec"]["template"]))
            )
        deleted = entry.verb == "delete" and not entry.of_the_operator
        stopped = deleted or said.get("spec", {}).get("suspend") is True
        if entry.resource == "jobs" and stopped and (entry.namespace, entry.name) in rounds:
            uid, number = rounds[entry.namespace, entry.name]
            found[uid].append(Failure(entry.name, number, Retry.COUNTED))
        if said.get("kind") == "Pod" and (retry := how_it_failed(said)) is not None:
            job = said["metadata"]["labels"].get("job-name", "")
            found[owner_of(said)].append(Failure(job, round_of(said), retry))
    return found


def round_of(pod: dict[str, Any]) -> int:
    """Return the round that a pod, or the template of one, works in."""
    arguments = pod["spec"]["containers"][0]["args"]
    return int(arguments[arguments.index("--round") + 1])


def how_it_failed(pod: dict[str, Any]) -> Retry | None:
    """Return what the failure table says of a pod that failed. None if it did not."""
    status = pod.get("status", {})
    if status.get("phase") != "Failed":
        return None
    if any(c["type"] == "DisruptionTarget" and c["status"] == "True" for c in status.get("conditions", ())):
        return Retry.FREE
    ended = [one.get("state", {}).get("terminated", {}) for one in status.get("containerStatuses", ())]
    code = next((one.get("exitCode") for one in ended), None)
    if any(one.get("reason") == "ContainerStatusUnknown" for one in ended):
        return Retry.FREE
    if code in set(ExitCode) - {ExitCode.OK} and status.get("reason") is None:
        return explain(ExitCode(code).reason).retry
    return Retry.COUNTED


# ---------------------------------------------------------------- doubled


def doubled(entries: list[Entry], claims: Path, limits: Limits) -> list[str]:
    """Return what was there twice, or more often than it may be."""
    jobs, pods = spans_of_jobs(entries), spans_of_pods(entries)
    return [
        *_overlaps(jobs, lambda span: span.child.owner, _name, "two Jobs at work"),
        *_overlaps(
            pods, lambda span: f"{span.child.owner} {_share(span.child)}", _maker, "two pods at one share"
        ),
        *_beyond(limits, [*jobs, *pods]),
        *_published_twice(claims),
    ]


Key = Callable[[Span], str]


def _overlaps(spans: list[Span], by: Key, allowed: Key, what: str) -> Iterator[str]:
    """Yield who of a group was there beside whom, but for two that are the same to `allowed`."""
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[by(span)].append(span)
    for group in groups.values():
        group.sort(key=lambda span: span.begin)
        for number, one in enumerate(group):
            for other in group[number + 1 :]:
                if allowed(other) != allowed(one) and (one.end is None or other.begin < one.end):
                    yield f"{what}: {_told(one)} and {_told(other)}"


def _name(span: Span) -> str:
    return span.child.name


def _maker(pod: Span) -> str:
    """Return the pod's Job. A Job controller that got no answer to a creation makes one more, and then lets one go."""
    return str(pod.child.manifest["metadata"]["labels"].get("job-name", ""))


def _share(pod: Child) -> str:
    arguments = pod.manifest["spec"]["containers"][0]["args"]
    index = int(pod.manifest["metadata"]["labels"]["batch.kubernetes.io/job-completion-index"])
    return str(arguments[arguments.index("--shards") + 1].split(",")[index])


def _told(span: Span) -> str:
    end = f"{span.end:%H:%M:%S.%f}" if span.end else "the end"
    return f"{span.child.namespace}/{span.child.name} ({span.begin:%H:%M:%S.%f} to {end})"


def _beyond(limits: Limits, spans: list[Span]) -> Iterator[str]:
    """Yield the moments at which more was at work than may be. A job counts once, whatever of it is at work."""
    at_work: dict[str, dict[int, Span]] = defaultdict(dict)
    moments: list[tuple[datetime, int, int]] = []
    for number, span in enumerate(spans):
        moments.append((span.begin, 1, number))
        if span.end is not None:
            moments.append((span.end, 0, number))
    gpus = {span.child.owner: _gpus(span.child) for span in spans if span.child.manifest["kind"] == "Job"}
    told: set[str] = set()
    for moment, begins, number in sorted(moments):
        span = spans[number]
        if not begins:
            at_work[span.child.owner].pop(number, None)
            if not at_work[span.child.owner]:
                del at_work[span.child.owner]
            continue
        at_work[span.child.owner][number] = span
        spaces = [next(iter(found.values())).child.namespace for found in at_work.values()]
        uses = (
            ("jobs", len(at_work), limits.jobs),
            (
                f"jobs in {span.child.namespace}",
                spaces.count(span.child.namespace),
                limits.jobs_per_namespace,
            ),
            ("GPUs", sum(gpus.get(owner, 0) for owner in at_work), limits.gpus),
        )
        for what, used, limit in uses:
            if used > limit and f"{what} {used}" not in told:
                told.add(f"{what} {used}")
                yield f"{used} {what} of limit {limit} at {moment:%H:%M:%S.%f}, when {span.child.name} began"


def _gpus(job: Child) -> int:
    spec = job.manifest["spec"]
    limits = spec["template"]["spec"]["containers"][0].get("resources", {}).get("limits", {})
    return int(limits.get(GPU, 0)) * int(spec["parallelism"])


def _published_twice(claims: Path) -> Iterator[str]:
    seen: dict[str, int] = {}
    for line in _journal(claims):
        folder, inode = line["folder"], line["inode"]
        if folder in seen:
            yield f"{folder} was published twice"
        seen[folder] = inode
    for folder, inode in seen.items():
        if not Path(folder).is_dir() or Path(folder).stat().st_ino != inode:
            yield f"{folder} is not what was published"


def _journal(claims: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(claims.glob("**/published.jsonl")):
        for line in file.read_text().splitlines():
            yield json.loads(line)


# ---------------------------------------------------------------- stuck


def stuck(entries: list[Entry]) -> list[str]:
    """Return the jobs that have not ended, though nobody deleted them."""
    return [
        f"{job.namespace}/{job.name}: {job.reason or 'no reason'}"
        for job in jobs_of(entries)
        if not job.ended and not _deleted(job, entries)
    ]


def _deleted(job: Job, entries: list[Entry]) -> bool:
    return any(
        entry.verb == "delete"
        and entry.resource == "chartsparkjobs"
        and not entry.refused
        and (entry.namespace, entry.name) == (job.namespace, job.name)
        for entry in entries
    )


def at_work_during(spans: list[Span], begin: datetime, end: datetime) -> int:
    """Return how many Jobs were at work while something happened."""
    return sum(span.begin < end and (span.end is None or begin < span.end) for span in spans)
