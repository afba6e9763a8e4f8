"""The real classes of transformers, with tiny random weights: what they say means nothing, and how it is asked for is what counts."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from chartspark_api.metadata import Cause, ChartMetadata, Remedy
from chartspark_api.model import Device, Dtype, Model
from chartspark_runner.errors import ModelMissing
from chartspark_runner.generate.clip import Clip, open_clip
from chartspark_runner.generate.text_image_folder import open_text_image_folder
from chartspark_runner.opening import text_image_model_for
from chartspark_runner.picture import Pixels
from chartspark_runner.verify import verify_results
from runner_builders import chart_object, job
from safetensors.torch import load_file, save_file
from tiny_models import write_tiny_clip
from transformers import CLIPModel, CLIPProcessor

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
ENVIRON = {"OMP_NUM_THREADS": "1"}
WORDS = "A photo depicts red apple"


@pytest.fixture(scope="module")
def claim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("claim")
    write_tiny_clip(root / "clip")
    return root


def opened(claim: Path, **fields: object) -> Clip:
    asked = {"claim_name": "weights", "text_image_model": "clip", "device": Device.CPU, **fields}
    model = Model.model_validate(asked)
    folder = open_text_image_folder(model, claim)
    assert folder is not None
    return open_clip(model, folder, ENVIRON)


def noise(seed: int) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (48, 48, 3), dtype=np.uint8)


def by_hand(claim: Path, picture: Pixels, words: str) -> float:
    """The cosine, as the model's own answer implies it."""
    model = CLIPModel.from_pretrained(claim / "clip").eval()
    processor = CLIPProcessor.from_pretrained(claim / "clip")
    with torch.inference_mode():
        told = model(**processor(text=[words], images=[picture], return_tensors="pt", padding=True))
        return float(told.logits_per_image[0, 0] / model.logit_scale.exp())


def test_it_says_what_the_model_says(claim: Path) -> None:
    pictures = [noise(1), noise(2)]
    found = opened(claim).cosines((picture, WORDS) for picture in pictures)
    assert found == pytest.approx([by_hand(claim, picture, WORDS) for picture in pictures], abs=1e-5)
    assert found[0] != found[1]
    assert opened(claim).cosines([(pictures[0], "A photo depicts blue tree")]) != found[:1]


def test_the_same_pair_gives_the_same_number_alone_and_among_others(claim: Path) -> None:
    clip = opened(claim)
    among = clip.cosines([(noise(1), WORDS), (noise(2), WORDS)])
    assert [opened(claim).cosines([(noise(seed), WORDS)])[0] for seed in (1, 2)] == among
    assert clip.cosines([]) == []


def test_words_beyond_what_the_model_reads_are_cut_and_told(claim: Path) -> None:
    clip, long = opened(claim), "red apple " * 100
    assert len(clip.cosines([(noise(1), long)])) == 1
    told = clip.unread(long)
    assert told is not None
    assert told.startswith("the text-image model reads 77 of the comparison's 202 tokens; it does not read")
    assert clip.unread(WORDS) is None


def test_it_computes_with_the_numbers_that_are_asked_for(claim: Path) -> None:
    (whole,) = opened(claim).cosines([(noise(1), WORDS)])
    (half,) = opened(claim, dtype=Dtype.BFLOAT16).cosines([(noise(1), WORDS)])
    assert half != whole
    assert half == pytest.approx(whole, abs=0.05)


def test_its_weights_are_named_with_their_digest(claim: Path) -> None:
    (file,) = opened(claim).files()
    assert (file.name, file.path, len(file.sha256)) == ("weights/clip", "model.safetensors", 64)


class Crowded:
    """A network for which the GPU has no room."""

    def __init__(self, network: CLIPModel) -> None:
        self.network = network
        self.config, self.dtype = network.config, network.dtype
        self.places: list[str] = []

    def to(self, place: str) -> "Crowded":
        self.places.append(place)
        if place == "cuda":
            raise torch.OutOfMemoryError("tried to allocate 2 GiB")
        return self

    def __call__(self, **given: torch.Tensor) -> object:
        return self.network(**given)


