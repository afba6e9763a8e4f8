"""When each Job and each pod was at work, by the audit log. Pure. Called by the referee.

A span begins when the API server has answered with an object at work, and ends when the first request came in that
may have ended it: it is never longer than the truth, so that two spans that overlap did overlap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit import Entry
from chartspark_api.names import API_VERSION, UID_LABEL


@dataclass(frozen=True)
class Child:
    """A Job or a pod."""

    namespace: str
    name: str
    owner: str
    """The uid of the ChartSparkJob."""
    manifest: dict[str, Any]
    """As it was first seen."""


@dataclass(frozen=True)
class Span:
    """So long a child was at work, for certain."""

    child: Child
    begin: datetime
    end: datetime | None
    """None: nothing ended it."""


def spans_of_jobs(entries: Iterable[Entry]) -> list[Span]:
    """Return when Jobs were there and had not ended."""
    return _spans(entries, "jobs", _job_at_work)


def spans_of_pods(entries: Iterable[Entry]) -> list[Span]:
    """Return when pods were there and had not ended; one that is asked to go is there until its kubelet lets it go."""
    return _spans(entries, "pods", _pod_at_work)


def _spans(entries: Iterable[Entry], resource: str, at_work: Any) -> list[Span]:  # noqa: ANN401 - a question to an object
    children: dict[tuple[str, str], Child] = {}
    begun: dict[tuple[str, str], datetime] = {}
    found: list[Span] = []
    for entry in entries:
        if entry.resource.partition("/")[0] != resource or entry.refused:
            continue
        key = entry.namespace, entry.name
        said = entry.answer if entry.answer.get("kind") in {"Job", "Pod"} else None
        if said is not None and key not in children:
            children[key] = Child(*key, owner_of(said), said)
        if key not in children:
            continue
        if said is not None and at_work(said) and not (entry.verb == "delete" and _at_once(said)):
            begun.setdefault(key, entry.over)
        elif key in begun and (said is not None or entry.verb == "delete" or entry.code is None):
            found.append(Span(children[key], begun.pop(key), entry.begun))
    return found + [Span(children[key], begin, None) for key, begin in begun.items()]


def _at_once(said: dict[str, Any]) -> bool:
    """Say whether the deletion that was answered so has left nothing."""
    return not said["metadata"].get("deletionGracePeriodSeconds")


def _job_at_work(job: dict[str, Any]) -> bool:
    conditions = job.get("status", {}).get("conditions", ())
    return not any(c["type"] in {"Complete", "Failed"} and c["status"] == "True" for c in conditions)


def _pod_at_work(pod: dict[str, Any]) -> bool:
    return pod.get("status", {}).get("phase") not in {"Succeeded", "Failed"}


def owner_of(said: dict[str, Any]) -> str:
    """Return the uid of the ChartSparkJob that a Job or a pod works for."""
    for reference in said["metadata"].get("ownerReferences", ()):
        if reference["apiVersion"] == API_VERSION:
            return str(reference["uid"])
    return str(said["metadata"].get("labels", {}).get(UID_LABEL, ""))
