import json
from typing import Any

from chartspark_api.reasons import Reason
from chartspark_dev.cluster import Cluster
from chartspark_dev.images import Images
from chartspark_dev.install import RELEASE
from e2e_support import PATIENCE_SECONDS, Jobs, eventually, manifest
from helm_support import OPERATOR, helm, release, restored


def long(name: str) -> dict[str, Any]:
    """A job that outlives an upgrade."""
    made = manifest(name, "one", sampling={"steps": 50})
    made["spec"]["charts"][0] |= {"candidates": 16}
    return made


def started(jobs: Jobs, name: str) -> str:
    jobs.apply(long(name))
    pod = eventually(lambda: jobs.running_pod(name), "a running pod")
    return str(pod["metadata"]["uid"])


def log_level(cluster: Cluster) -> str:
    path = '-o=jsonpath={.items[*].spec.containers[0].env[?(@.name=="CHARTSPARK_LOG_LEVEL")].value}'
    return cluster.kubectl("get", "pods", *OPERATOR, path)


def test_a_running_job_goes_on_through_an_upgrade_and_a_rollback(jobs: Jobs, built: Images) -> None:
    cluster = jobs.cluster
    with restored(cluster, built):
        pod = started(jobs, "upgraded")
        release(cluster, built, "logLevel=DEBUG")
        assert log_level(cluster) == "DEBUG"
        helm(cluster, "rollback", "--wait")
        assert log_level(cluster) == "INFO"
        done = jobs.wait("upgraded", "Complete")
    assert done.status is not None
    assert [attempt.reason for attempt in done.status.attempts] == [Reason.COMPLETE]
    assert [each["metadata"]["uid"] for each in jobs.children("pods", "upgraded")] == [pod]


def test_an_uninstall_takes_the_operator_and_its_rights_and_nothing_else(jobs: Jobs, built: Images) -> None:
    cluster = jobs.cluster
    with restored(cluster, built):
        pod = started(jobs, "kept")
        helm(cluster, "uninstall", "--wait")
        ours = ("-l", f"app.kubernetes.io/instance={RELEASE}", "-o", "name", "-A")
        gone = "deployments,services,serviceaccounts,clusterroles,clusterrolebindings"
        assert cluster.kubectl("get", gone, *ours) == ""
        assert cluster.kubectl("get", "crd", "chartsparkjobs.chartspark.io", "-o", "name")
        uid = jobs.job("kept").metadata.uid
        succeeded = "--for=jsonpath={.status.phase}=Succeeded"
        chosen = ("pods", "-l", "chartspark.io/job=kept")
        jobs.kubectl("wait", *chosen, succeeded, f"--timeout={PATIENCE_SECONDS}s")
        assert "chart.png" in jobs.storage.run("ls", f"{jobs.results(jobs.job('kept'))}/one")
        assert jobs.job("kept").status is not None
        assert "Complete" not in json.dumps(jobs.get("chartsparkjob", "kept")["status"]["conditions"])

    done = jobs.wait("kept", "Complete")
    assert done.metadata.uid == uid
    assert done.status is not None
    assert [attempt.number for attempt in done.status.attempts] == [1]
    assert [each["metadata"]["uid"] for each in jobs.children("pods", "kept")] == [pod]
