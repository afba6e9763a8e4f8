import pytest
from chartspark_operator.errors import SettingError
from chartspark_operator.settings import Settings, read_settings

IMAGE = {"CHARTSPARK_RUNNER_IMAGE": "runner:1"}


def test_lists_are_separated_by_commas_and_empty_means_default() -> None:
    settings = read_settings(IMAGE | {"CHARTSPARK_NAMESPACES": "a, b,", "CHARTSPARK_API_QPS": ""})
    assert settings.namespaces == ("a", "b")
    assert settings.api_qps == 50


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, "CHARTSPARK_RUNNER_IMAGE"),
        (IMAGE | {"CHARTSPARK_API_QPS": "many"}, "CHARTSPARK_API_QPS"),
        (IMAGE | {"CHARTSPARK_HEALTH_PORT": "0"}, "greater than or equal to 1"),
        (IMAGE | {"CHARTSPARK_LOG_LEVEL": "LOUD"}, "'DEBUG'"),
    ],
)
def test_a_bad_value_is_named_with_what_to_write(environ: dict[str, str], words: str) -> None:
    with pytest.raises(SettingError, match=words) as caught:
        read_settings(environ)
    assert caught.value.exit_code == 78


def test_every_field_says_what_it_means() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
