"""A model that no image carries: written to a claim, mounted read-only, and loaded from there by the runner."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chartspark_dev.cluster import RESULTS_CLAIM
from chartspark_dev.images import Images
from e2e_support import Jobs, manifest, writer

TINY_MODELS = Path(__file__).parents[1] / "unit" / "runner" / "tiny_models.py"
WRITE = "\nwrite_one_that_draws_a_square(Path('/results/models/squares'))\n"


@pytest.fixture
def model(jobs: Jobs, built: Images) -> Iterator[dict[str, str]]:
    """A model on a claim of its own, or on the claim of the results where volumes are not ours to make."""
    jobs.kubectl(
        "apply",
        "-f",
        "-",
        document=writer(built.runner.reference, "python3", "-c", TINY_MODELS.read_text() + WRITE),
    )
    jobs.kubectl("wait", "pod/writer", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=240s")
    if jobs.cluster.storage is None:
        yield {"claimName": RESULTS_CLAIM, "path": "models/squares"}
        return
    folder = jobs.cluster.storage / jobs.namespace / "models"
    name = f"weights-{uuid.uuid4().hex[:8]}"
    jobs.kubectl(
        "apply", "-f", "-", document={"apiVersion": "v1", "kind": "List", "items": claim(name, folder)}
    )
    jobs.kubectl("wait", "pvc/weights", "--for=jsonpath={.status.phase}=Bound", "--timeout=60s")
    yield {"claimName": "weights", "path": "squares"}
    jobs.cluster.kubectl("delete", "pv", name, "--wait=false")


def test_a_job_becomes_a_picture(jobs: Jobs, model: dict[str, str]) -> None:
    jobs.apply(manifest("mine", "one", model=model | {"device": "CPU"}))
    done = jobs.wait("mine", "Complete")
    metadata = json.loads(jobs.storage.run("cat", f"{jobs.results(done)}/one/metadata.json"))
    assert {part["name"] for part in metadata["models"]} == {"/".join(model.values())}
    assert metadata["scores"]["total"] >= 0.9
    (pod,) = jobs.children("pods", "mine")
    (mount,) = (one for one in pod["spec"]["containers"][0]["volumeMounts"] if one["mountPath"] == "/models")
    assert mount["readOnly"] is True


def test_a_folder_that_holds_no_model_ends_the_job_with_a_sentence(jobs: Jobs, model: dict[str, str]) -> None:
    jobs.apply(manifest("lost", "one", model=model | {"path": "circles", "device": "CPU"}))
    ended = jobs.wait("lost", "Failed")
    assert ended.status is not None
    assert ended.status.reason == "MissingModel"
    assert "there is no folder /models/circles" in (ended.status.message or "")


def claim(volume: str, folder: Path) -> list[dict[str, Any]]:
    """A claim that can only be read, and the volume behind it."""
    shared = {"accessModes": ["ReadOnlyMany"], "storageClassName": ""}
    return [
        {
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": {"name": volume},
            "spec": shared
            | {"capacity": {"storage": "1Gi"}, "hostPath": {"path": str(folder), "type": "Directory"}},
        },
        {
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": {"name": "weights"},
            "spec": shared | {"volumeName": volume, "resources": {"requests": {"storage": "1Gi"}}},
        },
    ]
