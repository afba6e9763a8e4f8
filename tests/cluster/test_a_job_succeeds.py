import pytest
from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from cluster_support import Namespace, Operator, eventually, job


@pytest.mark.usefixtures("operator")
def test_from_apply_to_complete(namespace: Namespace) -> None:
    namespace.apply(job("good", charts=3, parallelism=2))
    waiting = namespace.wait_for("good", "Unschedulable")
    assert "available" in waiting["message"], "the scheduler's own words"
    first, second = namespace.pods(waiting["attempts"][0]["job"])
    namespace.play(first, None)
    namespace.wait_for("good", "Running")
    tried = RunReport(reason=Reason.COMPLETE, message="", charts_total=2, charts_done=2, charts_failed=0)
    namespace.play(first, 0, tried)
    namespace.play(second, 0, tried.model_copy(update={"charts_total": 1, "charts_done": 1}))
    namespace.kubectl("wait", "chartsparkjob/good", "--for=condition=Complete", "--timeout=60s")
    status = namespace.status("good")
    assert status["reason"] == "Complete"
    assert status["progress"]["summary"] == "3/3"
    told = {
        event["reason"] for event in namespace.items("events") if event["involvedObject"]["name"] == "good"
    }
    assert told >= {"Unschedulable", "Running", "Complete"}


def test_it_ends_when_asked(namespace: Namespace, operator: Operator) -> None:
    namespace.apply(job("any"))
    eventually(lambda: namespace.status("any").get("reason"), "the operator works")
    assert operator.terminate() == 0
