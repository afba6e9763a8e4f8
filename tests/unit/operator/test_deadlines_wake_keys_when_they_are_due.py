import asyncio
from datetime import datetime

from chartspark_operator.deadlines import Deadlines
from chartspark_operator.observed import Key
from operator_builders import NOON, later

A, B = Key("n", "a"), Key("n", "b")


class Clock:
    time = NOON

    def __call__(self) -> datetime:
        return self.time


def test_the_earliest_deadline_of_a_key_counts_and_counts_once() -> None:
    clock = Clock()
    deadlines = Deadlines(clock)
    deadlines.set(A, later(20))
    deadlines.set(A, later(10))
    deadlines.set(A, later(30))
    deadlines.set(B, later(15))
    assert deadlines.pop_due() == []
    assert deadlines.seconds_left() == 10
    clock.time = later(40)
    assert deadlines.pop_due() == [A, B]
    assert deadlines.pop_due() == []
    assert deadlines.seconds_left() is None


async def test_a_new_deadline_is_not_slept_through() -> None:
    deadlines, woken = Deadlines(Clock()), asyncio.Queue[Key]()
    running = asyncio.create_task(deadlines.run(woken.put_nowait))
    await asyncio.sleep(0)
    deadlines.set(A, later(3600))
    await asyncio.sleep(0)
    deadlines.set(B, NOON)
    assert await woken.get() == B
    running.cancel()
