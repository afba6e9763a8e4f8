"""The environment of the runner's container. Called by the pod's manifest."""

from typing import Any

from chartspark_api.spec import Pod

from chartspark_operator.manifests.storage import SCRATCH_MOUNT

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
    cores = int(cpu[:-1]) / 1000 if cpu.endswith("m") else float(cpu)
    return max(1, int(cores))


def environment(pod: Pod) -> list[dict[str, Any]]:
    """Return the container's environment variables."""
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
    return [
        _from_field("POD_NAME", "metadata.name"),
        _from_field("POD_UID", "metadata.uid"),
        *({"name": name, "value": value} for name, value in plain.items()),
    ]


def _from_field(name: str, path: str) -> dict[str, Any]:
    return {"name": name, "valueFrom": {"fieldRef": {"fieldPath": path}}}
