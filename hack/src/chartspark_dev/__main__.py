"""The command line: `python -m chartspark_dev <command>`. The Makefile calls it; each command is one function."""

import functools
import os
import signal
import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Annotated

import typer

from chartspark_dev import check as checks
from chartspark_dev import cluster as clusters
from chartspark_dev import demo as demonstration
from chartspark_dev import images as builds
from chartspark_dev import kueue, tiers, wrappers
from chartspark_dev import lock as locking
from chartspark_dev.cluster import Cluster, Node
from chartspark_dev.errors import ToolError
from chartspark_dev.places import BUILD, CHECKOUT, STATE
from chartspark_dev.steps import say, together
from chartspark_dev.tiers import Tier

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

NodeKind = Annotated[Node, typer.Option(help="What runs the pods.")]


@app.command()
def cluster_up(node: NodeKind = Node.KUBELET) -> None:
    """Start the embedded cluster, and write build/kubectl and build/helm."""
    _cluster(node)
    say(f"The cluster is ready: {BUILD}/kubectl get nodes")


@app.command()
def cluster_down() -> None:
    """Stop the embedded cluster; its images, claims and logs stay in build/cluster."""
    clusters.down(STATE)


@app.command()
def images() -> None:
    """Build the images and push what the cluster's registry does not have; print their names."""
    built = builds.publish(CHECKOUT, clusters.attach(STATE))
    typer.echo(f"{built.operator.reference}\n{built.runner.reference}")


@app.command()
def demo() -> None:
    """Run the examples on a cluster, and copy their pictures to ./results."""
    was_up, ends_with_us = clusters.is_up(STATE), os.environ.get("CI") == "true"
    try:
        together(functools.partial(builds.prepare, CHECKOUT), _cluster)
        cluster = clusters.attach(STATE)
        demonstration.demo(CHECKOUT, cluster, builds.publish(CHECKOUT, cluster))
    except KeyboardInterrupt:
        ends_with_us = ends_with_us or not was_up
        raise
    finally:
        # After a failure it stays up, to be looked at.
        if ends_with_us:
            clusters.down(STATE)
    if not ends_with_us:
        say("The cluster stays up: build/kubectl reaches it, and `make cluster-down` stops it.")


@app.command()
def test() -> None:
    """Run every tier of tests, and close with one line of counts."""
    sys.exit(tiers.run_tiers(CHECKOUT, PREPARATIONS))


@app.command()
def check() -> None:
    """Lint, types, layers, and drift of generated files."""
    sys.exit(checks.check(CHECKOUT))


@app.command()
def lock() -> None:
    """Pin the requirements anew, with hashes."""
    locking.lock(CHECKOUT / "requirements")


def _cluster(node: Node = Node.KUBELET) -> Cluster:
    cluster = clusters.up(STATE, node)
    clusters.create_results_claim(cluster, "default")
    wrappers.write(cluster, BUILD)
    return cluster


def _prepare_programs() -> None:
    clusters.prepare(Node.KWOK)
    kueue.prepare()


PREPARATIONS: Mapping[Tier, Callable[[], None]] = {
    Tier.CLUSTER: _prepare_programs,
    Tier.CHAOS: functools.partial(clusters.prepare, Node.KWOK),
    Tier.E2E: functools.partial(builds.prepare, CHECKOUT),
}


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    # A plain SIGTERM would skip every clean-up; so would a SIGINT that a shell in the background ignores, for us and for our children.
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line; a failure that we know is a sentence and an exit code."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)
    try:
        app()
    except ToolError as error:
        say(str(error))
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