def test_where_the_gpu_has_no_room_it_compares_on_the_cpu(claim: Path) -> None:
    network = Crowded(CLIPModel.from_pretrained(claim / "clip").eval())
    processor = CLIPProcessor.from_pretrained(claim / "clip")
    clip = Clip(network, processor.image_processor, processor.tokenizer, "cuda", ())
    pairs = [(noise(1), WORDS), (noise(2), WORDS)]
    assert clip.cosines(pairs) == opened(claim).cosines(pairs)
    assert network.places.count("cuda") == 1


def test_weights_that_lack_a_part_are_told(tmp_path: Path) -> None:
    weights = write_tiny_clip(tmp_path / "clip") / "model.safetensors"
    kept = {name: part for name, part in load_file(weights).items() if "visual_projection" not in name}
    save_file(kept, weights, {"format": "pt"})
    with pytest.raises(ModelMissing, match=r"clip lacks weights: visual_projection\.weight"):
        opened(tmp_path)


def test_parts_that_do_not_go_together_are_told_before_anything_is_painted(tmp_path: Path) -> None:
    settings = write_tiny_clip(tmp_path / "clip") / "processor_config.json"
    told = json.loads(settings.read_text())
    told["image_processor"] |= {"size": {"shortest_edge": 16}, "crop_size": {"height": 16, "width": 16}}
    settings.write_text(json.dumps(told))
    with pytest.raises(ModelMissing, match="clip cannot be loaded: Input image size"):
        opened(tmp_path)


def test_a_hubs_cache_will_do(claim: Path, tmp_path: Path) -> None:
    (tmp_path / "clip/refs").mkdir(parents=True)
    (tmp_path / "clip/refs/main").write_text("abc")
    shutil.copytree(claim / "clip", tmp_path / "clip/snapshots/abc")
    pair = (noise(1), WORDS)
    assert opened(tmp_path).cosines([pair]) == opened(claim).cosines([pair])


def test_a_chart_of_icons_is_compared_by_the_command_that_a_pod_runs(claim: Path, tmp_path: Path) -> None:
    model = {"name": "Icons", "claimName": "weights", "textImageModel": "clip"}
    table = "thing,amount\na,31\nb,19\n"
    fields = {"subject": "red apple", "candidates": 1, "minTextImagePercent": 100, "csv": table}
    asked = job(chart_object(**fields), model=model)
    request = tmp_path / "request.json"
    request.write_text(asked.model_dump_json(by_alias=True, exclude_none=True))
    out = tmp_path / "out"
    command = ["run", request, "--out", out, "--models", claim]
    ran = subprocess.run(
        [sys.executable, "-m", "chartspark_runner", *map(str, command)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CHARTSPARK_PORT": "0"},
    )
    assert ran.returncode == 0, ran.stderr
    assert "torchvision" not in ran.stderr
    told = ChartMetadata.model_validate_json((out / "things/metadata.json").read_text())
    assert told.scores.text_image is not None
    assert (Remedy.NEW_SEED, (Cause.LOW_SIMILARITY,)) in [(t.remedy, t.causes) for t in told.second_tries]
    assert [(file.name, file.path) for file in told.models[-1:]] == [("weights/clip", "model.safetensors")]
    assert verify_results(out) == []


def test_nothing_is_loaded_before_it_is_needed_and_nothing_where_none_is_named(claim: Path) -> None:
    asked = Model(claim_name="weights", text_image_model="clip", device=Device.CPU)
    load = text_image_model_for(asked, claim, ENVIRON)
    assert load is not None
    assert load().files() == opened(claim).files()
    assert text_image_model_for(Model(), None, ENVIRON) is None
