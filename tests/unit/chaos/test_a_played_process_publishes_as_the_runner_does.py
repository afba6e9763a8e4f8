import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest
from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason
from chartspark_api.report import RunReport
from shapes import Planned, Shape, draw
from work import DONE, SENT_AWAY, Ending, Work

KILLED = Ending("killed", 137, "OOMKilled")


def planned(shape: Shape, charts: int = 2) -> Planned:
    dice = random.Random(1)  # noqa: S311 - it is to be repeated
    found = next(one for one in draw(dice, 200, ("team",), 1.0) if one.shape is shape)
    return Planned(**{**vars(found), "charts": charts, "parallelism": 1, "chart_seconds": 0.01})


def pod(uid: str, attempt: int = 1, round_: int = 1) -> dict[str, Any]:
    out = ["--out", "/results/team-job", "--shards", "0", "--attempt", str(attempt), "--round", str(round_)]
    labels = {"batch.kubernetes.io/job-completion-index": "0"}
    container = {"args": ["run", "/request/request.json", *out]}
    return {"metadata": {"uid": uid, "labels": labels}, "spec": {"containers": [container]}}


def report(work: Work, ending: Ending) -> RunReport:
    return RunReport.model_validate_json(work.report(ending))


def journal(claims: Path) -> list[str]:
    lines = (claims / "published.jsonl").read_text().splitlines()
    return [Path(json.loads(line)["folder"]).name for line in lines]


async def test_what_is_published_is_found_by_the_next(tmp_path: Path) -> None:
    first = Work.of(pod("p1"), planned(Shape.SINGLE), tmp_path)
    assert await first.run() is DONE
    assert report(first, DONE).charts_done == 2
    second = Work.of(pod("p2", attempt=2), planned(Shape.SINGLE), tmp_path)
    assert await second.run() is DONE
    assert report(second, DONE).reason is Reason.COMPLETE
    assert journal(tmp_path) == ["c0", "c1"]
    assert json.loads((tmp_path / "team" / "team-job" / "c0" / "metadata.json").read_text())["pod"] == "p1"


@pytest.mark.parametrize(("ending", "starts"), [(KILLED, 1), (SENT_AWAY, 0)])
async def test_only_a_start_whose_end_is_told_is_taken_back(
    ending: Ending, starts: int, tmp_path: Path
) -> None:
    work = Work.of(pod("p1"), planned(Shape.SINGLE), tmp_path)
    work.ordered.set_result(ending)
    assert await work.run() is ending
    assert work.store.starts("c0") == starts
    assert bool(work.report(ending)) == ending.told


async def test_a_chart_that_took_two_pods_down_is_told_as_failed(tmp_path: Path) -> None:
    for uid in ("p1", "p2"):
        work = Work.of(pod(uid), planned(Shape.SINGLE, charts=1), tmp_path)
        work.ordered.set_result(KILLED)
        await work.run()
    third = Work.of(pod("p3"), planned(Shape.SINGLE, charts=1), tmp_path)
    assert await third.run() is DONE
    assert [failed.reason for failed in report(third, DONE).failed_charts] == [Reason.CRASHED]


@pytest.mark.parametrize(("shape", "code"), [(Shape.TRIED_AGAIN, ExitCode.MISSING_INPUT), (Shape.PARTLY, 0)])
async def test_what_fails_in_the_first_round_is_made_in_the_second(
    shape: Shape, code: int, tmp_path: Path
) -> None:
    first = Work.of(pod("p1"), planned(shape), tmp_path)
    assert (await first.run()).code == code
    second = Work.of(pod("p2", 2, round_=2), planned(shape), tmp_path)
    assert report(second, await second.run()).charts_done == 2


async def test_two_processes_at_one_share_publish_each_chart_once(tmp_path: Path) -> None:
    works = [Work.of(pod(uid), planned(Shape.SINGLE), tmp_path) for uid in ("p1", "p2")]
    assert await asyncio.gather(*(work.run() for work in works)) == [DONE, DONE]
    assert sorted(journal(tmp_path)) == ["c0", "c1"]
