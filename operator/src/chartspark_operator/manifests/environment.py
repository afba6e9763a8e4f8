"""The environment of the runner's container. Called by the pod's manifest."""

from typing import Any

from chartspark_api.network import Proxy
from chartspark_api.pod import Pod
from chartspark_api.variables import BATCH_LIMIT

from chartspark_operator.manifests.storage import CERTIFICATES_FILE, SCRATCH_MOUNT
from chartspark_operator.quantities import cores

THREAD_POOLS = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "POLARS_MAX_THREADS",
    "RAYON_NUM_THREADS",
)
"""Each library counts the node's cores unless told otherwise, and then waits for time slices it has not got."""

WRITABLE = {
    "HOME": SCRATCH_MOUNT,
    "XDG_CACHE_HOME": f"{SCRATCH_MOUNT}/cache",
    "MPLCONFIGDIR": f"{SCRATCH_MOUNT}/matplotlib",
    "HF_HOME": f"{SCRATCH_MOUNT}/huggingface",
    "TORCHINDUCTOR_CACHE_DIR": f"{SCRATCH_MOUNT}/torchinductor",
    "TRITON_CACHE_DIR": f"{SCRATCH_MOUNT}/triton",
    "CUDA_CACHE_PATH": f"{SCRATCH_MOUNT}/cuda",
}
"""The root file system is read-only; without these a library fails at its first cache write."""


def thread_count(cpu: str) -> int:
    """Return the whole cores within the cap `cpu` (a quantity such as 1500m or 2.5), at least 1."""
    return max(1, int(cores(cpu)))


def environment(pod: Pod, batch: int | None) -> list[dict[str, Any]]:
    """Return the container's environment variables, for pods that make at most `batch` pictures at once."""
    plain = (
        dict.fromkeys(THREAD_POOLS, str(thread_count(pod.cpu)))
        | WRITABLE
        | {
            "TOKENIZERS_PARALLELISM": "false",
            "HF_HUB_OFFLINE": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "CHARTSPARK_GPU_COUNT": str(pod.gpu.count),
        }
    )
    if pod.gpu.count == 0:
        # Base images of CUDA say "all" here, which shows a pod every GPU of the node.
        plain["NVIDIA_VISIBLE_DEVICES"] = "void"
    if batch is not None:
        plain[BATCH_LIMIT] = str(batch)
    if pod.ca_bundle is not None:
        plain |= {"SSL_CERT_FILE": CERTIFICATES_FILE, "REQUESTS_CA_BUNDLE": CERTIFICATES_FILE}
    asked = {variable.name: variable.value for variable in pod.env}
    return [
        _from_field("POD_NAME", "metadata.name"),
        _from_field("POD_UID", "metadata.uid"),
        *({"name": name, "value": value} for name, value in (plain | proxies(pod.proxy) | asked).items()),
    ]


def proxies(proxy: Proxy) -> dict[str, str]:
    """Return the variables of a proxy. Programs do not agree on capitals."""
    given = {"http_proxy": proxy.http_proxy, "https_proxy": proxy.https_proxy, "no_proxy": proxy.no_proxy}
    return {
        name: value for small, value in given.items() if value is not None for name in (small.upper(), small)
    }


def _from_field(name: str, path: str) -> dict[str, Any]:
    return {"name": name, "valueFrom": {"fieldRef": {"fieldPath": path}}}
