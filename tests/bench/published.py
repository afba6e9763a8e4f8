"""Published tables as charts of every type. Called by `gallery` and `truth`; knows nothing about drawing.

All come with the package vega-datasets (BSD-3-Clause): net generation of electricity in Iowa (U.S. Energy
Information Administration), weather in Seattle (NOAA), employment (U.S. Bureau of Labor Statistics), the
price of wheat (Playfair, 1822), deaths in the Crimea (Nightingale, 1858); the data are in the public domain.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from vega_datasets import local_data


@dataclass(frozen=True, slots=True)
class Published:
    """A table with a name for each row, and what its pictures show."""

    name: str
    title: str
    subject: str
    column: str
    rows: tuple[tuple[str, float], ...]

    def csv(self) -> str:
        """Return the table with the columns `when` and `column`."""
        return f"when,{self.column}\n" + "".join(f"{when},{amount:g}\n" for when, amount in self.rows)


def tables() -> tuple[Published, ...]:
    """Return twenty tables, those of the gallery first."""
    return (iowa("Renewables"), rain(), wheat(), *_others())


def iowa(source: str) -> Published:
    """Return every second year of a source of electricity."""
    frame = read("iowa-electricity").filter(pl.col("source") == source)
    years = [(str(row["year"])[:4], float(row["net_generation"])) for row in frame.iter_rows(named=True)]
    titles = {
        "Renewables": ("Iowa's renewable electricity grew fifteenfold", "deciduous tree"),
        "Fossil Fuels": ("Iowa burns less coal and gas than in 2001", "fire"),
        "Nuclear Energy": ("Iowa's nuclear power stays as it was", "light bulb"),
    }
    title, subject = titles[source]
    return Published(f"iowa-{source.split(maxsplit=1)[0].lower()}", title, subject, "GWh", tuple(years[::2]))


def iowa_by_source(*, every: int) -> str:
    """Return all sources of electricity, a row for each year and source."""
    rows = [
        row for row in read("iowa-electricity").iter_rows(named=True) if int(row["year"][:4]) % every == 1
    ]
    pictures = {"Fossil Fuels": "fire", "Renewables": "deciduous tree", "Nuclear Energy": "light bulb"}
    lines = (
        f"{row['year'][:4]},{row['net_generation']},{row['source']},{pictures[row['source']]}" for row in rows
    )
    return "when,GWh,source,picture\n" + "\n".join(lines) + "\n"


def rain() -> Published:
    """Return the mean rain of every month in Seattle."""
    return _monthly(
        "rain", "Seattle is wet all winter and dry in July", "blue water drop", "precipitation", 4
    )


def wheat() -> Published:
    """Return the price of wheat every five years from 1760 on."""
    frame = read("wheat")
    rows = [
        (row["year"], float(row["wheat"])) for row in frame.iter_rows(named=True) if int(row["year"]) >= 1760
    ]
    return Published("wheat", "Wheat was never as dear as in 1810", "wheat", "shillings", tuple(rows[:12]))


def cars() -> str:
    """Return every third model of the year 1970 by what it weighs, does and needs (StatLib, 1983)."""
    frame = read("cars").filter(pl.col("Year").str.starts_with("1970"))
    columns = ("Horsepower", "Miles_per_Gallon", "Weight_in_lbs")
    rows = frame.select(columns).drop_nulls().unique(["Horsepower", "Miles_per_Gallon"], maintain_order=True)
    lines = (f"{power},{miles},{weight}" for power, miles, weight in rows.gather_every(2).iter_rows())
    return "horsepower,miles per gallon,pounds\n" + "\n".join(lines) + "\n"


def _others() -> Iterator[Published]:
    yield iowa("Fossil Fuels")
    yield iowa("Nuclear Energy")
    yield _monthly("wind", "Seattle's wind blows all year", "cloud", "wind", 124)
    yield _monthly("warmth", "Seattle is warmest in August", "sun", "temp_max", 124)
    jobs = read("us-employment")
    for column in ("construction", "manufacturing", "mining_and_logging", "utilities", "information", "government",
                   "retail_trade", "financial_activities", "other_services", "wholesale_trade"):  # fmt: skip
        months = jobs.select("month", column).iter_rows()
        rows = [(str(month)[:4], float(amount)) for month, amount in months if str(month)[5:7] == "01"]
        yield Published(column, f"Employees in {column.replace('_', ' ')}", "house", "thousands", tuple(rows))
    crimea = read("crimea")
    for column in ("wounds", "other", "disease"):
        rows = [(str(row["date"])[:7], float(row[column])) for row in crimea.iter_rows(named=True)]
        yield Published(
            f"crimea-{column}", f"Deaths in the Crimea: {column}", "heart", "deaths", tuple(rows[:12])
        )


def _monthly(name: str, title: str, subject: str, column: str, share: int) -> Published:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    sums = (
        read("seattle-weather")
        .group_by(pl.col("date").str.slice(5, 2).alias("month"))
        .agg(pl.col(column).sum())
        .sort("month")
    )
    amounts: Sequence[float] = sums[column].to_list()
    units = {"precipitation": "millimetres", "wind": "metres per second", "temp_max": "degrees Celsius"}
    rows = tuple((month, round(amount / share, 1)) for month, amount in zip(months, amounts, strict=True))
    return Published(name, title, subject, units[column], rows)


def read(dataset: str) -> pl.DataFrame:
    """Return a table of the package."""
    raw = getattr(local_data, dataset.replace("-", "_")).raw()
    reader = pl.read_csv if raw[:1] not in b"[{" else pl.read_json
    return reader(io.BytesIO(raw))
