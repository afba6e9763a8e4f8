"""The ledger over a world of plain data: who is told which place, whom it wakes, and when the queue is full."""

from dataclasses import dataclass, field, replace

from chartspark_api.conditions import Condition, ConditionStatus, ConditionType
from chartspark_api.reasons import Reason
from chartspark_api.status import ChartSparkJobStatus
from chartspark_operator.admission.demand import Limits
from chartspark_operator.admission.ledger import Ledger
from chartspark_operator.cluster.parse_owner import OwnerFacts
from chartspark_operator.observe import World
from chartspark_operator.observed import Key, Owner, Refusal, Request
from operator_builders import REQUEST

FIRST = "2026-11-21T12:00:00Z"
ADMITTED = Condition(
    type=ConditionType.ADMITTED,
    status=ConditionStatus.TRUE,
    reason=Reason.ADMITTED,
    message="",
    last_transition_time=FIRST,
    observed_generation=1,
)


@dataclass
class Books:
    """A ledger, and jobs that are known by their number."""

    limits: Limits
    most_waiting: int = 1000
    woken: list[str] = field(default_factory=list)
    version: int = 0

    def __post_init__(self) -> None:
        self.world = World()
        wake = lambda key: self.woken.append(key.name)  # noqa: E731 - it is no more than that
        self.ledger = Ledger(self.world, self.limits, self.most_waiting, wake)

    def see(
        self,
        number: int,
        *,
        new: bool = False,
        admitted: bool = False,
        asked: Request | Refusal = REQUEST,
        **status: object,
    ) -> str:
        self.version += 1
        name = f"j{number:03}"
        owner = Owner(Key("a", name), f"u{number}", 1, str(self.version), created=FIRST)
        facts: dict[str, object] = {} if new else {"start_time": FIRST}
        facts |= {"conditions": (ADMITTED,)} if admitted else {}
        seen = OwnerFacts(owner, asked, ChartSparkJobStatus(**(facts | status)))  # type: ignore[arg-type]
        self.world.owners.put(owner.key, seen)
        return owner.uid


def test_the_first_hundred_are_told_their_place_and_the_others_are_not() -> None:
    books = Books(Limits(jobs=1))
    running = books.see(0, admitted=True)
    waiting = [books.see(number) for number in range(1, 106)]
    turns = [books.ledger.turn_of(uid) for uid in waiting]
    assert [turn.position for turn in turns] == [*range(1, 101), *[None] * 5]
    assert turns[0].waiting == 105
    assert str(turns[0].lack) == "1 running job of limit 1"
    assert books.ledger.turn_of(running).granted


def test_a_place_changes_only_when_places_are_counted() -> None:
    books = Books(Limits(jobs=1))
    books.see(0, admitted=True)
    waiting = [books.see(number) for number in (1, 2, 3)]
    assert [books.ledger.turn_of(uid).position for uid in waiting] == [1, 2, 3]
    assert books.ledger.count_places() == [], "they were told already"
    books.see(0, admitted=True, completion_time=FIRST)
    assert books.ledger.turn_of(waiting[2]).position == 3
    assert books.woken == ["j001"], "its turn has come"
    assert [key.name for key in books.ledger.count_places()] == ["j002", "j003"]
    assert [books.ledger.turn_of(uid).position for uid in waiting[1:]] == [1, 2]


def test_who_is_pushed_out_of_the_first_hundred_is_told_too() -> None:
    books = Books(Limits(jobs=1))
    books.see(0, admitted=True)
    last = [books.see(number) for number in range(1, 101)][-1]
    books.ledger.count_places()
    urgent = books.see(500, asked=replace(REQUEST, priority=1))
    assert {"j500", "j100"} < {key.name for key in books.ledger.count_places()}
    assert books.ledger.turn_of(last).position is None
    assert books.ledger.turn_of(urgent).position == 1


def test_a_queue_that_is_full_takes_nobody_new_and_keeps_whom_it_has() -> None:
    books = Books(Limits(jobs=1), most_waiting=2)
    books.see(0, admitted=True)
    first, second, third = (books.see(number, new=True) for number in (1, 2, 3))
    assert [books.ledger.turn_of(uid).queue_limit for uid in (first, second, third)] == [None, None, 2]
    known = books.see(4)
    assert books.ledger.turn_of(known).queue_limit is None, (
        "it was told that it waits, perhaps by a process before"
    )
    assert books.ledger.turn_of(first).queue_limit is None


def test_a_job_that_rests_or_lacks_something_is_passed_and_not_counted() -> None:
    books = Books(Limits(jobs=1))
    resting = books.see(1, asked=replace(REQUEST, suspend=True))
    lacking = books.see(2, reason=Reason.MISSING_CLAIM)
    refused = books.see(3, asked=Refusal("no", 60))
    patient = books.see(4)
    assert [books.ledger.turn_of(uid).granted for uid in (resting, lacking, refused, patient)] == [
        False,
        False,
        False,
        True,
    ]
    assert not books.ledger.turn_of(lacking, joining=True).granted, "the place is taken meanwhile"
    books.see(4, admitted=True, completion_time=FIRST)
    assert books.ledger.turn_of(lacking, joining=True).granted


def test_usage_is_what_has_a_place() -> None:
    books = Books(Limits(jobs=2, gpus=4))
    with_gpus = replace(REQUEST, shards=1, gpus=2, gpu_resource="nvidia.com/gpu")
    for number in range(3):
        books.see(number, asked=with_gpus)
    books.ledger.settle()
    books.ledger.grant()
    usage = books.ledger.usage()
    assert (usage.jobs, usage.waiting, dict(usage.gpus)) == (2, 1, {"nvidia.com/gpu": 4})
