"""Every metric of the operator. Called where the thing that is counted happens; knows nothing about it.

No label holds an object's name: the number of series stays the same however many jobs there are.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from importlib.metadata import version

from chartspark_api.reasons import Reason, explain
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override

from chartspark_operator.admission.ledger import Usage

JOB_SECONDS = (1, 2.5, 5, *(10 * 2**n for n in range(13)))
"""Up to eleven hours, in steps of two."""
QUEUE_SECONDS = (0, *JOB_SECONDS)
"""Those that never waited are counted by themselves."""
PASS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """The operator's metrics, in a registry of their own."""

    def __init__(self) -> None:
        # A second series for each counter, which says when this process began: process_start_time_seconds does.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._jobs_finished = self._counter("jobs_finished", "Jobs that ended, by reason.", "reason", Reason)
        self._attempts = self._counter(
            "attempts_finished", "Attempts that ended, by reason.", "reason", Reason
        )
        self._charts = self._counter(
            "charts_finished", "Charts of jobs that ended.", "outcome", ("published", "failed")
        )
        self._duration = Histogram(
            "chartspark_job_duration_seconds",
            "From the first sight of a job to its end.",
            ["outcome"],
            buckets=JOB_SECONDS,
            registry=self.registry,
        )
        for outcome in ("complete", "failed"):
            self._duration.labels(outcome)
        self._queue_wait = Histogram(
            "chartspark_queue_wait_seconds",
            "From the moment a job began to wait for its turn until it came.",
            buckets=QUEUE_SECONDS,
            registry=self.registry,
        )
        self._requeued = Counter(
            "chartspark_requeued_jobs", "Jobs whose place Kueue took back.", registry=self.registry
        )
        self._startup = Histogram(
            "chartspark_job_startup_seconds",
            "From the first sight of a job to its first running pod.",
            buckets=JOB_SECONDS,
            registry=self.registry,
        )
        self._passes = self._counter(
            "reconciles", "Passes over a job, by result.", "result", ("unchanged", "written", "unexpected")
        )
        self._pass_seconds = Histogram(
            "chartspark_reconcile_duration_seconds",
            "Duration of a pass over a job.",
            buckets=PASS_SECONDS,
            registry=self.registry,
        )
        self._requests = Counter(
            "chartspark_api_requests",
            "Requests to the API server. The code none stands for no answer.",
            ["verb", "code"],
            registry=self.registry,
        )
        Info("chartspark_build", "The operator's version.", registry=self.registry).info(
            {"version": version("chartspark-operator")}
        )

    def _counter(self, name: str, text: str, label: str, values: Iterable[str]) -> Counter:
        counter = Counter(f"chartspark_{name}", text, [label], registry=self.registry)
        for value in values:
            # A series that begins with its first event hides that event from rate().
            counter.labels(str(value))
        return counter

    def observe_leadership(self, leads: Callable[[], bool]) -> None:
        """Ask at each scrape whether this process leads."""
        Gauge(
            "chartspark_leader",
            "Whether this process holds the lease: 1 works, 0 stands by.",
            registry=self.registry,
        ).set_function(lambda: float(leads()))

    def observe_at_scrape(
        self,
        jobs: Callable[[], Mapping[str, int]],
        stuck: Callable[[], Mapping[str, int]],
        queue_depth: Callable[[], int],
        last_seen: Callable[[], Mapping[str, float]],
    ) -> None:
        """Ask for the number of jobs and of stuck jobs by reason, of waiting keys, and for the watches' last signs of life, at each scrape."""
        waits = [reason for reason in Reason if explain(reason).waits]
        self.registry.register(
            _ByReason(
                "chartspark_jobs", "Jobs that exist, by reason. None has been looked at yet.", Reason, jobs
            )
        )
        self.registry.register(
            _ByReason(
                "chartspark_stuck_jobs",
                "Jobs that have waited for the same thing for a quarter of an hour, by reason.",
                waits,
                stuck,
            )
        )
        Gauge("chartspark_queue_depth", "Jobs that wait for a pass.", registry=self.registry).set_function(
            lambda: float(queue_depth())
        )
        seen = Gauge(
            "chartspark_watch_last_seen_timestamp_seconds",
            "The last sign of life of a watch, in seconds since the epoch.",
            ["resource"],
            registry=self.registry,
        )
        for resource in last_seen():
            seen.labels(resource).set_function(partial(_value, last_seen, resource))

    def observe_admission(self, usage: Callable[[], Usage]) -> None:
        """Ask at each scrape for what is in use of what jobs may use."""
        self.registry.register(_Admission(usage))

    def job_admitted(self, seconds: float) -> None:
        """Count a job whose turn came, after it had waited for `seconds`."""
        self._queue_wait.observe(seconds)

    def job_requeued(self) -> None:
        """Count a job whose place Kueue took back."""
        self._requeued.inc()

    def job_finished(self, reason: Reason, outcome: str, seconds: float) -> None:
        """Count a job that ended as `outcome`, complete or failed."""
        self._jobs_finished.labels(str(reason)).inc()
        self._duration.labels(outcome).observe(seconds)

    def charts_finished(self, published: int, failed: int) -> None:
        """Count the charts of a job that ended."""
        self._charts.labels("published").inc(published)
        self._charts.labels("failed").inc(failed)

    def attempt_finished(self, reason: Reason) -> None:
        """Count an attempt that ended."""
        self._attempts.labels(str(reason)).inc()

    def job_started(self, seconds: float) -> None:
        """Count a job whose first pod began to run, `seconds` after it was first seen."""
        self._startup.observe(seconds)

    def pass_ended(self, result: str, seconds: float) -> None:
        """Count a pass over a job."""
        self._passes.labels(result).inc()
        self._pass_seconds.observe(seconds)

    def api_request(self, verb: str, code: str) -> None:
        """Count a request to the API server."""
        self._requests.labels(verb, code).inc()


