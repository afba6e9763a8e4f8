"""What every panel of ours shares: the datasource variable, a legend of last values, a unit, a description.

Called by the dashboards beside it. It knows nothing about metrics.
"""

from dataclasses import dataclass

from grafana_foundation_sdk.builders import common as common_builders
from grafana_foundation_sdk.builders import prometheus, stat, timeseries
from grafana_foundation_sdk.builders.dashboard import ThresholdsConfig
from grafana_foundation_sdk.models import common
from grafana_foundation_sdk.models.dashboard import DataSourceRef, Threshold, ThresholdsMode

DATASOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
HEIGHT = 8
"""Of a panel, in Grafana's grid rows."""


@dataclass(frozen=True, slots=True)
class Query:
    """A PromQL expression and how its series are named in the legend."""

    expr: str
    legend: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel: its question, where the answer comes from, and the unit (Grafana's id) of the answer."""

    title: str
    description: str
    unit: str
    queries: tuple[Query, ...]
    width: int = 8
    """In grid columns, of 24."""
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One number. It turns red at `alarm` and above, or below it where `low_is_bad`."""

    title: str
    description: str
    unit: str
    query: Query
    alarm: float | None = None
    low_is_bad: bool = False


def draw_panel(panel: Panel) -> timeseries.Panel:
    """Return the panel's builder: lines over time, stacked where the series are parts of one whole."""
    mode = common.StackingMode.NORMAL if panel.stacked else common.StackingMode.NONE
    builder = (
        timeseries.Panel()
        .title(panel.title)
        .description(panel.description)
        .unit(panel.unit)
        .min(0)
        .datasource(DATASOURCE)
        .height(HEIGHT)
        .span(panel.width)
        .fill_opacity(40 if panel.stacked else 10)
        .stacking(common_builders.StackingConfig().mode(mode))
        .show_points(common.VisibilityMode.NEVER)
        .tooltip(common_builders.VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI))
        .legend(
            common_builders.VizLegendOptions()
            .display_mode(common.LegendDisplayMode.TABLE)
            .placement(common.LegendPlacement.BOTTOM)
            .show_legend(True)
            .calcs(["lastNotNull"])
        )
    )
    for query in panel.queries:
        builder = builder.with_target(_target(query).range())
    return builder


def draw_tile(tile: Tile) -> stat.Panel:
    """Return the tile's builder: the last value, large, in the colour of its threshold."""
    return (
        stat.Panel()
        .title(tile.title)
        .description(tile.description)
        .unit(tile.unit)
        .datasource(DATASOURCE)
        .height(HEIGHT // 2)
        .span(4)
        .graph_mode(common.BigValueGraphMode.NONE)
        .text_mode(common.BigValueTextMode.VALUE_AND_NAME)
        .reduce_options(common_builders.ReduceDataOptions().calcs(["lastNotNull"]))
        .thresholds(_thresholds(tile))
        .with_target(_target(tile.query).instant())
    )


def _thresholds(tile: Tile) -> ThresholdsConfig:
    below, above = ("red", "green") if tile.low_is_bad else ("green", "red")
    steps = [Threshold(value=None, color="green" if tile.alarm is None else below)]
    if tile.alarm is not None:
        steps.append(Threshold(value=tile.alarm, color=above))
    return ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)


def _target(query: Query) -> prometheus.Dataquery:
    return prometheus.Dataquery().expr(query.expr).legend_format(query.legend).datasource(DATASOURCE)
