"""Published tables whose rows are parts of a whole, for pies. Called by `cells`; knows nothing about drawing.

They come from the same sources as those of `published`; the cars are those of the StatLib library (1983).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
from published import read


@dataclass(frozen=True, slots=True)
class Composition:
    """A table with an amount and a picture for each part, and what is told of it."""

    name: str
    title: str
    subtitle: str
    column: str
    rows: tuple[tuple[str, float, str], ...]
    """Part, amount and picture."""

    def asked(self) -> dict[str, object]:
        """Return what a request says of a pie of the table."""
        lines = "".join(f"{part},{amount:g},{picture}\n" for part, amount, picture in self.rows)
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "subject": "{picture}",
            "data": {"csv": f"part,{self.column},picture\n{lines}"},
            "xColumn": "part",
            "yColumn": self.column,
        }


def compositions() -> tuple[Composition, ...]:
    """Return a table of three parts, one of five, and one whose parts share a picture."""
    return (_electricity(), _days(), _cars())


def _electricity() -> Composition:
    pictures = {"Fossil Fuels": "fire", "Nuclear Energy": "light bulb", "Renewables": "deciduous tree"}
    year = read("iowa-electricity").filter(pl.col("year").str.starts_with("2017"))
    return Composition(
        "power",
        "Half of Iowa's electricity comes from fossil fuels",
        "Net generation of 2017 by source",
        "GWh",
        _rows(year.select("source", "net_generation").iter_rows(), pictures),
    )


def _days() -> Composition:
    pictures = {
        "Rain": "blue water drop",
        "Sun": "sun",
        "Drizzle": "umbrella",
        "Snow": "snowflake",
        "Fog": "cloud",
    }
    counted = read("seattle-weather")["weather"].str.to_titlecase().value_counts()
    return Composition(
        "skies",
        "Half of Seattle's days are sunny",
        "Days of 2012 to 2015 by their weather",
        "days",
        _rows(counted.iter_rows(), pictures),
    )


def _cars() -> Composition:
    pictures = dict.fromkeys(("USA", "Japan", "Europe"), "car")
    counted = read("cars")["Origin"].value_counts()
    return Composition(
        "origins",
        "Most of the cars were American",
        "Models of 1970 to 1982 by origin",
        "models",
        _rows(counted.iter_rows(), pictures),
    )


def _rows(
    amounts: Iterable[tuple[str, float]], pictures: Mapping[str, str]
) -> tuple[tuple[str, float, str], ...]:
    """Return the rows in the order of their pictures: that in which a table happens to count them is none."""
    known = dict(amounts)
    return tuple((part, float(known[part]), picture) for part, picture in pictures.items())
