"""Two ways not to move: a frozen process, which can do nothing about it, and one that sleeps in a system call, whose watchdog can."""

from typing import Any

from chartspark_api.exit_codes import ExitCode
from chartspark_api.reasons import Reason
from chartspark_api.status import ChartSparkJobStatus
from chartspark_dev.images import Images
from e2e_support import Jobs, eventually, manifest, writer
from helm_support import OPERATOR
from node_support import signal_runner

STALLED = 'chartspark_attempts_finished_total{reason="Stalled"}'
PAUSED = "Attempt 1 ended with Stalled"


def stalled_attempts(jobs: Jobs) -> float:
    """What the operator has counted, as its own metrics say."""
    [pod] = jobs.cluster.kubectl("get", "pods", *OPERATOR, "-o=jsonpath={.items[*].metadata.name}").split()
    path = f"/api/v1/namespaces/{OPERATOR[1]}/pods/{pod}:8080/proxy/metrics"
    lines = jobs.cluster.kubectl("get", "--raw", path).splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(STALLED))


def status(jobs: Jobs, name: str) -> ChartSparkJobStatus:
    """What is known of the job; nothing yet, right after it was applied."""
    return jobs.job(name).status or ChartSparkJobStatus()


def assert_told_and_tried_again(jobs: Jobs, name: str, sentence: str, counted_before: float) -> None:
    eventually(lambda: status(jobs, name).attempts[1:], "the next attempt")
    now = status(jobs, name)
    assert now.attempts[0].reason is Reason.STALLED
    assert sentence in str(now.attempts[0].message)
    assert now.failed_attempts == 1
    assert stalled_attempts(jobs) == counted_before + 1
    events = [event for event in jobs.get("events")["items"] if event["involvedObject"]["name"] == name]
    assert [event["reason"] for event in events if PAUSED in event["message"]] == ["Retrying"]


def test_a_frozen_one_is_ended_by_the_operator(jobs: Jobs) -> None:
    # Icons, so that it moves often however slow the machine is; and more charts than it can make by then.
    charts = (f"c{number}" for number in range(100))
    jobs.apply(manifest("frozen", *charts, model={"name": "Icons"}, deadlines={"stallSeconds": 20}))
    before = stalled_attempts(jobs)
    # A pod that was never heard may just be out of reach, and is left alone.
    eventually(lambda: [one for one in status(jobs, "frozen").shards if one.heard_time], "a word of it")
    [pod] = jobs.children("pods", "frozen")

    signal_runner(jobs, jobs.job("frozen").metadata.uid, "SIGSTOP")

    assert_told_and_tried_again(jobs, "frozen", "and did not end itself", before)
    uid = pod["metadata"]["uid"]
    eventually(
        lambda: uid not in {one["metadata"]["uid"] for one in jobs.children("pods", "frozen")}, "its end"
    )
    jobs.kubectl("delete", "csj", "frozen")


def test_one_that_sleeps_ends_itself(jobs: Jobs, built: Images) -> None:
    jobs.apply(manifest("asleep", "one", deadlines={"stallSeconds": 5}, suspend=True))
    before = stalled_attempts(jobs)
    eventually(lambda: status(jobs, "asleep").results, "where its results will be")
    folder = jobs.results(jobs.job("asleep"))
    # Whoever opens this for reading waits for a writer, as on a server of files that does not answer.
    make = f"mkdir -p {folder} && mkfifo {folder}/job.json"
    jobs.kubectl("apply", "-f", "-", document=writer(built.runner.reference, "sh", "-c", make))
    jobs.kubectl("wait", "pod/writer", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=240s")
    jobs.kubectl("patch", "csj", "asleep", "--type=merge", "-p", '{"spec": {"suspend": false}}')

    [pod] = eventually(lambda: ended_pods(jobs), "the end of the pod")
    [container] = pod["status"]["containerStatuses"]
    assert container["state"]["terminated"]["exitCode"] == ExitCode.STALLED
    assert_told_and_tried_again(jobs, "asleep", "nothing moved for", before)
    jobs.kubectl("delete", "csj", "asleep")


def ended_pods(jobs: Jobs) -> list[dict[str, Any]]:
    return [pod for pod in jobs.children("pods", "asleep") if pod["status"].get("phase") == "Failed"]
