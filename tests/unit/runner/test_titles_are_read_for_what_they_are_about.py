import pytest
from chartspark_runner.models.icons.reading import readings


@pytest.mark.parametrize(
    ("subject", "phrases"),
    [
        ("red apple", ["red apple", "red", "apple"]),
        ("Fish caught in the North Sea", ["fish caught in the north sea", "fish caught", "fish"]),
        ("Wheat yield per hectare", ["wheat yield per hectare", "wheat yield", "wheat"]),
        ("Dogs per household", ["dogs per household", "dogs", "dog"]),
        ("Year-on-year change", ["year on year change"]),
        ("Price of gold", ["price of gold", "gold"]),
    ],
)
def test_words_about_charts_and_places_are_passed_over(subject: str, phrases: list[str]) -> None:
    assert [reading.phrase for reading in readings(subject)] == phrases


@pytest.mark.parametrize("subject", ["?!", "per", "of the"])
def test_a_subject_without_words_is_read_as_it_stands(subject: str) -> None:
    assert all(reading.whole for reading in readings(subject))
    assert readings(subject)


def test_single_words_stand_for_the_subject_less_than_the_whole() -> None:
    by_phrase = {reading.phrase: reading for reading in readings("Orange juice futures")}
    assert by_phrase["juice"].weight < by_phrase["orange juice futures"].weight
    assert not by_phrase["juice"].whole
