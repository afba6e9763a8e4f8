import pytest
from cluster_support import Namespace, Operator, eventually, job


def children(namespace: Namespace) -> list[str]:
    found = [*namespace.items("jobs"), *namespace.items("pods"), *namespace.items("configmaps")]
    names = [one["metadata"]["name"] for one in found]
    return [name for name in names if name != "kube-root-ca.crt"]


@pytest.mark.usefixtures("operator")
def test_a_job_goes_when_its_time_is_over_and_its_children_with_it(namespace: Namespace) -> None:
    namespace.apply(job("short", ttlSecondsAfterFinished=2))
    status = namespace.wait_for("short", "Unschedulable")
    (pod,) = namespace.pods(status["attempts"][0]["job"])
    namespace.play(pod, 0)
    namespace.wait_for("short", "Deleted")
    eventually(lambda: not children(namespace), "the children are gone")


def test_a_deleted_job_leaves_nothing_though_no_operator_runs(
    namespace: Namespace, operator: Operator
) -> None:
    namespace.apply(job("gone"))
    namespace.wait_for("gone", "Unschedulable")
    operator.kill()
    namespace.kubectl("delete", "chartsparkjob", "gone", "--timeout=20s")
    eventually(lambda: not children(namespace), "the children are gone")


def test_a_time_that_ran_out_while_no_operator_ran_is_kept_by_the_next(
    namespace: Namespace, operator: Operator
) -> None:
    namespace.apply(job("late"))
    status = namespace.wait_for("late", "Unschedulable")
    (pod,) = namespace.pods(status["attempts"][0]["job"])
    namespace.play(pod, 0)
    namespace.wait_for("late", "Complete")
    operator.kill()
    namespace.edit("late", '{"ttlSecondsAfterFinished": 1}')
    operator.start()
    namespace.wait_for("late", "Deleted")


@pytest.mark.usefixtures("operator")
def test_no_object_of_ours_waits_for_a_finalizer(namespace: Namespace) -> None:
    namespace.apply(job("free"))
    namespace.wait_for("free", "Unschedulable")
    for kind in ("chartsparkjobs", "jobs", "configmaps"):
        for one in namespace.items(kind):
            assert "finalizers" not in one["metadata"], (
                "its deletion would wait for an operator that may be gone"
            )


@pytest.mark.usefixtures("operator")
def test_a_job_that_was_applied_again_under_its_name_is_another_one(namespace: Namespace) -> None:
    namespace.apply(job("twice"))
    first = namespace.wait_for("twice", "Unschedulable")["attempts"][0]["job"]
    namespace.kubectl("delete", "chartsparkjob", "twice")
    namespace.apply(job("twice"))
    second = namespace.wait_for("twice", "Unschedulable")["attempts"][0]["job"]
    assert first != second
