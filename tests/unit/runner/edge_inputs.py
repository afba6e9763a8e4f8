"""Tables at the edge of what charts are asked to show, for every way of drawing. Read by the test of edge inputs."""

from collections.abc import Sequence
from dataclasses import dataclass

Pairs = Sequence[tuple[str, float | str]]


@dataclass(frozen=True, slots=True)
class Edge:
    """An input."""

    pairs: Pairs
    """What the marks are called, and what they measure."""
    title: str = "Things by kind"
    locale: str | None = None
    width: int = 480


KINDS: dict[str, dict[str, object]] = {
    "bars": {"type": "Bar", "orientation": "Vertical"},
    "lying bars": {"type": "Bar", "orientation": "Horizontal"},
    "grouped bars": {"type": "Bar", "series": "kind"},
    "stacked bars": {"type": "Bar", "series": "kind", "stacking": "Stacked"},
    "a line": {"type": "Line"},
    "two lines": {"type": "Line", "series": "kind"},
    "an area": {"type": "Area"},
    "stacked areas": {"type": "Area", "series": "kind"},
    "a pie": {"type": "Pie"},
    "a donut": {"type": "Pie", "donut": True, "top": 5},
    "points": {"type": "Scatter", "label": "thing"},
}

_LONG = ("Bundesministerium für Ernährung", "Donaudampfschifffahrtsgesellschaft", "A second name that is long", "Short", "Another one of some length")  # fmt: skip
_SOME = (31, 19, 12, 25, 7)
EDGES = {
    "long labels": Edge(
        list(zip(_LONG, _SOME, strict=True)),
        title="A title that says at some length what everybody can see in the chart below it, and then more",
    ),
    "Chinese": Edge(
        list(zip(("巴西", "越南", "哥伦比亚", "印度尼西亚", "埃塞俄比亚"), _SOME, strict=True)),
        title="各国咖啡产量",
        locale="zh-Hans",
    ),
    "Arabic, from the right": Edge(
        list(zip(("البرازيل", "فيتنام", "كولومبيا", "إندونيسيا", "إثيوبيا"), _SOME, strict=True)),
        title="إنتاج القهوة حسب البلد 2024",
        locale="ar",
    ),
    "Hindi": Edge(
        list(zip(("ब्राज़ील", "वियतनाम", "कोलंबिया", "इंडोनेशिया", "इथियोपिया"), _SOME, strict=True)),
        title="देश के अनुसार कॉफ़ी उत्पादन",
        locale="hi",
    ),
    "a Hebrew title over Latin labels": Edge(
        list(zip("abcde", _SOME, strict=True)), title="ייצור קפה לפי מדינה (2024)", locale="he"
    ),
    "60 categories": Edge([(f"k{i}", 5 + i * 7 % 31) for i in range(60)], width=900),
    "one data point": Edge([("alone", 42)]),
    "one data point of a long name": Edge([("Bundesministerium für Ernährung und Landwirtschaft " * 3, 42)]),
    "all zeros": Edge([(name, 0) for name in "abcde"]),
    "dates": Edge([(f"2024-{month:02d}-01", 5 + month * 5 % 13) for month in range(1, 13)]),
    "from 1e-9 to 1e12": Edge([("a", "1e-9"), ("b", "1e-3"), ("c", "1000"), ("d", "1e9"), ("e", "1e12")]),
    "all about 1e-9": Edge([("a", "1e-9"), ("b", "2.5e-9"), ("c", "4e-9"), ("d", "3e-9")]),
    "all about 1e12": Edge([("a", "1e12"), ("b", "2.5e12"), ("c", "4e12"), ("d", "3e12")]),
    "negative values": Edge(list(zip("abcde", (31, -19, 12, -25, 7), strict=True))),
    "negative values alone": Edge(list(zip("abcde", (-31, -19, -12, -25, -7), strict=True))),
    "an axis that could be cut": Edge(list(zip("abcde", (1004, 1000, 1010, 1006, 1002), strict=True))),
}


_MORE_ROWS = "an area needs two values side by side; add a row, or take a Bar chart"
_COVERED = (
    "'one' and 'two' are a single point each, and the one would cover the other; add rows, or take type Bar"
)
_BARS = "at this size the chart has room for"
_SECTORS = "sectors, and 6 can be told apart; set top to 5, which adds up the rest, or take type Bar"
_ZEROS = "column 'amount' adds up to zero, and a pie shows parts of a whole; write amounts above zero"
_ARC = "an arc of 0.0 pixels at this size, and must be 3; set top, which adds up the smallest, leave the row out, or take type Bar"
_BELOW_ZERO = {
    "stacked bars": "and stacked bars show amounts of zero or more; set stacking to Grouped",
    "stacked areas": "areas of several series are stacked, and show amounts of zero or more; take a Line chart",
    "a pie": "a pie shows parts of a whole, which are zero or more; take type Bar for amounts below zero",
    "a donut": "a pie shows parts of a whole, which are zero or more; take type Bar for amounts below zero",
}
REFUSED: dict[str, dict[str, str]] = {
    "60 categories": {
        "bars": "'k0' and 'k1' would both be written '…' for want of room: take shorter names, a larger width, or of "
        "bars orientation Horizontal",
        "lying bars": _BARS,
        "grouped bars": _BARS,
        "stacked bars": _BARS,
        "a pie": _SECTORS,
    },
    "one data point": {"an area": _MORE_ROWS, "stacked areas": _MORE_ROWS, "two lines": _COVERED},
    "one data point of a long name": {
        "an area": _MORE_ROWS, "stacked areas": _MORE_ROWS, "two lines": _COVERED,
    },
    "all zeros": {"a pie": _ZEROS, "a donut": _ZEROS},
    "dates": {
        "bars": "'2024-01-01' and '2024-02-01' would both be written '202…' for want of room: take shorter names, "
        "a larger width, or of bars orientation Horizontal",
        "a pie": _SECTORS,
    },
    "from 1e-9 to 1e12": {"a pie": _ARC, "a donut": _ARC},
    "negative values": _BELOW_ZERO,
    "negative values alone": _BELOW_ZERO,
}  # fmt: skip
"""What has no chart, and what its maker is told. Everything else is a chart."""
LEFT_OUT = {
    ("60 categories", "points"): ("60 of 60 names are left out, for which there is no room",),
    ("one data point of a long name", "points"): ("1 of 1 names are left out, for which there is no room",),
}
"""What a chart says of itself."""


def fields(kind: str, edge: str) -> dict[str, object]:
    """Return what a request says of a chart of that kind with that input."""
    asked, told = dict(KINDS[kind]), EDGES[edge]
    rows = [(name, value, i + 1, "one") for i, (name, value) in enumerate(told.pairs)]
    if "series" in asked:
        others = [value for _, value in reversed(told.pairs)]
        rows += [(row[0], value, row[2], "two") for row, value in zip(rows, others, strict=True)]
    csv = "thing,amount,place,kind\n" + "".join(f"{a},{b},{c},{d}\n" for a, b, c, d in rows)
    x = "place" if asked["type"] == "Scatter" else "thing"
    if asked["type"] == "Scatter" and edge == "dates":
        x = "thing"
        del asked["label"]
    return {
        **asked, "csv": csv, "x": x, "y": "amount", "title": told.title, "locale": told.locale,
        "width": told.width, "height": told.width * 3 // 4,
    }  # fmt: skip
