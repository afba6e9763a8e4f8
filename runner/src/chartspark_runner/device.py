"""The policy of where the model runs. Pure; called by `generate`."""

from typing import Literal

from chartspark_api.model import Device

from chartspark_runner.errors import GpuLost

Place = Literal["cpu", "cuda"]


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
