import asyncio

import pytest
from chartspark_operator.observed import Key
from chartspark_operator.work_queue import WorkQueue

A, B = Key("n", "a"), Key("n", "b")


async def test_a_key_waits_once_however_often_it_is_added() -> None:
    queue = WorkQueue()
    for _ in range(5):
        queue.add(A)
    queue.add(B)
    assert len(queue) == 2
    assert [await queue.get(), await queue.get()] == [A, B]
    assert len(queue) == 0


async def test_a_key_that_is_worked_on_is_handed_out_again_only_afterwards() -> None:
    queue = WorkQueue()
    queue.add(A)
    await queue.get()
    queue.add(A)
    queue.add(B)
    assert await queue.get() == B
    blocked = asyncio.ensure_future(queue.get())
    await asyncio.sleep(0)
    assert not blocked.done()
    queue.done(A)
    assert await blocked == A


async def test_done_alone_asks_for_nothing() -> None:
    queue = WorkQueue()
    queue.add(A)
    queue.done(await queue.get())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(queue.get(), 0)
