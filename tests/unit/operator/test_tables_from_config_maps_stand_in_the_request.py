import asyncio
from typing import Any

import pytest
from chartspark_api.job import ChartSparkJob
from chartspark_api.names import TABLES_DIGEST_ANNOTATION
from chartspark_operator.cluster.tables import read_tables
from chartspark_operator.errors import MissingTextError, NotFoundError
from chartspark_operator.manifests.request import (
    read_request,
    request_config_map,
    table_sources,
    tables_digest,
)
from chartspark_operator.observed import TableSource
from chartspark_operator.settings import Settings

TABLE = "k,v\na,1\n"
SETTINGS = Settings(runner_image="runner")
FIELDS = {"title": "T", "xColumn": "k", "yColumn": "v"}
JOB = ChartSparkJob.model_validate(
    {
        "metadata": {"name": "demo", "uid": "0123456789"},
        "spec": {
            "output": {"claimName": "results"},
            "charts": [
                FIELDS | {"name": "own", "data": {"csv": TABLE}},
                FIELDS | {"name": "far", "data": {"configMapKeyRef": {"name": "sales", "key": "jan.csv"}}},
            ],
        },
    }
)
SOURCE = TableSource("far", "sales", "jan.csv")


class ConfigMaps:
    """The API server, as far as reading ConfigMaps goes."""

    def __init__(self, **config_maps: dict[str, Any]) -> None:
        self.config_maps = config_maps
        self.reads = 0

    async def get(self, path: str) -> dict[str, Any]:
        self.reads += 1
        name = path.rpartition("/")[2]
        if name not in self.config_maps:
            raise NotFoundError(404, "no such ConfigMap")
        return self.config_maps[name]


def tables_of(config_maps: ConfigMaps, *sources: TableSource) -> dict[str, str]:
    return asyncio.run(read_tables(config_maps, "team", sources or (SOURCE,)))


def test_the_request_holds_every_table_and_the_digest_of_those_that_were_read() -> None:
    made = request_config_map(JOB, SETTINGS, {"far": TABLE})
    assert [chart.data.csv for chart in read_request(made).spec.charts] == [TABLE, TABLE]
    assert made["metadata"]["annotations"] == {TABLES_DIGEST_ANNOTATION: tables_digest({"far": TABLE})}
    assert tables_digest({"far": TABLE}) != tables_digest({"far": TABLE + "b,2\n"})


def test_only_tables_outside_the_job_have_a_source() -> None:
    assert table_sources(JOB) == (SOURCE,)


def test_a_config_map_of_several_tables_is_read_once() -> None:
    config_maps = ConfigMaps(sales={"data": {"jan.csv": TABLE, "feb.csv": TABLE}})
    read = tables_of(config_maps, SOURCE, TableSource("other", "sales", "feb.csv"))
    assert read == {"far": TABLE, "other": TABLE}
    assert config_maps.reads == 1


@pytest.mark.parametrize(
    ("config_maps", "words"),
    [
        ({}, "There is no ConfigMap sales in the namespace team, which the chart far"),
        ({"sales": {"data": {"feb.csv": TABLE}}}, "has no key jan.csv; it has feb.csv"),
        ({"sales": {}}, "has no key jan.csv; it has none"),
        ({"sales": {"binaryData": {"jan.csv": "AAAA"}}}, "store it as UTF-8 text"),
        ({"sales": {"data": {"jan.csv": "\n"}}}, "holds nothing in jan.csv"),
    ],
)
def test_a_table_that_is_not_there_has_a_sentence(config_maps: dict[str, Any], words: str) -> None:
    with pytest.raises(MissingTextError, match=words):
        tables_of(ConfigMaps(**config_maps))
