"""How the process gets at the API server: the pod's service account, or the kubeconfig of whoever runs it by hand."""

import os

import kopf
from kubernetes.aio.client import ApiClient, Configuration
from kubernetes.aio.config import load_incluster_config, load_kube_config

USER_AGENT = "chartspark-operator"


async def connect() -> ApiClient:
    """Return a client with the credentials of this process."""
    configuration = Configuration()
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        load_incluster_config(client_configuration=configuration)
    else:
        await load_kube_config(client_configuration=configuration)
    client = ApiClient(configuration)
    client.user_agent = USER_AGENT
    return client


def login(settings: kopf.OperatorSettings, **_: object) -> kopf.ConnectionInfo | None:
    """Give kopf the same credentials. Its own default would import the synchronous client, and its memory with it."""
    return kopf.login_with_service_account(settings=settings) or kopf.login_with_kubeconfig(settings=settings)
