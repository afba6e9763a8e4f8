"""`manifests/input/*.yaml` become `manifests/output/*.yaml`.

To write the outputs anew, and then to review them as a diff:

    CHARTSPARK_REGENERATE=1 .venv/bin/pytest tests/unit/operator -k golden
"""

import os
from pathlib import Path

import pytest
import yaml
from chartspark_api.job import ChartSparkJob
from chartspark_api.model import Model
from chartspark_operator.actions import StartAttempt
from chartspark_operator.manifests.attempt import attempt_job
from chartspark_operator.manifests.environment import thread_count
from chartspark_operator.manifests.request import read_request, request_config_map
from chartspark_operator.manifests.storage import volume_mounts, volumes
from chartspark_operator.settings import Settings

FOLDER = Path(__file__).parent / "manifests"
PLAIN = Settings(runner_image="registry.example/runner:1")
FULL = Settings(
    runner_image="registry.example/runner:1",
    runner_image_pull_policy="IfNotPresent",
    runner_image_pull_secrets=("pull",),
    gpu_runtime_class_name="nvidia",
    installation="chartspark.main",
)
CASES = {
    "small": (PLAIN, 1, (0,)),
    "everything": (FULL, 2, (1,)),
}


def read(name: str) -> ChartSparkJob:
    return ChartSparkJob.model_validate(yaml.safe_load((FOLDER / "input" / f"{name}.yaml").read_text()))


@pytest.mark.parametrize("name", CASES)
def test_golden_manifests(name: str) -> None:
    settings, attempt, shards = CASES[name]
    job = read(name)
    made = [
        request_config_map(job, settings, {}),
        attempt_job(job, settings, StartAttempt(attempt, shards, round=attempt)),
    ]
    golden = FOLDER / "output" / f"{name}.yaml"
    if os.environ.get("CHARTSPARK_REGENERATE"):
        golden.write_text(yaml.safe_dump_all(made, sort_keys=False, allow_unicode=True, width=110))
    assert made == list(yaml.safe_load_all(golden.read_text()))


def test_a_claim_that_holds_model_and_results_is_one_volume() -> None:
    job = read("everything")
    model = job.spec.model.model_copy(update={"claim_name": job.spec.output.claim_name})
    same = job.model_copy(update={"spec": job.spec.model_copy(update={"model": model})})
    names = [volume["name"] for volume in volumes(same)]
    assert "models" not in names
    assert {"name": "results", "mountPath": "/models", "readOnly": True} in volume_mounts(same)


@pytest.mark.parametrize("model", [{}, {"name": "Icons"}])
def test_a_model_that_compares_pictures_with_words_comes_with_its_claim(model: dict[str, str]) -> None:
    job = read("small")
    asked = Model.model_validate({"claimName": "weights", "textImageModel": "clip"} | model)
    compared = job.model_copy(update={"spec": job.spec.model_copy(update={"model": asked})})
    pod = attempt_job(compared, PLAIN, StartAttempt(1, (0,), round=1))["spec"]["template"]["spec"]
    (runner,) = pod["containers"]
    claim = {"claimName": "weights", "readOnly": True}
    assert {"name": "models", "persistentVolumeClaim": claim} in pod["volumes"]
    assert {"name": "models", "mountPath": "/models", "readOnly": True} in runner["volumeMounts"]
    assert "--models /models" in " ".join(runner["args"])
    request = request_config_map(compared, PLAIN, {})
    assert read_request(request).spec.model.text_image_model == "clip"


def test_every_input_has_a_case_and_every_golden_file_an_input() -> None:
    assert {path.stem for path in (FOLDER / "input").iterdir()} == set(CASES)
    assert {path.stem for path in (FOLDER / "output").iterdir()} == set(CASES)


def test_the_request_is_read_back_as_it_was_written() -> None:
    job = read("everything")
    assert read_request(request_config_map(job, FULL, {})) == job


@pytest.mark.parametrize(
    ("cpu", "threads"), [("1", 1), ("2.9", 2), ("2500m", 2), ("500m", 1), ("0.25", 1), ("16", 16), ("0", 1)]
)
def test_threads_are_the_floor_of_the_cap_and_at_least_one(cpu: str, threads: int) -> None:
    assert thread_count(cpu) == threads
