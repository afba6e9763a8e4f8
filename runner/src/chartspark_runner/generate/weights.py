"""Which files of weights a component has, and whether they are whole. Called by `model_folder`; reads their heads alone."""

import json
import struct
from dataclasses import dataclass
from pathlib import Path

from chartspark_runner.errors import ModelMissing

PICKLES = frozenset({".bin", ".ckpt", ".pt", ".pth"})
_STEMS = ("diffusion_pytorch_model", "model")
_ENDING = ".safetensors"
_LENGTH = 8
"""Bytes at the beginning of a safetensors file, which tell the length of its head."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A component's files, by name."""

    files: tuple[str, ...]
    variant: str | None = None


def find_weights(component: Path, remedy: str) -> Weights:
    """Return the files that diffusers and transformers would load.

    Args:
        component: The component's folder.
        remedy: What to do about a pickle.

    Raises:
        ModelMissing: There are none, or a pickle in their place, or one is cut short.
    """
    names = sorted(path.name for path in component.iterdir())
    stem, variant = _choose(component, names, remedy)
    index = component / f"{stem}{_ENDING}.index{'.' + variant if variant else ''}.json"
    files = _shards(index) if index.is_file() else (_single(stem, variant),)
    for file in files:
        if (fault := _fault(component / file)) is not None:
            raise ModelMissing(f"{component / file} {fault}")
    return Weights(files, variant)


def _choose(component: Path, names: list[str], remedy: str) -> tuple[str, str | None]:
    """Return the stem of the names, and the variant if there are files of a variant only."""
    safe = [name for name in names if _ENDING in name and name.startswith(_STEMS)]
    if not safe:
        pickles = [name for name in names if Path(name).suffix in PICKLES]
        if pickles:
            raise ModelMissing(
                f"{component} holds {pickles[0]}, a pickle, which can run code when it is read: {remedy}"
            )
        odd = [name for name in names if _ENDING in name]
        hint = f"; {odd[0]} has a name that no loader asks for" if odd else ""
        wanted = " or ".join(_STEMS)
        raise ModelMissing(f"{component} holds no weights ({wanted}, ending in {_ENDING}){hint}")
    stem = next(stem for stem in _STEMS if any(name.startswith(stem) for name in safe))
    if any(name in {f"{stem}{_ENDING}", f"{stem}{_ENDING}.index.json"} for name in safe):
        return stem, None
    # For instance model.fp16.safetensors, and model.safetensors.index.fp16.json of several files.
    words = {word for name in safe for word in name.removesuffix(".json").split(".")[1:]}
    variants = sorted(word for word in words if word.isalnum() and word not in {"safetensors", "index"})
    return stem, variants[0] if variants else None


def _single(stem: str, variant: str | None) -> str:
    return f"{stem}.{variant}{_ENDING}" if variant else f"{stem}{_ENDING}"


def _shards(index: Path) -> tuple[str, ...]:
    try:
        places = json.loads(index.read_text())["weight_map"]
        return tuple(sorted(set(places.values())))
    except (ValueError, KeyError, AttributeError, OSError) as error:
        raise ModelMissing(f"{index} cannot be read as an index of weights: {error}") from error


def _fault(file: Path) -> str | None:
    """Return what is wrong with a file of weights."""
    if not file.is_file():
        return "is not there"
    size = file.stat().st_size
    with file.open("rb") as stream:
        head = stream.read(_LENGTH)
        if head.startswith(b"version"):
            return "is a pointer of Git LFS and no weights: run git lfs pull where it was cloned"
        length = struct.unpack("<Q", head)[0] if len(head) == _LENGTH else size
        if _LENGTH + length > size:
            return "is cut short, or is no safetensors file: copy it again"
        try:
            entries = json.loads(stream.read(length))
            data = max(
                (entry["data_offsets"][1] for name, entry in entries.items() if name != "__metadata__"),
                default=0,
            )
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return "is no safetensors file: copy it again"
    if _LENGTH + length + data > size:
        return f"is cut short: it has {size} bytes of {_LENGTH + length + data}; copy it again"
    return None
