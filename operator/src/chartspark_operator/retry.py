"""Whether a job is to be taken up again, by its annotation. Called by the rule, and by what prepares a pass for it. Pure."""

from chartspark_api.names import RETRY_ANNOTATION

from chartspark_operator.observed import Observed, Refusal


def is_asked_for(observed: Observed) -> bool:
    """Say whether the annotation holds something that nothing came of yet."""
    known = observed.status.retry
    return bool(observed.owner.retry) and (known is None or known.nonce != observed.owner.retry)


def is_taken_up(observed: Observed) -> bool:
    """Say whether this pass takes the job up again."""
    return is_asked_for(observed) and observed.status.start_time is not None and refusal(observed) is None


def refusal(observed: Observed) -> str | None:
    """Return why there is nothing to retry, or None if there is."""
    status, asked = observed.status, observed.asked
    asked_for = f"The annotation {RETRY_ANNOTATION} does nothing:"
    if status.completion_time is None:
        return f"{asked_for} the job has not ended. Set the annotation to another value when it has."
    if isinstance(asked, Refusal):
        return f"{asked_for} the request cannot be run: {asked.message} Apply it anew under another name."
    if asked.cancel:
        return f"{asked_for} the job was cancelled. Apply it under another name."
    progress = status.progress
    if progress is not None and progress.charts_done == progress.charts_total:
        return f"{asked_for} every chart is published."
    return None
