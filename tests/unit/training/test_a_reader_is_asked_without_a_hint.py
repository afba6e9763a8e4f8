"""Sheets for a reader tell nothing but numbers, and the key finds again what was said of each picture."""

import csv
from pathlib import Path

from PIL import Image

from runner.training.evaluation.reading import Shown, graded, write_sheets
from runner.training.evaluation.subjects import Subject

SUBJECTS = {
    "Apple harvest": Subject("Apple harvest", ("apple",)),
    "Bus rides": Subject("Bus rides", ("bus",)),
}
SHOWN = [
    Shown(subject, group, Image.new("RGBA", (8, 8), "red"))
    for subject in SUBJECTS
    for group in ("from its icon", "from words")
]


def said(folder: Path, answers: dict[tuple[str, str], str]) -> Path:
    """Fill in what a reader says of each picture, by its number alone."""
    with (folder / "key.csv").open(encoding="utf-8", newline="") as stream:
        key = list(csv.DictReader(stream))
    with (folder / "said.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("number", "answer"))
        rows.writerows((row["number"], answers[row["subject"], row["group"]]) for row in key)
    return folder / "said.csv"


def test_what_is_said_of_a_number_is_graded_by_what_was_shown_there(tmp_path: Path) -> None:
    write_sheets(SHOWN, seed=1, out=tmp_path)
    answers = said(
        tmp_path,
        {
            ("Apple harvest", "from its icon"): "apple",
            ("Apple harvest", "from words"): "cherry / apple",
            ("Bus rides", "from its icon"): "bus",
            ("Bus rides", "from words"): "box",
        },
    )
    told = {(one.subject, one.group): one for one in graded(tmp_path / "key.csv", answers, SUBJECTS)}
    assert {place for place, one in told.items() if one.right} == {
        ("Apple harvest", "from its icon"),
        ("Bus rides", "from its icon"),
    }
    assert told["Apple harvest", "from words"].right_besides
    assert not told["Bus rides", "from words"].right_besides


def test_the_order_comes_from_the_seed_and_hides_which_pictures_belong_together(tmp_path: Path) -> None:
    keys = set()
    for run, seed in enumerate((1, 1, 2, 3)):
        write_sheets(SHOWN, seed, tmp_path / str(run))
        rows = (tmp_path / str(run) / "key.csv").read_text(encoding="utf-8").splitlines()[1:]
        keys.add(tuple(row.split(",", 2)[2] for row in rows))
        assert [path.name for path in (tmp_path / str(run)).glob("*.png")] == ["sheet-01.png"]
    assert len(keys) > 1
    assert (tmp_path / "0/key.csv").read_bytes() == (tmp_path / "1/key.csv").read_bytes()
