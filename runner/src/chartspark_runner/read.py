"""Step 1, read: a file becomes a typed request. Called by `cli`; knows nothing about charts' contents."""

from pathlib import Path

import yaml
from chartspark_api.charts import Chart
from chartspark_api.faults import sentences
from chartspark_api.job import ChartSparkJob
from pydantic import ValidationError

from chartspark_runner.errors import BadRequest


def read_request(file: Path) -> ChartSparkJob:
    """Return the ChartSparkJob in `file`, which holds YAML or JSON.

    Raises:
        BadRequest: The file cannot be read, or is no valid ChartSparkJob; the message names each field.
    """
    try:
        # JSON is YAML, so that one loader reads both.
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        return ChartSparkJob.model_validate(document)
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"{file}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise BadRequest(f"{file}: is neither YAML nor JSON: {error}") from error
    except ValidationError as error:
        raise BadRequest(f"{file}: {'; '.join(sentences(error))}") from error


def share(job: ChartSparkJob, shards: str | None, completion_index: str | None) -> tuple[Chart, ...]:
    """Return the charts that this process makes, in the request's order.

    Args:
        job: The request.
        shards: The attempt's shards, for instance `0,2`; None means all of them.
        completion_index: The pod's place in the Indexed Job, which chooses one of `shards`; None takes all.

    Raises:
        BadRequest: `shards` names no shard of the request, or the index points past its end.
    """
    count = job.spec.shards
    try:
        listed = [int(word) for word in shards.split(",")] if shards else list(range(count))
        mine = listed if shards is None or completion_index is None else [listed[int(completion_index)]]
    except (ValueError, IndexError) as error:
        raise BadRequest(
            f"--shards {shards} with completion index {completion_index} names no shard of {count}"
        ) from error
    strangers = [shard for shard in mine if not 0 <= shard < count]
    if strangers:
        raise BadRequest(f"--shards {shards}: the request has shards 0 to {count - 1}, not {strangers[0]}")
    return tuple(chart for i, chart in enumerate(job.spec.charts) if i % count in mine)


def chart_named(job: ChartSparkJob, name: str | None) -> Chart:
    """Return the chart called `name`, or the only one.

    Raises:
        BadRequest: There is no such chart, or there are several and none was named.
    """
    charts = {chart.name: chart for chart in job.spec.charts}
    if name is None and len(charts) == 1:
        return job.spec.charts[0]
    if name not in charts:
        raise BadRequest(f"--chart must be one of: {', '.join(charts)}")
    return charts[name]
