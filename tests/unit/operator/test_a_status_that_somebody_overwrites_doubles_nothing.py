"""The status is emptied or put back at any moment, Jobs are deleted and suspended, and the clock jumps: no two Jobs work at once, and every life has an end."""

from dataclasses import replace
from random import Random

from chartspark_api.status import ChartSparkJobStatus
from chartspark_operator.actions import StartAttempt
from chartspark_operator.observed import ChildJob, Exit
from hypothesis import given, settings
from hypothesis import strategies as st
from operator_builders import REQUEST, FakeCluster, later, pod, report

STEPS = 60
ENOUGH = 60
JUMPS = (-75.0, 0.001, 1.0, 11.0, 75.0)


class Life:
    """A job, a Job controller that may be late, and somebody with rights that they should not have."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.cluster = FakeCluster(asked=replace(REQUEST, shards=dice.randint(1, 2)))
        self.seconds = 1000.0
        self.pods_made = 0
        self.earlier = [ChartSparkJobStatus()]

    def a_pass(self, pause: float) -> None:
        self.seconds += pause
        before = self.cluster.observe()
        planned = self.cluster.step(later(self.seconds))
        if any(isinstance(action, StartAttempt) for action in planned.actions):
            assert not any(job.at_work for job in before.jobs), "one Job at a time"
            assert all(one.ended for one in before.pods), "two pods would work on the same charts"
        self.earlier.append(self.cluster.status)

    def pods_move(self, *, all_of_them: bool = False) -> None:
        for job in [job for job in self.cluster.jobs.values() if job.at_work and not job.suspended]:
            there = {one.index for one in self.cluster.pods if one.attempt == job.attempt}
            for index in set(range(len(job.shards))) - there:
                self.pods_made += 1
                made = pod(index, job.attempt, "Running", running=True, uid=f"pod-{self.pods_made}")
                self.cluster.pods.append(made)
        for at, one in enumerate(self.cluster.pods):
            if not one.ended and (all_of_them or self.dice.random() < 0.5):
                code = 0 if all_of_them else self.dice.choice([0, 75, 137])
                told = report(done=2) if code == 0 else None
                phase = "Failed" if code else "Succeeded"
                self.cluster.pods[at] = replace(
                    one, phase=phase, running=False, exit=Exit(code, "Played", told)
                )

    def the_job_controller_looks(self) -> None:
        self.cluster.jobs = {job.attempt: self._controlled(job) for job in self.cluster.jobs.values()}

    def _controlled(self, job: ChildJob) -> ChildJob:
        ours = [one for one in self.cluster.pods if one.attempt == job.attempt]
        if not job.at_work or len([one for one in ours if one.ended]) < len(job.shards):
            return job
        completed = frozenset(one.index for one in ours if one.phase == "Succeeded")
        whole = len(completed) == len(job.shards)
        failed = frozenset(range(len(job.shards))) - completed
        ended = later(self.seconds)
        return replace(
            job, completed=completed, failed_indexes=failed, complete=whole, failed=not whole, ended=ended
        )

    def somebody_overwrites(self) -> None:
        unended = [status for status in self.earlier if status.completion_time is None]
        self.cluster.status = self.dice.choice([ChartSparkJobStatus(), *unended])

    def somebody_deletes_a_job(self) -> None:
        if self.cluster.jobs:
            del self.cluster.jobs[self.dice.choice(sorted(self.cluster.jobs))]

    def somebody_suspends_a_job(self) -> None:
        if self.cluster.jobs:
            number = self.dice.choice(sorted(self.cluster.jobs))
            self.cluster.jobs[number] = replace(self.cluster.jobs[number], suspended=True)
            # The Job controller deletes what works.
            self.cluster.pods = [one for one in self.cluster.pods if one.attempt != number or one.ended]

    def ends(self) -> None:
        for _ in range(ENOUGH):
            self.a_pass(400.0)
            if self.cluster.status.completion_time is not None:
                return
            self.pods_move(all_of_them=True)
            self.the_job_controller_looks()
        raise AssertionError(self.cluster.status)


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_no_two_jobs_work_and_every_life_ends(dice: Random) -> None:
    life = Life(dice)
    for _ in range(STEPS):
        match dice.randrange(10):
            case 0 | 1 | 2 | 3:
                life.a_pass(dice.choice(JUMPS))
            case 4 | 5:
                life.pods_move()
            case 6:
                life.the_job_controller_looks()
            case 7:
                life.somebody_deletes_a_job()
            case 8:
                life.somebody_suspends_a_job()
            case _:
                life.somebody_overwrites()
    life.ends()
