"""The API server's audit log, read: what was asked of it, and what it answered. Pure, but for the reading.

A server that is killed leaves requests without an answer, and perhaps half a line. What is not known to have
happened is not taken for happened.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

EVENT = '{"kind":"Event"'
ASKED = "RequestReceived"
REFUSED = 400


@dataclass(frozen=True)
class Entry:
    """A request to write, as the log has it."""

    begun: datetime
    """Nothing of it had happened before this."""
    over: datetime
    """It had happened by then, if it is answered."""
    verb: str
    resource: str
    """With the subresource: pods/status."""
    namespace: str
    name: str
    code: int | None
    """None: no answer is known."""
    of_the_operator: bool = False
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether the API server said no."""
        return self.code is not None and self.code >= REFUSED


def read(log: Path) -> list[Entry]:
    """Return what the log holds, in the order of the answers."""
    answered: dict[str, dict[str, Any]] = {}
    asked: dict[str, dict[str, Any]] = {}
    with log.open() as lines:
        for line in lines:
            for event in _events(line):
                kept = asked if event["stage"] == ASKED else answered
                kept[event["auditID"]] = event
    unanswered = [event for audit_id, event in asked.items() if audit_id not in answered]
    return sorted(map(_entry, [*answered.values(), *unanswered]), key=lambda entry: entry.over)


def _events(line: str) -> Iterator[dict[str, Any]]:
    """Yield the event of a line. The first line of a new server may stand behind the torn one of a killed one."""
    start = line.rfind(EVENT)
    if start < 0:
        return
    try:
        yield json.loads(line[start:])
    except ValueError:
        return


def _entry(event: dict[str, Any]) -> Entry:
    about = event.get("objectRef", {})
    parts = [about.get("resource", ""), about.get("subresource")]
    answered = event["stage"] == "ResponseComplete"
    return Entry(
        begun=datetime.fromisoformat(event["requestReceivedTimestamp"]),
        over=datetime.fromisoformat(event["stageTimestamp"]),
        verb=event["verb"],
        resource="/".join(filter(None, parts)),
        namespace=about.get("namespace", ""),
        name=about.get("name") or (event.get("responseObject") or {}).get("metadata", {}).get("name", ""),
        code=event.get("responseStatus", {}).get("code") if answered else None,
        of_the_operator=event.get("userAgent") == "operator",
        answer=event.get("responseObject") or {},
    )
