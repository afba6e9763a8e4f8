"""The whole way of a chart whose model is no part of the image: from the folder to the metadata."""

import json
from pathlib import Path

import pytest
from chartspark_api.reasons import Reason
from chartspark_runner.generate.opening import open_painter
from chartspark_runner.progress import Board
from chartspark_runner.run import Means, run_share
from chartspark_runner.storage import Store
from chartspark_runner.verify import verify_results
from runner_builders import chart_object, job, no_keywords
from tiny_models import write_one_that_draws_a_square

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def test_it_is_published_with_the_models_place_and_digests(tmp_path: Path) -> None:
    claim, out = tmp_path / "claim", tmp_path / "out"
    write_one_that_draws_a_square(claim / "squares")
    out.mkdir()
    asked = job(
        chart_object(),
        model={"claimName": "weights", "path": "squares", "revision": "v1", "device": "CPU"},
        sampling={"steps": 2, "batchSize": 2},
    )
    spec, environ = asked.spec, {"OMP_NUM_THREADS": "1"}
    means = Means(
        Store(out, "pod-1"),
        Board(1),
        no_keywords,
        lambda: open_painter(spec.model, spec.sampling, claim, environ, painted=False),
    )
    assert run_share(asked, spec.charts, means).reason is Reason.COMPLETE
    assert verify_results(out) == []
    metadata = json.loads((out / "things" / "metadata.json").read_text())
    assert metadata["scores"]["total"] > 0.9
    assert {model["name"] for model in metadata["models"]} == {"weights/squares"}
    assert [metadata[field] for field in ("revision", "dtype", "device")] == ["v1", "float32", "cpu"]
    (element,) = metadata["elements"]
    assert element == {
        "subject": "ball", "icon": None, "strength": None, "batchSize": 2, "memory": "Whole",
    }  # fmt: skip
