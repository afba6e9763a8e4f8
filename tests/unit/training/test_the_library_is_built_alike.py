import hashlib
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from chartspark_runner.models.icons.library import read_drawing, read_index

from runner.training.library.chosen import Chosen, emoji, glyphs
from runner.training.library.normalise import normalise
from runner.training.library.pack import INKS, Drawn, pack
from runner.training.library.sets import LibrarySet
from runner.training.library.vocabulary import UnknownIconError, named, parse, weights
from runner.training.sources import IconSet, Kind, Source, Svg

BODY = '<path fill="currentColor" d="M0 0h8v8z"/>'


def icon_set(*names: str, categories: dict[str, tuple[str, ...]] | None = None) -> IconSet:
    return IconSet(
        source=Source("small", Kind.GLYPH, "MIT"),
        title="Small",
        author="A",
        url="https://example.org",
        version="1.0.0",
        icons=MappingProxyType({name: Svg(name, BODY, (0, 0, 8, 8)) for name in names}),
        categories=MappingProxyType(categories or {}),
    )


def library_set(*names: str, **keywords: tuple[str, ...]) -> LibrarySet:
    chosen = tuple(Chosen(name, name) for name in names)
    return LibrarySet("small", icon_set(*names), chosen, keywords, ink=True)


def packed(folder: Path, one: LibrarySet) -> dict[str, str]:
    told = weights([one], "fruit salad: apple\n")
    phrases = {phrase for label in told.values() for phrase in label} | {phrase for phrase, _ in INKS}
    random = np.random.default_rng(1)
    vectors = {phrase: random.normal(size=8).astype(np.float32) for phrase in sorted(phrases)}
    outlines = {icon.label: normalise(one.icons.icons[icon.name]) for icon in one.chosen}
    pack([Drawn(one, outlines)], told, vectors, folder)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_same_icons_give_the_same_bytes(tmp_path: Path) -> None:
    one = library_set("apple", "pear", apple=("fruit",))
    assert packed(tmp_path / "a", one) == packed(tmp_path / "b", one)


def test_what_was_packed_is_read_again(tmp_path: Path) -> None:
    packed(tmp_path, library_set("apple", "pear", apple=("fruit",)))
    index = read_index(tmp_path)
    assert index.labels == ("apple", "pear")
    assert set(index.phrases) == {"apple", "pear", "fruit", "fruit salad"}
    assert index.sets[0].licence == "MIT"
    assert read_drawing("small", "pear", (1, 2, 3), tmp_path).shapes[0].fill == (1, 2, 3)


@pytest.mark.parametrize(
    ("label", "phrase", "weight"),
    [
        ("red apple", "red apple", 98),
        ("red apple", "apple", 96),
        ("watch", "apple", 70),
        ("watch", "wrist", 80),
        ("watch", "opening hours", 100),
        ("red apple", "opening hours", 90),
    ],
)
def test_what_a_label_says_itself_counts_for_more_than_a_keyword(
    label: str, phrase: str, weight: int
) -> None:
    one = library_set("red apple", "watch", **{"red apple": ("apple",), "watch": ("apple", "wrist")})
    assert weights([one], "opening hours; times: watch, red apple\n")[label][phrase] == weight


def test_a_keyword_of_too_many_icons_tells_nothing() -> None:
    names = [f"fruit {letter}" for letter in "abcdefghijklmnop"]
    one = library_set(*names, **dict.fromkeys(names, ("food",)))
    assert "food" not in weights([one], "")["fruit a"]


def test_a_concept_of_an_icon_that_no_set_has_is_refused() -> None:
    with pytest.raises(UnknownIconError, match="unicorn"):
        weights([library_set("apple")], "luck: unicorn\n")


def test_concepts_are_phrases_and_labels() -> None:
    text = "# a comment\n\nlife expectancy; longevity: old woman, hourglass\n"
    assert parse(text) == ((("life expectancy", "longevity"), ("old woman", "hourglass")),)
    assert named(text) == {"old woman", "hourglass"}


def test_emoji_lose_flags_symbols_skin_tones_and_all_but_one_person_of_each_kind() -> None:
    groups = {
        "red-apple": "Food & Drink",
        "flag-france": "Flags",
        "keycap-1": "Symbols",
        "astronaut": "People & Body",
        "man-astronaut": "People & Body",
        "astronaut-dark-skin-tone": "People & Body",
        "clown-face": "Smileys & Emotion",
    }
    chosen = emoji(groups)(icon_set(*groups, "unheard-of"))
    assert [icon.label for icon in chosen] == ["red apple", "astronaut"]


@pytest.mark.parametrize(
    "name",
    [
        "arrow-up",
        "letter-a",
        "apple-logo",
        "text-align-left",
        "numeric-1-box",
        "flag-variant",
        "bicycle-off",
        "x",
    ],
)
def test_glyphs_lose_logos_letters_arrows_flags_controls_and_variants(name: str) -> None:
    assert [icon.name for icon in glyphs()(icon_set("bicycle", name))] == ["bicycle"]


def test_a_glyph_goes_when_all_its_categories_are_of_controls() -> None:
    categories = {"a-bus": ("Arrow", "Transportation"), "a-caret": ("Arrow",)}
    chosen = glyphs()(icon_set(*categories, categories=categories))
    assert [icon.label for icon in chosen] == ["a bus"]
