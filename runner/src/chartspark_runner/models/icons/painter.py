"""Paints by choosing: the icon of the library that shows the subject. The painter of `ModelName.ICONS`."""

import hashlib
import random
import time
from collections.abc import Sequence
from typing import Final

from chartspark_api.metadata import Icon, NearMiss, Origin

from chartspark_runner.element import Element
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.models.icons import encoder, library
from chartspark_runner.models.icons.encoder import Encoder
from chartspark_runner.models.icons.library import IconSet, Index, read_drawing, read_index
from chartspark_runner.models.icons.raster import rasterise
from chartspark_runner.models.icons.reading import readings
from chartspark_runner.models.icons.search import Find, Finds, search
from chartspark_runner.models.icons.styles import FLAT, STYLES, named_style
from chartspark_runner.painter import About, ModelFile, OnStep, Order, Painting

NAME: Final = "Icons"
_SIDE: Final = 512
"""Of the pixels: charts shrink them."""
_EQUAL: Final = 0.015
"""Finds that are no further apart are equally good, and the seed chooses."""
_MISSES: Final = 3
"""So many labels that were not taken are told."""


class IconPainter:
    """Looks every subject up once, and gives the next best for the next candidate."""

    def __init__(self, index: Index, loaded: Encoder, threads: int) -> None:
        self._index = index
        self._encoder = loaded
        self._threads = threads
        self._found: dict[tuple[str, str], Finds] = {}

    def paint(self, orders: Sequence[Order], on_step: OnStep) -> tuple[Painting, ...]:
        """Return the icons of the orders.

        Raises:
            NoUsableElement: Nothing in the library is near enough.
        """
        painted: list[Painting] = []
        for order in orders:
            painted.append(self._paint(order))
            on_step(len(painted), len(orders))
        return tuple(painted)

    def _paint(self, order: Order) -> Painting:
        begun = time.monotonic()
        finds = self._finds(order.subject, order.style)
        find = choose(finds, order.candidate, order.seed)
        if find is None:
            nearest = ", ".join(self._index.labels[near.label] for near in finds.nearest[:_MISSES])
            raise NoUsableElement(
                f"the icon library holds nothing near {order.subject!r}; the nearest are {nearest}; set the "
                "subject to a thing that can be drawn, for instance one of these, or choose another model"
            )
        label, icon_set = self._index.labels[find.label], self._index.sets[find.icon_set]
        drawing = read_drawing(icon_set.name, label, self._index.inks[find.label])
        element = Element(rasterise(drawing, _SIDE), quality=min(1.0, find.rank), drawing=drawing)
        return Painting(element, time.monotonic() - begun, self._origin(find, finds), warnings(order))

    def about(self) -> About:
        """Tell what the painter is."""
        files = (*library.files(), encoder.FOLDER / encoder.WEIGHTS)
        digests = (ModelFile(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files)
        return About(model=NAME, device="cpu", threads=self._threads, files=tuple(digests))

    def peak_gpu_bytes(self) -> int:
        """Return 0: no GPU is used."""
        return 0

    def _finds(self, subject: str, style: str) -> Finds:
        if (subject, style) not in self._found:
            self._found[subject, style] = search(
                self._index, readings(subject), named_style(style) or FLAT, self._encoder.encode
            )
        return self._found[subject, style]

    def _origin(self, find: Find, finds: Finds) -> Origin:
        label, icon_set = self._index.labels[find.label], self._index.sets[find.icon_set]
        others = [near for near in finds.nearest if near.label != find.label][:_MISSES]
        icon = Icon(
            icon=label,
            likeness=round(find.likeness, 3),
            set=f"{icon_set.title} {icon_set.version}",
            author=icon_set.author,
            licence=icon_set.licence,
            url=icon_set.url,
            attribution=attribution(label, icon_set),
            near_misses=tuple(
                NearMiss(icon=self._index.labels[near.label], likeness=round(near.likeness, 3))
                for near in others
            ),
        )
        return Origin(icon=icon)


def attribution(label: str, icon_set: IconSet) -> str:
    """Return the line that whoever publishes the icon writes: title, author, source, licence, and that it was changed."""
    return (
        f"{label}, from {icon_set.title} {icon_set.version} by {icon_set.author} ({icon_set.url}), "
        f"{icon_set.licence}, cropped and laid out as a chart"
    )


def warnings(order: Order) -> tuple[str, ...]:
    """Return what of the order has no effect on icons."""
    found = []
    if order.negative_prompt:
        found.append("Icons takes no negativePrompt; name what is wanted in subject")
    if named_style(order.style) is None:
        found.append(f"Icons has no style {order.style!r}, and draws flat; it knows {', '.join(STYLES)}")
    return tuple(found)


def choose(finds: Finds, candidate: int, seed: int) -> Find | None:
    """Return the candidate-th best find; the first is chosen by the seed among equally good ones."""
    if not finds.usable:
        return None
    if candidate:
        return finds.usable[candidate % len(finds.usable)]
    equal = [find for find in finds.usable if find.rank >= finds.usable[0].rank - _EQUAL]
    return random.Random(seed).choice(equal)  # noqa: S311 - no secret


def open_icon_painter(threads: int) -> IconPainter:
    """Load the library and the encoder.

    Raises:
        ModelMissing: A file is not there.
    """
    return IconPainter(read_index(), Encoder(), threads)
