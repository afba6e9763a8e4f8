"""Asks a registry over plain HTTP whether it has an image: `python -m ... <registry> <repository> <tag>`.

A program of its own, because it runs inside the cluster's network, where this process is not. It prints
`yes` or `no`.
"""

import sys
import urllib.error
import urllib.request
from http import HTTPStatus

_FORMATS = "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"


def exists(registry: str, repository: str, tag: str) -> bool:
    """Tell whether the registry has the image; raise what urllib raises when it cannot tell."""
    url = f"http://{registry}/v2/{repository}/manifests/{tag}"
    request = urllib.request.Request(url, method="HEAD", headers={"Accept": _FORMATS})
    # The machine's proxy does not reach into the cluster.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10):
            return True
    except urllib.error.HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND:
            return False
        raise


if __name__ == "__main__":
    sys.stdout.write("yes\n" if exists(*sys.argv[1:]) else "no\n")
