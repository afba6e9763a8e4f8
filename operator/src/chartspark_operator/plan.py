"""Decides what is to be done about one job. Pure: the same observation at the same time gives the same plan.

Called by `reconcile`. Knows nothing of clients, clocks and queues. Every pass derives everything again
from the job's children, so that nothing is lost when the operator is killed between any two steps.
"""

from collections.abc import Callable
from datetime import datetime

from chartspark_operator.observed import Observed
from chartspark_operator.planned import Plan
from chartspark_operator.rules.announcement import announce_a_new_reason
from chartspark_operator.rules.another_round import begin_another_round
from chartspark_operator.rules.cancellation import end_what_is_cancelled
from chartspark_operator.rules.changed_tables import tell_of_changed_tables
from chartspark_operator.rules.creation import create_what_is_missing
from chartspark_operator.rules.deletion import leave_what_is_deleted
from chartspark_operator.rules.description import describe_the_live_attempt
from chartspark_operator.rules.expiry import delete_what_is_expired
from chartspark_operator.rules.finish import finish_when_nothing_is_left
from chartspark_operator.rules.hearing import hear_the_pods
from chartspark_operator.rules.kueue import follow_kueue
from chartspark_operator.rules.next_attempt import decide_on_the_next_attempt
from chartspark_operator.rules.opening import open_the_status
from chartspark_operator.rules.patience import give_up_waiting
from chartspark_operator.rules.permission import refuse_what_is_not_allowed
from chartspark_operator.rules.prerequisites import wait_for_what_is_missing
from chartspark_operator.rules.progress import count_the_charts
from chartspark_operator.rules.queueing import wait_for_the_turn
from chartspark_operator.rules.refusal import refuse_what_is_invalid
from chartspark_operator.rules.remains import remove_stuck_pods, stop_what_is_not_wanted
from chartspark_operator.rules.settlement import settle_the_live_attempt
from chartspark_operator.rules.suspension import rest_while_suspended
from chartspark_operator.rules.throttle import hold_back_mere_progress

Rule = Callable[[Observed, Plan, datetime], Plan]

RULES: tuple[Rule, ...] = (
    leave_what_is_deleted,  # the garbage collector is at work; anything written now comes too late
    begin_another_round,  # before anything takes the job for ended
    stop_what_is_not_wanted,  # before the expiry, which has the last word on a job that has ended
    remove_stuck_pods,  # likewise: what is stuck outlasts the end of a job
    delete_what_is_expired,  # a job that has ended changes no more, and goes when its time is over
    refuse_what_is_invalid,  # no pod for a request that cannot succeed
    open_the_status,  # from here on there is a start, a generation and a place for results
    hear_the_pods,  # before the settlement: what they reported decides how an attempt ended
    settle_the_live_attempt,  # an attempt that ended gets its reason before anything builds on it
    count_the_charts,  # after the settlement, so that the last report counts
    finish_when_nothing_is_left,  # before the next attempt: it decides whether there is one
    end_what_is_cancelled,  # a job that has just come to its own end is not cancelled any more
    refuse_what_is_not_allowed,  # before anything is waited for: what is missing may come, this does not
    rest_while_suspended,  # a suspended job waits for nothing and holds nothing
    wait_for_what_is_missing,  # no attempt without its claim and its tables
    wait_for_the_turn,  # after what is missing: who lacks something lets the others pass
    decide_on_the_next_attempt,  # written down here, created below, once it stands in the status
    create_what_is_missing,  # also what an operator decided on that was killed before it created
    tell_of_changed_tables,  # after the creation, whose sentence is of less use
    follow_kueue,  # before the description, which has nothing to say of a Job that may have no pods
    describe_the_live_attempt,  # pods' own words, for whoever reads the status
    give_up_waiting,  # after the description, which knows what is waited for
    stop_what_is_not_wanted,  # again: an attempt that was cut short in this pass
    hold_back_mere_progress,  # last: it has to see whether anything else changed
)


def plan(observed: Observed, now: datetime) -> Plan:
    """Return what is to be written, done and told about the job, and when to look at it again."""
    draft = Plan(status=observed.status)
    for rule in RULES:
        draft = rule(observed, draft, now)
        if draft.final:
            break
    return announce_a_new_reason(observed, draft, now)
