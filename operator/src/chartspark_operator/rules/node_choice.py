"""Which nodes an attempt keeps away from, after what happened on them. Called where an attempt is created."""

from chartspark_api.reasons import Reason, explain
from chartspark_api.status import Attempt

from chartspark_operator.actions import Avoided


def avoided_nodes(attempts: tuple[Attempt, ...]) -> Avoided:
    """Return the nodes that failed an attempt: strictly, until an attempt found that there are no others.

    Only the scheduler knows whether another node would do. Where it said that none does, the failed one
    is taken again rather than waited for.
    """
    failed = (a.node for a in attempts if a.reason is not None and explain(a.reason).another_node)
    nodes = tuple(sorted({node for node in failed if node is not None}))
    return Avoided(nodes, strictly=all(a.reason is not Reason.NO_FITTING_NODE for a in attempts))
