"""Resources: what one pod may take of a node."""

from collections.abc import Iterator

from chartspark_api.pod import Pod

from chartspark_operator.quantities import cores, size
from chartspark_operator.settings import Settings

VALUE = "allowed.perPod"


def resources(pod: Pod, settings: Settings) -> str | None:
    """Refuse a pod that asks for more of anything than one may."""
    return next(_excesses(pod, settings), None)


def _excesses(pod: Pod, settings: Settings) -> Iterator[str]:
    disk, most_disk = pod.ephemeral_storage, settings.max_ephemeral_storage
    claims = len(pod.resource_claims)
    if cores(pod.cpu) > cores(settings.max_cpu):
        yield _sentence("cpu", pod.cpu, settings.max_cpu)
    if size(pod.memory) > size(settings.max_memory):
        yield _sentence("memory", pod.memory, settings.max_memory)
    if disk is not None and size(disk) > size(most_disk):
        yield _sentence("ephemeralStorage", disk, most_disk)
    if pod.gpu.count > settings.max_gpus:
        yield _sentence("gpu.count", pod.gpu.count, settings.max_gpus)
    if claims > settings.max_resource_claims:
        yield _sentence("resourceClaims", claims, settings.max_resource_claims)


def _sentence(field: str, asked: str | int, most: str | int) -> str:
    return (
        f"spec.pod.{field} asks for {asked}, and this installation allows a pod at most {most}. "
        f"Ask for less, or have the chart's value {VALUE} raised."
    )
