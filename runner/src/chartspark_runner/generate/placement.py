"""Puts a pipeline's components where a rung of the ladder says. Called by `pipelines`; never run on a GPU yet."""

from typing import assert_never

from chartspark_runner.device import Place
from chartspark_runner.generate.libraries import Pipeline
from chartspark_runner.generate.savings import Rung


def place(pipeline: Pipeline, rung: Rung, device: Place) -> None:
    """Move `pipeline`, whose components others may share, to where `rung` says."""
    match rung:
        case Rung.WHOLE:
            pipeline.to(device)
        case Rung.SLICED:
            _slice(pipeline)
            pipeline.to(device)
        case Rung.OFFLOADED:
            _slice(pipeline)
            pipeline.enable_model_cpu_offload(device=device)
        case Rung.LAYERWISE:
            _slice(pipeline)
            pipeline.enable_sequential_cpu_offload(device=device)
        case _:
            assert_never(rung)


def _slice(pipeline: Pipeline) -> None:
    pipeline.enable_attention_slicing()
    decoder = getattr(pipeline, "vae", None)
    for saving in ("enable_slicing", "enable_tiling"):
        # Decoders that cannot work in parts, our own among them, lack these.
        if hasattr(decoder, saving):
            getattr(decoder, saving)()
