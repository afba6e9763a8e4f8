"""GPUs that exist for the scheduler alone: enough to see what is asked for, counted and waited for."""

from chartspark_api.job import ChartSparkJob
from chartspark_api.reasons import Reason
from e2e_support import Jobs, eventually, manifest

NAMES = ("first", "second", "third")


def unschedulable(jobs: Jobs) -> ChartSparkJob | None:
    seen = [jobs.job(name) for name in NAMES]
    waiting = [job for job in seen if job.status and job.status.reason is Reason.UNSCHEDULABLE]
    return waiting[0] if waiting else None


def test_of_three_pods_of_one_gpu_on_two_gpus_the_third_waits_and_says_so(jobs: Jobs) -> None:
    for name in NAMES:
        pod = {"cpu": "500m", "memory": "2Gi", "runtimeClassName": "nvidia", "gpu": {"count": 1}}
        jobs.apply(manifest(name, "one", pod=pod))
    waiting = eventually(lambda: unschedulable(jobs), "a job that waits for a GPU")
    assert waiting.status is not None
    assert "nvidia.com/gpu" in str(waiting.status.message)
    for name in sorted({*NAMES} - {waiting.metadata.name}):
        [pod] = jobs.children("pods", name)
        assert "nodeName" in pod["spec"]
        assert pod["spec"]["runtimeClassName"] == "nvidia"
        assert pod["spec"]["containers"][0]["resources"]["limits"]["nvidia.com/gpu"] == "1"
    for name in NAMES:
        jobs.wait(name, "Complete")
