"""What no stand-in can show: memory that the kernel takes back, an image that is not there."""

from typing import Any

from chartspark_api.reasons import Reason
from e2e_support import Jobs, manifest


def ends(jobs: Jobs, name: str) -> list[Reason | None]:
    status = jobs.job(name).status
    assert status is not None
    return [attempt.reason for attempt in status.attempts]


def events(jobs: Jobs, name: str) -> set[str]:
    found: list[dict[str, Any]] = jobs.get("events")["items"]
    return {event["reason"] for event in found if event["involvedObject"]["name"] == name}


def test_memory_beyond_the_limit_is_the_kernels_word(jobs: Jobs) -> None:
    pod = {"cpu": "900m", "memory": "160Mi", "sharedMemory": "16Mi"}
    jobs.apply(manifest("small", "one", pod=pod, retry={"attempts": 1}))
    job = jobs.wait("small", "Failed")
    assert job.status is not None
    assert job.status.reason is Reason.OUT_OF_MEMORY
    assert "spec.pod.memory" in (job.status.message or "")
    assert "OutOfMemory" in events(jobs, "small")


def test_an_image_that_is_not_there_is_waited_for_and_then_given_up(jobs: Jobs, missing_image: str) -> None:
    pod = {"cpu": "100m", "memory": "256Mi", "image": missing_image}
    jobs.apply(manifest("imageless", "one", pod=pod, deadlines={"startSeconds": 60}))
    job = jobs.wait("imageless", "Failed")
    assert job.status is not None
    assert job.status.reason is Reason.START_DEADLINE_EXCEEDED
    assert ends(jobs, "imageless") == [Reason.IMAGE_NOT_PULLED]
    assert events(jobs, "imageless") >= {"ImageNotPulled", "StartDeadlineExceeded"}