def _value(values: Callable[[], Mapping[str, float]], name: str) -> float:
    return values()[name]


class _Admission(Collector):
    def __init__(self, usage: Callable[[], Usage]) -> None:
        self._usage = usage

    @override
    def collect(self) -> Iterable[GaugeMetricFamily]:
        now = self._usage()
        yield GaugeMetricFamily("chartspark_queued_jobs", "Jobs that wait for their turn.", now.waiting)
        yield GaugeMetricFamily("chartspark_admitted_jobs", "Jobs that have their place.", now.jobs)
        yield GaugeMetricFamily(
            "chartspark_admitted_jobs_limit",
            "Jobs that may have a place at once; 0 is no limit.",
            now.limits.jobs,
        )
        gpus = GaugeMetricFamily(
            "chartspark_admitted_gpus", "GPUs of jobs that have their place.", labels=["resource"]
        )
        for resource, number in now.gpus.items():
            gpus.add_metric([resource], number)
        yield gpus
        yield GaugeMetricFamily(
            "chartspark_admitted_gpus_limit",
            "GPUs of one resource that jobs may use at once; 0 is no limit.",
            now.limits.gpus,
        )


class _ByReason(Collector):
    """A gauge whose value is asked for at each scrape, for every one of its reasons."""

    def __init__(
        self, name: str, text: str, reasons: Iterable[Reason], values: Callable[[], Mapping[str, int]]
    ) -> None:
        self._name = name
        self._text = text
        self._reasons = tuple(reasons)
        self._values = values

    @override
    def collect(self) -> Iterable[GaugeMetricFamily]:
        family = GaugeMetricFamily(self._name, self._text, labels=["reason"])
        for reason, number in (dict.fromkeys(map(str, self._reasons), 0) | dict(self._values())).items():
            family.add_metric([reason], number)
        return [family]
