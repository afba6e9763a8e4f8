import json

import pytest
from cluster_support import Namespace, Operator, eventually, job


@pytest.mark.usefixtures("operator")
def test_too_much_data_gets_a_sentence_and_no_pod(namespace: Namespace) -> None:
    large = job("large", charts=3, csv="k,v\n" + "a,1\n" * 25_000)
    # Created, not applied: kubectl would copy all of it into an annotation, which has a limit of its own.
    namespace.kubectl("create", "-f", "-", stdin=json.dumps(large))
    status = namespace.wait_for("large", "InvalidRequest")
    assert "at most 131072 bytes in all, and is 300012" in status["message"]
    assert {condition["type"] for condition in status["conditions"]} == {"Failed", "Finished"}
    assert namespace.items("jobs") == []


@pytest.mark.usefixtures("operator")
def test_a_quota_is_named_and_waited_for(namespace: Namespace) -> None:
    namespace.kubectl("create", "quota", "none", "--hard=count/jobs.batch=0")
    eventually(lambda: namespace.items("resourcequotas")[0].get("status", {}).get("hard"), "the quota holds")
    namespace.apply(job("waits"))
    eventually(
        lambda: "exceeded quota" in namespace.status("waits").get("message", ""), "the status says why"
    )
    namespace.kubectl("delete", "quota", "none")
    namespace.wait_for("waits", "Unschedulable")


def test_an_object_that_is_not_ours_is_not_adopted(namespace: Namespace, operator: Operator) -> None:
    operator.kill()
    namespace.apply(job("taken"))
    uid = namespace.items("chartsparkjobs")[0]["metadata"]["uid"]
    namespace.kubectl("create", "configmap", f"taken-{uid[:8]}")
    operator.start()
    eventually(
        lambda: "belongs to somebody else" in namespace.status("taken").get("message", ""),
        "the status says why",
    )
    assert namespace.items("jobs") == []
    namespace.kubectl("delete", "configmap", f"taken-{uid[:8]}")
    namespace.wait_for("taken", "Unschedulable")
