"""The process `chartspark-operator`: reads the settings, runs until it is asked to end, says why it ended."""

import asyncio
import os
import sys

import structlog

from chartspark_operator.errors import OperatorError
from chartspark_operator.guard import Guard, GuardedSelector
from chartspark_operator.logs import configure_logs
from chartspark_operator.operation import operate
from chartspark_operator.settings import read_settings


def main() -> None:
    """Run the operator. Ends with 0 when asked to, else with the error's exit code."""
    try:
        settings = read_settings(os.environ)
        configure_logs(settings.log_level)
        guard = Guard()
        with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(GuardedSelector(guard))) as runner:
            runner.run(operate(settings, guard))
    except OperatorError as error:
        structlog.get_logger().error("the operator ends", error=str(error), reason=error.reason)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
