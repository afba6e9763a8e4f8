"""The alerts: does the operator work, and what do jobs lack that their users cannot give them?

Called by `render`. Whoever wrote a bad table is told by status and events; alerts are for whoever runs the
cluster. The metrics are those of `chartspark_operator.metrics`; a test compares the names.
"""

from chartspark_api.reasons import Reason

from charts.alerts.group import OWNERS_SILENCE, SELECTOR, Alert, Record, rule_file

WATCH_SILENCE = 180
"""Seconds after which /healthz complains of a silent watch on Jobs or Pods; a test compares it with the operator's."""

LACKS = (
    Reason.MISSING_MODEL,
    Reason.STORAGE_UNAVAILABLE,
    Reason.CANNOT_WRITE,
    Reason.OUT_OF_MEMORY,
    Reason.OUT_OF_GPU_MEMORY,
    Reason.GPU_LOST,
    Reason.OUT_OF_EPHEMERAL_STORAGE,
    Reason.STALLED,
    Reason.START_DEADLINE_EXCEEDED,
)
"""The reasons of failed jobs whose remedy lies with the cluster: models, storage, memory, GPUs."""

_IN_VAIN = "namespace_job:chartspark_api_requests_in_vain:ratio_rate5m"
_FINISHED = "namespace_job_reason:chartspark_jobs_finished:increase1h"
_LAST_SEEN = "time() - chartspark_watch_last_seen_timestamp_seconds"


def rules(header: str) -> str:
    """Return the file of rules."""
    return rule_file(header, "chartspark", (*RECORDS, *ALERTS))


def _jobs(*reasons: Reason) -> str:
    """Return an expression for jobs that exist: their number, however they change between these reasons."""
    return f'sum by (namespace, job) (chartspark_jobs{{{SELECTOR}, reason=~"{"|".join(reasons)}"}}) > 0'


RECORDS = (
    Record(
        _IN_VAIN,
        f'sum by (namespace, job) (rate(chartspark_api_requests_total{{{SELECTOR}, code=~"429|5..|none"}}[5m]))'
        f" / sum by (namespace, job) (rate(chartspark_api_requests_total{{{SELECTOR}}}[5m]))",
    ),
    Record(
        _FINISHED,
        f"sum by (namespace, job, reason) (increase(chartspark_jobs_finished_total{{{SELECTOR}}}[1h]))",
    ),
)

ALERTS = (
    Alert(
        "ChartSparkOperatorDown",
        f"absent(chartspark_build_info{{{SELECTOR}}})",
        "critical",
        "No ChartSpark operator is seen.",
        "Prometheus has not reached the operator for five minutes. Running pods go on; nothing is started, tried again or reported.",
        hold="5m",
    ),
    Alert(
        "ChartSparkNoLeader",
        f"sum by (namespace, job) (chartspark_leader{{{SELECTOR}}}) == 0",
        "critical",
        "No ChartSpark operator works.",
        "Operators run, and for two minutes none of them has held the lease. Running pods go on; nothing is started, tried again or reported.",
        hold="2m",
    ),
    Alert(
        "ChartSparkOperatorRestarts",
        f"changes(process_start_time_seconds{{{SELECTOR}}}[1h]) > 2",
        "warning",
        "The ChartSpark operator is started again and again.",
        "The process of {{ $labels.pod }} was started {{ $value }} times more within an hour.",
    ),
    Alert(
        "ChartSparkWatchStale",
        f'{_LAST_SEEN}{{{SELECTOR}, resource!="chartsparkjobs"}} > {WATCH_SILENCE}'
        f' or {_LAST_SEEN}{{{SELECTOR}, resource="chartsparkjobs"}} > {OWNERS_SILENCE}',
        "critical",
        "The ChartSpark operator does not see what happens.",
        "Its watch on {{ $labels.resource }} shows no sign of life.",
        hold="5m",
    ),
    Alert(
        "ChartSparkAPIRequestsInVain",
        f"{_IN_VAIN}{{{SELECTOR}}} > 0.05",
        "warning",
        "The API server refuses or fails what the ChartSpark operator asks.",
        "{{ $value | humanizePercentage }} of the operator's requests were answered with 429, a server error, or not at all.",
        hold="15m",
    ),
    Alert(
        "ChartSparkPassesFail",
        f'increase(chartspark_reconciles_total{{{SELECTOR}, result="unexpected"}}[15m]) > 0',
        "warning",
        "The ChartSpark operator meets a fault of its own.",
        "A pass over a job ended with an error that nobody foresaw. It is tried again with growing pauses; the log has the traceback.",
    ),
    Alert(
        "ChartSparkQueueLong",
        f"chartspark_queue_depth{{{SELECTOR}}} > 100",
        "warning",
        "The ChartSpark operator cannot keep up.",
        "{{ $value }} jobs wait to be looked at.",
        hold="15m",
    ),
    Alert(
        "ChartSparkTurnsDoNotCome",
        f"sum by (namespace, job) (chartspark_queued_jobs{{{SELECTOR}}}) > 0"
        f" unless sum by (namespace, job) (increase(chartspark_queue_wait_seconds_count{{{SELECTOR}}}[1h])) > 0",
        "warning",
        "The queue of ChartSparkJobs does not move.",
        "{{ $value }} jobs wait for their turn, and for more than an hour none had it.",
        hold="1h",
    ),
    Alert(
        "ChartSparkJobsLackSomething",
        f'{_FINISHED}{{{SELECTOR}, reason=~"{"|".join(LACKS)}"}} > 0',
        "warning",
        "ChartSparkJobs fail for lack of something: {{ $labels.reason }}.",
        '{{ $value | printf "%.0f" }} jobs ended within an hour as {{ $labels.reason }}, after every attempt that they had.',
    ),
    Alert(
        "ChartSparkJobsUnschedulable",
        _jobs(Reason.UNSCHEDULABLE),
        "warning",
        "ChartSparkJobs find no node.",
        "For an hour there was always a job whose pods no node could take, {{ $value }} of them now.",
        hold="1h",
    ),
    Alert(
        "ChartSparkJobsHeldBack",
        _jobs(Reason.BLOCKED, Reason.PODS_REFUSED),
        "warning",
        "ChartSparkJobs are held back by a quota or a policy.",
        "For an hour there was always a job whose Job or pods could not be created, {{ $value }} of them now.",
        hold="1h",
    ),
    Alert(
        "ChartSparkJobsDoNotStart",
        _jobs(Reason.STARTING, Reason.IMAGE_NOT_PULLED, Reason.CANNOT_START),
        "warning",
        "Pods of ChartSparkJobs have a node and do not start.",
        "For half an hour there was always a job whose pods were placed and did not run, {{ $value }} of them now: images, volumes.",
        hold="30m",
    ),
    Alert(
        "ChartSparkJobsStuck",
        f"sum by (namespace, job, reason) (chartspark_stuck_jobs{{{SELECTOR}}}) > 0",
        "warning",
        "ChartSparkJobs do not come on: {{ $labels.reason }}.",
        '{{ $value | printf "%.0f" }} jobs have been {{ $labels.reason }} for a quarter of an hour, each of them without a break.',
        hold="15m",
    ),
)
