import pytest
from chartspark_runner.errors import BadRequest
from chartspark_runner.read import share
from runner_builders import chart_object, job

ASKED = job(*(chart_object(name=f"c{i}") for i in range(5)), parallelism=3)
CASES = [
    (None, None, ["c0", "c1", "c2", "c3", "c4"]),
    ("0,2", "1", ["c2"]),
    ("0,2", "0", ["c0", "c3"]),
    ("1", None, ["c1", "c4"]),
]


@pytest.mark.parametrize(("shards", "index", "names"), CASES)
def test_chart_i_belongs_to_shard_i_mod_shards(
    shards: str | None, index: str | None, names: list[str]
) -> None:
    assert [chart.name for chart in share(ASKED, shards, index)] == names


@pytest.mark.parametrize(("shards", "index"), [("3", None), ("0,2", "2"), ("x", "0")])
def test_a_share_that_is_not_there_is_refused(shards: str, index: str | None) -> None:
    with pytest.raises(BadRequest, match="shard"):
        share(ASKED, shards, index)
