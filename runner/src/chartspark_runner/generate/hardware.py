"""Where models compute, with which numbers and how many threads: set and found out once a model is opened. Called by `opening` and `clip`."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from chartspark_api.model import Model
from diffusers.utils import logging
from transformers.utils import logging as transformers_logging

from chartspark_runner.device import Numbers, Place, choose_device, choose_dtype


@dataclass(frozen=True, slots=True)
class Hardware:
    """What a model computes on."""

    device: Place
    dtype: Numbers

    @property
    def torch_dtype(self) -> torch.dtype:
        """The numbers as torch names them."""
        dtype: torch.dtype = getattr(torch, self.dtype)
        return dtype


def take_hardware(model: Model, environ: Mapping[str, str]) -> Hardware:
    """Give torch its threads, keep the libraries off our log, and return what the request's models compute on.

    Raises:
        GpuLost: A GPU was asked for, and none is seen.
    """
    torch.set_num_threads(int(environ["OMP_NUM_THREADS"]))
    # Both libraries draw progress bars and print notes on stderr, between our log's lines.
    logging.disable_progress_bar()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    gpus = int(environ.get("CHARTSPARK_GPU_COUNT") or 0)
    device = choose_device(model.device, gpus, cuda=torch.cuda.is_available())
    bfloat16 = device == "cuda" and torch.cuda.is_bf16_supported()
    return Hardware(device, choose_dtype(model.dtype, device, bfloat16=bfloat16))
