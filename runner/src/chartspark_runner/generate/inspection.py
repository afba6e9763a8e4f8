"""Whether a model on a claim can do what a request asks of it, told before any weights are read.

Called by `opening`, and by `cli` for `check`. It loads diffusers, for what each family can.
"""

from pathlib import Path

from chartspark_api.model import Model, Sampling

from chartspark_runner.errors import BadRequest
from chartspark_runner.generate.demands import refuse_painting_into_charts, refuse_what_is_ignored
from chartspark_runner.generate.families import Family, family_of
from chartspark_runner.generate.model_folder import ModelFolder, open_model
from chartspark_runner.generate.schedulers import refuse_what_does_not_fit


def inspect_model(
    model: Model, sampling: Sampling, models: Path | None, *, painted: bool
) -> tuple[ModelFolder, Family]:
    """Return the folder of a model on a claim, and its family.

    Args:
        model: What the request says.
        sampling: What is asked of it.
        models: The folder that stands for the claim.
        painted: Whether it has to paint into drawn charts.

    Raises:
        BadRequest: The model cannot do what is asked.
        ModelMissing: A file of the model is not there.
    """
    if models is None:
        raise BadRequest(
            f"the model lies on the claim {model.claim_name}, which only a cluster has; to try it here, name "
            "the folder that stands for the claim with --models"
        )
    folder = open_model(models, model.path or "", model.revision)
    family = family_of(folder.pipeline)
    if painted:
        refuse_painting_into_charts(family)
    refuse_what_is_ignored(family, folder.settings, sampling)
    refuse_what_does_not_fit(folder.settings.get("scheduler", {}), sampling.scheduler)
    return folder, family
