"""Each row of tests/refusals/at_operator.py, in a namespace of its own, all of them under one operator."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from chartspark_api.names import request_name
from chartspark_dev.cluster import Cluster
from chartspark_dev.errors import CommandFailedError
from cluster_support import PLAYED, Namespace, Operator, eventually

from tests.refusals.at_operator import AT_OPERATOR, SETTINGS
from tests.refusals.bad_input import SOUND, BadInput, Object, claim

PROMPTLY = timedelta(seconds=5)
TABLE = "year,tonnes\n2023,40\n"


@pytest.fixture(scope="module")
def places(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Namespace]]:
    made = {row.name: Namespace.create(cluster) for row in AT_OPERATOR} | {
        name: Namespace.create(cluster) for name in ("comes", "changes", "forged", "first")
    }
    everywhere = ""
    operator = Operator(cluster, everywhere, tmp_path_factory.mktemp("operator") / "log", SETTINGS)
    operator.start()
    for name in ("listed", "watched"):
        # A process may find the one in its first list; it sees the other only when it watches.
        made["first"].apply(SOUND | {"metadata": {"name": name}})
        eventually(partial(reason_of, made["first"], name), "the operator works")
    yield made
    operator.kill()
    for one in made.values():
        one.delete()
    for kind in ("PersistentVolume", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"):
        for name in {
            one["metadata"]["name"] for row in AT_OPERATOR for one in row.given if one["kind"] == kind
        }:
            cluster.kubectl("delete", kind, name, "--ignore-not-found", "--wait=false")


@pytest.mark.parametrize("row", AT_OPERATOR, ids=lambda row: row.name)
def test_status_and_event_tell_within_five_seconds(row: BadInput, places: dict[str, Namespace]) -> None:
    place = places[row.name]
    prepare(place, row.given)
    # Created, not applied: kubectl would copy all of it into an annotation, which has a limit of its own.
    place.kubectl("create", "-f", "-", stdin=json.dumps(row.manifest))
    if row.kubelet:
        say_of_the_container(place, row.kubelet)
    status = eventually(told(place, row), row.told)
    assert status["reason"] == row.reason
    event = eventually(lambda: event_of(place, row.reason), "the event")
    assert row.told in event["message"]
    if not row.kubelet:
        (job,) = place.items("chartsparkjobs")
        assert moment(event["firstTimestamp"]) - moment(job["metadata"]["creationTimestamp"]) <= PROMPTLY


def test_what_was_missing_comes_and_the_job_goes_on(places: dict[str, Namespace]) -> None:
    place = places["comes"]
    place.kubectl("delete", "pvc", "results")
    place.apply(played(table_of("sales")))
    place.wait_for("harvest", "MissingClaim")
    place.apply(claim())
    place.wait_for("harvest", "MissingConfigMap")
    place.apply(sales(TABLE))
    status = place.wait_for("harvest", "Unschedulable")
    assert [attempt["number"] for attempt in status["attempts"]] == [1]
    request = next(one for one in place.items("configmaps") if one["metadata"]["name"].startswith("harvest-"))
    (chart,) = json.loads(request["data"]["request.json"])["spec"]["charts"]
    assert chart["data"] == {"csv": TABLE}
    assert request["metadata"]["annotations"]["chartspark.io/tables-digest"].startswith("sha256:")


def test_a_table_that_changes_between_attempts_is_told_and_not_drawn(places: dict[str, Namespace]) -> None:
    place = places["changes"]
    place.apply(sales(TABLE))
    place.apply(played(table_of("sales")))
    status = place.wait_for("harvest", "Unschedulable")
    place.apply(sales("year,tonnes\n2023,4000\n"))
    (pod,) = place.pods(status["attempts"][0]["job"])
    place.play(pod, 75)
    event = eventually(lambda: event_of(place, "TablesChanged"), "the change is told")
    assert "as the first one read them" in event["message"]
    eventually(lambda: len(place.items("jobs")) == 2, "the second attempt")
    requests = [one for one in place.items("configmaps") if one["metadata"]["name"].startswith("harvest-")]
    assert [json.loads(one["data"]["request.json"])["spec"]["charts"][0]["data"] for one in requests] == [
        {"csv": TABLE}
    ]


def test_a_request_that_somebody_else_wrote_gets_no_pod_either(places: dict[str, Namespace]) -> None:
    place = places["forged"]
    place.kubectl("delete", "pvc", "results")
    place.apply(SOUND)
    place.wait_for("harvest", "MissingClaim")
    (job,) = place.items("chartsparkjobs")
    place.apply(forged(job))
    place.apply(claim())
    status = place.wait_for("harvest", "Blocked")
    assert "is not the operator's: spec.pod.image names docker.io/library/bash" in status["message"]
    assert place.items("jobs") == []


def forged(job: Object) -> Object:
    """Return a ConfigMap that says of itself that it is the request of `job`."""
    metadata = {key: job["metadata"][key] for key in ("name", "namespace", "uid")}
    owner = {
        "apiVersion": job["apiVersion"],
        "kind": job["kind"],
        "name": metadata["name"],
        "uid": metadata["uid"],
        "controller": True,
    }
    spec = job["spec"] | {"pod": {"image": "docker.io/library/bash"}}
    request = {"apiVersion": job["apiVersion"], "kind": job["kind"], "metadata": metadata, "spec": spec}
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": request_name(metadata["name"], metadata["uid"]), "ownerReferences": [owner]},
        "data": {"request.json": json.dumps(request)},
    }


def prepare(place: Namespace, given: tuple[Object, ...]) -> None:
    """Put there what the row has, in place of the claim that every namespace of this tier gets."""
    place.kubectl("delete", "pvc", "results")
    for one in given:
        if one["kind"] == "Namespace":
            labels = (f"{key}={value}" for key, value in one["metadata"]["labels"].items())
            place.kubectl("label", "namespace", place.name, *labels)
        else:
            place.apply(one)
    if any(one["kind"] == "ResourceQuota" for one in given):
        eventually(lambda: place.items("resourcequotas")[0].get("status", {}).get("hard"), "the quota holds")
    if any(one["kind"] == "MutatingAdmissionPolicy" for one in given):
        eventually(lambda: refuses_pods(place), "the mesh is at work")
    if any(one["kind"] == "PersistentVolume" for one in given):
        bound = "--for=jsonpath={.status.phase}=Bound"
        place.kubectl("wait", bound, "pvc/results", "--timeout=60s")


def refuses_pods(place: Namespace) -> bool:
    """Say whether a pod that is restricted itself is refused for what is added to it."""
    security = {
        "allowPrivilegeEscalation": False,
        "runAsNonRoot": True,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "trial"},
        "spec": {"containers": [{"name": "trial", "image": "trial", "securityContext": security}]},
    }
    try:
        place.kubectl("create", "--dry-run=server", "-f", "-", stdin=json.dumps(pod))
    except CommandFailedError as error:
        return "mesh-init" in str(error)
    return False


def reason_of(place: Namespace, job: str) -> str | None:
    return place.status(job).get("reason")


def say_of_the_container(place: Namespace, sentence: str) -> None:
    """Say what a kubelet would of a container that does not start."""
    (pod,) = eventually(lambda: place.items("pods"), "the pod")
    reason, _, message = sentence.partition(": ")
    waiting = {"reason": reason, "message": message}
    runner = {"name": "runner", "image": "x", "imageID": "", "ready": False, "restartCount": 0}
    scheduled = {"type": "PodScheduled", "status": "True"}
    status = {"containerStatuses": [runner | {"state": {"waiting": waiting}}], "conditions": [scheduled]}
    place.kubectl(
        *("patch", "pod", pod["metadata"]["name"], "--subresource=status", "--type=merge"),
        *("-p", json.dumps({"status": status})),
    )


def told(place: Namespace, row: BadInput) -> Callable[[], dict[str, Any] | None]:
    def look() -> dict[str, Any] | None:
        (job,) = place.items("chartsparkjobs")
        status: dict[str, Any] = job.get("status", {})
        return status if row.told in status.get("message", "") else None

    return look


def event_of(place: Namespace, reason: str) -> dict[str, Any] | None:
    ours = (one for one in place.items("events") if one["involvedObject"]["kind"] == "ChartSparkJob")
    return next((event for event in ours if event["reason"] == reason), None)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def sales(table: str) -> Object:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "sales"}, "data": {"a.csv": table}}


def table_of(config_map: str) -> Object:
    (chart,) = SOUND["spec"]["charts"]
    return chart | {"data": {"configMapKeyRef": {"name": config_map, "key": "a.csv"}}}


def played(chart: Object) -> Object:
    return SOUND | {"spec": SOUND["spec"] | {"charts": [chart], "pod": PLAYED}}
