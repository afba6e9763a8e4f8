"""What lies in a model's folder, and why it cannot be used. Called by `opening`, and by `cli` for `check`.

Reads names, settings and the heads of files, no weights, and needs neither torch nor diffusers: every missing or
misnamed file is told before a GPU is taken. A pickle can run code of whoever wrote it, so that only safetensors count.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pydantic import JsonValue, TypeAdapter, ValidationError

from chartspark_runner.errors import BadRequest, ModelMissing
from chartspark_runner.generate.weights import find_weights

INDEX = "model_index.json"
_OBJECT = TypeAdapter(dict[str, JsonValue])
_CONVERT = "convert it with DiffusionPipeline.save_pretrained(folder, safe_serialization=True)"
_LIBRARIES = frozenset({"diffusers", "transformers"})
_SETTINGS = (
    "config.json",
    "scheduler_config.json",
    "tokenizer_config.json",
    "preprocessor_config.json",
    "processor_config.json",
)
"""The files of settings that the libraries read, a model's own first."""
_WITHOUT_WEIGHTS = ("Tokenizer", "Scheduler", "Processor", "FeatureExtractor")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model that can be loaded."""

    path: Path
    """The folder with model_index.json."""
    pipeline: str
    """The class of diffusers that it was saved from."""
    revision: str | None
    """The commit of a hub's cache, or what the request says of another folder."""
    variant: str | None
    """The word in the names of weights that come in this precision alone, for instance fp16."""
    weights: tuple[str, ...]
    """The files of weights, relative to the folder."""
    settings: dict[str, dict[str, JsonValue]]
    """The config.json of each component that has one."""


def open_model(root: Path, path: str, revision: str | None) -> ModelFolder:
    """Return the model at `path` below `root`.

    Raises:
        ModelMissing: A file is not there, or is none that can be read safely.
        BadRequest: The model brings code of its own.
    """
    folder, chosen = snapshot(root / path, revision)
    index = _read_index(folder)
    pipeline = index.get("_class_name")
    if not isinstance(pipeline, str):
        raise BadRequest(f"{folder / INDEX} names code of the model's own ({pipeline}), which is not run")
    parts = {name: _component(folder, name, value) for name, value in index.items() if _is_component(value)}
    settings = {name: read_settings(folder / name) for name, kind in parts.items() if kind is not None}
    weighty = [name for name, kind in parts.items() if kind is not None and not _is_weightless(kind)]
    found = {name: find_weights(folder / name, _CONVERT) for name in weighty}
    variants = {weights.variant for weights in found.values() if weights.variant is not None}
    return ModelFolder(
        path=folder,
        pipeline=pipeline,
        revision=chosen,
        variant=min(variants) if variants else None,
        weights=tuple(f"{name}/{file}" for name, weights in sorted(found.items()) for file in weights.files),
        settings=settings,
    )


def snapshot(folder: Path, revision: str | None) -> tuple[Path, str | None]:
    """Return the folder that holds the files, and its revision. A hub's cache has one for each commit, and names them in `refs`.

    Raises:
        ModelMissing: There is no such folder, or none of that revision.
    """
    if not folder.is_dir():
        raise ModelMissing(f"there is no folder {folder}{_nearest(folder)}")
    if not (folder / "snapshots").is_dir():
        return folder, revision
    name = revision or "main"
    ref = folder / "refs" / name
    commit = ref.read_text().strip() if ref.is_file() else name
    if not (folder / "snapshots" / commit).is_dir():
        kept = sorted(path.name for path in (folder / "snapshots").iterdir())
        raise ModelMissing(f"{folder} holds no revision {name}; it holds {', '.join(kept) or 'none'}")
    return folder / "snapshots" / commit, commit


def _nearest(folder: Path) -> str:
    parent = next(parent for parent in folder.parents if parent.is_dir())
    inside = sorted(path.name for path in parent.iterdir() if path.is_dir())[:10]
    return f"; {parent} holds {', '.join(inside)}" if inside else f"; {parent} is empty"


def _read_index(folder: Path) -> dict[str, JsonValue]:
    if not (folder / INDEX).is_file():
        single = sorted(path.name for path in folder.iterdir() if path.suffix in {".safetensors", ".ckpt"})
        hint = f", but the single file {single[0]}" if single else ""
        raise ModelMissing(
            f"{folder} has no {INDEX}{hint}: name the folder of a diffusers pipeline; a model in another form, "
            "load with diffusers and write with save_pretrained(folder, safe_serialization=True)"
        )
    return _object(folder / INDEX)


def _is_component(value: JsonValue) -> bool:
    # The other entries are settings of the pipeline. A pair of nulls is a component that is left out.
    return isinstance(value, list) and len(value) == 2 and value != [None, None]  # noqa: PLR2004 - library and class


def _component(folder: Path, name: str, value: JsonValue) -> str | None:
    """Return the component's class, or raise if it is not one of the libraries' own."""
    assert isinstance(value, list)  # noqa: S101 - `_is_component` has seen it
    library, kind = value
    if not isinstance(library, str) or not isinstance(kind, str):
        raise BadRequest(f"{folder / INDEX}: {name} is no pair of a library and a class")
    if library not in _LIBRARIES and not _is_pipeline_of_diffusers(library):
        raise BadRequest(
            f"{folder / INDEX}: {name} is {library}.{kind}; only classes of diffusers and transformers are run"
        )
    if not (folder / name).is_dir():
        raise ModelMissing(f"{folder} lacks the folder {name}, which its {INDEX} names")
    return kind


def _is_pipeline_of_diffusers(library: str) -> bool:
    """Say whether diffusers keeps the class beside a pipeline, as it does with safety checkers; imports nothing."""
    spec = find_spec("diffusers")
    assert spec is not None  # noqa: S101 - a dependency
    assert spec.origin is not None  # noqa: S101 - likewise
    return library.isidentifier() and (Path(spec.origin).parent / "pipelines" / library).is_dir()


def _is_weightless(kind: str) -> bool:
    return any(word in kind for word in _WITHOUT_WEIGHTS)


def read_settings(component: Path) -> dict[str, JsonValue]:
    """Return the settings of a component.

    Raises:
        BadRequest: They ask for code of the model's own.
        ModelMissing: They cannot be read.
    """
    settings = [_object(component / name) for name in _SETTINGS if (component / name).is_file()]
    if any("auto_map" in one for one in settings):
        raise BadRequest(f"{component} asks for code of the model's own (auto_map), which is not run")
    return settings[0] if settings else {}


def _object(file: Path) -> dict[str, JsonValue]:
    try:
        return _OBJECT.validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelMissing(f"{file} cannot be read as JSON: {error}") from error
