"""What the operator answers: the `status` of a ChartSparkJob. Derived from observed children, never from intentions."""

from typing import Annotated

from pydantic import Field

from chartspark_api.base import (
    BatchSize,
    Count,
    DnsLabel,
    DnsSubdomain,
    ObservedModel,
    ScorePercent,
    Seed,
    Sentence,
    Timestamp,
    list_map,
)
from chartspark_api.conditions import Condition
from chartspark_api.reasons import Reason

LISTED_ATTEMPTS = 10
MOST_SHARDS = 64
LISTED_CHARTS = 20
"""How many failed charts, and how many best results, stand in the status; the whole is on storage."""


Round = Annotated[int, Field(ge=1, le=1000)]
"""A round of attempts: the first, or the one that a retry began."""


class Progress(ObservedModel):
    """How far the job is."""

    charts_total: Count
    """How many charts the job has."""
    charts_done: Count
    """How many are published."""
    charts_failed: Count
    """How many could not be made."""
    charts_below_minimum: Count = 0
    """How many are published and score below their minScorePercent."""
    summary: Annotated[str, Field(max_length=40)]
    """Done and total in one word, for the PROGRESS column."""
    activity: Annotated[str, Field(max_length=200)] | None = None
    """What the pods are doing, for instance: production: generate 12/80."""
    seconds_left: Count | None = None
    """How long the pods at work will take for the rest, by the slowest one's own estimate. Left out until each has tried a chart."""
    updated_time: Timestamp
    """When the counts, the activity or a share last changed."""


class Attempt(ObservedModel):
    """One try at the charts that were missing when it began: one batch/v1 Job."""

    number: Annotated[int, Field(ge=1, le=1000)]
    """Counts from 1."""
    job: DnsSubdomain
    """The Job's name."""
    shards: Annotated[str, Field(max_length=400)]
    """Which shares of the charts this attempt works on, for instance 0,2."""
    round: Round = 1
    """The round that it is part of."""
    batch_size: BatchSize | None = None
    """How many pictures its pods make at once at most, after the GPU's memory did not suffice for more. Left out, it is spec.sampling.batchSize."""
    reason: Reason | None = None
    """How it ended. Left out while it runs."""
    message: Sentence | None = None
    """How it ended, in a sentence."""
    node: DnsSubdomain | None = None
    """The node of its first pod; once it has failed, of the pod whose failure decided."""
    start_time: Timestamp
    """When it was decided on."""
    running_time: Timestamp | None = None
    """When a pod of it was first seen at work."""
    end_time: Timestamp | None = None
    """When its end was seen."""


class Shard(ObservedModel):
    """A share of the charts, as its pods last told of it. What was told stays, though the pods go."""

    number: Annotated[int, Field(ge=0, le=63)]
    """Counts from 0: chart i belongs to share i mod their number."""
    charts_done: Count = 0
    """How many of its charts are published."""
    charts_failed: Count = 0
    """How many of them could not be made."""
    charts_below_minimum: Count = 0
    """How many of those that are published score below their minScorePercent."""
    heard_attempt: Annotated[int, Field(ge=1, le=1000)] | None = None
    """The attempt whose pod was heard last."""
    heard_time: Timestamp | None = None
    """When that pod last moved, by its own clock."""
    finished_attempt: Annotated[int, Field(ge=1, le=1000)] | None = None
    """The attempt whose pod tried every chart of the share, and reported it."""


class LastRetry(ObservedModel):
    """What became of the annotation chartspark.io/retry."""

    nonce: Annotated[str, Field(min_length=1, max_length=63)]
    """The first 63 characters of the annotation's value. The same value asks for nothing again."""
    message: Sentence
    """That another round began, or why none did."""


class FailedChart(ObservedModel):
    """A chart that could not be made."""

    name: DnsLabel
    """The chart's name."""
    reason: Reason
    """Why, in one word."""
    message: Sentence
    """Why, and what to change."""


class BestResult(ObservedModel):
    """The best candidate of a chart."""

    chart: DnsLabel
    """The chart's name."""
    file: Annotated[str, Field(max_length=300)]
    """The picture, relative to the results' path."""
    score_percent: ScorePercent
    """How truly the finished picture is read back."""
    below_minimum: ScorePercent | None = None
    """The minScorePercent that the score does not reach. Left out where it does."""
    seed: Seed
    """The seed that the chart was made with."""


class Results(ObservedModel):
    """Where the results are, and the best of them."""

    path: Annotated[str, Field(max_length=400)]
    """The folder of the results on the claim."""
    best: Annotated[
        tuple[BestResult, ...], Field(max_length=LISTED_CHARTS, json_schema_extra=list_map("chart"))
    ] = ()
    """The first 20 charts; index.json in the folder has them all."""


class ChartSparkJobStatus(ObservedModel):
    """What is known of the job."""

    observed_generation: Annotated[int, Field(ge=0, le=2**53)] = 0
    """The generation of the spec that this status was derived from."""
    reason: Reason | None = None
    """Where the job is, in one word."""
    message: Sentence | None = None
    """Where the job is, in a sentence; if something is to be done, it says what."""
    transition_time: Timestamp | None = None
    """When the reason last changed, to the microsecond: the event that tells of it is named after this time."""
    conditions: Annotated[
        tuple[Condition, ...],
        Field(
            max_length=8,
            json_schema_extra=list_map("type"),
        ),
    ] = ()
    """Admitted, Suspended, Complete, Failed, and Finished for both ends."""
    queue_position: Annotated[int, Field(ge=1, le=100)] | None = None
    """The place in the queue, from 1, for the first hundred that wait. It is brought up to date once a minute."""
    queued_time: Timestamp | None = None
    """When the job began to wait for its turn. Left out while it does not wait."""
    start_time: Timestamp | None = None
    """When the operator first saw the job."""
    completion_time: Timestamp | None = None
    """When the job ended. The object's time to live counts from here."""
    progress: Progress | None = None
    """How far the job is."""
    shards: Annotated[
        tuple[Shard, ...], Field(max_length=MOST_SHARDS, json_schema_extra=list_map("number"))
    ] = ()
    """What is known of each share of the charts."""
    round: Round = 1
    """How many rounds there were: the first, and one for each retry."""
    retry: LastRetry | None = None
    """What became of the last retry that was asked for."""
    attempts: Annotated[
        tuple[Attempt, ...], Field(max_length=LISTED_ATTEMPTS, json_schema_extra=list_map("number"))
    ] = ()
    """The last 10 attempts."""
    failed_attempts: Count = 0
    """How many attempts of this round count against spec.retry.attempts."""
    free_attempts: Count = 0
    """How many attempts of this round the cluster took back for nothing. One that was suspended is in neither number."""
    failed_charts: Annotated[
        tuple[FailedChart, ...], Field(max_length=LISTED_CHARTS, json_schema_extra=list_map("name"))
    ] = ()
    """The first 20 charts that could not be made."""
    results: Results | None = None
    """Where the results are, and the best of them."""

    @property
    def last_attempt_number(self) -> int:
        """The number of the last attempt that is listed. 0 if none is."""
        return self.attempts[-1].number if self.attempts else 0
