"""The folder of a sentence-transformers model on a claim, and why it cannot be used. Called by `cli`; loads nothing.

The rules are those of `model_folder`: safetensors alone, and no code of the model's own.
"""

import json
from pathlib import Path

from chartspark_api.model import Model

from chartspark_runner.errors import BadRequest, ModelMissing
from chartspark_runner.generate.model_folder import read_settings
from chartspark_runner.generate.weights import PICKLES, find_weights

_LIST = "modules.json"
_LIBRARY = "sentence_transformers."
_CONVERT = "convert it with SentenceTransformer.save_pretrained(folder, safe_serialization=True)"


def open_keyword_model(model: Model, models: Path | None) -> Path | None:
    """Return the folder of the keyword model, or None where the embedded one is asked for.

    Raises:
        BadRequest: It brings code of its own, or nobody says where the claim is.
        ModelMissing: A file of it is not there.
    """
    if model.keyword_model is None:
        return None
    if models is None:
        raise BadRequest(
            f"the keyword model lies on the claim {model.claim_name}, which only a cluster has; to try it here, "
            "name the folder that stands for the claim with --models"
        )
    folder = models / model.keyword_model
    if not (folder / _LIST).is_file():
        raise ModelMissing(f"{folder} has no {_LIST}: name the folder of a sentence-transformers model")
    for path, kind in _modules(folder):
        part = folder / path
        if not kind.startswith(_LIBRARY):
            raise BadRequest(f"{folder / _LIST} names {kind}; only classes of sentence-transformers are run")
        if not part.is_dir():
            # A module without settings has an empty folder, which copies and hubs leave out.
            continue
        read_settings(part)
        if path == "" or any(file.suffix in PICKLES for file in part.iterdir()):
            find_weights(part, _CONVERT)
    return folder


def _modules(folder: Path) -> list[tuple[str, str]]:
    try:
        return [(str(one["path"]), str(one["type"])) for one in json.loads((folder / _LIST).read_text())]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelMissing(f"{folder / _LIST} cannot be read as a list of modules: {error}") from error
