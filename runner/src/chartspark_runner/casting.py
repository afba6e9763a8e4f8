"""Steps 5 and 6: the painter's pictures become casts of elements, one per candidate. Called by the pipeline; knows no chart type."""

from collections.abc import Sequence
from dataclasses import dataclass

from chartspark_api.charts import Chart
from chartspark_api.colours import Rgb
from chartspark_api.metadata import DrawnElement, Origin
from chartspark_api.model import Sampling

from chartspark_runner.dye import dyed
from chartspark_runner.element import Cast, Element
from chartspark_runner.embed import Unusable, cut_out
from chartspark_runner.errors import NoUsableElement
from chartspark_runner.geometry import Box
from chartspark_runner.painter import Order, Painter, Painting, Picture
from chartspark_runner.picture import Pixels
from chartspark_runner.progress import Board
from chartspark_runner.seeds import candidate_seed
from chartspark_runner.words import Words

Look = tuple[int, Rgb | None]
"""The place of words, and a colour."""


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """What the slots of a chart show."""

    words: tuple[Words, ...]
    """Each different subject once."""
    slots: tuple[int, ...]
    """Per slot the place of its words."""
    colours: tuple[Rgb | None, ...]
    """Per slot the colour that is named for it. None where none is."""

    @property
    def looks(self) -> tuple[Look, ...]:
        """Per slot what tells its element from others."""
        return tuple(zip(self.slots, self.colours, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Audition:
    """One candidate: a picture for each of the words."""

    number: int
    paintings: tuple[Painting, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Casting:
    """A candidate that charts can be made of."""

    number: int
    cast: Cast
    elements: tuple[DrawnElement, ...]
    """What the metadata say of them: one for each different subject."""
    pictures: tuple[Pixels, ...]
    """What shows each different subject, in the painter's colours: cut out, or painted into the chart."""
    text_image: float | None = None
    """How near the pictures are to their words, of several the least; None where no model compares them."""


def orders(chart: Chart, seed: int, roles: Roles, sampling: Sampling, first: int) -> list[Order]:
    """Return what is asked of the painter for the candidates from number `first` on: by candidate, and within it by subject."""
    return [
        _order(words, sampling, candidate_seed(seed, chart.name, number, part), number)
        for number in range(first, first + chart.candidates)
        for part, words in enumerate(roles.words)
    ]


def paint(
    chart: Chart, asked: Sequence[Order], roles: Roles, painter: Painter, board: Board
) -> list[Audition]:
    """Return every candidate's pictures, in order.

    Raises:
        NoUsableElement: The painter has nothing for a subject.
        RunFault: The model or its device failed.
    """
    painted = painter.paint(asked, lambda done, steps: board.step(chart.name, "generate", done, steps))
    size = len(roles.words)
    return [
        Audition(order.candidate, painted[at : at + size])
        for at, order in zip(range(0, len(asked), size), asked[::size], strict=True)
    ]


def _order(words: Words, sampling: Sampling, seed: int, candidate: int) -> Order:
    guidance, second = sampling.guidance_scale, sampling.true_cfg_scale
    return Order(
        subject=words.subject,
        style=words.style,
        prompt=words.prompt,
        negative_prompt=sampling.negative_prompt,
        steps=sampling.steps,
        guidance_scale=None if guidance is None else float(guidance),
        true_cfg_scale=None if second is None else float(second),
        seed=seed,
        candidate=candidate,
    )


def cast(
    auditions: Sequence[Audition], roles: Roles, clearings: tuple[Box, ...]
) -> tuple[list[Casting], tuple[str, ...]]:
    """Return the candidates that can be used, and why the others cannot.

    Args:
        auditions: The candidates.
        roles: What the slots of the chart show.
        clearings: Where each different element may stand in a scene of them.
    """
    usable: list[Casting] = []
    faults: list[str] = []
    for audition in auditions:
        cut = [_element(painting) for painting in audition.paintings]
        elements = [element for element in cut if isinstance(element, Element)]
        faults += [f"candidate {audition.number}: {c.why}" for c in cut if isinstance(c, Unusable)]
        if len(elements) == len(cut):
            pictures = tuple(element.pixels for element in elements)
            played = _cast(elements, roles, clearings)
            usable.append(Casting(audition.number, played, noted(roles, audition), pictures))
    return usable, tuple(faults)


def _cast(elements: Sequence[Element], roles: Roles, clearings: tuple[Box, ...]) -> Cast:
    different = {look: in_colour(elements[look[0]], look[1]) for look in dict.fromkeys(roles.looks)}
    return Cast(tuple(different[look] for look in roles.looks), clearings=clearings)


def in_colour(element: Element, colour: Rgb | None) -> Element:
    """Return an element in the colour that is named for it, if one is."""
    return element if colour is None else dyed(element, colour)


def none_usable(auditions: Sequence[Audition], roles: Roles, faults: Sequence[str]) -> NoUsableElement:
    """Return what to say where no candidate can be used."""
    subjects = ", ".join(repr(words.prompt) for words in roles.words)
    return NoUsableElement(
        f"none of {len(auditions)} candidates for {subjects} can be used ({'; '.join(faults)}); "
        "ask for more candidates, another seed or another subject"
    )


def _element(painting: Painting) -> Element | Unusable:
    match painting.art:
        case Picture(pixels):
            return cut_out(pixels)
        case element:
            return element


def noted(roles: Roles, audition: Audition) -> tuple[DrawnElement, ...]:
    """Return what the metadata say of a candidate's pictures."""
    return tuple(
        DrawnElement(subject=words.subject, **dict(_changed(painting.origin, dyed=any(roles.colours))))
        for words, painting in zip(roles.words, audition.paintings, strict=True)
    )


def _changed(origin: Origin, *, dyed: bool) -> Origin:
    """Return the origin, with the change of its colours: licences ask that changes are told."""
    if origin.icon is None or not dyed:
        return origin
    attribution = f"{origin.icon.attribution}, in other colours"
    return origin.model_copy(update={"icon": origin.icon.model_copy(update={"attribution": attribution})})
