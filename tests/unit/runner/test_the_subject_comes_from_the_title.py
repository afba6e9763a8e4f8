import pytest
from chartspark_runner.words import choose_words, keywords_by
from runner_builders import chart, no_keywords


def test_a_subject_that_is_given_is_taken() -> None:
    words = choose_words(chart(style="noto"), "red apple", no_keywords)
    assert (words.subject, words.prompt, words.source) == ("red apple", "red apple, noto icon", "spec")


@pytest.mark.parametrize(
    ("title", "subject"),
    [("Coffee production by country", "coffee"), ("Number of umbrellas sold per year", "umbrellas")],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_words_about_charts_and_quantities_are_passed_over(title: str, subject: str) -> None:
    words = choose_words(chart(title=title), None, keywords_by(None))
    assert (words.subject, words.source) == (subject, "title")
    assert words.keywords[0][1] > 0


def test_a_title_without_things_is_warned_about() -> None:
    words = choose_words(chart(title="Number by year"), None, lambda _, __: [])
    assert "set subject" in words.warnings[0]
