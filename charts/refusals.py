"""Renders the page of bad inputs: what is refused where, in which words, and what to write instead.

Called by `render`. Its source is tests/refusals, each row of which a test makes and looks for; it does no I/O.
"""

import json
from collections.abc import Iterator

from tests.refusals.at_apply import AT_APPLY
from tests.refusals.at_check import AT_CHECK
from tests.refusals.at_operator import AT_OPERATOR
from tests.refusals.bad_input import BadInput, Left, Place, claim

LONGEST = 70
"""Characters of an example. The table of 300 KiB is cut here."""

_INTRO = """\
Every row is made by a test, which looks for these words. The earlier a fault can be told, the earlier it is:

- **`kubectl apply`** checks against the schema. Unknown fields are an error there too, as kubectl validates strictly by default; a client that does not has them dropped.
- **The operator** says within five seconds what only the cluster can tell, as `status.reason` and `status.message` and as an event. Of its reasons only InvalidRequest and NotAllowed end the job. With the others it waits, and goes on by itself when what is missing has come; until an attempt has begun, the spec may be edited as well. What has no watch (claims, ConfigMaps) is looked for after three seconds, and the longer it is away, the more rarely, at most a minute apart.
- **The runner** reads the tables before it loads a model. `chartspark-runner check job.yaml` says the same on a laptop; in a cluster such a chart fails alone, and the sentence stands in `status.failedCharts`. A model on a claim is looked at before any weights are read, on a laptop where `--models` names the folder that stands for the claim; in a cluster its fault ends the job as MissingModel or InvalidRequest.

A ConfigMap's table is read once, when the first attempt begins, and stored with the request, whose annotation `chartspark.io/tables-digest` is its digest. If the ConfigMap changes before another attempt, that is told as TablesChanged and has no effect.
"""


def refusals_page(header: str) -> str:
    """Return the page of every bad input."""
    parts = [f"<!-- {header} -->", "# What is refused, and what to write instead", "", _INTRO]
    for place, rows in (
        (Place.APPLY, AT_APPLY),
        (Place.OPERATOR, AT_OPERATOR),
        (Place.CHECK, AT_CHECK),
    ):
        parts += [f"## {place}", "", *_table(rows), ""]
    return "\n".join(parts)


def _table(rows: tuple[BadInput, ...]) -> Iterator[str]:
    reasons = any(row.reason for row in rows)
    titles = ("What is wrong", "For instance", *(("Reason",) if reasons else ()), "You are told", "Instead")
    yield _line(titles)
    yield _line(("---",) * len(titles))
    for row in rows:
        reason = (row.reason,) if reasons else ()
        yield _line((row.name, f"`{_example(row)}`", *reason, row.told, row.instead))


def _example(row: BadInput) -> str:
    """Return what is changed and what is around it; the plain claim is left out where anything else is."""
    if row.models:
        return ", ".join(row.models)
    parts = [
        f"{path.removeprefix('spec.')}: {value if value is Left.OUT else _compact(value)}"
        for path, value in row.change.items()
    ]
    parts += [
        f"{one['kind']}: {_compact(one.get('spec', one.get('data', one['metadata'].get('labels'))))}"
        for one in row.given
        if one != claim()
    ]
    text = "; ".join(parts) or row.kubelet or f"{claim()['kind']}: {_compact(claim()['spec'])}"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _line(cells: tuple[str, ...]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
