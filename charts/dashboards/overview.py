"""The first dashboard: is the operator healthy, and why does a job wait or fail?

Called by `render`. The metrics are those of `chartspark_operator.metrics`; a test compares the names.
"""

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DashboardCursorSync, VariableRefresh

from charts.dashboards.panels import DATASOURCE, Panel, Query, Tile, draw_panel, draw_tile

JOB = 'job=~"$job"'
"""Every query is limited to the installations that are chosen: Prometheus gives each a job label of its own."""


def overview() -> str:
    """Return the dashboard as JSON."""
    builder = (
        dashboard.Dashboard("ChartSpark")
        .uid("chartspark-overview")
        .description("Is the operator healthy, and why does a job wait or fail?")
        .tags(["chartspark"])
        .readonly()
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .time("now-6h", "now")
        .refresh("30s")
        .with_variable(dashboard.DatasourceVariable("datasource").label("Data source").type("prometheus"))
        .with_variable(_job_variable())
    )
    builder = builder.with_row(dashboard.Row("Is it healthy?"))
    for tile in TILES:
        builder = builder.with_panel(draw_tile(tile))
    for panel in HEALTH:
        builder = builder.with_panel(draw_panel(panel))
    builder = builder.with_row(dashboard.Row("Why does something wait or fail?"))
    for panel in CAUSES:
        builder = builder.with_panel(draw_panel(panel))
    return str(JSONEncoder(sort_keys=True, indent=2).encode(builder.build())) + "\n"


def _job_variable() -> dashboard.QueryVariable:
    return (
        dashboard.QueryVariable("job")
        .label("Installation")
        .datasource(DATASOURCE)
        .query("label_values(chartspark_build_info, job)")
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .multi(True)
        .include_all(True)
        .all_value(".+")
    )


def _rate(metric: str, by: str) -> str:
    return f"sum by ({by}) (rate({metric}{{{JOB}}}[$__rate_interval]))"


def _increase(metric: str, by: str) -> str:
    return f"sum by ({by}) (increase({metric}{{{JOB}}}[$__rate_interval]))"


def _quantiles(metric: str, by: str = "") -> tuple[Query, ...]:
    """Return the median and the 95th percentile of a histogram, per value of the label `by`, if any."""
    labels, legend = (f"le, {by}", f" {{{{{by}}}}}") if by else ("le", "")
    return tuple(
        Query(f"histogram_quantile({q}, {_rate(f'{metric}_bucket', labels)})", f"p{int(q * 100)}{legend}")
        for q in (0.5, 0.95)
    )


TILES = (
    Tile(
        "Version",
        "The versions that run. None: the operator is down, or Prometheus does not reach it.",
        "short",
        Query(f"count by (version) (chartspark_build_info{{{JOB}}})", "{{version}}"),
    ),
    Tile(
        "Leaders",
        "The operators that hold the lease and work: one. The others stand by.",
        "short",
        Query(f"sum(chartspark_leader{{{JOB}}})", "leaders"),
        alarm=1,
        low_is_bad=True,
    ),
    Tile(
        "Oldest watch",
        "Time since a watch last proved alive. If it grows beyond the resync interval, the operator does not see what happens.",
        "s",
        Query(
            f"max(time() - chartspark_watch_last_seen_timestamp_seconds{{{JOB}}})",
            "oldest",
        ),
        alarm=900,
    ),
    Tile(
        "Queue",
        "Jobs whose turn to be looked at has not come. More than a few for long: the operator cannot keep up.",
        "short",
        Query(f"sum(chartspark_queue_depth{{{JOB}}})", "keys"),
        alarm=100,
    ),
    Tile(
        "API requests in vain",
        "The share of requests to the API server that were answered with 429, a server error, or not at all.",
        "percentunit",
        Query(
            f'sum(rate(chartspark_api_requests_total{{{JOB}, code=~"429|5..|none"}}[$__rate_interval]))'
            f" / sum(rate(chartspark_api_requests_total{{{JOB}}}[$__rate_interval]))",
            "in vain",
        ),
        alarm=0.05,
    ),
    Tile(
        "Jobs",
        "The jobs that exist, ended ones included until their time is over.",
        "short",
        Query(f"sum(chartspark_jobs{{{JOB}}})", "jobs"),
    ),
    Tile(
        "Charts published",
        "Of the charts that ended in the chosen time, the share that was published.",
        "percentunit",
        Query(
            f'sum(increase(chartspark_charts_finished_total{{{JOB}, outcome="published"}}[$__range]))'
            f" / sum(increase(chartspark_charts_finished_total{{{JOB}}}[$__range]))",
            "published",
        ),
        alarm=0.9,
        low_is_bad=True,
    ),
)

