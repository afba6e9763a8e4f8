"""How the process gets at the API server: the pod's service account, or the kubeconfig of whoever runs it by hand."""

import os
from collections.abc import Mapping
from dataclasses import replace

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
    in_pod = kopf.login_with_service_account(settings=settings)
    if in_pod is None:
        return kopf.login_with_kubeconfig(settings=settings)
    # kopf takes the API server's DNS name. The address that Kubernetes gives every pod is what the other
    # client uses, and it answers while the cluster's DNS does not.
    return replace(in_pod, server=server_address(os.environ))


def server_address(environ: Mapping[str, str]) -> str:
    """Return the API server's URL from the variables that every container gets."""
    host, port = environ["KUBERNETES_SERVICE_HOST"], environ["KUBERNETES_SERVICE_PORT"]
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"
