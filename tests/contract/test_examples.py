"""The examples parse, and their tables are the published ones."""

import io
from pathlib import Path

import polars as pl
import pytest
import yaml
from chartspark_api.charts import Chart
from chartspark_api.job import ChartSparkJob
from vega_datasets import local_data

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


def read_example(path: Path) -> ChartSparkJob:
    return ChartSparkJob.model_validate(yaml.safe_load(path.read_text()))


def read_table(example: str, chart: str) -> tuple[pl.DataFrame, Chart]:
    job = read_example(next(path for path in EXAMPLES if path.stem == example))
    asked = next(c for c in job.spec.charts if c.name == chart)
    return pl.read_csv(io.StringIO(asked.data.csv)), asked


def table(example: str, chart: str) -> list[tuple[str, float]]:
    frame, asked = read_table(example, chart)
    return [(str(x), float(y)) for x, y in zip(frame[asked.x], frame[asked.y], strict=True)]


def published(dataset: str) -> pl.DataFrame:
    return pl.read_csv(
        io.BytesIO(getattr(local_data, dataset.replace("-", "_")).raw()), try_parse_dates=False
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_parses_and_is_named_like_its_file(path: Path) -> None:
    assert read_example(path).metadata.name == path.stem


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_names_the_source_and_the_licence_of_its_table(path: Path) -> None:
    text = path.read_text()
    assert "vega-datasets" in text
    assert "public domain" in text


def test_the_rain_of_seattle_is_the_mean_of_four_years() -> None:
    days = published("seattle-weather")
    monthly = (
        days.group_by(pl.col("date").str.slice(5, 2).alias("month"))
        .agg((pl.col("precipitation").sum() / 4).round(0))
        .sort("month")
    )
    assert [y for _, y in table("seattle-rain", "months")] == monthly["precipitation"].to_list()


@pytest.mark.parametrize(("chart", "source"), [("renewables", "Renewables"), ("fossil", "Fossil Fuels")])
def test_a_chart_of_iowa_holds_every_second_year(chart: str, source: str) -> None:
    rows = published("iowa-electricity").filter(pl.col("source") == source).iter_rows(named=True)
    by_year = {row["year"][:4]: row["net_generation"] for row in rows}
    assert table("iowa-electricity", chart) == [(str(y), by_year[str(y)]) for y in range(2001, 2018, 2)]


def test_the_sources_of_iowa_are_those_of_2017() -> None:
    rows = published("iowa-electricity").filter(pl.col("year").str.starts_with("2017")).iter_rows(named=True)
    assert dict(table("iowa-electricity", "sources")) == {
        row["source"]: row["net_generation"] for row in rows
    }


def test_the_jobs_in_construction_are_those_of_each_january() -> None:
    rows = published("us-employment").filter(pl.col("month").str.slice(5, 2) == "01").iter_rows(named=True)
    assert table("construction-jobs", "houses") == [
        (row["month"][:4], round(row["construction"] / 1000, 2)) for row in rows
    ]


def test_the_skies_of_seattle_are_the_days_of_four_years() -> None:
    days = published("seattle-weather").group_by("weather").len().iter_rows()
    shown = dict(table("seattle-skies", "days"))
    assert shown == {"Sun": 714, "Fog": 411, "Rain": 259, "Drizzle": 54, "Snow": 23}
    assert shown == {weather.title(): days for weather, days in days}


def test_the_wheat_is_every_third_row_with_wages() -> None:
    wheat = local_data.wheat().dropna().iloc[1::3]
    shown = table("price-of-wheat", "wages")
    assert shown == [(str(wages), price) for wages, price in zip(wheat.wages, wheat.wheat, strict=True)]


def test_the_lines_of_iowa_hold_every_source_and_year() -> None:
    frame, asked = read_table("iowa-sources", "sources")
    rows = published("iowa-electricity").iter_rows(named=True)
    assert list(frame.select(asked.x, asked.series, asked.y).iter_rows()) == [
        (int(row["year"][:4]), row["source"], row["net_generation"]) for row in rows
    ]


def test_the_months_of_seattle_hold_the_rain_of_their_days() -> None:
    monthly = (
        published("seattle-weather")
        .group_by(pl.col("date").str.slice(0, 7).str.replace("/", "-").alias("month"))
        .agg(pl.col("precipitation").sum().round(0))
        .sort("month")
    )
    assert table("seattle-months", "rain") == list(monthly.iter_rows())
