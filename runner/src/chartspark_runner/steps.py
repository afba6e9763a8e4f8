"""Round amounts. Pure; called by the layouts of charts."""

import math


def nice_steps(largest: float, fewest: float, most: float) -> list[float]:
    """Return the amounts 1, 2 or 5 times a power of ten that go `fewest` to `most` times into `largest`, ascending."""
    low, high = largest / most, largest / fewest
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    steps = (float(f"{lead}e{power}") for power in powers for lead in (1, 2, 5))
    return [step for step in steps if low <= step <= high]
