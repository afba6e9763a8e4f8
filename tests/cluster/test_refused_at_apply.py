"""Each row of tests/refusals/at_apply.py, through `kubectl apply` and a real API server."""

import json
from collections.abc import Iterator

import pytest
from chartspark_dev.cluster import Cluster
from chartspark_dev.errors import CommandFailedError
from cluster_support import Namespace

from tests.refusals.at_apply import AT_APPLY
from tests.refusals.bad_input import SOUND, BadInput, Object

BEGUN = {"attempts": [{"number": 1, "job": "harvest-1", "shards": "0", "startTime": "2026-01-01T00:00:00Z"}]}


@pytest.fixture(scope="module")
def place(cluster: Cluster) -> Iterator[Namespace]:
    made = Namespace.create(cluster)
    yield made
    made.delete()


@pytest.fixture
def begun(place: Namespace) -> Iterator[Namespace]:
    """A job that has begun: without an operator, the test says so in its status."""
    place.apply(SOUND)
    status = json.dumps({"status": BEGUN})
    place.kubectl("patch", "csj", "harvest", "--subresource=status", "--type=merge", "-p", status)
    yield place
    place.kubectl("delete", "csj", "harvest")


def answer(place: Namespace, manifest: Object) -> str:
    words = ("apply", "--validate=strict", "--dry-run=server", "-f", "-")
    try:
        return place.kubectl(*words, stdin=json.dumps(manifest))
    except CommandFailedError as error:
        return str(error)


@pytest.mark.parametrize("row", [row for row in AT_APPLY if not row.begun], ids=lambda row: row.name)
def test_its_author_is_told(row: BadInput, place: Namespace) -> None:
    assert row.told in answer(place, row.manifest)


@pytest.mark.parametrize("row", [row for row in AT_APPLY if row.begun], ids=lambda row: row.name)
def test_the_author_of_an_edit_is_told(row: BadInput, begun: Namespace) -> None:
    assert row.told in answer(begun, row.manifest)


def test_the_manifest_that_all_of_them_change_is_sound(place: Namespace) -> None:
    assert "harvest created" in answer(place, SOUND)


def test_the_time_to_live_of_a_job_that_has_begun_may_be_changed(begun: Namespace) -> None:
    longer = SOUND | {"spec": SOUND["spec"] | {"ttlSecondsAfterFinished": 60}}
    assert "harvest configured" in answer(begun, longer)


def test_a_job_that_ended_without_an_attempt_is_not_edited_either(place: Namespace) -> None:
    # Nothing would happen, and its author would wait.
    refused = SOUND | {"metadata": {"name": "refused"}}
    place.apply(refused)
    ended = json.dumps({"status": {"completionTime": "2026-01-01T00:00:00Z"}})
    place.kubectl("patch", "csj", "refused", "--subresource=status", "--type=merge", "-p", ended)
    edited = refused | {"spec": SOUND["spec"] | {"parallelism": 2}}
    assert "once the job has begun or ended" in answer(place, edited)


def test_a_thousand_charts_are_compared_within_the_budget(place: Namespace) -> None:
    many = [chart | {"name": f"c{i}"} for i in range(1000) for chart in SOUND["spec"]["charts"]]
    large = SOUND | {"metadata": {"name": "large"}, "spec": SOUND["spec"] | {"charts": many}}
    place.kubectl("create", "-f", "-", stdin=json.dumps(large))
    for _ in range(2):
        status = json.dumps({"status": BEGUN})
        place.kubectl("patch", "csj", "large", "--subresource=status", "--type=merge", "-p", status)
    edit = json.dumps([{"op": "replace", "path": "/spec/charts/999/title", "value": "Another"}])
    with pytest.raises(CommandFailedError, match="the spec cannot be changed"):
        place.kubectl("patch", "csj", "large", "--type=json", "-p", edit)
