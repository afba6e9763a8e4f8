import pytest

from runner.training.evaluation.grading import is_right
from runner.training.evaluation.subjects import misses, subjects, undrawable


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("cup of coffee", True),
        ("two coffees", True),
        ("tea / coffee", True),
        ("tea", False),
        ("", False),
        ("bicycles", False),
    ],
)
def test_an_answer_holds_all_words_of_an_accepted_one(said: str, right: bool) -> None:  # noqa: FBT001
    assert is_right(said, ("coffee", "cup of water")) is right


def test_there_are_200_subjects_and_each_has_answers() -> None:
    assert len({subject.words for subject in subjects()}) == 200
    assert all(subject.answers for subject in subjects())
    assert len(subjects("held-out")) == 100
    assert not {s.words for s in subjects()} & {s.words for s in subjects("held-out")} & set(undrawable())


def test_what_a_reader_called_otherwise_is_a_miss() -> None:
    assert "Household waste" in misses("diffusion"), "a wastebasket"
    assert "Working hours" not in misses("diffusion"), "a clock"
