"""The cluster's network namespace, with the node's address on a link that exists nowhere else.

Nothing of the cluster reaches the host's network or the world's. Programs get in by `nsenter`, never by
`ip netns exec`: the latter mounts a new /sys over the cgroups that the kubelet needs.
"""

from chartspark_dev import commands
from chartspark_dev.embedded.layout import Layout

_SYSCTLS = ("net.ipv4.ip_forward=1", "net.ipv4.conf.all.route_localnet=1")


def entering(layout: Layout) -> list[str]:
    """Return the words that make a command run inside."""
    return ["nsenter", f"--net={layout.netns}", "--"]


def create(layout: Layout) -> None:
    """Make the namespace, the link and its routes."""
    commands.run("ip", "netns", "add", layout.name)
    # A bridge, as not every kernel has dummy links. kube-proxy and the CNI plugins want a default route.
    for words in (
        "ip link set lo up",
        "ip link add node0 type bridge",
        f"ip addr add {layout.node_network} dev node0",
        "ip link set node0 up",
        "ip route add default dev node0",
    ):
        commands.run(*entering(layout), *words.split())
    commands.run(*entering(layout), "sysctl", "-qw", *_SYSCTLS)


def delete(layout: Layout) -> None:
    """Remove the namespace, if it is there."""
    if layout.netns.exists():
        commands.run("ip", "netns", "delete", layout.name)
