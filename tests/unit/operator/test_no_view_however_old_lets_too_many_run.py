"""The ledger against a cluster whose news come late, in parts or never: what really runs stays within the limit.

The cluster keeps the truth, and refuses a write that was made from an old version. The operator sees what the
test delivers, loses answers to its writes, and is killed and started anew.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from chartspark_api.conditions import Condition, ConditionStatus, ConditionType
from chartspark_api.reasons import Reason
from chartspark_api.status import ChartSparkJobStatus
from chartspark_operator.admission.demand import Demand, Limits
from chartspark_operator.admission.ledger import Ledger
from chartspark_operator.admission.standing import is_admitted, stands_aside
from chartspark_operator.cluster.parse_owner import OwnerFacts
from chartspark_operator.observe import World
from chartspark_operator.observed import ChildJob, Key, Owner
from operator_builders import REQUEST, child

LIMIT = 1
JOBS = 3
FIRST = "2026-11-21T12:00:00Z"


@dataclass(frozen=True)
class Truth:
    """A job as the API server has it."""

    facts: OwnerFacts
    child: ChildJob | None = None
    gone: bool = False


def status(facts: OwnerFacts, *, admitted: bool | None = None, **changes: object) -> ChartSparkJobStatus:
    if admitted is not None:
        holds = ConditionStatus.TRUE if admitted else ConditionStatus.FALSE
        changes["conditions"] = (
            Condition(
                type=ConditionType.ADMITTED,
                status=holds,
                reason=Reason.ADMITTED,
                message="",
                last_transition_time=FIRST,
                observed_generation=1,
            ),
        )
    return facts.status.model_copy(update={"start_time": FIRST, **changes})


Step = Callable[["Late", int], None]


class Late:
    """Three jobs, of which one may run at once."""

    def __init__(self, *, old: bool) -> None:
        self.version = 1
        self.truths: dict[int, Truth] = {}
        for number in range(JOBS):
            owner = Owner(Key("a", f"j{number}"), f"u{number}", 1, "1", created=FIRST)
            seen = ChartSparkJobStatus(start_time=FIRST) if old else ChartSparkJobStatus()
            self.truths[number] = Truth(OwnerFacts(owner, REQUEST, seen))
        self.restart()

    def restart(self) -> None:
        self.world = World()
        self.ledger = Ledger(self.world, Limits(jobs=LIMIT), 100, lambda _: None)
        for number in self.truths:
            self.the_object_is_seen(number)
            self.the_child_is_seen(number)

    def the_object_is_seen(self, number: int) -> None:
        truth = self.truths[number]
        if truth.gone:
            self.world.owners.drop(truth.facts.uid)
        else:
            self.world.owners.put(truth.facts.owner.key, truth.facts)

    def the_child_is_seen(self, number: int) -> None:
        truth = self.truths[number]
        if truth.child is None:
            for one in self.world.jobs.of(truth.facts.uid):
                self.world.jobs.drop(one.uid)
        else:
            self.world.jobs.put(truth.facts.uid, truth.child)

    def a_pod_is_seen_that_changes_nothing(self, number: int) -> None:
        self.ledger.look_again(f"u{number}")

    def a_pass(self, number: int, *, lost: bool) -> None:
        uid = f"u{number}"
        facts = self.world.owners.get(uid)
        if facts is None:
            return
        turn = self.ledger.turn_of(uid, joining=stands_aside(facts.status))
        child_seen = next(iter(self.world.jobs.of(uid)), None)
        after = self._planned(facts, child_seen, granted=turn.granted)
        if after is not None and not self._write(number, facts, after, lost=lost):
            return
        self._act(number, lost=lost)

    def _planned(
        self, facts: OwnerFacts, seen: ChildJob | None, *, granted: bool
    ) -> ChartSparkJobStatus | None:
        """Return the status that a plan would write, or None."""
        if facts.status.completion_time is not None:
            return None
        if is_admitted(facts.status):
            if facts.asked.suspend:  # type: ignore[union-attr]
                return status(facts, admitted=False, reason=Reason.SUSPENDED)
            return status(facts, completion_time=FIRST) if seen is not None and seen.complete else None
        if granted and not facts.asked.suspend:  # type: ignore[union-attr]
            return status(facts, admitted=True, reason=Reason.ADMITTED)
        return status(facts, reason=Reason.QUEUED) if facts.status.reason is not Reason.QUEUED else None

    def _write(self, number: int, seen: OwnerFacts, after: ChartSparkJobStatus, *, lost: bool) -> bool:
        truth = self.truths[number]
        if truth.gone or truth.facts.resource_version != seen.resource_version:
            return False
        self._change(number, status=after)
        if not lost:
            self.the_object_is_seen(number)
        return not lost

    def _act(self, number: int, *, lost: bool) -> None:
        facts, truth = self.world.owners.get(f"u{number}"), self.truths[number]
        if facts is None or truth.gone:
            return
        if is_admitted(facts.status) and truth.child is None:
            self.ledger.start(facts.uid)
            self.version += 1
            made = child(1, (0,), uid=f"job-{number}", resource_version=str(self.version), demand=Demand("a"))
            self.truths[number] = replace(truth, child=made)
            if not lost:
                self.the_child_is_seen(number)
            self.ledger.started(facts.uid, in_doubt=lost)
        elif not is_admitted(facts.status) and truth.child is not None and not truth.child.complete:
            self.truths[number] = replace(truth, child=None)

    def a_minute_passes_in_which_news_come(self) -> None:
        for one in range(JOBS):
            self.the_child_is_seen(one)
        self.ledger.drop_old_doubts()

    def it_comes_to_its_end(self, number: int) -> None:
        truth = self.truths[number]
        if truth.child is not None:
            self.version += 1
            done = replace(truth.child, complete=True, resource_version=str(self.version))
            self.truths[number] = replace(truth, child=done)

    def it_is_suspended(self, number: int) -> None:
        self._change(number, asked=replace(REQUEST, suspend=True))

    def it_is_resumed(self, number: int) -> None:
        self._change(number, asked=replace(REQUEST, suspend=False, priority=number - 1))

    def it_lacks_a_claim(self, number: int) -> None:
        facts = self.truths[number].facts
        if not is_admitted(facts.status) and facts.status.completion_time is None:
            self._change(number, status=status(facts, reason=Reason.MISSING_CLAIM))

    def it_is_deleted(self, number: int) -> None:
        self.truths[number] = replace(self.truths[number], gone=True)

    def what_is_left_is_collected(self, number: int) -> None:
        if self.truths[number].gone:
            self.truths[number] = replace(self.truths[number], child=None)

    def _change(self, number: int, **changes: object) -> None:
        truth = self.truths[number]
        if truth.gone:
            return
        self.version += 1
        facts: OwnerFacts = replace(truth.facts, **changes)  # type: ignore[arg-type]
        owner = replace(facts.owner, resource_version=str(self.version))
        self.truths[number] = replace(truth, facts=replace(facts, owner=owner))

    def fault(self) -> str | None:
        """Return what is wrong, if anything is."""
        at_work = [t for t in self.truths.values() if t.child is not None and t.child.at_work]
        told = [t for t in self.truths.values() if is_admitted(t.facts.status) and not t.gone]
        if len(at_work) > LIMIT or len(told) > LIMIT:
            return "more Jobs at work, or jobs told that their turn has come, than may be"
        self.ledger.settle()
        self.ledger.grant()
        both = [uid for uid in self.ledger.in_place if uid in self.ledger.lines]
        return "the books are not in order" if both or len(self.ledger.in_place) > LIMIT else None

    def come_to_the_end(self) -> None:
        """Once all news have come, whoever still waits has its turn as places get free."""
        for number in range(JOBS):
            self.it_is_resumed(number)
        for _ in range(2 * JOBS):
            self.a_minute_passes_in_which_news_come()
            for number in range(JOBS):
                self.what_is_left_is_collected(number)
                self.it_comes_to_its_end(number)
                self.the_child_is_seen(number)
                self.the_object_is_seen(number)
                self.a_pass(number, lost=False)
        left = [t for t in self.truths.values() if not t.gone and t.facts.status.completion_time is None]
        assert not left, "no place is lost"


PASSES: tuple[Step, ...] = (
    lambda cluster, number: cluster.a_pass(number, lost=False),
    lambda cluster, number: cluster.a_pass(number, lost=True),
)
SIGHTS: tuple[Step, ...] = (
    Late.the_object_is_seen,
    Late.the_child_is_seen,
    Late.a_pod_is_seen_that_changes_nothing,
)
CHANGES: tuple[Step, ...] = (
    Late.it_comes_to_its_end,
    Late.it_is_suspended,
    Late.it_is_resumed,
    Late.it_lacks_a_claim,
    Late.it_is_deleted,
    Late.what_is_left_is_collected,
    lambda cluster, _: cluster.a_minute_passes_in_which_news_come(),
    lambda cluster, _: cluster.restart(),
)
HISTORIES = 2000
"""A place that is given away too early shows in one of fifty, or more."""


def test_no_more_run_than_may_and_everyone_has_a_turn() -> None:
    for seed in range(HISTORIES):
        chance = random.Random(seed)  # noqa: S311 - it writes a history
        cluster = Late(old=chance.random() < 0.5)
        for _ in range(40):
            step = chance.choice(chance.choice((PASSES, SIGHTS, CHANGES)))
            step(cluster, chance.randrange(JOBS))
            assert cluster.fault() is None, seed
        cluster.come_to_the_end()


def test_a_job_whose_creation_nobody_answered_counts_though_its_object_is_gone() -> None:
    cluster = Late(old=False)
    cluster.a_pass(0, lost=False)
    cluster.truths[0] = replace(cluster.truths[0], child=None)
    cluster.the_child_is_seen(0)
    cluster.a_pass(0, lost=True)
    cluster.it_is_deleted(0)
    cluster.the_object_is_seen(0)
    cluster.a_pass(1, lost=False)
    assert cluster.fault() is None
    cluster.what_is_left_is_collected(0)
    for _ in range(2):
        cluster.a_minute_passes_in_which_news_come()
        cluster.a_pass(1, lost=False)
    assert cluster.truths[1].child is not None, "after a minute or two it counts no more"
