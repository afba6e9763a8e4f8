from pathlib import Path

import pytest
from chartspark_runner.errors import ColumnMissing, InvalidData, TooManySubjects
from chartspark_runner.run import run_share
from runner_builders import BallPainter, chart_object, job, means, planned

FRUIT = "thing,fruit,amount\na,apple,3\nb,pear,2\nc,apple,1\n"


def test_a_column_in_braces_stands_for_the_rows_cell() -> None:
    assert planned(csv=FRUIT, subject="ripe {fruit}").subjects == ("ripe apple", "ripe pear", "ripe apple")
    assert planned(csv=FRUIT, subject="fruit").subjects == ("fruit",) * 3


def test_each_different_subject_is_painted_once_per_candidate(tmp_path: Path) -> None:
    painter = BallPainter()
    request = job(chart_object(csv=FRUIT, subject="{fruit}", candidates=2))
    report = run_share(request, request.spec.charts, means(tmp_path, painter))
    assert report.charts_done == 1
    assert [(order.subject, order.candidate) for order in painter.orders] == [
        ("apple", 0),
        ("pear", 0),
        ("apple", 1),
        ("pear", 1),
    ]
    assert len({order.seed for order in painter.orders}) == 4
    assert {path.name for path in (tmp_path / "things").glob("element*")} == {"element.png", "element-1.png"}


REFUSALS = {
    "no such column": ({"subject": "{frut}"}, ColumnMissing, "did you mean 'fruit'"),
    "an empty cell": (
        {"subject": "{fruit}", "csv": "thing,fruit,amount\na,,3\n"},
        InvalidData,
        "one is empty",
    ),
    "too many": (
        {
            "subject": "{thing}",
            "width": 4000,
            "csv": "thing,amount\n" + "".join(f"t{i},1\n" for i in range(25)),
        },
        TooManySubjects,
        "25 different elements",
    ),
}


@pytest.mark.parametrize(("fields", "fault", "says"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_filled_is_refused(
    fields: dict[str, object], fault: type[Exception], says: str
) -> None:
    with pytest.raises(fault, match=says):
        planned(**{"csv": FRUIT, **fields})
