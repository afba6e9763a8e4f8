import pytest
from chartspark_api.variables import BATCH_LIMIT
from cluster_support import Namespace, eventually, job


@pytest.mark.usefixtures("operator")
def test_a_new_job_over_the_failed_shard_only(namespace: Namespace) -> None:
    namespace.apply(job("again", charts=3, parallelism=3))
    status = eventually(lambda: _seen(namespace, "again"), "the first attempt")
    first = status["attempts"][0]["job"]
    for pod, code in zip(namespace.pods(first), (0, 75, 0), strict=True):
        namespace.play(pod, code)
    retrying = namespace.wait_for("again", "Retrying")
    assert retrying["attempts"][0]["reason"] == "Transient"
    assert "Attempt 2 begins at" in retrying["message"]

    second = eventually(lambda: _job(namespace, 2), "the second attempt's Job")
    assert second["spec"]["completions"] == 1
    arguments = second["spec"]["template"]["spec"]["containers"][0]["args"]
    assert arguments[arguments.index("--shards") + 1] == "1"
    (pod,) = namespace.pods(second["metadata"]["name"])
    namespace.play(pod, 0)
    assert namespace.wait_for("again", "Complete")["progress"]["summary"] == "3/3"


@pytest.mark.usefixtures("operator")
def test_too_little_gpu_memory_is_tried_again_with_half_the_batch(namespace: Namespace) -> None:
    namespace.apply(job("large", sampling={"batchSize": 4}))
    status = eventually(lambda: _seen(namespace, "large"), "the first attempt")
    (pod,) = namespace.pods(status["attempts"][0]["job"])
    assert _batch_limit(pod) is None
    namespace.play(pod, 80)
    retrying = namespace.wait_for("large", "Retrying")
    assert retrying["attempts"][0]["reason"] == "OutOfGPUMemory"
    assert "with batches of 2" in retrying["message"]

    second = eventually(lambda: _job(namespace, 2), "the second attempt's Job")
    assert namespace.status("large")["attempts"][1]["batchSize"] == 2
    (pod,) = namespace.pods(second["metadata"]["name"])
    assert _batch_limit(pod) == "2"
    namespace.play(pod, 0)
    assert namespace.wait_for("large", "Complete")["progress"]["summary"] == "2/2"


@pytest.mark.usefixtures("operator")
def test_a_fault_that_nothing_mends_ends_it_at_once(namespace: Namespace) -> None:
    namespace.apply(job("hopeless", charts=2, parallelism=2))
    status = eventually(lambda: _seen(namespace, "hopeless"), "the first attempt")
    first, _ = namespace.pods(status["attempts"][0]["job"])
    namespace.play(first, 66)
    status = namespace.wait_for("hopeless", "MissingModel")
    assert {condition["type"] for condition in status["conditions"]} == {"Admitted", "Failed", "Finished"}
    assert len(namespace.items("jobs")) == 1


@pytest.mark.usefixtures("operator")
def test_a_job_that_somebody_deletes_is_made_again(namespace: Namespace) -> None:
    namespace.apply(job("deleted"))
    status = eventually(lambda: _seen(namespace, "deleted"), "the first attempt")
    namespace.kubectl("delete", "job", status["attempts"][0]["job"])
    retrying = namespace.wait_for("deleted", "Retrying")
    assert retrying["attempts"][0]["reason"] == "JobDeleted"
    assert eventually(lambda: _job(namespace, 2), "the second attempt's Job")


def _batch_limit(pod: dict) -> str | None:
    variables = pod["spec"]["containers"][0]["env"]
    return next((one["value"] for one in variables if one["name"] == BATCH_LIMIT), None)


def _seen(namespace: Namespace, name: str) -> dict | None:
    status = namespace.status(name)
    return status if status.get("reason") in {"Starting", "Unschedulable"} else None


def _job(namespace: Namespace, attempt: int) -> dict | None:
    label = "chartspark.io/attempt"
    return next((j for j in namespace.items("jobs") if j["metadata"]["labels"][label] == str(attempt)), None)
