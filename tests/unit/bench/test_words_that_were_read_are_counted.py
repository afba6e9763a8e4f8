import pytest
from legibility import found, share, words


@pytest.mark.parametrize(
    ("shown", "read", "count"),
    [
        ("Iowa's renewable electricity", "Iowa's renewable electricity", (3, 3)),
        ("Seattle is wet", "SEATTLE, is wet.", (3, 3)),
        ("Construction", "Constructlon", (1, 1)),
        ("Construction", "Corslruclicm", (0, 1)),
        ("coal", "cool", (0, 1)),
        ("12,500", "12.500", (1, 1)),
        ("12,500", "12500", (0, 1)),
        ("1810", "1310", (0, 1)),
        ("\u221240", "-40", (1, 1)),
        ("\u221240", "40", (0, 1)),
        ("81.0 \u00b7 11%", "81.0 - 11%", (2, 2)),
        ("2\u00d710\u207b\u2076", "2x10-6", (2, 2)),
        ("11%", "11", (0, 1)),
        ("5 5", "5", (1, 2)),
        ("Jan", "", (0, 1)),
        ("\u00b7", "", (0, 0)),
    ],
)
def test_a_word_counts_once_and_a_number_digit_by_digit(
    shown: str, read: str, count: tuple[int, int]
) -> None:
    assert found(shown, read) == count


def test_long_and_short_lines_count_by_their_words() -> None:
    assert share([("one two three", "one two three"), ("four", "")]) == 0.75


def test_without_words_there_is_nothing_to_tell() -> None:
    assert share([]) is None
    assert share([("\u2013", "-")]) is None


def test_words_keep_no_punctuation() -> None:
    assert words("Rain (mm), 2001\u20132017") == ("rain", "mm", "2001", "2017")
