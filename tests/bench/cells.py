"""The cells of the gallery: every way of drawing, laid over published tables. Pure; called by `gallery`."""

from chartspark_api.charts import Chart, Embed
from compositions import Composition, compositions
from published import Published, cars, iowa_by_source, tables

WAYS: dict[str, dict[str, object]] = {
    "Bar": {"type": "Bar", "orientation": "Vertical"},
    "Bar, lying": {"type": "Bar", "orientation": "Horizontal"},
    "Line": {"type": "Line"},
    "Area": {"type": "Area"},
    "Pie": {"type": "Pie", "top": 5, "sort": "Descending"},
    "Donut": {"type": "Pie", "top": 4, "sort": "Descending", "donut": True},
}
"""Ways to draw a table of one series."""
SEVERAL: dict[str, dict[str, object]] = {
    "Bar, grouped": {"type": "Bar", "orientation": "Vertical"},
    "Bar, stacked": {"type": "Bar", "orientation": "Vertical", "stacking": "Stacked"},
    "Line, several": {"type": "Line"},
    "Area, stacked": {"type": "Area"},
}
"""Ways to draw a table of several series."""

SCATTERED: dict[str, dict[str, object]] = {
    "Scatter cars": {
        "type": "Scatter",
        "title": "Heavy cars of 1970 went few miles on a gallon",
        "subtitle": "Models of 1970, by power",
        "subject": "car",
        "data": {"csv": cars()},
        "xColumn": "horsepower",
        "yColumn": "miles per gallon",
    },
    "Scatter sized cars": {
        "type": "Scatter",
        "title": "Heavy cars of 1970 went few miles on a gallon",
        "subtitle": "Models of 1970, by power; size shows weight",
        "subject": "car",
        "data": {"csv": cars()},
        "xColumn": "horsepower",
        "yColumn": "miles per gallon",
        "sizeColumn": "pounds",
    },
}
"""Ways to draw a table of points."""


def cells() -> tuple[Chart, ...]:
    """Return the gallery's charts, row by row."""
    return tuple(
        chart
        for embed in Embed
        for chart in (
            *(
                _one(way, fields, table, embed)
                for way, fields in WAYS.items()
                for table in (compositions() if fields["type"] == "Pie" else tables()[:3])
            ),
            *(_several(way, fields, embed) for way, fields in SEVERAL.items()),
            *(_sized(fields, f"{way} {embed}", embed) for way, fields in SCATTERED.items()),
        )
    )


def one_series(fields: dict[str, object], table: Published) -> dict[str, object]:
    """Return what a request says of a chart of a published table."""
    return {
        "title": table.title,
        "subject": table.subject,
        "data": {"csv": table.csv()},
        "xColumn": "when",
        "yColumn": table.column,
        **fields,
    }


def _one(way: str, fields: dict[str, object], table: Published | Composition, embed: Embed) -> Chart:
    asked = one_series(fields, table) if isinstance(table, Published) else {**table.asked(), **fields}
    return _sized(asked, f"{way} {table.name} {embed}", embed)


def _several(way: str, fields: dict[str, object], embed: Embed) -> Chart:
    asked = {
        "title": "Iowa's renewables catch up with fossil fuels",
        "subtitle": "Net generation in gigawatt-hours",
        "subject": "{picture}",
        "data": {"csv": iowa_by_source(every=4)},
        "xColumn": "when",
        "yColumn": "GWh",
        "seriesColumn": "source",
        **fields,
    }
    return _sized(asked, f"{way} iowa {embed}", embed)


def _sized(asked: dict[str, object], words: str, embed: Embed) -> Chart:
    name = "-".join(words.lower().replace(",", "").split())
    return Chart.model_validate({"name": name, "embed": embed, "width": 900, "height": 600, **asked})
