"""What an alert and a recording rule of ours consist of, and the file of rules that Prometheus reads.

Called by the rules beside it and by `render`. It knows nothing about metrics. Words in `${}` are filled in
by the chart, which alone knows the release: its template of the PrometheusRule replaces them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import yaml

SELECTOR = "${selector}"
"""Limits a query to one release: two of them must not hide each other's absence."""
OWNERS_SILENCE = "${ownersSilenceSeconds}"
"""For how long the watch on ChartSparkJobs may be silent; it follows from the chart's resyncSeconds."""
RUNBOOK = "${runbookUrl}"
"""Where docs/guide/operations.md can be read."""


@dataclass(frozen=True, slots=True)
class Record:
    """An expression under a name."""

    name: str
    expr: str

    def rule(self) -> dict[str, object]:
        """Return the rule as Prometheus reads it."""
        return {"record": self.name, "expr": self.expr}


@dataclass(frozen=True, slots=True)
class Alert:
    """A state that somebody should look at, and what to tell them."""

    name: str
    expr: str
    severity: Literal["critical", "warning"]
    """Critical: no job goes on. Warning: some do not."""
    summary: str
    description: str
    hold: str = "0m"
    """For how long the expression must hold without a break."""

    def rule(self) -> dict[str, object]:
        """Return the rule as Prometheus reads it. Its runbook is the section of that name."""
        return {
            "alert": self.name,
            "expr": self.expr,
            "for": self.hold,
            "labels": {"severity": self.severity},
            "annotations": {
                "summary": self.summary,
                "description": self.description,
                "runbook_url": f"{RUNBOOK}#{self.name.lower()}",
            },
        }


def rule_file(header: str, group: str, rules: Iterable[Record | Alert]) -> str:
    """Return the file of one group of rules."""
    content = {"groups": [{"name": group, "rules": [rule.rule() for rule in rules]}]}
    return f"# {header}\n" + yaml.safe_dump(content, sort_keys=False, width=10_000)
