"""How amounts are rounded to steps and spelled. Pure; called by the layouts of charts."""

import math

_MILLION, _BILLION, _TRILLION = 1e6, 1e9, 1e12
_SCALES = ((_TRILLION, "T"), (_BILLION, "B"), (_MILLION, "M"))
_SMALL = 1e-4
"""Below this a number with its zeros is longer than one with a power of ten."""
_SUPERSCRIPTS = str.maketrans(
    "-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)


def nice_steps(largest: float, fewest: float, most: float) -> list[float]:
    """Return the amounts 1, 2 or 5 times a power of ten that go `fewest` to `most` times into `largest`, ascending."""
    low, high = largest / most, largest / fewest
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    steps = (float(f"{lead}e{power}") for power in powers for lead in (1, 2, 5))
    return [step for step in steps if low <= step <= high]


def spell(amount: float, decimals: int, largest: float) -> str:
    """Return `amount` for a label: 12,345 or 3.4M. `largest` decides on the scale, so that a chart has one.

    Digits after the point beyond `decimals` are not shown; amounts under a hundredth keep three that count.
    """
    if amount == 0:
        return "0"
    if largest >= _TRILLION * 1000 or largest < _SMALL:
        return _scientific(amount)
    for size, letter in _SCALES:
        if largest >= size:
            text = f"{amount / size:.2f}".rstrip("0").rstrip(".")
            return _signed(text) + letter
    digits = min(decimals, 2) if largest >= 1 else min(decimals, 2 - math.floor(math.log10(largest)))
    return _signed(f"{amount:,.{digits}f}")


def _signed(text: str) -> str:
    """Return a number with the sign that typesetters use, which is as wide as a plus."""
    return text.replace("-", "\u2212")


def _scientific(amount: float) -> str:
    mantissa, _, exponent = f"{amount:.2e}".partition("e")
    raised = str(int(exponent)).translate(_SUPERSCRIPTS)
    return f"{_signed(mantissa.rstrip('0').rstrip('.'))}\u00d710{raised}"


def spell_unit(amount: float, unit: str) -> str:
    """Return a round amount of a unit for the key: 2 Mt, 500,000 tonnes, or 5 million jobs for 5,000 thousand jobs."""
    for size, word in ((1e3, "thousand "), (_MILLION, "million ")):
        if unit.startswith(word) and amount >= 1000:  # noqa: PLR2004 - from here on the two number words clash
            return spell_unit(amount * size, unit.removeprefix(word))
    for size, word in ((_BILLION, "billion"), (_MILLION, "million")):
        if amount >= size:
            return f"{amount / size:g} {word} {unit}"
    return f"{amount:,.0f} {unit}" if amount >= 1 else f"{amount:g} {unit}"
