"""A condition as this pass would write it. Called by the rules that set one."""

from datetime import datetime

from chartspark_api.conditions import Condition, ConditionStatus, ConditionType
from chartspark_api.reasons import Reason

from chartspark_operator.observed import Observed
from chartspark_operator.planned import LONGEST_SENTENCE
from chartspark_operator.times import stamp


def condition(
    observed: Observed,
    now: datetime,
    kind: ConditionType,
    status: ConditionStatus,
    told: tuple[Reason, str],
) -> Condition:
    """Return the condition with its reason and message, said of the generation that was observed."""
    reason, message = told
    return Condition(
        type=kind,
        status=status,
        reason=reason,
        message=message[:LONGEST_SENTENCE],
        last_transition_time=stamp(now),
        observed_generation=observed.owner.generation,
    )
