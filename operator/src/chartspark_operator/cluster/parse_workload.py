"""Turns a Workload of Kueue's as the API server sends it into what decisions need."""

from chartspark_api.names import UID_LABEL

from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.observed import Remark, Workload


def parse_workload(raw: JsonObject) -> tuple[str, Workload] | None:
    """Return the uid of the ChartSparkJob that `raw` stands for, and the Workload. None if it is somebody else's.

    Kueue puts no label of ours on it, but it repeats the template of the Job's pods, which has them.
    """
    metadata, spec, status = raw["metadata"], raw.get("spec", {}), raw.get("status", {})
    job = next((o["uid"] for o in metadata.get("ownerReferences", ()) if o.get("kind") == "Job"), None)
    owner = _owner(spec)
    if job is None or owner is None:
        return None
    told = {condition["type"]: condition for condition in status.get("conditions", ())}
    reserved = told.get("QuotaReserved", {})
    return owner, Workload(
        name=metadata["name"],
        uid=metadata["uid"],
        resource_version=metadata["resourceVersion"],
        job=job,
        active=spec.get("active", True),
        cluster_queue=status.get("admission", {}).get("clusterQueue"),
        reserved=_holds(reserved),
        pending=_remark(reserved) if reserved and not _holds(reserved) else None,
        admitted=_holds(told.get("Admitted", {})),
        evicted=_remark_if_true(told.get("Evicted", {})),
        preempted=_remark_if_true(told.get("Preempted", {})),
        unready=tuple(
            f"{check['name']} is {check['state']}: {check.get('message') or 'no message'}"
            for check in status.get("admissionChecks", ())
            if check["state"] != "Ready"
        ),
    )


def _owner(spec: JsonObject) -> str | None:
    for pods in spec.get("podSets", ()):
        labels: dict[str, str] = pods.get("template", {}).get("metadata", {}).get("labels", {})
        if UID_LABEL in labels:
            return labels[UID_LABEL]
    return None


def _holds(condition: JsonObject) -> bool:
    return condition.get("status") == "True"


def _remark(condition: JsonObject) -> Remark:
    return Remark(str(condition.get("reason", "")), str(condition.get("message", "")))


def _remark_if_true(condition: JsonObject) -> Remark | None:
    return _remark(condition) if _holds(condition) else None
