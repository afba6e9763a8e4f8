"""What the e2e tests do to a node from a pod that may do everything there."""

import json
from typing import Any

from e2e_support import Jobs

SIGNAL = """
import os, pathlib, signal, sys
for cmdline in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
    words = cmdline.read_bytes().split(b"\\0") if cmdline.exists() else []
    if b"run" in words and any(word.endswith(sys.argv[1].encode()) for word in words):
        os.kill(int(cmdline.parent.name), signal.Signals[sys.argv[2]])
        print("signalled", cmdline.parent.name)
"""


def signal_runner(jobs: Jobs, uid: str, name: str) -> None:
    """Send a signal to the runner of a job from outside its pod: inside, some do not reach the first process."""
    image = jobs.get("pod", "-l", "app.kubernetes.io/managed-by=chartspark-operator")["items"][0]["spec"]
    pod: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "signaller", "namespace": "default"},
        "spec": {
            "hostPID": True,
            "restartPolicy": "Never",
            "containers": [
                {
                    "name": "signaller",
                    "image": image["containers"][0]["image"],
                    "command": ["python3", "-c", SIGNAL, uid[:8], name],
                    "securityContext": {"runAsUser": 0, "privileged": True},
                }
            ],
        },
    }
    jobs.cluster.kubectl("delete", "pod", "-n", "default", "signaller", "--ignore-not-found")
    jobs.cluster.kubectl("apply", "-f", "-", input=json.dumps(pod))
    succeeded = "--for=jsonpath={.status.phase}=Succeeded"
    jobs.cluster.kubectl("wait", "-n", "default", "pod/signaller", succeeded, "--timeout=60s")
    assert "signalled" in jobs.cluster.kubectl("logs", "-n", "default", "signaller")
    jobs.cluster.kubectl("delete", "pod", "-n", "default", "signaller", "--wait=false")
