"""Which painter a request names, how titles are read for it, and what compares its pictures with words. Called by `cli`; loads nothing before it is needed."""

from collections.abc import Mapping
from pathlib import Path

from chartspark_api.model import Model, ModelName, Sampling

from chartspark_runner.generate.keyword_folder import open_keyword_model
from chartspark_runner.generate.text_image_folder import open_text_image_folder
from chartspark_runner.painter import Painter
from chartspark_runner.text_image import OpenTextImageModel, TextImageModel
from chartspark_runner.words import Keywords, keywords_by


def open_painter(
    model: Model, sampling: Sampling, models: Path | None, environ: Mapping[str, str], *, painted: bool
) -> Painter:
    """Load the model.

    Args:
        model: What the request says.
        sampling: What is asked of it.
        models: The folder that stands for the model's claim.
        environ: Holds OMP_NUM_THREADS, in a pod CHARTSPARK_GPU_COUNT, and the limit of batches where there is one.
        painted: Whether it has to paint into drawn charts.

    Raises:
        BadRequest: The model cannot do what is asked.
        GpuLost: A GPU was asked for, and none is seen.
        ModelMissing: A file of the model is not there.
    """
    if model.embedded is ModelName.ICONS:
        from chartspark_runner.models.icons.painter import open_icon_painter  # noqa: PLC0415 - as said

        return open_icon_painter(int(environ["OMP_NUM_THREADS"]))
    # torch takes seconds to import.
    from chartspark_runner.generate import opening  # noqa: PLC0415 - as said

    return opening.open_painter(model, sampling, models, environ, painted=painted)


def keywords_for(model: Model, models: Path | None) -> Keywords:
    """Return how the words that a model is asked for are taken from a title.

    Args:
        model: What the request says.
        models: The folder that stands for the model's claim.

    Raises:
        BadRequest: The keyword model brings code of its own.
        ModelMissing: A file of the keyword model is not there.
    """
    if model.embedded is ModelName.ICONS:
        return _whole
    return keywords_by(open_keyword_model(model, models))


def text_image_model_for(
    model: Model, models: Path | None, environ: Mapping[str, str]
) -> OpenTextImageModel | None:
    """Return what loads the model that compares pictures with words, or None where none is asked for.

    Args:
        model: What the request says.
        models: The folder that stands for the model's claim.
        environ: As for `open_painter`.

    Raises:
        BadRequest: It is another kind of model, or brings code of its own.
        ModelMissing: A file of it is not there.
    """
    folder = open_text_image_folder(model, models)
    if folder is None:
        return None

    def load() -> TextImageModel:
        from chartspark_runner.generate.clip import open_clip  # noqa: PLC0415 - loads torch

        return open_clip(model, folder, environ)

    return load


def _whole(sentence: str, _: frozenset[str]) -> list[tuple[str, float]]:
    # The search of the icons reads a title as it is, and knows more of it than two of its words would tell.
    return [(sentence, 1.0)]
