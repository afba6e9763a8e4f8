"""Elements in SVG: each once as a symbol, and many times as a use of it. Called by `document`."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from chartspark_runner.artwork import Drawing
from chartspark_runner.element import Element
from chartspark_runner.geometry import Box
from chartspark_runner.picture import png
from chartspark_runner.rim import Rim, margin, outlines
from chartspark_runner.stamps import Polygon, Stamp
from chartspark_runner.svg.names import tag


@dataclass(frozen=True, slots=True, eq=False)
class StampSheet:
    """The stamps of one element, and the empty group that they take the place of."""

    group: str
    element: Element
    stamps: tuple[Stamp, ...]
    rims: tuple[Rim, ...] = ()


def place_stamps(root: ET.Element, sheets: Sequence[StampSheet]) -> None:
    """Fill every sheet's group in the document."""
    groups = {name: group for group in root.iter() if (name := group.get("id"))}
    symbols = ET.Element(tag("defs"))
    names: dict[int, str] = {}
    clips: dict[Polygon, str] = {}
    rims: dict[_Rimmed, str] = {}
    for sheet in sheets:
        if id(sheet.element) not in names:
            names[id(sheet.element)] = f"element-{len(names)}"
            symbols.append(_symbol(sheet.element, names[id(sheet.element)]))
        group = groups[sheet.group]
        for child in list(group):
            group.remove(child)
        for stamp in sheet.stamps:
            if stamp.clip is not None and stamp.clip not in clips:
                clips[stamp.clip] = f"clip-{len(clips)}"
                symbols.append(_clip_path(stamp.clip, clips[stamp.clip]))
            for rim in sheet.rims if stamp.opacity == 1 else ():
                rimmed = _Rimmed(names[id(sheet.element)], stamp.box.width, stamp.box.height, rim)
                if rimmed not in rims:
                    rims[rimmed] = f"rim-{len(rims)}"
                    symbols.append(_rim_path(sheet.element, rimmed, rims[rimmed]))
                group.append(_use(rims[rimmed], stamp, clips, margin(rim.width)))
            group.append(_use(names[id(sheet.element)], stamp, clips))
    root.insert(0, symbols)


@dataclass(frozen=True, slots=True)
class _Rimmed:
    """What tells the rims of stamps from each other: an element's name, its size in pixels, and the rim."""

    element: str
    width: int
    height: int
    rim: Rim


def _rim_path(element: Element, rimmed: _Rimmed, name: str) -> ET.Element:
    height, width = element.pixels.shape[:2]
    scale = rimmed.width / width
    more = margin(rimmed.rim.width)
    across, down = more / scale, more * height / rimmed.height
    view = f"{-across:g} {-down:g} {width + 2 * across:g} {height + 2 * down:g}"
    symbol = ET.Element(tag("symbol"), id=name, viewBox=view, preserveAspectRatio="none")
    path = outlines(element.pixels, rimmed.rim, scale)
    ET.SubElement(
        symbol,
        tag("path"),
        attrib={"fill-rule": "evenodd"},
        d=path,
        fill="#{:02x}{:02x}{:02x}".format(*rimmed.rim.colour),
    )
    return symbol


def _symbol(element: Element, name: str) -> ET.Element:
    height, width = element.pixels.shape[:2]
    drawing = element.drawing
    if drawing is not None:
        width, height = drawing.width, drawing.height
    symbol = ET.Element(
        tag("symbol"), id=name, viewBox=f"0 0 {width:g} {height:g}", preserveAspectRatio="none"
    )
    if drawing is None:
        data = base64.b64encode(png(element.pixels)).decode()
        ET.SubElement(
            symbol,
            tag("image"),
            width=str(width),
            height=str(height),
            href=f"data:image/png;base64,{data}",
        )
    else:
        _add_shapes(symbol, drawing)
    return symbol


def _add_shapes(symbol: ET.Element, drawing: Drawing) -> None:
    for shape in drawing.shapes:
        path = ET.SubElement(
            symbol, tag("path"), d=shape.path, fill="#{:02x}{:02x}{:02x}".format(*shape.fill)
        )
        if shape.alpha < 1:
            path.set("fill-opacity", f"{shape.alpha:g}")


def _clip_path(clip: Polygon, name: str) -> ET.Element:
    element = ET.Element(tag("clipPath"), id=name)
    corners = " ".join(f"{_units(x):g},{_units(y):g}" for x, y in clip)
    ET.SubElement(element, tag("polygon"), points=corners)
    return element


def _use(symbol: str, stamp: Stamp, clips: dict[Polygon, str], more: int = 0) -> ET.Element:
    """Return a symbol in the place of a stamp, or some pixels beyond it on each side."""
    box = Box(stamp.box.left - more, stamp.box.top - more, stamp.box.right + more, stamp.box.bottom + more)
    use = ET.Element(
        tag("use"),
        href=f"#{symbol}",
        x=f"{_units(box.left):g}",
        y=f"{_units(box.top):g}",
        width=f"{_units(box.width):g}",
        height=f"{_units(box.height):g}",
    )
    if stamp.opacity < 1:
        use.set("opacity", f"{stamp.opacity:g}")
    if stamp.turn:
        x, y = _units((box.left + box.right) / 2), _units((box.top + box.bottom) / 2)
        use.set("transform", f"rotate({stamp.turn:g} {x:g} {y:g})")
    if stamp.clip is None:
        return use
    # On a group around it: a clip on the use itself would be turned with it.
    group = ET.Element(tag("g"), attrib={"clip-path": f"url(#{clips[stamp.clip]})"})
    group.append(use)
    return group


def _units(pixels: float) -> float:
    """Return a length in the document's units: matplotlib writes 72 to the inch, and the sheet has 96 pixels."""
    return round(pixels * 0.75, 4)
