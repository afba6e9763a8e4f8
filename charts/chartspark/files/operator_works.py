# ruff: noqa: INP001 - the chart carries this file to a pod; it is part of no package
"""Sees that the operator is alive and takes up a job. Run by `helm test` in a pod; knows the standard library alone.

The job's claim does not exist: what is asked is whether the operator sees a job and may work on it, and no
cluster has storage to spare for that question.
"""

import json
import os
import re
import secrets
import ssl
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
PATIENCE_SECONDS = 60
PAUSE_SECONDS = 1
LAST_SEEN = r'(?m)^chartspark_watch_last_seen_timestamp_seconds\{resource="(\w+)"\} (\S+)$'


def main() -> None:
    """End with 0 if all is well, else with a sentence."""
    _see_the_watches(os.environ["METRICS_URL"], float(os.environ["SILENCE_SECONDS"]))
    _see_a_job_taken_up(os.environ["JOBS_URL"], f"chartspark-test-{secrets.token_hex(4)}")


def _see_the_watches(url: str, silence: float) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    # The Service leads to any operator, and only the one that holds the lease watches.
    while not (seen := _last_seen(url)):
        if time.monotonic() > end:
            sys.exit(f"{url} answers, and in {PATIENCE_SECONDS} s no operator there held the lease.")
        time.sleep(PAUSE_SECONDS)
    stale = [resource for resource, at in seen.items() if time.time() - float(at) > silence]
    if stale:
        sys.exit(f"{url} answers, and these watches do not live: {', '.join(stale)}.")
    sys.stdout.write(f"The operator watches {', '.join(seen)}.\n")


def _last_seen(url: str) -> dict[str, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - http, of the chart
            return dict(re.findall(LAST_SEEN, response.read().decode()))
    except OSError as error:
        sys.exit(f"No operator answers at {url}: {error}.")


def _see_a_job_taken_up(jobs: str, name: str) -> None:
    _ask("POST", jobs, small_job(name))
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while "reason" not in (status := _ask("GET", f"{jobs}/{name}").get("status", {})):
            if time.monotonic() > end:
                sys.exit(f"{name} was created, and in {PATIENCE_SECONDS} s no operator wrote a status.")
            time.sleep(PAUSE_SECONDS)
    finally:
        _ask("DELETE", f"{jobs}/{name}")
    sys.stdout.write(f"The operator took up {name}: {status['reason']}.\n")


def small_job(name: str) -> dict[str, Any]:
    """Return a job that is valid, and whose claim is not there."""
    chart = {
        "name": "apples",
        "title": "Apples",
        "subject": "red apple",
        "xColumn": "year",
        "yColumn": "tonnes",
        "data": {"csv": "year,tonnes\n2024,70\n2025,90\n"},
    }
    return {
        "apiVersion": "chartspark.io/v1alpha1",
        "kind": "ChartSparkJob",
        "metadata": {"name": name},
        "spec": {"charts": [chart], "output": {"claimName": name}, "ttlSecondsAfterFinished": 0},
    }


def _ask(verb: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    request = urllib.request.Request(
        f"https://{authority}{path}",
        method=verb,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {(ACCOUNT / 'token').read_text()}",
            "Content-Type": "application/json",
        },
    )
    context = ssl.create_default_context(cafile=str(ACCOUNT / "ca.crt"))
    with urllib.request.urlopen(request, timeout=10, context=context) as response:  # noqa: S310 - https, as above
        answer: dict[str, Any] = json.load(response)
    return answer


if __name__ == "__main__":
    main()
