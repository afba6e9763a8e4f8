"""Keeps the pods of an attempt away from nodes. Called by the attempt's manifest; knows nothing of why."""

from typing import Any

from chartspark_operator.actions import Avoided

HOST = "kubernetes.io/hostname"
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
STRONGEST = 100


def keep_away(pod: dict[str, Any], avoided: Avoided) -> dict[str, Any]:
    """Return the pod's spec with a node affinity against the `avoided` nodes, whatever affinity it has."""
    if not avoided.nodes:
        return pod
    elsewhere = {"key": HOST, "operator": "NotIn", "values": list(avoided.nodes)}
    affinity = pod.get("affinity", {})
    nodes = affinity.get("nodeAffinity", {})
    added = _required(nodes, elsewhere) if avoided.strictly else _preferred(nodes, elsewhere)
    return pod | {"affinity": affinity | {"nodeAffinity": nodes | added}}


def _required(nodes: dict[str, Any], elsewhere: dict[str, Any]) -> dict[str, Any]:
    # One of the terms has to hold: each of them gets the condition.
    terms = nodes.get(REQUIRED, {}).get("nodeSelectorTerms", [{}])
    stricter = [term | {"matchExpressions": [*term.get("matchExpressions", ()), elsewhere]} for term in terms]
    return {REQUIRED: {"nodeSelectorTerms": stricter}}


def _preferred(nodes: dict[str, Any], elsewhere: dict[str, Any]) -> dict[str, Any]:
    wish = {"weight": STRONGEST, "preference": {"matchExpressions": [elsewhere]}}
    return {PREFERRED: [*nodes.get(PREFERRED, ()), wish]}
