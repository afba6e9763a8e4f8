"""metadata.json of every kind of chart keeps to the schema that is published."""

import json
from pathlib import Path

import pytest
from chartspark_api.metadata import ChartMetadata
from chartspark_runner.models.icons.painter import IconPainter, open_icon_painter
from chartspark_runner.progress import Board
from chartspark_runner.run import Means, run_share
from chartspark_runner.storage import Store
from jsonschema import Draft202012Validator
from runner_builders import chart_object, job, no_keywords

SCHEMA = Path(__file__).parents[3] / "docs/reference/metadata.schema.json"
FARMS = "year,farm,tonnes\n" + "".join(
    f"{year},{farm},{amount}\n"
    for farm, amount in (("North", 4), ("South", 7))
    for year in (2021, 2022, 2023)
)
SERIES = {"csv": FARMS, "x": "year", "y": "tonnes", "series": "farm"}
PLACES = {"csv": "tonnes,trees\n3,40\n5,30\n9,80\n", "x": "tonnes", "y": "trees"}
KINDS = {
    "bars": {},
    "grouped bars": {"type": "Bar", **SERIES},
    "lines": {"type": "Line", **SERIES},
    "areas": {"type": "Area", **SERIES},
    "a pie": {"type": "Pie", "csv": "fruit,tonnes\napple,3\npear,5\n", "x": "fruit", "y": "tonnes"},
    "points": {"type": "Scatter", **PLACES},
    "bars over a scene": {"embed": "Background"},
    "a chart below its minimum": {"min_score_percent": 100, "candidates": 3, "keep": 2},
}


@pytest.fixture(scope="module")
def painter() -> IconPainter:
    return open_icon_painter(1)


@pytest.mark.parametrize("fields", KINDS.values(), ids=KINDS)
def test_every_kind_of_chart_keeps_to_the_schema(
    tmp_path: Path, painter: IconPainter, fields: dict[str, object]
) -> None:
    asked = job(chart_object(**{"subject": "red apple", **fields}))
    means = Means(Store(tmp_path, "pod-1"), Board(1), no_keywords, lambda: painter)
    run_share(asked, asked.spec.charts, means)
    text = (tmp_path / "things/metadata.json").read_text()
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(json.loads(text))
    told = ChartMetadata.model_validate_json(text)
    (element,) = told.elements
    assert element.icon is not None
    assert element.icon.author in element.icon.attribution
    assert element.icon.near_misses
    assert len(told.ranking) == asked.spec.charts[0].keep
    assert told.seed == 7
    assert told.threads == 1
    assert {model.name for model in told.models} == {"Icons"}
    assert {"python", "matplotlib"} <= told.versions.keys()
    assert told.alternative in (tmp_path / "things/chart.svg").read_text()


def test_the_schema_refuses_what_is_no_chart() -> None:
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors({"schemaVersion": 1}))