HEALTH = (
    Panel(
        "Reconciliations",
        "How often jobs are looked at, by result. Results other than unchanged and written are faults, tried again after a pause.",
        "ops",
        (Query(_rate("chartspark_reconciles_total", "result"), "{{result}}"),),
        stacked=True,
    ),
    Panel(
        "Duration of a reconciliation",
        "From taking a job off the queue to having acted. It waits here when the API server is slow or its limit is reached.",
        "s",
        _quantiles("chartspark_reconcile_duration_seconds"),
    ),
    Panel(
        "API requests",
        "What the operator asks of the API server, by verb and answer.",
        "reqps",
        (Query(_rate("chartspark_api_requests_total", "verb, code"), "{{verb}} {{code}}"),),
    ),
)

CAUSES = (
    Panel(
        "Jobs that run and jobs that wait",
        "Jobs that have their place, jobs that wait for their turn, and how many may run. A limit of 0 is none.",
        "short",
        (
            Query(f"sum(chartspark_admitted_jobs{{{JOB}}})", "running"),
            Query(f"sum(chartspark_queued_jobs{{{JOB}}})", "waiting"),
            Query(f"sum(chartspark_admitted_jobs_limit{{{JOB}}})", "limit"),
        ),
    ),
    Panel(
        "GPUs in use",
        "GPUs of jobs that have their place, by resource, and how many of one resource may be in use. A limit of 0 is none.",
        "short",
        (
            Query(f"sum by (resource) (chartspark_admitted_gpus{{{JOB}}})", "{{resource}}"),
            Query(f"sum(chartspark_admitted_gpus_limit{{{JOB}}})", "limit"),
        ),
    ),
    Panel(
        "Time until a job's turn comes",
        "How long jobs waited for a place. Those that never waited count as zero.",
        "s",
        _quantiles("chartspark_queue_wait_seconds"),
    ),
    Panel(
        "Jobs by reason",
        "Where the jobs are now. Unschedulable waits for resources; what each reason means and asks for is in the reference.",
        "short",
        (Query(f"sum by (reason) (chartspark_jobs{{{JOB}}})", "{{reason}}"),),
        stacked=True,
        width=12,
    ),
    Panel(
        "Jobs that wait for long",
        "Jobs that have waited for the same thing for a quarter of an hour. Each ends at its spec.deadlines.startSeconds.",
        "short",
        (Query(f"sum by (reason) (chartspark_stuck_jobs{{{JOB}}})", "{{reason}}"),),
        stacked=True,
        width=12,
    ),
    Panel(
        "Jobs finished, by reason",
        "How jobs ended. A job counts once.",
        "short",
        (Query(_increase("chartspark_jobs_finished_total", "reason"), "{{reason}}"),),
        stacked=True,
        width=12,
    ),
    Panel(
        "Attempts finished, by reason",
        "How attempts ended. More attempts than jobs: failures that passed, or did not.",
        "short",
        (Query(_increase("chartspark_attempts_finished_total", "reason"), "{{reason}}"),),
        stacked=True,
        width=12,
    ),
    Panel(
        "Charts finished, by outcome",
        "How charts ended. A chart that cannot be made does not fail its job.",
        "short",
        (Query(_increase("chartspark_charts_finished_total", "outcome"), "{{outcome}}"),),
        stacked=True,
        width=12,
    ),
    Panel(
        "Time until a job runs",
        "From the first sight of a job to its first running pod: scheduling, images, volumes.",
        "s",
        _quantiles("chartspark_job_startup_seconds"),
        width=12,
    ),
    Panel(
        "Time until a job has ended",
        "From the first sight of a job to its end, by outcome.",
        "s",
        _quantiles("chartspark_job_duration_seconds", by="outcome"),
        width=12,
    ),
)
