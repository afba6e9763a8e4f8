"""Reads the tables that a job takes from ConfigMaps. Called by `survey` and by `apply`; decides nothing."""

from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.paths import CONFIG_MAPS, member
from chartspark_operator.errors import MissingTextError, NotFoundError
from chartspark_operator.observed import Key, TableSource

SHORTEST = 3
"""A letter, a comma, a letter: what the API asks of an inline table, too."""
LISTED_KEYS = 5


async def read_tables(api: Api, namespace: str, sources: tuple[TableSource, ...]) -> dict[str, str]:
    """Return the text of each chart's table. Raises MissingTextError at the first that is not there."""
    config_maps: dict[str, JsonObject] = {}
    for source in sources:
        if source.config_map not in config_maps:
            config_maps[source.config_map] = await _config_map(api, namespace, source)
    return {source.chart: _table(config_maps[source.config_map], source) for source in sources}


async def _config_map(api: Api, namespace: str, source: TableSource) -> JsonObject:
    try:
        return await api.get(member(CONFIG_MAPS, Key(namespace, source.config_map)))
    except NotFoundError as error:
        raise MissingTextError(
            f"There is no ConfigMap {source.config_map} in the namespace {namespace}, which the chart "
            f"{source.chart} takes its table from."
        ) from error


def _table(config_map: JsonObject, source: TableSource) -> str:
    texts: dict[str, str] = config_map.get("data") or {}
    named = f"The ConfigMap {source.config_map}, which the chart {source.chart} takes its table from,"
    if source.key in (config_map.get("binaryData") or {}):
        raise MissingTextError(f"{named} holds {source.key} as binary data: store it as UTF-8 text.")
    if source.key not in texts:
        listed = ", ".join(sorted(texts)[:LISTED_KEYS]) or "none"
        raise MissingTextError(f"{named} has no key {source.key}; it has {listed}.")
    if len(texts[source.key]) < SHORTEST:
        raise MissingTextError(f"{named} holds nothing in {source.key}: a table has a header and rows.")
    return texts[source.key]
