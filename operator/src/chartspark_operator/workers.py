"""Takes keys from the queue and passes over them. Called by `main`; decides only when a pass is repeated."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from chartspark_operator.backoff import Backoff
from chartspark_operator.deadlines import Deadlines
from chartspark_operator.errors import ConflictError, NotFoundError, OperatorError
from chartspark_operator.metrics import Metrics
from chartspark_operator.observed import Key
from chartspark_operator.reconcile import Outcome, Reconciler
from chartspark_operator.work_queue import WorkQueue

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Workers:
    """What workers share."""

    queue: WorkQueue
    deadlines: Deadlines
    backoff: Backoff
    reconciler: Reconciler
    metrics: Metrics
    now: Callable[[], datetime]

    async def run(self) -> None:
        """Work until cancelled. Several of these may run at once; no two of them take the same key."""
        while True:
            key = await self.queue.get()
            begun = time.monotonic()
            with structlog.contextvars.bound_contextvars(job=key.name, namespace=key.namespace):
                try:
                    outcome = await self._pass(key)
                finally:
                    structlog.contextvars.unbind_contextvars("uid", "attempt")
                    self.queue.done(key)
            self.metrics.pass_ended(outcome.result, time.monotonic() - begun)
            if outcome.requeue_at is not None:
                self.deadlines.set(key, outcome.requeue_at)

    async def _pass(self, key: Key) -> Outcome:
        try:
            outcome = await self.reconciler.reconcile(key)
        except (ConflictError, NotFoundError) as error:
            # Somebody was faster. What they did is on its way to us; the pause is for the case that it is not.
            _log.debug("outdated", error=str(error))
            return Outcome(error.reason, self.now() + self.backoff.fail(key))
        except OperatorError as error:
            pause = self.backoff.fail(key)
            _log.warning("pass failed", error=str(error), again_in_seconds=pause.total_seconds())
            return Outcome(error.reason, self.now() + pause)
        except Exception:  # noqa: BLE001 - logged with its traceback, counted, and tried again
            # A fault of ours with one job must not stop the work on the others.
            pause = self.backoff.fail(key)
            _log.exception("pass failed unexpectedly", again_in_seconds=pause.total_seconds())
            return Outcome("unexpected", self.now() + pause)
        self.backoff.succeed(key)
        return outcome
