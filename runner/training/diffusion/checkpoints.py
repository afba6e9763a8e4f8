"""Checkpoints that training goes on from, and the line it reports progress in. Called by both trainers."""

import time
from pathlib import Path
from typing import Any, Protocol

import torch
from safetensors.torch import load_file
from torch import nn

_BEGUN = time.monotonic()
_EVERY = 25


class Stateful(Protocol):
    """A model or an optimizer."""

    def state_dict(self) -> dict[str, Any]:
        """Return the state."""

    def load_state_dict(self, state_dict: dict[str, Any]) -> object:
        """Take the state over."""


def save(path: Path, step: int, **parts: Stateful) -> None:
    """Write the state of all parts and of the random numbers, whole or not at all."""
    state = {name: part.state_dict() for name, part in parts.items()}
    partial = path.with_suffix(".partial")
    torch.save({"step": step, "random": torch.get_rng_state(), "parts": state}, partial)
    partial.replace(path)


def resume(path: Path, **parts: Stateful) -> int:
    """Bring all parts to where the checkpoint was made; return the steps done by then."""
    if not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(saved["parts"][name])
    torch.set_rng_state(saved["random"])
    return int(saved["step"])


def fill(model: nn.Module, weights: Path) -> int:
    """Copy the weights that the model has room for, by name and shape; return how many it took."""
    state = model.state_dict()
    fitting = {
        name: tensor.float()
        for name, tensor in load_file(weights).items()
        if name in state and tensor.shape == state[name].shape
    }
    model.load_state_dict(state | fitting)
    return len(fitting)


def report(step: int, steps: int, **figures: float) -> None:
    """Print a line now and then."""
    if step % _EVERY == 0 or step == steps:
        told = " ".join(f"{name} {figure:.4f}" for name, figure in figures.items())
        print(f"{step}/{steps} {time.monotonic() - _BEGUN:.0f} s {told}", flush=True)  # noqa: T201 - what a trainer says
