import re
from collections.abc import Callable, Iterator
from typing import Any

import promql_parser
import pytest

Json = dict[str, Any]
Selectors = Callable[[str], list[tuple[str, set[str]]]]

VARIABLES = {"$__rate_interval": "1m", "$__range": "1h", "$job": ".+"}
"""What stands for Grafana's variables while a query is parsed."""

OF_PROMETHEUS = {"job"}
"""Labels that the scrape adds."""


def _panels(dashboard: Json) -> Iterator[Json]:
    for panel in dashboard["panels"]:
        if panel["type"] == "row":
            yield from panel.get("panels", [])
        else:
            yield panel


def _plain(expr: str) -> str:
    for name, value in VARIABLES.items():
        expr = expr.replace(name, value)
    return expr


@pytest.fixture(scope="module")
def panels(dashboards: dict[str, Json]) -> list[Json]:
    return [panel for dashboard in dashboards.values() for panel in _panels(dashboard)]


@pytest.fixture(scope="module")
def exprs(panels: list[Json]) -> list[str]:
    return [target["expr"] for panel in panels for target in panel["targets"]]


def test_every_query_parses(exprs: list[str]) -> None:
    assert exprs
    for expr in exprs:
        promql_parser.parse(_plain(expr))


def test_the_parser_refuses_nonsense() -> None:
    with pytest.raises(ValueError, match=r"unclosed|unexpected|invalid"):
        promql_parser.parse("sum(rate(chartspark_jobs[5m])")


def test_every_panel_says_what_it_shows_in_which_unit(panels: list[Json]) -> None:
    for panel in panels:
        assert panel["title"]
        assert panel["description"].endswith(".")
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert panel["targets"]


def test_titles_are_unique(panels: list[Json]) -> None:
    titles = [panel["title"] for panel in panels]
    assert len(titles) == len(set(titles))


def test_the_data_source_is_always_the_variable(dashboards: dict[str, Json], panels: list[Json]) -> None:
    for dashboard in dashboards.values():
        kinds = {variable["name"]: variable["type"] for variable in dashboard["templating"]["list"]}
        assert kinds["datasource"] == "datasource"
    for panel in panels:
        sources = [panel["datasource"], *(target["datasource"] for target in panel["targets"])]
        assert all(source["uid"] == "${datasource}" for source in sources)


def test_every_selector_is_limited_to_the_chosen_installations(
    exprs: list[str], selectors: Selectors
) -> None:
    for expr in exprs:
        assert expr.count('job=~"$job"') == len(selectors(_plain(expr)))


def test_counters_are_read_as_rates_over_an_interval_that_fits_the_scrapes(
    exprs: list[str], selectors: Selectors
) -> None:
    for expr in exprs:
        windows = re.findall(r"\[([^\]]+)\]", expr)
        assert set(windows) <= {"$__rate_interval", "$__range"}
        counters = [
            n for n, _ in selectors(_plain(expr)) if n.endswith(("_total", "_bucket", "_count", "_sum"))
        ]
        assert len(windows) == len(counters)


def test_dashboards_are_not_edited_in_place(dashboards: dict[str, Json]) -> None:
    for dashboard in dashboards.values():
        assert dashboard["editable"] is False
        assert dashboard["uid"]
        assert dashboard["refresh"]


def test_every_metric_and_label_is_one_that_the_operator_exposes(
    exprs: list[str], selectors: Selectors, exposed: dict[str, set[str]]
) -> None:
    for expr in exprs:
        for name, labels in selectors(_plain(expr)):
            assert name in exposed, f"{name} is not a metric of the operator"
            assert labels - OF_PROMETHEUS <= exposed[name], f"{name} has not all of the labels {labels}"


def test_every_grouping_is_by_labels_that_exist(
    exprs: list[str], selectors: Selectors, exposed: dict[str, set[str]]
) -> None:
    for expr in exprs:
        grouped = {label for found in re.findall(r"by \(([^)]*)\)", expr) for label in found.split(", ")}
        labels = set().union(*(exposed[name] for name, _ in selectors(_plain(expr))))
        assert grouped <= labels | OF_PROMETHEUS, expr
