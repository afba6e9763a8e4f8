"""SIGKILL leaves a process no chance to tidy up: the nearest thing to a bad night."""

import json
from typing import Any

from chartspark_api.reasons import Reason
from e2e_support import Jobs, eventually, manifest

KILL = """
import os, pathlib, signal, sys
for cmdline in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
    words = cmdline.read_bytes().split(b"\\0") if cmdline.exists() else []
    if b"run" in words and any(word.endswith(sys.argv[1].encode()) for word in words):
        os.kill(int(cmdline.parent.name), signal.SIGKILL)
        print("killed", cmdline.parent.name)
"""


def kill_runner(jobs: Jobs, uid: str) -> None:
    """Kill the runner of a job from outside its pod: inside, SIGKILL does not reach the first process."""
    image = jobs.get("pod", "-l", "app.kubernetes.io/managed-by=chartspark-operator")["items"][0]["spec"]
    pod: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "killer", "namespace": "default"},
        "spec": {
            "hostPID": True,
            "restartPolicy": "Never",
            "containers": [
                {
                    "name": "killer",
                    "image": image["containers"][0]["image"],
                    "command": ["python3", "-c", KILL, uid[:8]],
                    "securityContext": {"runAsUser": 0, "privileged": True},
                }
            ],
        },
    }
    jobs.cluster.kubectl("delete", "pod", "-n", "default", "killer", "--ignore-not-found")
    jobs.cluster.kubectl("apply", "-f", "-", input=json.dumps(pod))
    succeeded = "--for=jsonpath={.status.phase}=Succeeded"
    jobs.cluster.kubectl("wait", "-n", "default", "pod/killer", succeeded, "--timeout=60s")
    assert "killed" in jobs.cluster.kubectl("logs", "-n", "default", "killer")
    jobs.cluster.kubectl("delete", "pod", "-n", "default", "killer", "--wait=false")


def published(jobs: Jobs, folder: str) -> dict[str, str]:
    """Return inode, size and time of each file of a published chart."""
    listing = jobs.storage.run("find", folder, "-type", "f", "-printf", "%p %i %s %T@\\n")
    return dict(line.split(" ", 1) for line in listing.splitlines())


def test_what_is_published_is_not_touched_and_the_rest_is_made(jobs: Jobs) -> None:
    long = manifest("killed", "one", "two")
    long["spec"]["charts"][1] |= {"candidates": 16}
    long["spec"]["sampling"] = {"steps": 50}
    long["spec"]["charts"][0] |= {"candidates": 1}
    jobs.apply(long)
    job = jobs.job("killed")
    first = f"{jobs.results(job)}/one"
    eventually(lambda: published(jobs, f"{first}/metadata.json"), "the first chart")
    before = published(jobs, first)
    eventually(lambda: "two: generate" in str(jobs.job("killed").status), "the second chart in the making")

    kill_runner(jobs, job.metadata.uid)

    done = jobs.wait("killed", "Complete")
    assert done.status is not None
    assert [attempt.reason for attempt in done.status.attempts] == [Reason.CRASHED, Reason.COMPLETE]
    assert done.status.progress is not None
    assert done.status.progress.summary == "2/2"
    assert published(jobs, first) == before
    assert published(jobs, f"{jobs.results(job)}/two")
    assert not jobs.storage.run("find", f"{jobs.results(job)}/.work", "-name", "chart.png").strip()
