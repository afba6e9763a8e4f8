"""The names of SVG's elements as ElementTree spells them."""

import xml.etree.ElementTree as ET

_SVG = "http://www.w3.org/2000/svg"
_PREFIXES = {
    "": _SVG,
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "cc": "http://creativecommons.org/ns#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
for _prefix, _space in _PREFIXES.items():
    # Else ElementTree makes up prefixes of its own.
    ET.register_namespace(_prefix, _space)


def tag(name: str) -> str:
    """Return an element's name with its namespace."""
    return f"{{{_SVG}}}{name}"
