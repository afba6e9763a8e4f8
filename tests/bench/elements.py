"""The elements that the gallery and the bench lay into charts, made once by an embedded model. Called by both."""

import os
from collections.abc import Sequence

from chartspark_api.model import Device, Model, ModelName, Sampling
from chartspark_runner.element import Element
from chartspark_runner.embed import cut_out
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.opening import open_painter
from chartspark_runner.painter import Order, Painting, Picture

MODEL = ModelName.ICONS
CANDIDATES = 1
"""So many are made of a subject, and the best is kept. Of Icons the first is the one that suits the words best."""


def paint(subjects: Sequence[str]) -> dict[str, Element]:
    """Return an element for each subject that the model could make one of."""
    painter = open_painter(
        Model(name=MODEL, device=Device.CPU),
        Sampling(),
        None,
        {"OMP_NUM_THREADS": "2", **os.environ},
        painted=False,
    )
    orders = [_order(subject, number) for subject in subjects for number in range(CANDIDATES)]
    best: dict[str, Element] = {}
    for order in orders:
        try:
            (painting,) = painter.paint([order], lambda *_: None)
        except NoUsableElement:
            continue
        element = _element(painting)
        if element is not None and element.quality > best.get(order.subject, element).quality - 1e-9:
            best[order.subject] = element
    return best


def _order(subject: str, number: int) -> Order:
    return Order(
        subject=subject,
        style="flat",
        prompt=f"{subject}, flat icon",
        negative_prompt="",
        steps=Sampling().steps,
        seed=number,
        candidate=number,
    )


def _element(painting: Painting) -> Element | None:
    art = painting.art
    found = cut_out(art.pixels) if isinstance(art, Picture) else art
    return found if isinstance(found, Element) else None
