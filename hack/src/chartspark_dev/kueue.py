"""Kueue beside the embedded cluster: its API and its webhooks installed, its manager as one more process.

Called by the cluster tier's tests, which start, stop and remove it as they like. The other tests do without: it
looks at every Job.
"""

import base64
import contextlib
import functools
import json
import signal
from pathlib import Path
from typing import Any, Final

import yaml

from chartspark_dev import cluster as clusters
from chartspark_dev import commands, go_tools
from chartspark_dev.connection import Cluster
from chartspark_dev.embedded import processes
from chartspark_dev.embedded.layout import Layout
from chartspark_dev.errors import CommandFailedError
from chartspark_dev.waiting import until

NAME: Final = "kueue"
_NAMESPACE: Final = "kueue-system"
_SECONDS: Final = 120
_PORTS: Final = {"webhook": 9443, "health": 9444, "metrics": 9445}
"""The operator under test has 8080 and 8081 in the same network."""
_GROUPS: Final = frozenset({"batch", "kueue.x-k8s.io"})
"""The API groups whose webhooks are installed: of the others no object is there."""
_WITH_FINALIZERS: Final = ("workloads", "localqueues", "clusterqueues", "resourceflavors")
_GROUP: Final = "kueue.x-k8s.io"
_FLAVOR: Final = {
    "apiVersion": "kueue.x-k8s.io/v1beta1",
    "kind": "ResourceFlavor",
    "metadata": {"name": "asks-whether-kueue-answers"},
}


def prepare() -> Path:
    """Return the folder of the program and its manifests, compiling it if no run has yet."""
    return go_tools.ensure(go_tools.KUEUE)


def start(state: Path) -> None:
    """Install Kueue if it is not there, start its manager, and wait until its webhooks answer."""
    programs, layout, cluster = prepare(), Layout(state.resolve()), clusters.attach(state)
    folder = layout.state / NAME
    folder.mkdir(exist_ok=True)
    if not (folder / "tls.crt").exists():
        _write_certificate(layout, folder)
    for manifest in sorted((programs / "manifests/crd/bases").glob("*.yaml")):
        cluster.kubectl("apply", "--server-side", "-f", manifest)
    established = ("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
    # It fails on one that is too new to have conditions.
    until(lambda: cluster.kubectl(*established), _SECONDS, "Kueue's API", lambda: None)
    _apply(cluster, _namespace(), _secret(folder), *_webhooks(layout, programs, folder))
    configuration = folder / "configuration.yaml"
    configuration.write_text(yaml.safe_dump(_configuration(folder)))
    started = (f"--config={configuration}", f"--kubeconfig={layout.kubeconfig}")
    processes.start(layout, NAME, programs / NAME, *started)
    check = functools.partial(processes.check, layout, (NAME,))
    asks = json.dumps(_FLAVOR)
    until(
        lambda: cluster.kubectl("apply", "--dry-run=server", "-f", "-", input=asks), _SECONDS, "Kueue", check
    )


def stop(state: Path) -> None:
    """End the manager. Its API stays, and so do its webhooks, which refuse every Job now."""
    layout = Layout(state.resolve())
    record = processes.records(layout).get(NAME)
    if record is not None:
        processes.end([record], signal.SIGKILL)
        (layout.processes / f"{NAME}.json").unlink()


def remove(state: Path) -> None:
    """End the manager and take its API away, with all objects of it."""
    stop(state)
    cluster = clusters.attach(state)
    for kind in ("mutatingwebhookconfiguration", "validatingwebhookconfiguration"):
        cluster.kubectl("delete", kind, _webhook_name(kind), "--ignore-not-found")
    names = cluster.kubectl("get", "crd", "-o", "name").split()
    ours = [name for name in names if name.endswith(f".{_GROUP}")]
    if not ours:
        return
    # What the manager wrote last may come between the look and the deletion.
    until(lambda: _remove(cluster, ours), _SECONDS, "Kueue's API goes", lambda: None)


def _remove(cluster: Cluster, definitions: list[str]) -> None:
    for kind in _WITH_FINALIZERS:
        # It fails where the last try has removed the kind itself.
        with contextlib.suppress(CommandFailedError):
            for item in json.loads(cluster.kubectl("get", f"{kind}.{_GROUP}", "-A", "-o", "json"))["items"]:
                _free(cluster, kind, item["metadata"])
    cluster.kubectl("delete", *definitions, "--ignore-not-found", "--timeout=10s")


def _free(cluster: Cluster, kind: str, metadata: dict[str, Any]) -> None:
    """Take the finalizers away, which nobody is left to take away."""
    where = ("-n", metadata["namespace"]) if "namespace" in metadata else ()
    patch = ("--type=merge", "-p", '{"metadata": {"finalizers": null}}')
    # It may have gone by itself since it was listed.
    with contextlib.suppress(CommandFailedError):
        cluster.kubectl(*where, "patch", f"{kind}.{_GROUP}", metadata["name"], *patch)


def _apply(cluster: Cluster, *manifests: dict[str, Any]) -> None:
    listed = {"apiVersion": "v1", "kind": "List", "items": list(manifests)}
    cluster.kubectl("apply", "--server-side", "--force-conflicts", "-f", "-", input=json.dumps(listed))


def _write_certificate(layout: Layout, folder: Path) -> None:
    """Write a certificate that is its own authority, by the names that Kueue checks it for, and by the address."""
    names = f"DNS:kueue-ca,DNS:kueue-webhook-service.{_NAMESPACE}.svc,IP:{layout.address}"
    # Kueue reads a key of its authority in the older form only.
    commands.run("openssl", "genrsa", "-traditional", "-out", folder / "tls.key", "2048")
    commands.run(
        *("openssl", "req", "-x509", "-key", folder / "tls.key", "-days", "3650", "-subj", "/CN=kueue-ca"),
        *("-addext", f"subjectAltName={names}", "-out", folder / "tls.crt"),
    )


def _namespace() -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": _NAMESPACE}}


def _secret(folder: Path) -> dict[str, Any]:
    certificate, key = (folder / "tls.crt").read_text(), (folder / "tls.key").read_text()
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "kueue-webhook-server-cert", "namespace": _NAMESPACE},
        "stringData": {"ca.crt": certificate, "ca.key": key, "tls.crt": certificate, "tls.key": key},
    }


