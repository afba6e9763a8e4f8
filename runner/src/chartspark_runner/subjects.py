"""What each slot of a chart shows, as far as the manifest tells. Called by `check`; pure.

A subject may name columns in braces: `{country}` stands for the cell of the slot's row.
"""

import re
from collections.abc import Mapping

from chartspark_api.charts import Chart, Conditioning, Embed

from chartspark_runner.errors import InvalidData, TooManySubjects
from chartspark_runner.table import Table

_MOST_SUBJECTS = 24
_WILDCARD = re.compile(r"\{([^{}]*)\}")


def subjects_of(chart: Chart, table: Table, slots: tuple[Mapping[str, str], ...]) -> tuple[str | None, ...]:
    """Return one subject per slot, None where the chart names none.

    Raises:
        ColumnMissing: A wildcard names no column.
        InvalidData: A wildcard's cell is empty, or one scene would have to show several subjects.
        TooManySubjects: More different ones than a chart can be made of.
    """
    if chart.subject is None:
        return (None,) * len(slots)
    for name in _WILDCARD.findall(chart.subject):
        table.column(name)
    subjects = tuple(_filled(chart.subject, slot) for slot in slots)
    different = len(set(subjects))
    if different > _MOST_SUBJECTS:
        raise TooManySubjects(
            f"the subject {chart.subject!r} asks for {different} different elements, and a chart takes "
            f"{_MOST_SUBJECTS} at most; name a column with fewer different cells"
        )
    if different > 1 and _is_one_scene(chart):
        raise InvalidData(
            f"the subject {chart.subject!r} asks for {different} different pictures, and conditioning Conditional paints "
            "one scene behind a chart: name one subject, or embed: Foreground, or conditioning: Unconditional"
        )
    return subjects


def _is_one_scene(chart: Chart) -> bool:
    return chart.embed is Embed.BACKGROUND and chart.conditioning is Conditioning.CONDITIONAL


def _filled(subject: str, slot: Mapping[str, str]) -> str:
    def cell(match: re.Match[str]) -> str:
        if not (text := slot[match[1]]):
            raise InvalidData(
                f"the subject {subject!r} needs a cell in column {match[1]!r} of every row, and one is empty"
            )
        return text

    return _WILDCARD.sub(cell, subject)
