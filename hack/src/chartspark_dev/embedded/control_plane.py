"""etcd, API server, controller manager and scheduler: their files, their flags, their start.

Called by `chartspark_dev.cluster`; knows nothing about nodes.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from chartspark_dev import commands
from chartspark_dev.embedded import processes
from chartspark_dev.embedded.layout import API_PORT, Layout

NAMES: Final = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")
_CLIENT_URL: Final = "http://127.0.0.1:2379"
_ISSUER: Final = "https://kubernetes.default.svc"
_AUDIT_MEGABYTES: Final = 4000
"""More than a run of hours writes: a log that is begun anew would forget."""
# The defaults of 20 and 30 requests a second would measure themselves in a test with thousands of Jobs.
_UNTHROTTLED: Final = ("--kube-api-qps=500", "--kube-api-burst=1000", "--leader-elect=false")


@dataclass(frozen=True)
class Audit:
    """What the API server writes down of what is asked of it."""

    policy: Mapping[str, object]
    """A Policy of audit.k8s.io."""
    log: Path


def write_files(layout: Layout) -> None:
    """Write the signing key of service accounts, the administrator's token and the kubeconfig."""
    layout.control_plane.mkdir(mode=0o700)
    commands.run("openssl", "genrsa", "-out", _signing_key(layout), "2048")
    token = secrets.token_urlsafe(24)
    _tokens(layout).write_text(f"{token},admin,admin,system:masters\n")
    layout.kubeconfig.touch(mode=0o600)
    layout.kubeconfig.write_text(yaml.safe_dump(_kubeconfig(layout, token), sort_keys=False))


def start_api(layout: Layout, programs: Path, audit: Audit | None) -> None:
    """Start etcd and the API server."""
    processes.start(layout, "etcd", programs / "etcd", *_etcd(layout))
    processes.start(
        layout, "kube-apiserver", programs / "kube-apiserver", *_api_server(layout), *_audit(layout, audit)
    )


def start_controllers(layout: Layout, programs: Path) -> None:
    """Start controller manager and scheduler, once the API server has written its certificate."""
    common = (f"--kubeconfig={layout.kubeconfig}", *_UNTHROTTLED)
    manager, scheduler = NAMES[2:]
    processes.start(layout, manager, programs / manager, *common, *_controller_manager(layout))
    processes.start(layout, scheduler, programs / scheduler, *common)


def _etcd(layout: Layout) -> list[str]:
    # Every start begins with an empty etcd, so that a crash of the machine may lose what it holds.
    return [f"--data-dir={layout.control_plane}/etcd", "--unsafe-no-fsync", "--log-level=warn"]


def _api_server(layout: Layout) -> list[str]:
    return [
        f"--etcd-servers={_CLIENT_URL}",
        f"--bind-address={layout.address}",
        f"--advertise-address={layout.address}",
        f"--secure-port={API_PORT}",
        f"--cert-dir={layout.server_certificate.parent}",
        f"--token-auth-file={_tokens(layout)}",
        "--authorization-mode=Node,RBAC",
        "--allow-privileged",
        f"--service-account-issuer={_ISSUER}",
        f"--service-account-key-file={_signing_key(layout)}",
        f"--service-account-signing-key-file={_signing_key(layout)}",
        f"--service-cluster-ip-range={layout.service_network}",
        "--kubelet-preferred-address-types=InternalIP",
        # With these a test plays the mesh that adds containers to other people's pods, without a webhook.
        "--feature-gates=MutatingAdmissionPolicy=true",
        "--runtime-config=admissionregistration.k8s.io/v1beta1=true",
    ]


def _audit(layout: Layout, audit: Audit | None) -> list[str]:
    if audit is None:
        return []
    policy = layout.control_plane / "audit.yaml"
    policy.write_text(yaml.safe_dump(dict(audit.policy)))
    log = f"--audit-log-path={audit.log}"
    return [f"--audit-policy-file={policy}", log, f"--audit-log-maxsize={_AUDIT_MEGABYTES}"]


def _controller_manager(layout: Layout) -> list[str]:
    return [
        f"--service-account-private-key-file={_signing_key(layout)}",
        "--use-service-account-credentials",
        # Pods trust the API server by this.
        f"--root-ca-file={layout.server_certificate}",
        # A claim that is seen before its volume is looked at again after this; 15 seconds by default.
        "--pvclaimbinder-sync-period=1s",
    ]


def _kubeconfig(layout: Layout, token: str) -> dict[str, object]:
    cluster = {
        "server": f"https://{layout.address}:{API_PORT}",
        "certificate-authority": str(layout.server_certificate),
    }
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": layout.name, "cluster": cluster}],
        "users": [{"name": "admin", "user": {"token": token}}],
        "contexts": [{"name": layout.name, "context": {"cluster": layout.name, "user": "admin"}}],
        "current-context": layout.name,
    }


def _signing_key(layout: Layout) -> Path:
    return layout.control_plane / "service-accounts.key"


def _tokens(layout: Layout) -> Path:
    return layout.control_plane / "tokens.csv"
