"""How a pod of the job reaches the network: through a proxy, and whose certificates it trusts. Part of `pod`."""

from typing import Annotated

from pydantic import Field

from chartspark_api.base import ApiModel
from chartspark_api.cel import spelled

_URL = r"^https?://[^@\s/]+/?$"

ProxyUrl = Annotated[
    str,
    Field(
        min_length=8,
        max_length=512,
        pattern=_URL,
        json_schema_extra=spelled(
            _URL,
            "write scheme, host and port, for instance http://proxy.example:3128; a password does not belong here, "
            "where whoever may read the job would read it",
        ),
    ),
]


class Proxy(ApiModel):
    """The proxy of the pods, set under the names that programs look for: in capitals and in small letters."""

    http_proxy: ProxyUrl | None = None
    """The proxy for http:// addresses."""
    https_proxy: ProxyUrl | None = None
    """The proxy for https:// addresses."""
    no_proxy: Annotated[str, Field(max_length=2048, pattern=r"^[^\s]*$")] | None = None
    """Hosts, domains and networks that are reached without it, separated by commas."""
