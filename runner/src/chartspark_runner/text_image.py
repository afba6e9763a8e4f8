"""How near pictures are to their words: the seam to a model that knows both, and what it is shown. Called by the pipeline; knows no torch.

The measure is CLIPScore (Hessel et al. 2021, arXiv 2104.08718), which docs/reference/scores.md explains.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from chartspark_api.metadata import WeightFile

from chartspark_runner.casting import Casting
from chartspark_runner.painter import OnStep
from chartspark_runner.picture import Pixels, on_white
from chartspark_runner.words import Words

_WEIGHT = 2.5
_PREFIX = "A photo depicts "
"""Both as the paper has them."""
_MARGIN = 0.1
"""Of white around a picture, in terms of its longer side: an element is cropped to its outline."""

Pair = tuple[Pixels, str]
"""A picture, RGB, and a sentence."""


class TextImageModel(Protocol):
    """Knows pictures and words."""

    def cosines(self, pairs: Iterable[Pair]) -> list[float]:
        """Return for each picture the cosine between its place and its sentence's; the same pair gives the same number.

        Raises:
            RunFault: The model or its device failed.
        """

    def unread(self, sentence: str) -> str | None:
        """Tell in a sentence what of `sentence` the model does not read, if anything."""

    def files(self) -> tuple[WeightFile, ...]:
        """Return the files of weights."""


OpenTextImageModel = Callable[[], TextImageModel]
"""Loads the model. Called once, when the first picture is due."""


def compared(
    castings: Sequence[Casting], words: Sequence[Words], model: TextImageModel | None, on_step: OnStep
) -> list[Casting]:
    """Return the castings, each with how near its pictures are to their words; as they are where no model tells.

    Args:
        castings: Whose pictures are compared.
        words: What each of a casting's pictures should show.
        model: What compares them.
        on_step: Called before every picture.
    """
    if model is None:
        return list(castings)
    # One pair at a time is held in memory.
    cosines = model.cosines(_pairs(castings, words, on_step))
    size = len(words)
    return [
        replace(casting, text_image=min(map(clip_score, cosines[i * size : (i + 1) * size])))
        for i, casting in enumerate(castings)
    ]


def not_compared(words: Sequence[Words], model: TextImageModel | None) -> tuple[str, ...]:
    """Return a sentence for each of the words that the model reads a part of only."""
    if model is None:
        return ()
    told = (model.unread(_PREFIX + one.subject) for one in words)
    return tuple(sentence for sentence in told if sentence is not None)


def _pairs(castings: Sequence[Casting], words: Sequence[Words], on_step: OnStep) -> Iterator[Pair]:
    steps = len(castings) * len(words)
    pictures = (pair for casting in castings for pair in zip(casting.pictures, words, strict=True))
    for done, (picture, one) in enumerate(pictures):
        on_step(done, steps)
        yield shown(picture), _PREFIX + one.subject


def clip_score(cosine: float) -> float:
    """Return how near a picture is to its words, from 0 to 2.5. What is no number is not near."""
    return _WEIGHT * max(0.0, cosine)


def shown(picture: Pixels) -> Pixels:
    """Return the whole picture on a white square: CLIP looks at the middle square of what it is given."""
    height, width = picture.shape[:2]
    side = max(height, width) + 2 * round(_MARGIN * max(height, width))
    sheet = np.full((side, side, 3), 255, dtype=np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    sheet[top : top + height, left : left + width] = on_white(picture)
    return sheet
