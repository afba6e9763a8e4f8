"""An attempt begins only when what the job needs and does not own is there, and fits."""

from datetime import datetime

from chartspark_api.charts import MAX_INLINE_BYTES
from chartspark_api.conditions import ConditionType
from chartspark_api.reasons import Reason

from chartspark_operator.admission.standing import ASIDE
from chartspark_operator.attention import pause_since
from chartspark_operator.observed import Observed, Refusal, Request, Surroundings
from chartspark_operator.planned import Plan
from chartspark_operator.rules.ending import Verdict, end
from chartspark_operator.rules.patience import give_up_waiting
from chartspark_operator.rules.place import leave_the_queue
from chartspark_operator.times import read


def wait_for_what_is_missing(observed: Observed, draft: Plan, now: datetime) -> Plan:
    """Refuse what cannot fit, and wait for what is not there: it may come a moment later, from the same manifest."""
    asked, found = observed.asked, observed.surroundings
    if found is None or isinstance(asked, Refusal):
        return draft
    misfit = _misfit(asked, found) if draft.last_attempt is None else None
    if misfit is not None:
        return end(observed, draft, now, Verdict(ConditionType.FAILED, Reason.INVALID_REQUEST, misfit))
    missing = _missing(observed.owner.key.namespace, asked, found)
    if missing is None:
        # Nothing is said in its place: Starting would claim that there is a Job.
        return draft.in_reason(None, "") if draft.status.reason in ASIDE else draft
    begun = read(draft.status.start_time) if draft.status.start_time is not None else now
    aside = leave_the_queue(observed, draft, now, missing).in_reason(*missing)
    return give_up_waiting(observed, aside.waking(now + pause_since(begun, now)), now).ending()


def lacks_something(observed: Observed) -> bool:
    """Say whether what the job needs and does not own was looked at, and is not all there."""
    asked, found = observed.asked, observed.surroundings
    if found is None or isinstance(asked, Refusal):
        return False
    return _missing(observed.owner.key.namespace, asked, found) is not None


def _missing(namespace: str, asked: Request, found: Surroundings) -> tuple[Reason, str] | None:
    if found.unreadable is not None:
        return Reason.BLOCKED, (
            f"The operator may not look at what the job needs: {found.unreadable} Have its role extended as "
            "the chart's is; the job goes on by itself."
        )
    for modes, claim, field in (
        (found.claim_modes, asked.claim, "spec.output.claimName"),
        (found.model_claim_modes, asked.model_claim, "spec.model.claimName"),
    ):
        if modes is None:
            return Reason.MISSING_CLAIM, (
                f"There is no PersistentVolumeClaim {claim} in the namespace {namespace}. Create it, or "
                f"name another one in {field}; the job goes on by itself."
            )
    if found.missing_text is not None:
        return Reason.MISSING_CONFIG_MAP, f"{found.missing_text} Create it; the job goes on by itself."
    return None


def _misfit(asked: Request, found: Surroundings) -> str | None:
    if (size := asked.inline_bytes + found.tables_bytes) > MAX_INLINE_BYTES:
        return f"The tables must be at most {MAX_INLINE_BYTES} bytes in all, and are {size}; split the job."
    if set(found.claim_modes or ()) == {"ReadOnlyMany"}:
        return f"The claim {asked.claim} is ReadOnlyMany, and takes no results: name one that can be written."
    if asked.shards == 1:
        return None
    if (modes := found.claim_modes) and "ReadWriteMany" not in modes:
        return _apart(asked.claim, modes, "a ReadWriteMany claim")
    if (modes := found.model_claim_modes) and not {"ReadWriteMany", "ReadOnlyMany"} & set(modes):
        return _apart(str(asked.model_claim), modes, "a claim that is ReadOnlyMany or ReadWriteMany")
    return None


def _apart(claim: str, modes: tuple[str, ...], instead: str) -> str:
    return (
        f"The claim {claim} is {', '.join(modes)}: pods on several nodes cannot share it. "
        f"Set spec.parallelism to 1, or name {instead}."
    )
