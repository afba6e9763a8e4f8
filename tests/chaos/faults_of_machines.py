"""Faults of what the jobs stand on: processes that die or freeze, connections that break, clocks that jump.

Each returns what it hit once it has happened, and mends by itself what would not heal; it returns None where there
was nothing to hit.
"""

import asyncio
import signal

from api_proxy import Fate, Refuse
from control_plane import API_SERVER, ETCD
from stage import Stage

BEYOND = 3.0
"""Seconds after the lease's time in which another operator has taken over."""
GUST = 4.0
"""Seconds that bad weather lasts."""
JUMP = 75
"""Seconds that a wall clock is wrong by."""
WRONG = 6.0
"""Seconds that it stays wrong."""


async def api_server_killed(stage: Stage) -> str | None:
    return await stage.control_plane.kill(API_SERVER)


async def etcd_killed(stage: Stage) -> str | None:
    return await stage.control_plane.kill(ETCD)


async def operator_killed(stage: Stage) -> str | None:
    leader = stage.replicas.leader
    leader.signal(signal.SIGKILL)
    return f"operator {leader.number}, which led"


async def every_operator_killed(stage: Stage) -> str | None:
    for one in stage.replicas.every:
        one.signal(signal.SIGKILL)
    return "both operators"


async def operator_frozen(stage: Stage) -> str | None:
    """Freeze the leader until another one leads. It has to end before it writes."""
    leader = stage.replicas.leader
    process = leader.process
    leader.signal(signal.SIGSTOP)
    await asyncio.sleep(stage.replicas.lease + BEYOND)
    if leader.process is process:
        leader.signal(signal.SIGCONT)
    return f"operator {leader.number}, which led, until its lease was over"


async def operator_cut_off(stage: Stage) -> str | None:
    """Part the leader from the API server until another one leads."""
    leader = stage.replicas.leader
    leader.proxy.cut_off = True
    leader.proxy.cut()
    await asyncio.sleep(stage.replicas.lease + BEYOND)
    leader.proxy.cut_off = False
    return f"operator {leader.number}, which led, until its lease was over"


async def connections_cut(stage: Stage) -> str | None:
    for one in stage.replicas.every:
        one.proxy.cut()
    return "every connection of both operators"


async def answers_lost(stage: Stage) -> str | None:
    return await _gust(stage, Fate.DROP_AFTER)


async def requests_lost(stage: Stage) -> str | None:
    return await _gust(stage, Fate.DROP_BEFORE)


async def _gust(stage: Stage, fate: Fate) -> str:
    leader = stage.replicas.leader
    leader.weather = fate
    await asyncio.sleep(GUST)
    leader.weather = Fate.LET
    return f"every second one of operator {leader.number} for {GUST:.0f} s"


async def requests_refused(stage: Stage) -> str | None:
    leader = stage.replicas.leader
    leader.refusal = Refuse(429, "1")
    await asyncio.sleep(GUST)
    leader.refusal = None
    return f"every second one of operator {leader.number} for {GUST:.0f} s"


async def watches_frozen(stage: Stage) -> str | None:
    """Keep every watch of the leader open, and silent. It has to notice by itself."""
    proxy = stage.replicas.leader.proxy
    return await _spoiled(stage, dict.fromkeys(sorted(proxy.watched), Fate.HOLD_BEFORE))


async def watches_expired(stage: Stage) -> str | None:
    proxy = stage.replicas.leader.proxy
    return await _spoiled(stage, dict.fromkeys(sorted(proxy.watched), Refuse(410)))


async def _spoiled(stage: Stage, spoil: dict[str, Fate | Refuse]) -> str | None:
    leader = stage.replicas.leader
    leader.proxy.spoiled.clear()
    leader.proxy.spoil |= spoil
    await asyncio.sleep(GUST)
    met = sorted(set(leader.proxy.spoiled))
    leader.proxy.spoil.clear()
    return f"operator {leader.number}: {', '.join(met)}" if met else None


async def clock_put_forward(stage: Stage) -> str | None:
    return await _wrong(stage, JUMP)


async def clock_put_back(stage: Stage) -> str | None:
    return await _wrong(stage, -JUMP)


async def _wrong(stage: Stage, seconds: int) -> str:
    leader = stage.replicas.leader
    leader.set_clock(seconds)
    await asyncio.sleep(WRONG)
    leader.set_clock(0)
    return f"operator {leader.number}, by {seconds:+d} s for {WRONG:.0f} s"


async def node_deleted(stage: Stage) -> str | None:
    """Take away the node of a pod at work, and bring another one."""
    life = stage.running_pod()
    if life is None:
        return None
    await stage.kubelets.lose_node(life.node)
    await stage.kubelets.add_node()
    return f"{life.node}, on which {life.path.rpartition('/')[2]} ran"
