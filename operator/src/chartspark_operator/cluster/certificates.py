"""Looks whether the certificates that pods are to trust are where the job says. Called by `survey`; decides nothing."""

from chartspark_api.charts import ConfigMapKey

from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.paths import CONFIG_MAPS, member
from chartspark_operator.errors import MissingTextError, NotFoundError
from chartspark_operator.observed import Key


async def find_certificates(api: Api, namespace: str, bundle: ConfigMapKey) -> None:
    """Raise MissingTextError if the key is not there: a pod that mounts it would wait without a word."""
    try:
        config_map = await api.get(member(CONFIG_MAPS, Key(namespace, bundle.name)))
    except NotFoundError as error:
        raise MissingTextError(
            f"There is no ConfigMap {bundle.name} in the namespace {namespace}, which spec.pod.caBundle names."
        ) from error
    held = {**(config_map.get("data") or {}), **(config_map.get("binaryData") or {})}
    if bundle.key not in held:
        listed = ", ".join(sorted(held)) or "none"
        raise MissingTextError(
            f"The ConfigMap {bundle.name}, which spec.pod.caBundle names, has no key {bundle.key}; it has {listed[:200]}."
        )
