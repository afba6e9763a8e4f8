# ruff: noqa: INP001 - the chart carries this file to a pod; it is part of no package
"""Reads the test's picture back, and ends with 0 where it tells the truth. Run by `helm test` with the runner's image.

A chart that could not be made is a result and no failure of the runner: only a picture that is there, and
that the decoder reads rightly, is a proof.
"""

import json
import subprocess
import sys

RESULTS = "/tmp/results"  # noqa: S108 - a volume of the pod's own
PICTURE = f"{RESULTS}/apples/chart.png"
LEAST_SCORE = 0.9


def main() -> None:
    """Compare files and scores with what was recorded, and the picture with the table."""
    verified = subprocess.run(["chartspark-runner", "verify", RESULTS], check=False)  # noqa: S603, S607 - the image's own program
    if verified.returncode:
        sys.exit("The picture does not match what was recorded of it; the lines above say how.")
    command = ["chartspark-runner", "score", "/files/picture.yaml", PICTURE]
    scored = subprocess.run(command, stdout=subprocess.PIPE, check=False)  # noqa: S603 - a constant
    if scored.returncode:
        sys.exit(f"{PICTURE} cannot be read: the log of the container draw says why there is none.")
    total = json.loads(scored.stdout)["scores"]["total"]
    if total < LEAST_SCORE:
        sys.exit(f"The picture scores {total}, and {LEAST_SCORE} is the least that counts as true.")
    sys.stdout.write(f"The picture was read back and scores {total}.\n")


if __name__ == "__main__":
    main()
