import pytest
from chartspark_api.reasons import Reason
from chartspark_runner.check import plan_chart
from chartspark_runner.errors import (
    ColumnMissing,
    EmptyTable,
    InvalidData,
    NotANumber,
    TableElsewhere,
    TooManyBars,
)
from runner_builders import chart

CASES = {
    "column": ({"y": "amuont"}, ColumnMissing, ["'thing', 'amount'", "did you mean 'amount'"]),
    "empty": ({"csv": "thing,amount\n"}, EmptyTable, ["no rows"]),
    "blank": ({"csv": "\n\n\n"}, EmptyTable, ["the table is empty"]),
    "comma in a number": ({"csv": "thing,amount\na,1,234\n"}, InvalidData, ["row 1 (a)", "not 1,234"]),
    "semicolons": ({"csv": "thing;amount\na;1\n"}, ColumnMissing, ["separate them by commas"]),
    "elsewhere": (
        {"data": {"configMapKeyRef": {"name": "sales", "key": "a.csv"}}},
        TableElsewhere,
        ["ConfigMap", "data.csv"],
    ),
    "text": ({"csv": "thing,amount\na,1\nb,many\n"}, NotANumber, ["row 2", "'many'", "(b)"]),
    "nothing": ({"csv": "thing,amount\na\n"}, NotANumber, ["row 1", "empty"]),
    "nan": ({"csv": "thing,amount\na,nan\n"}, NotANumber, ["finite"]),
    "crowd": (
        {"csv": "thing,amount\n" + "".join(f"t{i},{i}\n" for i in range(90))},
        TooManyBars,
        ["pixels apart", "larger width"],
    ),
}


@pytest.mark.parametrize(("fields", "kind", "parts"), CASES.values(), ids=CASES)
def test_it_names_what_to_change(
    fields: dict[str, object], kind: type[InvalidData], parts: list[str]
) -> None:
    with pytest.raises(kind) as caught:
        plan_chart(chart(**fields))
    assert caught.value.reason is Reason.INVALID_DATA
    for part in parts:
        assert part in str(caught.value)
