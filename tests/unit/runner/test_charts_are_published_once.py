import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from chartspark_api.reasons import Reason
from chartspark_runner.errors import BadRequest
from chartspark_runner.painter import OnStep, Order, Painting
from chartspark_runner.run import run_share
from chartspark_runner.storage import Store
from chartspark_runner.verify import verify_results
from runner_builders import BallPainter, chart_object, job, means
from typing_extensions import override

FILES = {"chart.png", "chart.svg", "element.png", "plain.png", "overlay.png", "masks", "metadata.json"}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(file): (file.stat().st_ino, file.stat().st_mtime_ns) for file in folder.rglob("*")}


def test_a_chart_comes_with_everything_that_belongs_to_it(tmp_path: Path) -> None:
    asked = job()
    report = run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    assert report.reason is Reason.COMPLETE
    assert {file.name for file in (tmp_path / "things").iterdir()} == FILES
    index = json.loads((tmp_path / "index.json").read_text())
    assert (
        index["charts"][0].items()
        >= {"chart": "things", "file": "things/chart.png", "scorePercent": 100}.items()
    )
    assert "things/chart.png" in (tmp_path / "index.html").read_text()
    assert verify_results(tmp_path) == []


def test_a_resume_leaves_what_is_published(tmp_path: Path) -> None:
    asked = job(chart_object(), chart_object(name="more"))
    run_share(asked, asked.spec.charts[:1], means(tmp_path, BallPainter()))
    before = stamps(tmp_path / "things")
    painter = BallPainter()
    report = run_share(asked, asked.spec.charts, means(tmp_path, painter, "pod-2"))
    assert report.charts_done == 2
    assert stamps(tmp_path / "things") == before
    assert len(painter.orders) == 2


def test_the_first_valid_publication_wins(tmp_path: Path) -> None:
    assert Store(tmp_path, "a").publish("things", {"chart.png": b"first", "masks/0.png": b"m"})
    assert not Store(tmp_path, "b").publish("things", {"chart.png": b"second"})
    assert (tmp_path / "things" / "chart.png").read_bytes() == b"first"


def test_a_bad_chart_is_a_result_and_the_others_go_on(tmp_path: Path) -> None:
    asked = job(chart_object(name="bad", y="nothing"), chart_object())
    report = run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    assert report.reason is Reason.COMPLETE_WITH_FAILURES
    assert [(failed.name, failed.reason) for failed in report.failed_charts] == [("bad", Reason.INVALID_DATA)]


def test_a_chart_that_two_pods_did_not_survive_is_given_up(tmp_path: Path) -> None:
    asked = job()
    for pod in ("a", "b"):
        Store(tmp_path, pod).begin("things")
    painter = BallPainter()
    report = run_share(asked, asked.spec.charts, means(tmp_path, painter, "c"))
    assert report.failed_charts[0].reason is Reason.CRASHED
    assert painter.orders == []


def test_what_nobody_foresaw_in_one_chart_is_its_result_and_the_others_go_on(tmp_path: Path) -> None:
    class Surprised(BallPainter):
        def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
            if "surprise" in orders[0].prompt:
                raise ZeroDivisionError("division by zero")
            return super().paint(orders, on_step)

    asked = job(chart_object(name="bad", subject="surprise"), chart_object())
    report = run_share(asked, asked.spec.charts, means(tmp_path, Surprised()))
    assert [(failed.name, failed.reason) for failed in report.failed_charts] == [("bad", Reason.CRASHED)]
    assert "ZeroDivisionError: division by zero" in report.failed_charts[0].message
    assert report.charts_done == 1


def test_a_sweep_leaves_the_starts_of_a_chart_whose_name_begins_with_a_number(tmp_path: Path) -> None:
    Store(tmp_path, "a", attempt=1).begin("1-apples")
    second = Store(tmp_path, "b", attempt=2)
    second.sweep_earlier_attempts()
    assert second.starts("1-apples") == 1


def test_a_chart_that_one_pod_did_not_survive_is_tried_again(tmp_path: Path) -> None:
    asked = job()
    Store(tmp_path, "a").begin("things")
    assert run_share(asked, asked.spec.charts, means(tmp_path, BallPainter())).charts_done == 1


def test_what_an_earlier_attempt_left_half_made_is_removed_and_a_neighbours_work_is_not(
    tmp_path: Path,
) -> None:
    asked = job()
    dead, neighbour = (Store(tmp_path, pod, attempt) for pod, attempt in (("a", 1), ("b", 2)))
    for store in (dead, neighbour):
        store.write_whole(tmp_path / "unrelated", b"")
    half = {name: tmp_path / ".work" / "partial" / name / "things" / "chart.png" for name in ("1-a", "2-b")}
    for file in half.values():
        file.parent.mkdir()
        file.write_bytes(b"half")
    second = means(tmp_path, BallPainter())
    run_share(asked, asked.spec.charts, replace(second, store=Store(tmp_path, "c", attempt=2)))
    assert [name for name, file in half.items() if file.exists()] == ["2-b"]


