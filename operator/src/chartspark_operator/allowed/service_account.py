"""The service account: a cloud, or an image's pull secrets, may give rights by it."""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import unless_listed
from chartspark_operator.settings import Settings

VALUE = "allowed.serviceAccounts"


def service_account(pod: Pod, settings: Settings) -> str | None:
    """Refuse a service account that is neither the runner's nor listed."""
    name, of_the_runner = pod.service_account_name, settings.runner_service_account_name
    allowed = (*((of_the_runner,) if of_the_runner else ()), *settings.allowed_service_accounts)
    return unless_listed("spec.pod.serviceAccountName", name, allowed, VALUE)
