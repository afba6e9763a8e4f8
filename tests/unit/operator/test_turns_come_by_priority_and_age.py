"""The decision over all that wait: never above a limit, by priority and age, and nobody waits for ever."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from chartspark_operator.admission.decision import Decision, View, decide
from chartspark_operator.admission.demand import Demand, Limits, Scope, Ticket, beyond_any_turn, needs
from hypothesis import given
from hypothesis import strategies as st

GPU, SLICE = "nvidia.com/gpu", "nvidia.com/mig-1g.5gb"


def ticket(
    name: str, created: str = "2026-11-21T12:00:00Z", priority: int = 0, namespace: str = "a"
) -> Ticket:
    return Ticket(-priority, created, namespace, name, f"uid-{namespace}-{name}")


def cpu(namespace: str = "a") -> Demand:
    return Demand(namespace)


def gpus(number: int, namespace: str = "a", resource: str = GPU) -> Demand:
    return Demand(namespace, number, resource)


Waiting = tuple[Ticket, Demand]


def view(limits: Limits, waiting: Iterable[Waiting], running: Iterable[Demand] = ()) -> View:
    lines = defaultdict(list)
    for one, demand in waiting:
        lines[demand].append(one)
    return View(limits, used(limits, running), {demand: sorted(line) for demand, line in lines.items()})


def used(limits: Limits, running: Iterable[Demand]) -> Counter[Scope]:
    total: Counter[Scope] = Counter()
    for need in (need for demand in running for need in needs(demand, limits)):
        total[need.scope] += need.amount
    return total


def names(decision: Decision) -> list[str]:
    return [one.name for one, _ in decision.admitted]


def decided(limits: Limits, waiting: Iterable[Waiting], running: Iterable[Demand] = ()) -> list[str]:
    return names(decide(view(limits, waiting, running)))


def test_without_limits_everyone_goes_in_order() -> None:
    waiting = [(ticket("late", created="2026-11-22T00:00:00Z"), cpu()), (ticket("old"), gpus(8))]
    assert decided(Limits(), waiting) == ["old", "late"]


def test_priority_goes_before_age_and_age_before_the_name() -> None:
    waiting = [
        (ticket("b"), cpu()),
        (ticket("a"), cpu()),
        (ticket("older", created="2026-11-20T00:00:00Z"), cpu()),
        (ticket("urgent", created="2026-11-23T00:00:00Z", priority=1), gpus(1)),
        (ticket("unimportant", created="2026-11-01T00:00:00Z", priority=-1), cpu()),
    ]
    assert decided(Limits(), waiting) == ["urgent", "older", "a", "b", "unimportant"]
    assert decided(Limits(jobs=2), waiting) == ["urgent", "older"]


def test_a_full_namespace_keeps_no_other_one_from_running() -> None:
    waiting = [(ticket("first"), cpu("a")), (ticket("second", namespace="b"), cpu("b"))]
    assert decided(Limits(jobs=5, jobs_per_namespace=1), waiting, [cpu("a")]) == ["second"]


def test_a_job_that_waits_for_its_namespace_keeps_nothing_from_others() -> None:
    waiting = [(ticket("first"), gpus(4)), (ticket("second", namespace="b"), gpus(1, "b"))]
    running = [cpu("a"), gpus(1, "c")]
    assert decided(Limits(gpus=4, jobs_per_namespace=1), waiting, running) == ["second"]


def test_nobody_slips_past_a_large_job_with_what_it_waits_for() -> None:
    large, small = (ticket("large"), gpus(4)), (ticket("small", namespace="b"), gpus(1, "b"))
    waiting = [large, small, (ticket("without", namespace="b"), cpu("b"))]
    assert decided(Limits(gpus=4), waiting, [gpus(1)]) == ["without"], "who needs no GPU takes none"
    assert decided(Limits(gpus=4), waiting) == ["large", "without"]


def test_what_a_waiting_job_has_a_right_to_in_its_namespace_is_kept_for_it() -> None:
    # It lacks a GPU of the whole, and would lack a place in its namespace if the second one took it.
    waiting = [(ticket("first"), gpus(1)), (ticket("second"), cpu())]
    assert decided(Limits(gpus=1, jobs_per_namespace=1), waiting, [gpus(1, "b")]) == []


def test_gpus_of_different_resources_are_counted_apart() -> None:
    waiting = [(ticket("whole"), gpus(1)), (ticket("slice"), gpus(1, resource=SLICE))]
    assert decided(Limits(gpus=1), waiting, [gpus(1)]) == ["slice"]


def test_what_is_more_than_a_limit_keeps_nobody_waiting() -> None:
    waiting = [(ticket("huge"), gpus(8)), (ticket("small"), gpus(4))]
    assert decided(Limits(gpus=4), waiting) == ["small"]
    assert str(beyond_any_turn(gpus(8), Limits(gpus=4))) == "8 nvidia.com/gpu of limit 4"


@pytest.mark.parametrize(
    ("limits", "lack"),
    [
        (Limits(gpus_per_namespace=4), "2 nvidia.com/gpu of limit 4 in namespace a"),
        (Limits(gpus=4), "2 nvidia.com/gpu of limit 4"),
        (Limits(jobs=1), "1 running job of limit 1"),
        (Limits(jobs=1, jobs_per_namespace=1), "1 running job of limit 1 in namespace a"),
    ],
)
def test_what_is_lacking_is_told(limits: Limits, lack: str) -> None:
    decision = decide(view(limits, [(ticket("next"), gpus(2))], [gpus(3)]))
    assert not decision.admitted
    assert str(decision.lacks[gpus(2)]) == lack


LIMITS = st.builds(
    Limits,
    jobs=st.integers(0, 4),
    jobs_per_namespace=st.integers(0, 3),
    gpus=st.integers(0, 4),
    gpus_per_namespace=st.integers(0, 3),
)
DEMANDS = st.builds(
    lambda namespace, number, resource: Demand(namespace, number, resource if number else ""),
    st.sampled_from("abc"),
    st.integers(0, 4),
    st.sampled_from([GPU, SLICE]),
)


@st.composite
def waiting_jobs(draw: st.DrawFn) -> list[Waiting]:
    wanted = draw(st.lists(st.tuples(DEMANDS, st.integers(-1, 1), st.integers(0, 3)), max_size=12))
    return [
        (Ticket(-priority, f"2026-11-21T12:00:0{second}Z", demand.namespace, f"j{n}", f"u{n}"), demand)
        for n, (demand, priority, second) in enumerate(wanted)
    ]


@given(LIMITS, waiting_jobs(), st.lists(DEMANDS, max_size=6))
def test_no_decision_goes_beyond_a_limit(
    limits: Limits, waiting: list[Waiting], running: list[Demand]
) -> None:
    before = used(limits, running)
    after = used(
        limits, [*running, *(demand for _, demand in decide(view(limits, waiting, running)).admitted)]
    )
    for need in (need for _, demand in waiting for need in needs(demand, limits)):
        assert after[need.scope] <= max(need.limit, before[need.scope]), need


@given(LIMITS, waiting_jobs(), st.lists(DEMANDS, max_size=6), st.randoms(use_true_random=False))
def test_the_same_view_gives_the_same_decision(
    limits: Limits, waiting: list[Waiting], running: list[Demand], chance: object
) -> None:
    first = decide(view(limits, waiting, running))
    chance.shuffle(waiting)  # type: ignore[attr-defined]
    assert decide(view(limits, waiting, running)) == first


@given(LIMITS, waiting_jobs(), st.lists(DEMANDS, max_size=6))
def test_among_jobs_that_need_the_same_the_first_goes_first(
    limits: Limits, waiting: list[Waiting], running: list[Demand]
) -> None:
    admitted = dict(decide(view(limits, waiting, running)).admitted)
    for one, demand in waiting:
        behind = [other for other, same in waiting if same == demand and other > one]
        assert one in admitted or not admitted.keys() & set(behind)


@given(LIMITS, waiting_jobs(), st.lists(DEMANDS, max_size=6))
def test_what_is_free_is_used_unless_somebody_waits_for_it(
    limits: Limits, waiting: list[Waiting], running: list[Demand]
) -> None:
    decision = decide(view(limits, waiting, running))
    admitted = [demand for _, demand in decision.admitted]
    after = used(limits, [*running, *admitted])
    left = sorted(one for one in waiting if one not in decision.admitted)
    possible = [one for one in left if beyond_any_turn(one[1], limits) is None]
    if possible:
        needed = needs(possible[0][1], limits)
        assert any(after[need.scope] + need.amount > need.limit for need in needed), (
            "the first lacks something"
        )


@dataclass
class Cluster:
    """Jobs that run until a test ends them."""

    limits: Limits
    waiting: list[Waiting] = field(default_factory=list)
    running: list[Waiting] = field(default_factory=list)

    def admit(self) -> None:
        decision = decide(view(self.limits, self.waiting, [demand for _, demand in self.running]))
        self.running += decision.admitted
        self.waiting = [one for one in self.waiting if one not in decision.admitted]


@pytest.mark.parametrize(
    ("limits", "patient", "stream"),
    [
        (Limits(gpus=4), gpus(4), [gpus(1, "b")]),
        (Limits(gpus_per_namespace=4), gpus(4), [gpus(1), gpus(2)]),
        (Limits(jobs=2, gpus=2), gpus(2), [cpu("b"), gpus(1, "b")]),
        (Limits(gpus=1, jobs_per_namespace=1), gpus(1), [cpu(), gpus(1, "b")]),
    ],
)
def test_a_stream_of_small_jobs_does_not_starve_a_large_one(
    limits: Limits, patient: Demand, stream: list[Demand]
) -> None:
    first = Ticket(0, "2026-11-21T11:00:00Z", patient.namespace, "patient", "patient")
    cluster = Cluster(limits)
    for n in range(30):
        for m, demand in enumerate(stream):
            name = f"{n}-{m}"
            cluster.waiting.append(
                (Ticket(0, f"2026-11-21T12:00:{n:02}Z", demand.namespace, name, name), demand)
            )
        if n == 3:
            cluster.waiting.append((first, patient))
        before = len(cluster.running)
        cluster.admit()
        if (first, patient) in cluster.running:
            return
        if len(cluster.running) == before:
            del cluster.running[0]
    raise AssertionError("the patient job still waits")


@given(LIMITS, DEMANDS, waiting_jobs(), st.lists(DEMANDS, min_size=60, max_size=60), st.integers(0, 10))
def test_nobody_starves_whatever_comes_after(
    limits: Limits, patient: Demand, ahead: list[Waiting], later: list[Demand], chance: int
) -> None:
    """However many others come, the first of its priority has its turn once what ran before it has ended."""
    if beyond_any_turn(patient, limits) is not None:
        return
    first = Ticket(0, "2026-11-21T11:00:00Z", patient.namespace, "patient", "patient")
    cluster = Cluster(limits, running=[one for one in ahead if beyond_any_turn(one[1], limits) is None][:4])
    cluster.waiting.append((first, patient))
    for n, demand in enumerate(later):
        newcomer = Ticket(0, f"2026-11-21T12:00:{n:02}Z", demand.namespace, f"n{n}", f"n{n}")
        cluster.waiting.append((newcomer, demand))
        cluster.admit()
        if (first, patient) in cluster.running:
            return
        # Now one, now another kind of job ends: whoever could slip past would find its moment.
        del cluster.running[(chance + n) % len(cluster.running)]
        assert n < 40, "the patient job still waits"
