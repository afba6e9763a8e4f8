"""The folder of a CLIP model on a claim, and why it cannot be used. Called by `opening` and `cli`; loads nothing.

The rules are those of `model_folder`: safetensors alone, and no code of the model's own.
"""

from dataclasses import dataclass
from pathlib import Path

from chartspark_api.model import Model

from chartspark_runner.errors import BadRequest, ModelMissing
from chartspark_runner.generate.model_folder import read_settings, snapshot
from chartspark_runner.generate.weights import find_weights

_CONFIG = "config.json"
_WANTED = "name the folder that CLIPModel.save_pretrained and CLIPProcessor.save_pretrained wrote"
_CONVERT = "convert it with CLIPModel.save_pretrained(folder)"
_PICTURES = (("preprocessor_config.json",), ("processor_config.json",))
_WORDS = (("tokenizer.json",), ("vocab.json", "merges.txt"))
"""The files that say how pictures and words are read: one of the groups is there."""


@dataclass(frozen=True, slots=True)
class TextImageFolder:
    """A CLIP model that can be loaded."""

    path: Path
    """The folder with config.json."""
    name: str
    """Its claim and folder."""
    variant: str | None
    """The word in the names of weights that come in this precision alone, for instance fp16."""
    weights: tuple[str, ...]
    """The files of weights, relative to the folder."""


def open_text_image_folder(model: Model, models: Path | None) -> TextImageFolder | None:
    """Return the folder of the model that compares pictures with words, or None where none is asked for.

    Raises:
        BadRequest: It is another kind of model, or brings code of its own, or nobody says where the claim is.
        ModelMissing: A file of it is not there.
    """
    if model.text_image_model is None:
        return None
    if models is None:
        raise BadRequest(
            f"the text-image model lies on the claim {model.claim_name}, which only a cluster has; to try it "
            "here, name the folder that stands for the claim with --models"
        )
    folder, _ = snapshot(models / model.text_image_model, None)
    if not (folder / _CONFIG).is_file():
        raise ModelMissing(f"{folder} has no {_CONFIG}: {_WANTED}")
    kind = read_settings(folder).get("model_type")
    if kind != "clip":
        raise BadRequest(
            f"{folder / _CONFIG} is of a model of type {kind}, and CLIPScore takes clip: {_WANTED}"
        )
    for what, groups in (("pictures", _PICTURES), ("words", _WORDS)):
        if not any(all((folder / name).is_file() for name in group) for group in groups):
            names = ", nor ".join(" and ".join(group) for group in groups)
            raise ModelMissing(f"{folder} says not how {what} are read: it has no {names}; {_WANTED}")
    weights = find_weights(folder, _CONVERT)
    return TextImageFolder(
        folder, f"{model.claim_name}/{model.text_image_model}", weights.variant, weights.files
    )
