"""The scheduler: another one may know nothing of the cluster's rules."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import is_listed, outside
from chartspark_operator.settings import Settings

VALUE = "allowed.schedulers"


def scheduler(pod: Pod, settings: Settings) -> str | None:
    """Refuse a scheduler that is not listed."""
    name, allowed = pod.scheduler_name, settings.allowed_schedulers
    if name is None or is_listed(name, allowed):
        return None
    return outside("spec.pod.schedulerName", name, allowed, VALUE)
