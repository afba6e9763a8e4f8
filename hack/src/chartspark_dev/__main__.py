"""The command line: `python -m chartspark_dev <command>`. The Makefile calls it; each command is one function."""

import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from chartspark_dev import cluster as clusters
from chartspark_dev import images as builds
from chartspark_dev import wrappers
from chartspark_dev.cluster import Node
from chartspark_dev.errors import ToolError
from chartspark_dev.places import BUILD, CHECKOUT, STATE
from chartspark_dev.steps import say

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

NodeKind = Annotated[Node, typer.Option(help="What runs the pods.")]


@app.command()
def cluster_up(node: NodeKind = Node.KUBELET) -> None:
    """Start the embedded cluster, and write build/kubectl and build/helm."""
    cluster = clusters.up(STATE, node)
    clusters.create_results_claim(cluster, "default")
    wrappers.write(cluster, BUILD)
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


def _interrupt(_signum: int, _frame: FrameType | None) -> None:
    # A plain SIGTERM would skip every clean-up.
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line; a failure that we know is a sentence and an exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        app()
    except ToolError as error:
        say(str(error))
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