def _webhook_name(kind: str) -> str:
    return f"kueue-{'mutating' if kind.startswith('mutating') else 'validating'}-webhook-configuration"


def _webhooks(layout: Layout, programs: Path, folder: Path) -> list[dict[str, Any]]:
    """Return Kueue's own webhooks, called by the manager's address: there is no Service that leads to it."""
    address = f"https://{layout.address}:{_PORTS['webhook']}"
    bundle = (folder / "tls.crt").read_bytes()
    manifests = list(yaml.safe_load_all((programs / "manifests/webhook/manifests.yaml").read_text()))
    for manifest in manifests:
        manifest["metadata"]["name"] = _webhook_name(manifest["kind"].lower())
        manifest["webhooks"] = [hook for hook in manifest["webhooks"] if _is_wanted(hook)]
        for hook in manifest["webhooks"]:
            path = hook["clientConfig"]["service"]["path"]
            hook["clientConfig"] = {"url": address + path, "caBundle": base64.b64encode(bundle).decode()}
    return manifests


def _is_wanted(hook: dict[str, Any]) -> bool:
    return all(set(rule["apiGroups"]) <= _GROUPS for rule in hook["rules"])


def _configuration(folder: Path) -> dict[str, Any]:
    return {
        "apiVersion": "config.kueue.x-k8s.io/v1beta1",
        "kind": "Configuration",
        "namespace": _NAMESPACE,
        "webhook": {"port": _PORTS["webhook"], "certDir": str(folder)},
        "health": {"healthProbeBindAddress": f":{_PORTS['health']}"},
        "metrics": {"bindAddress": f":{_PORTS['metrics']}"},
        "leaderElection": {"leaderElect": False},
        "clientConnection": {"qps": 300, "burst": 500},
        "integrations": {"frameworks": ["batch/job"]},
        # It would serve one more API, whose port and certificate nobody here needs.
        "featureGates": {"VisibilityOnDemand": False},
    }
