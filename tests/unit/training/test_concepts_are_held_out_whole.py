"""An evaluation checkpoint sees no icon of a concept that is held out, by whatever name."""

import pytest

from runner.training.diffusion.captions import Shown
from runner.training.diffusion.held_out import concepts, is_held_out
from runner.training.evaluation.subjects import subjects


def shown(name: str, *words: str) -> Shown:
    return Shown(name, "flat", words, None, recoloured=False)


@pytest.mark.parametrize(
    ("icon", "left_out"),
    [
        (shown("red apple"), True),
        (shown("apples"), True),
        (shown("loaf"), True),
        (shown("slice", "toast"), True),
        (shown("pineapple"), False),
        (shown("banana", "fruit"), False),
        (shown("credit note", "card"), False),
    ],
)
def test_names_synonyms_and_keywords_leave_an_icon_out(icon: Shown, left_out: bool) -> None:  # noqa: FBT001
    assert is_held_out(icon, concepts()) is left_out


def test_nothing_is_left_out_where_nothing_is_held_out() -> None:
    assert not is_held_out(shown("red apple"), ())


def test_twenty_subjects_are_held_out_and_beside_each_stands_one_that_is_learnt() -> None:
    asked = {subject.words: subject for subject in subjects()}
    held_out = concepts()
    assert len({concept.subject for concept in held_out}) == 20
    assert len({concept.beside for concept in held_out}) == 20
    for concept in held_out:
        assert is_held_out(shown(asked[concept.subject].answers[0]), held_out)
        assert not any(is_held_out(shown(answer), held_out) for answer in asked[concept.beside].answers)
