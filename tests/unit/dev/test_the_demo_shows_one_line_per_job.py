"""What a person sees while the examples run."""

import pytest
from chartspark_dev.demo import table, watched


def document(**status: object) -> dict[str, object]:
    return {"metadata": {"name": "rain"}, "status": status}


FINISHED = [{"type": "Finished", "status": "True"}]
CASES = {
    "not seen by the operator yet": (document(), "rain  Waiting"),
    "waiting, and why": (
        document(reason="Unschedulable", message="0/1 nodes are available.", progress={"summary": "0/2"}),
        "rain  Unschedulable     0/2  0/1 nodes are available.",
    ),
    "at work, and at what": (
        document(
            reason="Running", message="1 pod.", progress={"summary": "1/2", "activity": "may: generate 3/80"}
        ),
        "rain  Running           1/2  may: generate 3/80",
    ),
    "ended, and how": (
        document(
            reason="Complete",
            message="All.",
            progress={"summary": "2/2", "activity": "x"},
            conditions=FINISHED,
        ),
        "rain  Complete          2/2  All.",
    ),
}


@pytest.mark.parametrize(("job", "line"), CASES.values(), ids=CASES.keys())
def test_a_line_tells_where_the_job_is(job: dict[str, object], line: str) -> None:
    assert watched(job).line(4).split() == line.split()


def test_the_table_names_each_picture() -> None:
    entry = {
        "job": "rain",
        "chart": "may",
        "scorePercent": 99,
        "seconds": 3.04,
        "seed": 1,
        "file": "rain/may/chart.png",
    }
    assert table([entry]).splitlines()[1].split() == [
        "rain",
        "may",
        "99",
        "%",
        "3.0",
        "1",
        "results/rain/may/chart.png",
    ]
