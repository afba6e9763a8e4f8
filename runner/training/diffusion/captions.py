"""What an icon may be called in training: a new caption each time it is drawn. Called by `train_unet`; pure."""

import random
from dataclasses import dataclass

_EMPTY = 0.1
"""Share of captions that say nothing, from which the model learns what guidance leads away from."""
_BARE, _BY_WORDS = 0.2, 0.2
"""Shares of captions without a style, and of those made of other words for the thing."""
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What an icon shows."""

    name: str
    style: str
    words: tuple[str, ...]
    """Other words for it."""
    colour: str | None
    """The colour of most of it."""
    recoloured: bool
    """Whether that colour is not its own, so that the caption has to say it."""


def caption(shown: Shown, chance: random.Random) -> str:
    """Return one of the captions of an icon."""
    if chance.random() < _EMPTY:
        return ""
    thing = _thing(shown, chance)
    return thing if chance.random() < _BARE else f"{thing}, {shown.style} icon"


def _thing(shown: Shown, chance: random.Random) -> str:
    if shown.recoloured:
        return f"{shown.colour} {_without_colour(shown.name)}"
    if shown.words and chance.random() < _BY_WORDS:
        return ", ".join(chance.sample(shown.words, chance.randint(1, min(_MOST_WORDS, len(shown.words)))))
    if shown.colour and chance.random() < _BY_WORDS:
        return f"{shown.colour} {_without_colour(shown.name)}"
    return shown.name


COLOURS = {
    "red": 0,
    "orange": 30,
    "yellow": 52,
    "green": 125,
    "teal": 175,
    "blue": 215,
    "purple": 275,
    "pink": 325,
}
"""Hues in degrees."""


def _without_colour(name: str) -> str:
    return " ".join(word for word in name.split() if word not in COLOURS) or name
