"""A job's life as a random history: pods start, end, are evicted and vanish; Jobs are deleted and suspended; the operator is killed.

The Job controller is played by its own rules, and acts late or early. A killed operator forgets what it
knew; where in a pass it is hit, chance decides.
"""

from dataclasses import replace
from random import Random

from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason
from chartspark_api.status import LISTED_ATTEMPTS
from chartspark_operator.actions import StartAttempt
from chartspark_operator.admission.standing import is_admitted
from chartspark_operator.admission.turn import GRANTED, Turn
from chartspark_operator.manifests.failure_policy import hopeless_exit_codes
from chartspark_operator.observed import ChildJob, ChildPod, Exit, Remark
from chartspark_operator.plan import plan
from chartspark_operator.planned import Plan
from chartspark_operator.rules.settlement import MOST_FREE
from chartspark_operator.times import read
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from operator_builders import REQUEST, FakeCluster, Hit, later, pod, report

EVICTED = Remark("EvictionByEvictionAPI", "room")
CODES = sorted({0, 1, 137, *map(int, ExitCode)})
CANCELLED_AFTER = 600.0
"""Seconds. A life that is cancelled at once shows little."""
ENOUGH = 30
"""Rounds in which everything ends that can end. Three attempts take nine."""


class Life(RuleBasedStateMachine):
    """One job, and all that can happen to it."""

    @initialize(shards=st.integers(1, 3), attempts=st.integers(1, 3))
    def begin(self, shards: int, attempts: int) -> None:
        self.cluster = FakeCluster(asked=replace(REQUEST, shards=shards, attempts=attempts))
        self.seconds = 0.0
        self.pods_made = 0
        self.jobs_deleted = 0
        self.jobs_suspended = 0
        self.done = 0
        self.suspensions = 0
        self.retries = 0

    # What the operator does.

    @rule(pause=st.sampled_from([0.001, 1.0, 9.0, 11.0, 400.0]))
    def a_pass(self, pause: float) -> None:
        self._step(pause, Hit.NOWHERE)
        assert self.cluster.events == self.cluster.transitions, "each transition is told once"

    @rule()
    def nothing_happens_for_a_while(self) -> None:
        for _ in range(3):
            self.a_pass(11.0)

    @rule(hit=st.sampled_from([hit for hit in Hit if hit is not Hit.NOWHERE]))
    def a_kill_in_a_pass(self, hit: Hit) -> None:
        self._step(0.001, hit)

    # What pods, kubelet and people do.

    @precondition(lambda self: self._waiting())
    @rule(choice=st.randoms(use_true_random=False))
    def a_pod_is_created(self, choice: Random) -> None:
        attempt, index = choice.choice(self._waiting())
        self._add(attempt, index)

    @precondition(lambda self: self._live())
    @rule(choice=st.randoms(use_true_random=False))
    def a_pod_starts(self, choice: Random) -> None:
        one = choice.choice(self._live())
        self._become(one, phase="Running", running=True, node="n1")

    @precondition(lambda self: self._live())
    @rule(choice=st.randoms(use_true_random=False), code=st.sampled_from(CODES), told=st.booleans())
    def a_pod_ends(self, choice: Random, code: int, *, told: bool) -> None:
        one = choice.choice(self._live())
        charts = len(REQUEST.charts_of(0))
        exit_ = Exit(
            code, "Error" if code else "Completed", report(done=charts) if told and not code else None
        )
        self._become(one, phase="Failed" if code else "Succeeded", running=False, exit=exit_)

    @precondition(lambda self: self._live())
    @rule(choice=st.randoms(use_true_random=False))
    def a_pod_is_evicted(self, choice: Random) -> None:
        self._become(choice.choice(self._live()), phase="Failed", running=False, disrupted=EVICTED)

    @precondition(lambda self: self.cluster.pods)
    @rule(choice=st.randoms(use_true_random=False))
    def a_pod_vanishes(self, choice: Random) -> None:
        self.cluster.pods.remove(choice.choice(self.cluster.pods))

    @rule()
    def the_job_controller_looks(self) -> None:
        for job in list(self.cluster.jobs.values()):
            self.cluster.jobs[job.attempt] = self._controlled(job)

    @precondition(lambda self: self.cluster.jobs)
    @rule(choice=st.randoms(use_true_random=False))
    def somebody_deletes_a_job(self, choice: Random) -> None:
        del self.cluster.jobs[choice.choice(sorted(self.cluster.jobs))]
        self.jobs_deleted += 1

    @precondition(lambda self: self.cluster.jobs)
    @rule(choice=st.randoms(use_true_random=False))
    def somebody_suspends_a_job(self, choice: Random) -> None:
        number = choice.choice(sorted(self.cluster.jobs))
        self.cluster.jobs[number] = replace(self.cluster.jobs[number], suspended=True)
        # The Job controller deletes what works.
        self.cluster.pods = [one for one in self.cluster.pods if one.attempt != number or one.ended]
        self.jobs_suspended += 1

    # What its user and the queue do.

    @rule()
    def it_is_suspended_or_resumed(self) -> None:
        asked = self.cluster.asked
        self.suspensions += not asked.suspend
        self.cluster.asked = replace(asked, suspend=not asked.suspend)

    @rule(granted=st.booleans(), position=st.sampled_from([1, 7, None]))
    def its_turn_comes_or_does_not(self, *, granted: bool, position: int | None) -> None:
        self.cluster.turn = Turn(granted, position=None if granted else position)

    @precondition(lambda self: self.cluster.status.completion_time is not None)
    @rule()
    def another_round_is_asked_for(self) -> None:
        self.retries += 1
        self.cluster.owner = replace(self.cluster.owner, retry=str(self.retries))

    @precondition(lambda self: self.seconds > CANCELLED_AFTER)
    @rule()
    def it_is_cancelled(self) -> None:
        self.cluster.asked = replace(self.cluster.asked, cancel=True)

    # What has to hold.

    @invariant()
    def one_attempt_at_a_time(self) -> None:
        live = [attempt for attempt in self.cluster.status.attempts if attempt.reason is None]
        assert len(live) <= 1
        at_work = {job.attempt for job in self.cluster.jobs.values() if not job.complete and not job.failed}
        assert len(at_work) <= 1, "two Jobs at once would make charts twice"

    @invariant()
    def attempts_are_counted_without_gap(self) -> None:
        numbers = [attempt.number for attempt in self.cluster.status.attempts]
        assert numbers == list(range(1, numbers[-1] + 1))[-LISTED_ATTEMPTS:] if numbers else True
        assert self.cluster.status.failed_attempts <= self.cluster.asked.attempts
        tries = self.cluster.asked.attempts + MOST_FREE
        assert (
            len({one.number for one in self.cluster.started})
            <= self.cluster.status.round * tries + self.suspensions
        )
        assert self.cluster.status.round <= 1 + self.retries

    @invariant()
    def what_rests_has_no_place_and_nothing_at_work(self) -> None:
        status = self.cluster.status
        if status.reason is Reason.SUSPENDED:
            assert not is_admitted(status)
            assert all(attempt.reason is not None for attempt in status.attempts)

    @invariant()
    def only_what_was_touched_is_said_to_be(self) -> None:
        reasons = [attempt.reason for attempt in self.cluster.status.attempts]
        assert reasons.count(Reason.JOB_DELETED) <= self.jobs_deleted
        assert reasons.count(Reason.JOB_SUSPENDED) <= self.jobs_suspended

    @invariant()
    def counts_never_fall(self) -> None:
        progress = self.cluster.status.progress
        if progress is not None:
            assert self.done <= progress.charts_done <= progress.charts_total
            self.done = progress.charts_done

    def teardown(self) -> None:
        """Whatever happened: once it may run, and pods end and time passes, the job ends, and goes."""
        self.cluster.asked = replace(self.cluster.asked, suspend=False)
        self.cluster.turn = GRANTED
        self.cluster.owner = replace(self.cluster.owner, retry="")
        for _ in range(ENOUGH):
            if self.cluster.status.completion_time is not None:
                break
            for attempt, index in self._waiting():
                self._add(attempt, index)
            for one in self._live():
                self._become(one, phase="Failed", running=False, exit=Exit(75, "Error"))
            self.the_job_controller_looks()
            self.a_pass(400.0)
            self.cluster.pods = [one for one in self.cluster.pods if not one.ended]
        assert self.cluster.status.completion_time is not None, "every life has an end"
        self.a_pass(float(REQUEST.ttl_seconds))
        self.a_pass(1.0)
        assert self.cluster.deleted

    def _step(self, pause: float, hit: Hit) -> Plan:
        self.seconds += pause
        observed, now = self.cluster.observe(), later(self.seconds)
        assert plan(observed, now) == plan(observed, now), "the same observation gives the same plan"
        ended = observed.status.completion_time is not None
        planned = self.cluster.step(now, hit=hit)
        again = planned.status.round > observed.status.round
        for action in planned.actions:
            if isinstance(action, StartAttempt):
                assert again or not ended, "there is no way back from an end, but a retry"
                assert is_admitted(planned.status)
                assert is_admitted(observed.status) or observed.turn.granted, "nobody begins before its turn"
                unwanted = observed.asked.suspend or observed.asked.cancel
                assert not unwanted
                assert not any(job.at_work for job in observed.jobs), "one Job at a time"
                assert all(one.ended for one in observed.pods), "two pods would work on the same charts"
        if ended and not again:
            retry = {"retry": planned.status.retry}
            assert planned.status == observed.status.model_copy(update=retry), "an end is not rewritten"
        unwanted = observed.asked.suspend or observed.asked.cancel
        if hit is Hit.NOWHERE and (unwanted or planned.status.completion_time is not None):
            at_work = [job for job in self.cluster.jobs.values() if job.at_work]
            assert at_work == [], "nobody wakes the operator for a job that has ended"
        if planned.status.completion_time is not None:
            assert read(planned.status.completion_time) <= now
        return planned

    def _waiting(self) -> list[tuple[int, int]]:
        """Return attempt and index of the pods that the Job controller would create."""
        there = {(one.attempt, one.index) for one in self.cluster.pods}
        return [
            (job.attempt, index)
            for job in self.cluster.jobs.values()
            if not (job.complete or job.failed or job.suspended)
            for index in range(len(job.shards))
            if (job.attempt, index) not in there and index not in job.completed | job.failed_indexes
        ]

    def _live(self) -> list[ChildPod]:
        return [one for one in self.cluster.pods if not one.ended]

    def _add(self, attempt: int, index: int) -> None:
        self.pods_made += 1
        created = f"2026-11-21T12:00:00.{self.pods_made:06}Z"
        self.cluster.pods.append(pod(index, attempt, uid=f"pod-{self.pods_made}", created=created))

    def _become(self, one: ChildPod, **facts: object) -> None:
        at = self.cluster.pods.index(one)
        self.cluster.pods[at] = replace(one, **facts)  # type: ignore[arg-type]

    def _controlled(self, job: ChildJob) -> ChildJob:
        if job.complete or job.failed:
            return job
        ours = [one for one in self.cluster.pods if one.attempt == job.attempt]
        failed = [one for one in ours if one.phase == "Failed"]
        completed = job.completed | {one.index for one in ours if one.phase == "Succeeded"}
        failed_indexes = (job.failed_indexes | {one.index for one in failed}) - completed
        hopeless = any(one.exit is not None and one.exit.code in hopeless_exit_codes() for one in failed)
        if hopeless:
            # The Job controller deletes what still works before it says Failed.
            self.cluster.pods = [one for one in self.cluster.pods if one.attempt != job.attempt or one.ended]
        ended = hopeless or len(completed | failed_indexes) == len(job.shards)
        return replace(
            job,
            completed=completed,
            failed_indexes=failed_indexes,
            complete=ended and not hopeless and not failed_indexes,
            failed=ended and (hopeless or bool(failed_indexes)),
            ended=later(self.seconds) if ended else None,
        )


TestWhateverHappens = Life.TestCase
TestWhateverHappens.settings = settings(max_examples=200, stateful_step_count=60, deadline=None)
