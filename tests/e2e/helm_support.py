"""The release as the tests of Helm change it. Every other test of this tier expects it as `installed` leaves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chartspark_dev.cluster import Cluster
from chartspark_dev.errors import CommandFailedError
from chartspark_dev.images import Images
from chartspark_dev.install import OPERATOR_NAMESPACE, RELEASE, install
from e2e_support import OF_THE_TIER

CHART = Path(__file__).parents[2] / "charts" / "chartspark"
ACCOUNT = f"system:serviceaccount:{OPERATOR_NAMESPACE}:{RELEASE}"
OPERATOR = ("-n", OPERATOR_NAMESPACE, "-l", "app.kubernetes.io/component=operator")


@contextmanager
def restored(cluster: Cluster, built: Images) -> Iterator[None]:
    """Install the release as it was, whatever becomes of it in the context."""
    try:
        yield
    finally:
        release(cluster, built)


def release(cluster: Cluster, built: Images, *values: str) -> None:
    """Install or upgrade the release with these values over the tier's own."""
    words = [word for value in (OF_THE_TIER, *values) for word in ("--set", value)]
    install(cluster, CHART, built, *words)


def helm(cluster: Cluster, command: str, *words: str) -> str:
    """Run a Helm command on the release."""
    return cluster.helm(command, RELEASE, "--namespace", OPERATOR_NAMESPACE, *words)


def may(cluster: Cluster, verb: str, resource: str, namespace: str) -> bool:
    """Tell whether the installed operator may do this in a namespace; in all of them where it is empty."""
    kind, _, subresource = resource.partition("/")
    where = ("-n", namespace) if namespace else ("-A",)
    # kubectl takes what follows a slash for an object's name.
    asked = (verb, kind, f"--subresource={subresource}")
    try:
        cluster.kubectl("auth", "can-i", f"--as={ACCOUNT}", *asked, *where)
    except CommandFailedError:
        return False
    return True


def rights(cluster: Cluster, namespace: str) -> dict[str, set[str]]:
    """Return all that the installed operator may do to objects of a namespace: verbs by resource."""
    listed = cluster.kubectl("auth", "can-i", "--list", "--no-headers", f"--as={ACCOUNT}", "-n", namespace)
    # A row: resource, URLs, names, verbs, the last three in brackets. A row of a URL has no resource.
    rows = [line.partition("[") for line in listed.splitlines() if not line.startswith(" ")]
    found: dict[str, set[str]] = {}
    for row, _, rest in rows:
        # A resource of which some verbs hold for certain names alone has a row for these.
        found.setdefault(row.strip(), set()).update(rest.rpartition("[")[2].rstrip("]").split())
    return found
