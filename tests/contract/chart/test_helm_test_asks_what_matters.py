from collections.abc import Callable
from typing import Any

import pytest
import yaml
from chartspark_api.job import ChartSparkJob

from charts.chartspark.files.operator_works import LAST_SEEN, small_job
from charts.render import CHART

Json = dict[str, Any]
RenderTests = Callable[..., list[Json]]


def _pods(objects: list[Json]) -> dict[str, Json]:
    return {each["metadata"]["name"]: each for each in objects if each["kind"] == "Pod"}


def _one(objects: list[Json], kind: str) -> Json:
    (found,) = [each for each in objects if each["kind"] == kind]
    return found


def test_a_test_pod_is_no_endpoint_of_the_operators_service(
    render: Callable[..., list[Json]], render_tests: RenderTests
) -> None:
    selector = _one(render({}), "Service")["spec"]["selector"]
    pods = _pods(render_tests({}))
    assert len(pods) == 2
    for pod in pods.values():
        assert not selector.items() <= pod["metadata"]["labels"].items()


def test_nothing_of_a_test_is_there_before_it_and_after_it_has_passed(
    render: Callable[..., list[Json]], render_tests: RenderTests
) -> None:
    assert not _pods(render({}))
    for each in render_tests({}):
        annotations = each["metadata"]["annotations"]
        assert annotations["helm.sh/hook"] == "test"
        assert annotations["helm.sh/hook-delete-policy"] == "before-hook-creation,hook-succeeded"


def test_pods_come_after_what_they_need(render_tests: RenderTests) -> None:
    objects = render_tests({})
    weights = {
        kind: {
            int(each["metadata"]["annotations"]["helm.sh/hook-weight"])
            for each in objects
            if (each["kind"] == "Pod") == kind
        }
        for kind in (False, True)
    }
    assert max(weights[False]) < min(weights[True])


@pytest.mark.parametrize(
    ("values", "namespace"), [({}, "team"), ({"watchNamespaces": ["charts", "reports"]}, "charts")], ids=str
)
def test_the_job_goes_where_the_operator_looks_and_the_rights_reach_no_further(
    render_tests: RenderTests, values: Json, namespace: str
) -> None:
    objects = render_tests(values)
    role = _one(objects, "Role")
    assert role["metadata"]["namespace"] == namespace
    assert role["rules"] == [
        {
            "apiGroups": ["chartspark.io"],
            "resources": ["chartsparkjobs"],
            "verbs": ["create", "get", "delete"],
        }
    ]
    (container,) = _pods(objects)["spark-chartspark-test-operator"]["spec"]["containers"]
    environment = {each["name"]: each["value"] for each in container["env"]}
    path = f"/apis/chartspark.io/v1alpha1/namespaces/{namespace}/chartsparkjobs"
    assert environment["JOBS_URL"] == path


def test_what_is_submitted_and_drawn_is_valid() -> None:
    assert ChartSparkJob.model_validate(small_job("x"))
    drawn = ChartSparkJob.model_validate(yaml.safe_load((CHART / "files/picture.yaml").read_text()))
    assert [chart.name for chart in drawn.spec.charts] == ["apples"]


def test_the_watches_are_found_in_what_the_operator_exposes(exposed: dict[str, set[str]]) -> None:
    name = LAST_SEEN.partition("^")[2].partition("\\")[0]
    assert exposed[name] == {"resource"}


def test_the_scripts_arrive_as_they_are(render_tests: RenderTests) -> None:
    data = _one(render_tests({}), "ConfigMap")["data"]
    assert data == {file.name: file.read_text() for file in (CHART / "files").iterdir() if file.is_file()}
