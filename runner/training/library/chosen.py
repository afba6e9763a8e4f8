"""Decides which icons the library takes, and under which style. Called by the build; pure.

Left out are logos, letters, digits, arrows, flags and controls of user interfaces: a chart that is made of
them says something else than its title. Variants of one drawing are taken once.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from runner.training.sources import IconSet


@dataclass(frozen=True, slots=True)
class Chosen:
    """An icon that the library takes."""

    name: str
    """In its set."""
    label: str
    """What it shows, in words."""


_UNWANTED: Final = re.compile(
    r"\b(abc|abs|align|alpha|alphabet|anchor-?(top|left)|android|api|app|apps|apple logo|arrow|arrows|asterisk|backspace|backward|"
    r"badge|beta|blank|border|braces|bracket|brackets|brand|bullet|button|caret|checkbox|chevron|chevrons|circled|"
    r"clef|code|collapse|column|columns|command|copyright|crop|css|cursor|dashed|delete|download|"
    r"dots|drag|ellipsis|emoji|eject|equal|equals|exclamation|expand|exposure|external|fast forward|facebook|fi|figma|filter|flag|"
    r"flags|flip|folder|font|format|forward|function|git|github|gitlab|google|grid|hashtag|"
    r"hexagon|html|icon|icons|indeterminate|infinity|input|instagram|javascript|keycap|kotlin|label|layout|letter|"
    r"line spacing|linkedin|list|login|logo|logos|logout|mark email|math|maximize|menu|microsoft|minimize|minus|mp3|mp4|multiplication|"
    r"navigation|node|notdef|not|npm|null|number|numeric|octagon|omega|option|page|pagination|(?<!solar )panel|paragraph|"
    r"parallelogram|password|pdf|pentagon|pi|pilcrow|plus|pointer|polygon|progress|python|question|quote|quotes|"
    r"rectangle|redo|refresh|registered|resize|rhombus|rotate|row|rows|"
    r"scroll bar|section|select|selection|selector|shape|share|shift|shuffle|sidebar|sigma|sign out|sign in|signal cellular|signpost|skip|"
    r"slash|slider|sliders|snapchat|sort|space bar|spacing|spinner|split|spotify|square root|stack overflow|"
    r"subscript|superscript|swap|sync|tab|tabs|table|tag|tags|telegram|text|tick|tiktok|title|toggle|tooltip|trademark|"
    r"translate|trello|triangle|turn|twitch|twitter|typography|underline|undo|unfold|upload|variable|vector|view|"
    r"view(s)?|whatsapp|widget|width|wikipedia|windows|word|wrap|youtube|zodiac|zoom)\b"
)
"""Words of labels. `chosen` never sees them."""
_KEPT: Final = re.compile(
    r"\b(traffic|price tag|dining table|table tennis|spider web|pie chart|arrow bow|bow and arrow|golf)\b"
)
_DIGITS: Final = re.compile(r"\b\d|(?<!co)\d\b")
_MODIFIER: Final = re.compile(
    r"-(off|plus|minus|add|remove|check|checked|alert|lock|locked|cancel|edit|cog|x|up|down|left|right|slash|outline|"
    r"variant|alt|simple|circle|square|bold|search|star|clock|heart|edit|play|pause|stop|question|exclamation|settings|share|"
    r"bolt|cancel|code|copy|dollar|pin|low|high|mid|medium|slow|fast|rounded|box|group|badge|sync|refresh|arrow|marker|multiple|"
    r"key|key-variant|import|export|move|wireless|open|closed|eye|eyes|empty|full|half|[0-9]+)$"
)
_VARIANT: Final = re.compile(
    r"-(sharp|outline|rounded|filled|duotone|bold|thin|light|fill|24px|jp|stroked|sign)$"
)
"""The same drawing in another weight, or for another country."""
_PEOPLE: Final = re.compile(
    r"skin-tone|\b(hair|kiss|tone|couple-with-heart|family-|people-holding|blond|bald|-facing-right|beard|"
    r"vampire|zombie|elf|fairy|genie|merperson|mermaid|merman|troll|mage|superhero|supervillain|bunny-ears|levitating|"
    r"pouting|frowning|tipping|gesturing|shrugging|facepalming|bowing|turban|gua-pi|skullcap|beard)"
)
_FACES_KEPT: Final = frozenset(
    ["grinning-face", "smiling-face", "crying-face", "angry-face", "sleeping-face", "face-with-medical-mask", "face-with-thermometer", "skull", "pile-of-poo", "red-heart", "broken-heart", "growing-heart", "speech-balloon", "zzz", "collision", "sweat-droplets", "dashing-away", "alien", "ghost", "robot", "love-letter", "hot-face"]
)  # fmt: skip
_SYMBOLS_KEPT: Final = frozenset(
    "recycling-symbol atom-symbol medical-symbol potable-water radioactive biohazard peace-symbol dna wheelchair-symbol dollar-sign".split()  # noqa: SIM905
)
_CATEGORIES_LEFT_OUT: Final = frozenset(
    """Alpha / Numeric|Arrange|Arrow|Arrows|Alert / Error|Account / User|Alert|Android|Brand / Logo|Brand|Code|Color|
    Developer / Languages|Edit / Modify|Editors|Emoji|Files|Files / Folders|Flags|Form|Graphs|Interfaces|Math|
    Mathematics|Navigation|Notification|Settings|Shape|Shapes|Social|Social Media|Spinners|Status|Symbols|Text|
    Text / Content / Format|Toggle|Tooltip|Typography|UI Actions|Vector|View|Actions|Privacy|Smileys & Emotion|Modifiers|
    Cellphone / Phone|Date / Time|Database|Lock|Emotions|Audio & Video|Video / Movie""".replace(
        "\n    ", ""
    ).split("|")
)
"""An icon goes when all its categories are here."""


def _label(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").strip()


def _wanted(label: str) -> bool:
    return (bool(_KEPT.search(label)) or not (_UNWANTED.search(label) or _DIGITS.search(label))) and len(
        label
    ) > 2  # noqa: PLR2004 - abbreviations


def emoji(groups: Mapping[str, str]) -> Callable[[IconSet], Iterable[Chosen]]:
    """Return what is taken of a set of emoji, given the Unicode group of each name."""

    def labels(icons: IconSet) -> Iterable[Chosen]:
        for name in icons.icons:
            group = groups.get(name)
            if group is None or not _emoji_is_wanted(name, group, icons.icons):
                continue
            yield Chosen(name, _label(name))

    return labels


def _emoji_is_wanted(name: str, group: str, names: Collection[str]) -> bool:
    if re.search(
        r"clock-?(\d|face)|o-clock|thirty|^flag-(?!in-hole)|^[^-]*-flag$|button|keycap|^input|moai|japanese|zodiac",
        name,
    ):
        return False
    match group:
        case "Flags":
            return False
        case "Symbols":
            return name in _SYMBOLS_KEPT
        case "Smileys & Emotion":
            return name in _FACES_KEPT
        case "People & Body":
            return not (_PEOPLE.search(name) or _has_neutral(name, names))
        case _:
            return True


def _has_neutral(name: str, names: Collection[str]) -> bool:
    """Whether a drawing of a man or a woman has one of a person beside it."""
    for prefix in ("man-", "woman-", "men-", "women-"):
        rest = name.removeprefix(prefix)
        if rest != name:
            return any(
                other in names for other in (rest, f"person-{rest}", f"people-{rest}", f"person{rest}")
            )
    return False


def glyphs(suffix: str = "", *, besides: Collection[str] = ()) -> Callable[[IconSet], Iterable[Chosen]]:
    """Return what is taken of a set of glyphs: the names with a suffix, unless `besides` has the same label."""
    taken = frozenset(besides)

    def labels(icons: IconSet) -> Iterable[Chosen]:
        for name in icons.icons:
            if not name.endswith(suffix) or _VARIANT.search(name.removesuffix(suffix)):
                continue
            base = name.removesuffix(suffix)
            categories = icons.categories.get(name, ())
            if categories and _CATEGORIES_LEFT_OUT.issuperset(categories):
                continue
            plain = _MODIFIER.sub("", base)
            if plain != base and plain + suffix in icons.icons:
                continue
            label = _label(base)
            if _wanted(label) and label not in taken:
                yield Chosen(name, label)

    return labels
