"""The build of the icon library takes the folder as its documentation says, and without one the runner's own."""

from pathlib import Path

import pytest
import typer
from typer.main import get_command

from runner.training.library.__main__ import LIBRARY, main


@pytest.mark.parametrize(("words", "folder"), [(["somewhere"], Path("somewhere")), ([], LIBRARY)])
def test_the_folder_is_the_one_argument(words: list[str], folder: Path) -> None:
    app = typer.Typer()
    app.command()(main)
    assert get_command(app).make_context("library", words).params == {"folder": folder}
