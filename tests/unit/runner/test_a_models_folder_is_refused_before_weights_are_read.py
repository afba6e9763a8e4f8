"""What can be wrong with a folder of a model, each made on purpose from a sound one."""

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from chartspark_runner.errors import BadRequest, ModelMissing, RunFault
from chartspark_runner.generate.model_folder import ModelFolder, open_model

INDEX = {
    "_class_name": "StableDiffusionPipeline",
    "unet": ["diffusers", "UNet2DConditionModel"],
    "tokenizer": ["transformers", "CLIPTokenizer"],
    "safety_checker": [None, None],
    "requires_safety_checker": False,
}


def safetensors(values: int = 4) -> bytes:
    head = json.dumps({"w": {"dtype": "F32", "shape": [values], "data_offsets": [0, 4 * values]}}).encode()
    return struct.pack("<Q", len(head)) + head + bytes(4 * values)


def sound(root: Path) -> Path:
    folder = root / "sd"
    for part in ("unet", "tokenizer"):
        (folder / part).mkdir(parents=True)
    (folder / "model_index.json").write_text(json.dumps(INDEX))
    (folder / "unet" / "config.json").write_text('{"sample_size": 64}')
    (folder / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(safetensors())
    return folder


def index_with(**entries: object) -> Callable[[Path], object]:
    return lambda folder: (folder / "model_index.json").write_text(json.dumps(INDEX | entries))


def weights(folder: Path) -> Path:
    return folder / "unet" / "diffusion_pytorch_model.safetensors"


def renamed(name: str) -> Callable[[Path], object]:
    return lambda folder: weights(folder).rename(folder / "unet" / name)


def pickled(folder: Path) -> None:
    weights(folder).rename(folder / "unet" / "diffusion_pytorch_model.bin")


def sharded(folder: Path) -> None:
    weights(folder).rename(folder / "unet" / "diffusion_pytorch_model-00001-of-00002.safetensors")
    places = {
        name: f"diffusion_pytorch_model-0000{i}-of-00002.safetensors" for i, name in enumerate("ab", start=1)
    }
    listed = folder / "unet" / "diffusion_pytorch_model.safetensors.index.json"
    listed.write_text(json.dumps({"weight_map": places}))


BROKEN: dict[str, tuple[Callable[[Path], object], type[RunFault], str]] = {
    "no folder": (shutil.rmtree, ModelMissing, "there is no folder .*/sd; .* is empty"),
    "no index": (
        lambda folder: (folder / "model_index.json").unlink(),
        ModelMissing,
        "has no model_index.json: name the folder of a diffusers pipeline",
    ),
    "an index that is no JSON": (
        lambda folder: (folder / "model_index.json").write_text("<html>"),
        ModelMissing,
        "model_index.json cannot be read as JSON",
    ),
    "a component without its folder": (
        lambda folder: shutil.rmtree(folder / "unet"),
        ModelMissing,
        "lacks the folder unet",
    ),
    "a pickle in place of safetensors": (
        pickled,
        ModelMissing,
        r"holds diffusion_pytorch_model.bin, a pickle.*safe_serialization=True",
    ),
    "no weights at all": (lambda folder: weights(folder).unlink(), ModelMissing, "holds no weights"),
    "a misspelt name": (
        renamed("diffusion_pytroch_model.safetensors"),
        ModelMissing,
        "diffusion_pytroch_model.safetensors has a name that no loader asks for",
    ),
    "a shard that is missing": (sharded, ModelMissing, "model-00002-of-00002.safetensors is not there"),
    "a download that broke off": (
        lambda folder: weights(folder).write_bytes(safetensors()[:-1]),
        ModelMissing,
        "is cut short: it has",
    ),
    "an empty file": (lambda folder: weights(folder).write_bytes(b""), ModelMissing, "is cut short"),
    "a pointer of Git LFS": (
        lambda folder: weights(folder).write_bytes(b"version https://git-lfs.github.com/spec/v1\n"),
        ModelMissing,
        "run git lfs pull",
    ),
    "a pipeline of its own": (
        index_with(_class_name=["pipeline", "MyPipeline"]),
        BadRequest,
        "names code of the model's own",
    ),
    "a module of its own": (
        index_with(unet=["my_unet", "MyUNet"]),
        BadRequest,
        "unet is my_unet.MyUNet; only classes of diffusers and transformers are run",
    ),
    "a module by a path": (index_with(unet=["../evil", "U"]), BadRequest, "only classes of diffusers"),
    "code that auto_map names": (
        lambda folder: (folder / "unet" / "config.json").write_text('{"auto_map": {"AutoModel": "m.M"}}'),
        BadRequest,
        "asks for code of the model's own",
    ),
}


@pytest.mark.parametrize(("breakage", "fault", "words"), BROKEN.values(), ids=BROKEN)
def test_it_is_refused(
    breakage: Callable[[Path], object], fault: type[RunFault], words: str, tmp_path: Path
) -> None:
    breakage(sound(tmp_path))
    with pytest.raises(fault, match=words):
        open_model(tmp_path, "sd", None)


def test_a_sound_one_is_described(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    assert open_model(tmp_path, "sd", "v2") == ModelFolder(
        path=folder,
        pipeline="StableDiffusionPipeline",
        revision="v2",
        variant=None,
        weights=("unet/diffusion_pytorch_model.safetensors",),
        settings={"unet": {"sample_size": 64}, "tokenizer": {}},
    )


def test_a_pickle_beside_safetensors_harms_nobody(tmp_path: Path) -> None:
    (sound(tmp_path) / "unet" / "diffusion_pytorch_model.bin").write_bytes(b"pickle")
    assert open_model(tmp_path, "sd", None).weights == ("unet/diffusion_pytorch_model.safetensors",)


def test_weights_of_one_precision_are_found_under_its_name(tmp_path: Path) -> None:
    renamed("diffusion_pytorch_model.fp16.safetensors")(sound(tmp_path))
    found = open_model(tmp_path, "sd", None)
    assert found.variant == "fp16"
    assert found.weights == ("unet/diffusion_pytorch_model.fp16.safetensors",)


def test_a_class_that_diffusers_keeps_beside_a_pipeline_is_its_own(tmp_path: Path) -> None:
    folder = sound(tmp_path)
    shutil.copytree(folder / "unet", folder / "safety_checker")
    index_with(safety_checker=["stable_diffusion", "StableDiffusionSafetyChecker"])(folder)
    assert len(open_model(tmp_path, "sd", None).weights) == 2


@pytest.mark.parametrize("revision", [None, "main", "abc123"])
def test_of_a_hubs_cache_the_revision_is_taken(revision: str | None, tmp_path: Path) -> None:
    folder = cached(tmp_path)
    found = open_model(tmp_path, folder.name, revision)
    assert found.revision == "abc123"
    assert found.path == folder / "snapshots" / "abc123"


def test_a_revision_that_a_hubs_cache_lacks_is_told(tmp_path: Path) -> None:
    folder = cached(tmp_path)
    with pytest.raises(ModelMissing, match="holds no revision v9; it holds abc123"):
        open_model(tmp_path, folder.name, "v9")


def cached(root: Path) -> Path:
    folder = root / "models--org--sd"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs" / "main").write_text("abc123")
    (folder / "snapshots").mkdir()
    sound(root).rename(folder / "snapshots" / "abc123")
    return folder
