"""The tables of what bounds a job's pod block and its place in a queue. Called where a job is read, and again before a Job is made of it.

A new policy is a file beside this one, and a line here.
"""

from collections.abc import Callable

from chartspark_api.pod import Pod
from chartspark_api.spec import Queue

from chartspark_operator.allowed.annotations import annotations
from chartspark_operator.allowed.environment import environment
from chartspark_operator.allowed.image import image
from chartspark_operator.allowed.kueue import kueue
from chartspark_operator.allowed.kueue_priority_class import kueue_priority_class
from chartspark_operator.allowed.labels import labels
from chartspark_operator.allowed.priority import priority
from chartspark_operator.allowed.priority_class import priority_class
from chartspark_operator.allowed.resources import resources
from chartspark_operator.allowed.runtime_class import runtime_class
from chartspark_operator.allowed.scheduler import scheduler
from chartspark_operator.allowed.service_account import service_account
from chartspark_operator.allowed.tolerations import tolerations
from chartspark_operator.settings import Settings

Policy = Callable[[Pod, Settings], str | None]
"""Returns the sentence about what is not allowed, and None if all is well."""
QueuePolicy = Callable[[Queue, Settings], str | None]
"""The same of the queue block."""

POLICIES: tuple[Policy, ...] = (
    image,  # which program runs
    service_account,  # with which rights
    environment,  # and with which code loaded
    runtime_class,  # how near to the node
    scheduler,  # by whose rules
    tolerations,  # on whose nodes
    priority_class,  # at whose expense
    resources,  # and how much of it
    labels,  # who takes it for one of theirs
    annotations,  # and who acts on it
)
QUEUE_POLICIES: tuple[QueuePolicy, ...] = (
    priority,  # before whom
    kueue,  # and by whose decision
    kueue_priority_class,  # at whose expense
)
LONGEST = 900
"""Characters. A status' message takes some more."""


def not_allowed(pod: Pod, queue: Queue, settings: Settings) -> str | None:
    """Return what the job names that it may not, in sentences. None if it may be run."""
    of_pods = (policy(pod, settings) for policy in POLICIES)
    of_queues = (policy(queue, settings) for policy in QUEUE_POLICIES)
    told = (*of_pods, *of_queues)
    return " ".join(sentence for sentence in told if sentence)[:LONGEST] or None
