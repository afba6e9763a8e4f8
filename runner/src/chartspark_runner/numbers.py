"""How amounts are rounded to steps and spelled. Pure; called by the layouts of charts."""

import math

_MILLION, _BILLION = 1e6, 1e9


def nice_steps(largest: float, fewest: float, most: float) -> list[float]:
    """Return the amounts 1, 2 or 5 times a power of ten that go `fewest` to `most` times into `largest`, ascending."""
    low, high = largest / most, largest / fewest
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    steps = (float(f"{lead}e{power}") for power in powers for lead in (1, 2, 5))
    return [step for step in steps if low <= step <= high]


def spell(amount: float, decimals: int, largest: float) -> str:
    """Return `amount` for a label: 12,345 or 3.4M. `largest` decides on the scale, so that a chart has one.

    Digits after the point beyond `decimals` are not shown.
    """
    for size, letter in ((_BILLION, "B"), (_MILLION, "M")):
        if largest >= size:
            return f"{amount / size:.2f}".rstrip("0").rstrip(".") + letter if amount else "0"
    return f"{amount:,.{min(decimals, 2)}f}"


def spell_unit(amount: float, unit: str) -> str:
    """Return a round amount of a unit for the key: 2 Mt, 500,000 tonnes, or 5 million jobs for 5,000 thousand jobs."""
    for size, word in ((1e3, "thousand "), (_MILLION, "million ")):
        if unit.startswith(word) and amount >= 1000:  # noqa: PLR2004 - from here on the two number words clash
            return spell_unit(amount * size, unit.removeprefix(word))
    for size, word in ((_BILLION, "billion"), (_MILLION, "million")):
        if amount >= size:
            return f"{amount / size:g} {word} {unit}"
    return f"{amount:,.0f} {unit}" if amount >= 1 else f"{amount:g} {unit}"
