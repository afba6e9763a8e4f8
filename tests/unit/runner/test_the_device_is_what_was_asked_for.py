import pytest
from chartspark_api.exit_codes import ExitCode
from chartspark_api.model import Device
from chartspark_runner.device import choose_device
from chartspark_runner.errors import GpuLost


@pytest.mark.parametrize(
    ("wanted", "gpus", "cuda", "place"),
    [
        (Device.AUTO, 0, False, "cpu"),
        (Device.AUTO, 1, True, "cuda"),
        (Device.AUTO, 0, True, "cuda"),
        (Device.CPU, 1, True, "cpu"),
        (Device.CUDA, 0, True, "cuda"),
    ],
)
def test_a_place_is_found(wanted: Device, gpus: int, cuda: bool, place: str) -> None:  # noqa: FBT001
    assert choose_device(wanted, gpus, cuda=cuda) == place


@pytest.mark.parametrize(("wanted", "gpus"), [(Device.AUTO, 1), (Device.CUDA, 0)])
def test_a_gpu_that_is_not_there_ends_the_process(wanted: Device, gpus: int) -> None:
    with pytest.raises(GpuLost) as caught:
        choose_device(wanted, gpus, cuda=False)
    assert caught.value.exit_code is ExitCode.GPU_LOST
