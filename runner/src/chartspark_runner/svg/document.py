"""From the SVG that matplotlib wrote to the one that is published. Called by `canvas`; knows nothing about charts."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chartspark_runner.fonts import published
from chartspark_runner.scripts import runs_right_to_left
from chartspark_runner.svg.fonts import Letters, font_faces
from chartspark_runner.svg.names import tag
from chartspark_runner.svg.symbols import StampSheet, place_stamps


@dataclass(frozen=True, slots=True)
class Halo:
    """What keeps a line of text apart from what it lies on."""

    colour: str
    width: float
    """In the document's units."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark that a part belongs to."""

    number: int
    words: str
    """What browsers show where one points at it."""
    rows: tuple[int, ...]
    """The table's rows that it stands for, from 1."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is put into a document, by the names of its groups."""

    title: str
    description: str
    language: str
    sheets: Sequence[StampSheet]
    letters: Letters
    halos: Mapping[str, Halo]
    marks: Mapping[str, Mark]


def finished(document: bytes, parts: Parts) -> bytes:
    """Return the document with elements, fonts, halos, names of marks, title and description."""
    root = ET.parse(io.BytesIO(published(document.decode()).encode())).getroot()  # noqa: S314 - this process wrote it
    groups = {name: group for group in root.iter() if (name := group.get("id"))}
    for name, halo in parts.halos.items():
        for text in groups[name].iter(tag("text")):
            style = f"paint-order: stroke; stroke: {halo.colour}; stroke-width: {halo.width:g}"
            text.set("style", f"{text.get('style', '')}; {style}")
    for text in root.iter(tag("text")):
        _turn_round(text)
    place_stamps(root, parts.sheets)
    named: set[int] = set()
    for name, mark in parts.marks.items():
        groups[name].set("data-mark", str(mark.number))
        groups[name].set("data-row", " ".join(map(str, mark.rows)))
        # A spot without ink answers the pointer, too.
        groups[name].set("pointer-events", "all")
        if mark.number not in named:
            groups[name].set("id", f"mark-{mark.number}")
            named.add(mark.number)
        words = ET.Element(tag("title"))
        words.text = mark.words
        groups[name].insert(0, words)
    fonts = ET.Element(tag("style"))
    fonts.text = font_faces(parts.letters)
    root.insert(0, fonts)
    _describe(root, parts)
    return bytes(ET.tostring(root, xml_declaration=True, encoding="utf-8"))


def _turn_round(text: ET.Element) -> None:
    """Tell that a line's words run from the right. Its anchor stays where it is: only what is inside is turned."""
    if runs_right_to_left(text.text or ""):
        inside = ET.SubElement(text, tag("tspan"), style="direction: rtl; unicode-bidi: embed")
        inside.text, text.text = text.text, None


def _describe(root: ET.Element, parts: Parts) -> None:
    for made in (*root.findall(tag("title")), *root.findall(tag("metadata"))):
        root.remove(made)
    title, description = ET.Element(tag("title"), id="title"), ET.Element(tag("desc"), id="description")
    title.text, description.text = parts.title, parts.description
    root.insert(0, description)
    root.insert(0, title)
    root.set("role", "img")
    root.set("lang", parts.language)
    root.set("aria-labelledby", "title description")
