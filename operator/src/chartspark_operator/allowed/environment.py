"""Environment variables: some make a library load code, or send data elsewhere.

Those that no list may allow are refused by the API's types, before this is asked.
"""

from chartspark_api.pod import Pod

from chartspark_operator.allowed.sentences import is_listed, outside
from chartspark_operator.settings import Settings

VALUE = "allowed.env"


def environment(pod: Pod, settings: Settings) -> str | None:
    """Refuse a variable that is not listed."""
    for variable in pod.env:
        if not is_listed(variable.name, settings.allowed_env):
            return outside("spec.pod.env", variable.name, settings.allowed_env, VALUE)
    return None
