"""Where the process begins. Sets the sizes of the thread pools before anything numeric is imported.

OpenMP, MKL and the others read their environment once, when they are loaded; set later it has no effect,
and a pod of one core on a large node then starts as many threads as the node has cores.
"""

import os
from pathlib import Path

from chartspark_runner.threads import pool_environment


def main() -> None:
    """Run the command line."""
    os.environ.update(pool_environment(os.environ, Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")))
    from chartspark_runner.cli import app  # noqa: PLC0415 - numpy comes with it, and must come after the line above

    app()


if __name__ == "__main__":
    main()
