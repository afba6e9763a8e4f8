import pytest
from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason
from chartspark_operator.observed import ChildJob, ChildPod, Exit, Remark
from chartspark_operator.rules.pod_end import pod_end
from operator_builders import NOON, FakeCluster, child, failed_pod, later, pod, report

EVICTED = Remark("EvictionByEvictionAPI", "Eviction API: evicting")


@pytest.mark.parametrize(
    ("ended", "reason", "words"),
    [
        (failed_pod(64), Reason.INVALID_REQUEST, "cannot be done"),
        (failed_pod(80, told=report(done=1)), Reason.OUT_OF_GPU_MEMORY, "The runner's own sentence."),
        (failed_pod(137, reason="OOMKilled"), Reason.OUT_OF_MEMORY, "memory limit"),
        (failed_pod(137), Reason.CRASHED, "Signal 9 ended it."),
        (failed_pod(1), Reason.CRASHED, "exit code 1"),
        (pod(phase="Failed"), Reason.CRASHED, "before its container ran"),
        (pod(phase="Failed", disrupted=EVICTED), Reason.EVICTED, EVICTED.message),
        (pod(phase="Failed", disrupted=EVICTED, exit=Exit(75, "Error")), Reason.EVICTED, EVICTED.message),
        (pod(phase="Failed", disrupted=EVICTED, exit=Exit(137, "OOMKilled")), Reason.OUT_OF_MEMORY, "limit"),
    ],
)
def test_a_pods_end_has_a_reason_and_a_sentence(ended: ChildPod, reason: Reason, words: str) -> None:
    end = pod_end(ended)
    assert end.reason is reason
    assert words in end.message
    assert ended.name in end.message


@pytest.mark.parametrize("code", sorted(set(ExitCode) - {ExitCode.OK}))
def test_every_exit_code_of_the_contract_is_understood(code: ExitCode) -> None:
    assert pod_end(failed_pod(code)).reason is code.reason


@pytest.mark.parametrize(
    ("job", "pods", "reason"),
    [
        (child(failed=True), (failed_pod(82, 0), failed_pod(80, 1)), Reason.STALLED),
        (child(failed=True), (failed_pod(82, 0), failed_pod(73, 1)), Reason.CANNOT_WRITE),
        (child(failed=True), (pod(0, phase="Failed", disrupted=EVICTED), failed_pod(75, 1)), Reason.TRANSIENT),
        (child(failed=True), (failed_pod(75, 0), failed_pod(81, 1)), Reason.GPU_LOST),
        (child(failed=True), (failed_pod(66, 0, job="somebody's"), failed_pod(75, 0)), Reason.TRANSIENT),
        (child(failed=True, completed=frozenset({0})), (failed_pod(82, 0), failed_pod(80, 1)), Reason.OUT_OF_GPU_MEMORY),
        (child(failed=True, failure="Container runner for pod x failed with exit code 66 matching FailJob rule"), (), Reason.MISSING_MODEL),
        (child(failed=True, failure="Job has failed indexes", failed_indexes=frozenset({1})), (), Reason.POD_GONE),
        (child(failed=True, failure="Job was active longer than specified deadline"), (), Reason.CRASHED),
        (child(deleting=True), (), Reason.JOB_DELETED),
        (child(suspended=True), (), Reason.JOB_SUSPENDED),
        (child(suspended=True, complete=True, completed=frozenset({0, 1})), (), Reason.REPORT_LOST),
    ],
)  # fmt: skip
def test_an_attempts_reason_is_that_of_the_pod_that_decides(
    job: ChildJob, pods: tuple[ChildPod, ...], reason: Reason
) -> None:
    cluster = FakeCluster()
    cluster.step(NOON)
    cluster.step(NOON)
    cluster.jobs[1], cluster.pods = job, list(pods)
    cluster.step(later(60))
    assert cluster.status.attempts[-1].reason is reason
