"""The scheduler: another one may know nothing of the cluster's rules."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import unless_listed
from chartspark_operator.settings import Settings

VALUE = "allowed.schedulers"


def scheduler(pod: Pod, settings: Settings) -> str | None:
    """Refuse a scheduler that is not listed."""
    return unless_listed("spec.pod.schedulerName", pod.scheduler_name, settings.allowed_schedulers, VALUE)
