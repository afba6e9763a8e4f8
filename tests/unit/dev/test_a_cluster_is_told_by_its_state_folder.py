"""Two clusters run side by side because nothing that they use is the same."""

import ipaddress
from pathlib import Path

import pytest
from chartspark_dev.embedded import containerd, control_plane, real_node
from chartspark_dev.embedded.layout import Layout

ONE, OTHER = Layout(Path("/srv/one")), Layout(Path("/srv/other"))


@pytest.mark.parametrize(
    "what", ["name", "netns", "run", "socket", "address", "kubeconfig", "images", "storage"]
)
def test_two_state_folders_share_nothing(what: str) -> None:
    assert getattr(ONE, what) != getattr(OTHER, what)


def test_the_same_folder_gives_the_same_names() -> None:
    assert ONE.name == Layout(Path("/srv/one")).name


@pytest.mark.parametrize("state", [Path(f"/srv/{number}") for number in range(50)])
def test_its_networks_do_not_overlap(state: Path) -> None:
    layout = Layout(state)
    networks = [
        ipaddress.ip_interface(layout.node_network).network,
        ipaddress.ip_network(layout.pod_network),
        ipaddress.ip_network(layout.service_network),
    ]
    pairs = [(a, b) for a in networks for b in networks if a is not b]
    assert not any(a.overlaps(b) for a, b in pairs)


def test_a_socket_fits_however_deep_the_state_folder_lies() -> None:
    # The kernel's limit of a socket's path.
    assert len(str(Layout(Path("/a" * 200)).socket)) < 108


def test_pods_live_below_a_cgroup_of_the_clusters_own() -> None:
    assert real_node.kubelet_configuration(ONE)["cgroupRoot"] == f"/{ONE.name}"


def test_what_containerd_runs_lies_in_the_run_folder() -> None:
    text = containerd.configuration(ONE)
    assert f'Root = "{ONE.run}/runc"' in text
    assert f'address = "{ONE.socket}"' in text
    assert f'root = "{ONE.images}"' in text


def test_clients_verify_the_api_server() -> None:
    text = str(control_plane._kubeconfig(ONE, "token"))  # noqa: SLF001
    assert "insecure" not in text
    assert str(ONE.server_certificate) in text
