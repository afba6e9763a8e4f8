"""What /metrics shows. Counters are incremented by `run` and the pipeline where the thing happens."""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()

CHARTS = Counter(
    "chartspark_runner_charts",
    "Charts that this process has tried, by how they ended.",
    ["outcome"],
    registry=REGISTRY,
)
STEP_SECONDS = Histogram(
    "chartspark_runner_step_duration_seconds",
    "How long the steps of a chart take.",
    ["step"],
    buckets=(0.01, 0.05, 0.2, 1, 5, 20, 60, 300),
    registry=REGISTRY,
)
STEPS = ("words", "draw", "generate", "embed", "compare", "compose", "score", "write")
OUTCOMES = ("published", "failed", "found")
"""`found` are charts that an earlier attempt had published."""

# Label sets that are known start at zero, so that a rate over the first increment is seen.
for _outcome in OUTCOMES:
    CHARTS.labels(_outcome)
for _step in STEPS:
    STEP_SECONDS.labels(_step)
