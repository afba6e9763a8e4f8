"""Puts what was trained into the runner's package: python -m runner.training.diffusion.export FOLDER.

In half precision, as safetensors in diffusers' layout.
"""

import json
import shutil
from pathlib import Path

import torch
import typer
from chartspark_runner.models.icon_diffusion.autoencoder import PatchAutoencoder
from chartspark_runner.models.icon_diffusion.load import WEIGHTS
from diffusers import UNet2DConditionModel

MOST_BYTES = 25_000_000
"""Of all weights: they lie in the repository, and in every image."""


class TooLargeError(Exception):
    """The weights take more than they may."""


def export(folder: Path, package: Path) -> None:
    """Write the weights and settings of `folder` into `package`.

    Raises:
        TooLargeError: They take too much.
    """
    for name, kind in (("autoencoder", PatchAutoencoder), ("unet", UNet2DConditionModel)):
        model = kind.from_pretrained(folder / name, torch_dtype=torch.float16)
        shutil.rmtree(package / name, ignore_errors=True)
        model.save_pretrained(package / name)
        _forget_place(package / name / "config.json")
        # safetensors writes for its owner alone; a pod runs as somebody else.
        (package / name / "diffusion_pytorch_model.safetensors").chmod(0o644)
    shutil.copytree(folder / "scheduler", package / "scheduler", dirs_exist_ok=True)
    taken = sum(file.stat().st_size for file in package.glob("*/*.safetensors"))
    if taken > MOST_BYTES:
        raise TooLargeError(f"The weights take {taken} bytes; {MOST_BYTES} are allowed.")


def _forget_place(config: Path) -> None:
    settings = json.loads(config.read_text(encoding="utf-8"))
    # diffusers notes where a model was loaded from.
    settings.pop("_name_or_path", None)
    config.write_text(json.dumps(settings, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main(folder: Path, package: Path = WEIGHTS) -> None:
    """Export what was trained."""
    export(folder, package)


if __name__ == "__main__":
    typer.run(main)
