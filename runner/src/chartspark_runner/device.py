"""The policy of where the model runs, and with which numbers. Pure; called by `generate`."""

from typing import Literal

from chartspark_api.model import Device, Dtype

from chartspark_runner.errors import GpuLost

Place = Literal["cpu", "cuda"]
Numbers = Literal["float32", "float16", "bfloat16"]


def choose_device(wanted: Device, gpu_count: int, *, cuda: bool) -> Place:
    """Return where the model runs.

    Args:
        wanted: What the request says.
        gpu_count: How many GPUs the pod asked for; 0 on a laptop.
        cuda: Whether PyTorch sees a GPU.

    Raises:
        GpuLost: A GPU was asked for, and none is seen. Running on the CPU instead would hold it for hours.
    """
    match wanted:
        case Device.CPU:
            return "cpu"
        case Device.CUDA if not cuda:
            raise GpuLost("model.device is CUDA, and PyTorch sees no GPU")
        case Device.AUTO if gpu_count > 0 and not cuda:
            raise GpuLost(f"the pod asked for {gpu_count} GPUs, and PyTorch sees none")
        case Device.CUDA | Device.AUTO:
            return "cuda" if cuda else "cpu"


def choose_dtype(wanted: Dtype, place: Place, *, bfloat16: bool) -> Numbers:
    """Return what the model computes with.

    Args:
        wanted: What the request says.
        place: Where the model runs.
        bfloat16: Whether the GPU knows bfloat16, which holds larger numbers than float16: decoders overflow in that.
    """
    match wanted:
        case Dtype.FLOAT32:
            return "float32"
        case Dtype.FLOAT16:
            return "float16"
        case Dtype.BFLOAT16:
            return "bfloat16"
        case Dtype.AUTO if place == "cpu":
            return "float32"
        case Dtype.AUTO:
            return "bfloat16" if bfloat16 else "float16"