def test_a_pod_that_comes_back_from_the_dead_changes_nothing_that_is_published(tmp_path: Path) -> None:
    asked = job()
    published: dict[str, tuple[int, int]] = {}

    class Frozen(BallPainter):
        """Stands still in the middle of its chart until another attempt has made it."""

        @override
        def paint(self, order: Order, on_step: OnStep) -> Painting:
            if not published:
                second = replace(means(tmp_path, BallPainter()), store=Store(tmp_path, "second", attempt=2))
                assert run_share(asked, asked.spec.charts, second).charts_done == 1
                published.update(stamps(tmp_path / "things"))
            return super().paint(order, on_step)

    dead = replace(means(tmp_path, Frozen()), store=Store(tmp_path, "dead", attempt=1))
    report = run_share(asked, asked.spec.charts, dead)
    assert report.charts_done == 1
    assert stamps(tmp_path / "things") == published
    assert not list((tmp_path / ".work" / "partial").iterdir())
    assert verify_results(tmp_path) == []


def test_the_index_holds_a_chart_that_another_pod_published_in_between(tmp_path: Path) -> None:
    asked = job(chart_object(), chart_object(name="more"))
    other = means(tmp_path, BallPainter(), "other")

    class Interrupted(Store):
        def write_whole(self, target: Path, data: bytes) -> None:
            super().write_whole(target, data)
            if target.name == "index.html" and not self.is_published("more"):
                run_share(asked, asked.spec.charts[1:], other)
                super().write_whole(self.out / "index.json", b"stale")

    mine = replace(means(tmp_path, BallPainter()), store=Interrupted(tmp_path, "mine"))
    run_share(asked, asked.spec.charts[:1], mine)
    index = json.loads((tmp_path / "index.json").read_text())
    assert [entry["chart"] for entry in index["charts"]] == ["things", "more"]


def test_a_seed_left_out_is_drawn_once(tmp_path: Path) -> None:
    asked = job(chart_object(seed=None), chart_object(seed=None, name="more"))
    run_share(asked, asked.spec.charts[:1], means(tmp_path, BallPainter()))
    recorded = [c["seed"] for c in json.loads((tmp_path / "job.json").read_text())["spec"]["charts"]]
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    seeds = [
        json.loads((tmp_path / name / "metadata.json").read_text())["seed"] for name in ("things", "more")
    ]
    assert seeds == recorded


def test_another_request_is_not_mixed_in(tmp_path: Path) -> None:
    asked, other = job(), job(chart_object(title="Something else"))
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    with pytest.raises(BadRequest, match="another request"):
        run_share(other, other.spec.charts, means(tmp_path, BallPainter()))


def test_the_same_request_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    for folder, seed in (("a", 7), ("b", 7), ("c", 8)):
        asked = job(chart_object(seed=seed))
        run_share(asked, asked.spec.charts, means(tmp_path / folder, BallPainter()))
    for name in ("chart.png", "chart.svg"):
        a, b, c = ((tmp_path / folder / "things" / name).read_bytes() for folder in "abc")
        assert a == b
        assert a != c


def pictures(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.glob("*/chart.*")}


def test_a_resume_and_two_pods_give_the_bytes_that_one_pod_gives(tmp_path: Path) -> None:
    asked = job(chart_object(), chart_object(name="more", seed=8), uid="one")
    for folder, parts in (("once", [slice(0, 2)]), ("resumed", [slice(0, 1), slice(0, 2)])):
        for part in parts:
            run_share(asked, asked.spec.charts[part], means(tmp_path / folder, BallPainter()))
    for i in (1, 0):
        run_share(asked, asked.spec.charts[i : i + 1], means(tmp_path / "two", BallPainter(), f"pod-{i}"))
    assert len(pictures(tmp_path / "once")) == 4
    assert pictures(tmp_path / "resumed") == pictures(tmp_path / "once")
    assert pictures(tmp_path / "two") == pictures(tmp_path / "once")


def test_a_changed_picture_is_found(tmp_path: Path) -> None:
    asked = job()
    run_share(asked, asked.spec.charts, means(tmp_path, BallPainter()))
    folder = tmp_path / "things"
    (folder / "chart.png").write_bytes((folder / "overlay.png").read_bytes())
    faults = verify_results(tmp_path)
    assert any("has changed" in fault for fault in faults)
