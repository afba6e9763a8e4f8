"""PyYAML reads a plain y as text; Go's parsers, kubectl's and Helm's, read it as true."""

from collections.abc import Iterator

import pytest
import yaml

from charts.crd_files import template
from charts.render import ROOT

AMBIGUOUS = {"y", "n", "yes", "no", "on", "off"}


def _ambiguous(text: str) -> Iterator[str]:
    for token in yaml.scan(text):
        if isinstance(token, yaml.ScalarToken) and token.plain and token.value.lower() in AMBIGUOUS:
            yield f"line {token.start_mark.line + 1}: {token.value}"


def _without_actions(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "{{" not in line)


def _first_job() -> str:
    notes = (ROOT / "charts/chartspark/templates/NOTES.txt").read_text()
    return notes.split("<<'END'\n", maxsplit=1)[1].split("\nEND\n", maxsplit=1)[0]


TEXTS = {
    "crds/chartsparkjobs.yaml": (ROOT / "crds/chartsparkjobs.yaml").read_text(),
    "templates/crd.yaml": _without_actions(template("header")),
    "values.yaml": (ROOT / "charts/chartspark/values.yaml").read_text(),
    "the first job in NOTES.txt": _first_job(),
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_plain_word_is_a_boolean_to_some(name: str) -> None:
    assert list(_ambiguous(TEXTS[name])) == []


def test_a_plain_y_is_found_and_a_quoted_one_is_not() -> None:
    assert list(_ambiguous("y: 1\n'y': [n, 'n']")) == ["line 1: y", "line 2: n"]
