"""What is counted of the judge's guesses, and which icons are kept aside to know the best that it can do."""

import numpy as np
import pytest
import torch

from runner.training.evaluation.recognition.icons import SETS, kept_aside
from runner.training.evaluation.recognition.network import Judge, on_white
from runner.training.evaluation.recognition.ranks import likeness_to_subjects, share, shuffled
from runner.training.evaluation.subjects import Subject
from runner.training.library.sets import _NAMES

ROWS = np.array([[0.9, 0.1, 0.0], [0.5, 0.5, 0.4], [0.8, 0.7, 0.1]], np.float32)


def test_a_subject_is_as_near_as_the_nearest_of_its_answers() -> None:
    seen = np.array([[1, 0]], np.float32)
    answers = [np.array([[0, 1], [0.6, 0.8]], np.float32), np.array([[1, 0]], np.float32)]
    assert likeness_to_subjects(seen, answers).tolist() == [[pytest.approx(0.6), 1.0]]


def test_first_is_who_no_other_is_nearer_than() -> None:
    counted = share(ROWS, [0, 1, 2])
    assert counted.pictures == 3
    assert counted.first == pytest.approx(2 / 3), "the second ties, the third comes last"
    assert counted.among_five == 1.0


def test_shuffled_pictures_are_right_by_chance_alone() -> None:
    likeness = np.eye(50, dtype=np.float32) + np.random.default_rng(1).random((50, 50), np.float32) / 2
    assert share(likeness, range(50)).first == 1.0
    by_chance = shuffled(likeness, list(range(50)), seed=1)
    assert by_chance.first == pytest.approx(0.02, abs=0.02)
    assert by_chance.among_five == pytest.approx(0.1, abs=0.04)
    assert shuffled(likeness, list(range(50)), seed=1) == by_chance


def test_one_icon_of_each_subject_is_kept_aside_and_none_for_two() -> None:
    asked = (Subject("Apples", ("apple",)), Subject("Fruit", ("apple", "pear")), Subject("Cars", ("car",)))
    aside = kept_aside(["apples", "pear", "apple tree"], asked, seed=1)
    assert aside == {"Apples": 0, "Fruit": 1}


def test_the_judge_learns_from_no_set_of_the_library() -> None:
    assert not set(SETS) & {source for _, source, _ in _NAMES}


def test_what_nobody_can_see_is_white_to_the_judge() -> None:
    clear = torch.zeros(1, 4, 64, 64, dtype=torch.uint8)
    assert on_white(clear).eq(1).all()
    assert float(Judge(8).eval()(on_white(clear)).norm().detach()) == pytest.approx(1.0)
