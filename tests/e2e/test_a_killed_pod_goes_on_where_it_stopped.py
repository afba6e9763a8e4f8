"""SIGKILL leaves a process no chance to tidy up: the nearest thing to a bad night."""

from chartspark_api.reasons import Reason
from e2e_support import Jobs, eventually, manifest
from node_support import signal_runner


def published(jobs: Jobs, folder: str) -> dict[str, str]:
    """Return inode, size and time of each file of a published chart."""
    listing = jobs.storage.run("find", folder, "-type", "f", "-printf", "%p %i %s %T@\\n")
    return dict(line.split(" ", 1) for line in listing.splitlines())


def test_what_is_published_is_not_touched_and_the_rest_is_made(jobs: Jobs) -> None:
    long = manifest("killed", "one", "two")
    long["spec"]["charts"][1] |= {"candidates": 16}
    # Long enough to be seen: progress reaches the status every ten seconds.
    long["spec"]["sampling"] = {"steps": 200}
    long["spec"]["charts"][0] |= {"candidates": 1}
    jobs.apply(long)
    job = jobs.job("killed")
    first = f"{jobs.results(job)}/one"
    eventually(lambda: published(jobs, f"{first}/metadata.json"), "the first chart")
    before = published(jobs, first)
    eventually(lambda: "two: generate" in str(jobs.job("killed").status), "the second chart in the making")

    signal_runner(jobs, job.metadata.uid, "SIGKILL")

    done = jobs.wait("killed", "Complete")
    assert done.status is not None
    assert [attempt.reason for attempt in done.status.attempts] == [Reason.CRASHED, Reason.COMPLETE]
    assert done.status.progress is not None
    assert done.status.progress.summary == "2/2"
    assert published(jobs, first) == before
    assert published(jobs, f"{jobs.results(job)}/two")
    assert not jobs.storage.run("find", f"{jobs.results(job)}/.work", "-name", "chart.png").strip()
