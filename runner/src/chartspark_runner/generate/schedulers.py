"""The exchange of a model's scheduler for the one that is asked for. Called by `inspection` and `opening`."""

from collections.abc import Mapping
from inspect import signature
from typing import cast

import diffusers
from chartspark_api.model import Scheduler
from diffusers import SchedulerMixin
from pydantic import JsonValue

from chartspark_runner.errors import BadRequest
from chartspark_runner.generate.libraries import Pipeline


def refuse_what_does_not_fit(own: Mapping[str, JsonValue], asked: Scheduler | None) -> None:
    """Refuse a scheduler that cannot take out the noise that a model was trained with.

    Args:
        own: The model's scheduler_config.json.
        asked: What the request says.

    Raises:
        BadRequest: It does not fit; the message lists those that do.
    """
    fitting = _fitting(own)
    if asked is not None and asked not in fitting:
        instead = f"; these do: {', '.join(fitting)}" if fitting else ""
        raise BadRequest(
            f"the model was trained for {own.get('_class_name')}, and {asked} does not fit it: leave "
            f"sampling.scheduler out{instead}"
        )


def exchange(pipeline: Pipeline, asked: Scheduler | None) -> None:
    """Give `pipeline` the scheduler that is asked for, with its own settings."""
    if asked is not None:
        pipeline.scheduler = _class(asked).from_config(pipeline.scheduler.config)  # type: ignore[no-untyped-call]


def _fitting(own: Mapping[str, JsonValue]) -> list[Scheduler]:
    kind = getattr(diffusers, str(own.get("_class_name")), None)
    if kind is None:
        return []
    compatible = {kind.__name__, *kind._compatibles}  # noqa: SLF001 - the public property needs a scheduler that is loaded
    # A model of flows needs a scheduler that knows them; the others would be taken, and draw nothing but noise.
    flows = own.get("use_flow_sigmas") is True or own.get("prediction_type") == "flow_prediction"
    return [
        one
        for one in Scheduler
        if f"{one}Scheduler" in compatible
        and (not flows or "use_flow_sigmas" in signature(_class(one).__init__).parameters)
    ]


def _class(scheduler: Scheduler) -> type[SchedulerMixin]:
    return cast("type[SchedulerMixin]", getattr(diffusers, f"{scheduler}Scheduler"))
