"""The attempt that stands in the status gets its Job."""

from datetime import datetime

from chartspark_api.reasons import Reason

from chartspark_operator.actions import StartAttempt
from chartspark_operator.observed import Observed
from chartspark_operator.planned import Plan
from chartspark_operator.rules.node_choice import avoided_nodes
from chartspark_operator.rules.shards import read_shards
from chartspark_operator.rules.stuck import waiting_for_the_dead


def create_what_is_missing(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Create the live attempt's Job, if it is not there. That it was deleted is settled before."""
    attempt = draft.live_attempt
    if attempt is None or observed.job_of(attempt) is not None:
        return draft
    if any(not pod.ended for pod in observed.pods):
        # A Job that was deleted before it was seen leaves pods; two at one chart would waste the second's work.
        return waiting_for_the_dead(observed, draft, now)
    if any(job.at_work for job in observed.jobs):
        # One that was stopped may still be there.
        return draft
    nodes = avoided_nodes(draft.status.attempts)
    shards = read_shards(attempt.shards)
    created = draft.doing(StartAttempt(attempt.number, shards, nodes, attempt.round, attempt.batch_size))
    if observed.obstacle is not None:
        return created.in_reason(
            Reason.BLOCKED, f"Attempt {attempt.number} cannot begin: {observed.obstacle}"
        )
    # The reason stays what it was, Admitted or Retrying: to say Starting here would claim that the Job has been seen.
    return created.in_reason(draft.status.reason, f"Attempt {attempt.number} is about to begin.")
