"""Conditional charts: the model paints into the drawn chart, or around its marks. Called by the pipeline; knows no chart type.

What the plotting library drew stays: a picture is laid only onto pixels that have a mark's plain colour, so
that edges, letters and lines lie over it as they were.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from chartspark_api.charts import Chart, Conditioning, Embed

from chartspark_runner.canvas import Canvas
from chartspark_runner.casting import Audition, Casting, Roles, in_colour, noted
from chartspark_runner.check import PlannedChart
from chartspark_runner.element import Cast, Element
from chartspark_runner.geometry import Box
from chartspark_runner.painter import Guide, Order, Picture
from chartspark_runner.picture import Mask, Pixels, commonest, resized
from chartspark_runner.stamps import Stamp

_SAME = 12.0
"""RGB distance within which a pixel has a mark's plain colour: what is softened at an edge has not."""


def is_painted(charts: Iterable[Chart]) -> bool:
    """Say whether a model has to paint into one of the charts."""
    return any(chart.conditioning is Conditioning.CONDITIONAL for chart in charts)


def surfaces(planned: PlannedChart, roles: Roles, plain: Pixels) -> tuple[Mask, ...]:
    """Return where each different look is painted."""
    looks = tuple(dict.fromkeys(roles.looks))
    marks = [_surface(mark, plain) for mark in planned.drawing.masks()]
    if planned.chart.embed is Embed.BACKGROUND:
        return (~np.any(marks, axis=0),) * len(looks)
    if len(looks) == 1:
        return (np.any(marks, axis=0),)
    return tuple(
        np.any([mark for mark, played in zip(marks, roles.looks, strict=True) if played == look], axis=0)
        for look in looks
    )


def guided(
    asked: Sequence[Order], plain: Pixels, roles: Roles, surfaces: Sequence[Mask], strength: float
) -> list[Order]:
    """Return the orders, each with the plain chart and where its subject is to be painted."""
    looks = dict.fromkeys(roles.looks)
    where = [
        np.any([surface for surface, (of, _) in zip(surfaces, looks, strict=True) if of == part], axis=0)
        for part in range(len(roles.words))
    ]
    return [
        replace(order, guide=Guide(plain, strength, where[i % len(where)])) for i, order in enumerate(asked)
    ]


def dressed(
    auditions: Sequence[Audition], planned: PlannedChart, roles: Roles, surfaces: Sequence[Mask]
) -> list[Casting]:
    """Return one casting per candidate: its pictures, as large as the chart, are its elements."""
    return [
        Casting(
            audition.number,
            _cast(audition, planned, roles, surfaces),
            noted(roles, audition),
            tuple(painting.art.pixels for painting in audition.paintings),
        )
        for audition in auditions
    ]


def compose_painted(planned: PlannedChart, cast: Cast) -> Canvas:
    """Return the plain chart with the paintings on its marks, or over the scene that was painted around them."""
    if cast.scene is not None:
        return planned.drawing.over(cast)
    canvas = planned.plain()
    whole = Box(0, 0, *planned.drawing.size)
    for element in {id(element): element for element in cast.elements}.values():
        canvas.stamp(element, [Stamp(whole)])
    return canvas


def _surface(mark: Mask, plain: Pixels) -> Mask:
    """Return a mark without its edge and without what is written on it."""
    if not mark.any():
        return mark
    fill = commonest(plain[mark][None])
    return np.asarray(mark & (np.linalg.norm(plain.astype(np.float32) - fill, axis=2) < _SAME))


def _cast(audition: Audition, planned: PlannedChart, roles: Roles, surfaces: Sequence[Mask]) -> Cast:
    width, height = planned.drawing.size
    sheets = [
        resized(painting.art.pixels, width, height)
        for painting in audition.paintings
        if isinstance(painting.art, Picture)
    ]
    elements = {
        look: in_colour(_on(sheets[look[0]], mask), look[1])
        for look, mask in zip(dict.fromkeys(roles.looks), surfaces, strict=True)
    }
    scene = sheets[0][..., :3] if planned.chart.embed is Embed.BACKGROUND else None
    return Cast(tuple(elements[look] for look in roles.looks), scene)


def _on(sheet: Pixels, surface: Mask) -> Element:
    return Element(np.dstack([sheet[..., :3], surface.astype(np.uint8) * 255]), 1.0)
