"""The one door to the API server: limited in rate, counted, with typed errors. Called by `apply` and the watches.

Objects travel as JSON. The generated models are left out: they would parse, refuse and hold a hundred
fields of each pod for the ten that are looked at.
"""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Literal

import aiohttp
from aiolimiter import AsyncLimiter
from kubernetes.aio.client import ApiClient

from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.pause import Pause
from chartspark_operator.errors import UnreachableError, refusal
from chartspark_operator.guard import Guard
from chartspark_operator.metrics import Metrics

Verb = Literal["get", "list", "watch", "create", "replace", "patch", "delete"]
METHODS: dict[Verb, str] = {
    "get": "GET",
    "list": "GET",
    "watch": "GET",
    "create": "POST",
    "replace": "PUT",
    "patch": "PATCH",
    "delete": "DELETE",
}
ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=30)
WATCH_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=90)
"""A watch may last; 90 seconds without a byte break it, because bookmarks come about every minute."""
FAILURE = 400
"""HTTP statuses from here on are no success."""


class Api:
    """Requests to the API server."""

    def __init__(self, client: ApiClient, limiter: AsyncLimiter, metrics: Metrics, guard: Guard) -> None:
        """Take the guard that is asked before each write."""
        self._client = client
        self._guard = guard
        self._limiter = limiter
        self._metrics = metrics
        self._pause = Pause()

    async def get(self, path: str) -> JsonObject:
        """Return the object at `path`."""
        return await self._answer("get", path)

    async def list_page(self, path: str, query: Mapping[str, str]) -> JsonObject:
        """Return one page of the list at `path`."""
        return await self._answer("list", path, query)

    async def create(self, path: str, body: JsonObject) -> JsonObject:
        """Create an object in the collection at `path`, and return it as stored. What the server does not know it refuses."""
        return await self._answer("create", path, {"fieldValidation": "Strict"}, body)

    async def replace(self, path: str, body: JsonObject) -> JsonObject:
        """Replace the object at `path`, if it is still of the version in `body`, and return it as stored."""
        return await self._answer("replace", path, body=body)

    async def patch(self, path: str, operations: list[JsonObject]) -> JsonObject:
        """Apply a JSON Patch (RFC 6902) to the object at `path`, and return it as stored."""
        return await self._answer("patch", path, body=operations)

    async def delete(self, path: str, options: JsonObject) -> None:
        """Delete the object at `path`."""
        await self._answer("delete", path, body=options)

    async def watch(self, path: str, query: Mapping[str, str]) -> AsyncIterator[JsonObject]:
        """Yield the events of a watch until the server ends it.

        Raises ExpiredError where the version to start from is gone, whether the server says so at once or
        in the stream.
        """
        response = await self._send("watch", path, {**query, "watch": "true"}, None, WATCH_TIMEOUT)
        try:
            if response.status >= FAILURE:
                raise refusal(response.status, _message(await response.read()))
            async for line in response.content:
                event = json.loads(line)
                if event["type"] == "ERROR":
                    raise refusal(event["object"].get("code", 500), event["object"].get("message", ""))
                yield event
        except (aiohttp.ClientError, TimeoutError) as error:
            raise UnreachableError(f"The watch of {path} broke off: {error!r}") from error
        finally:
            response.close()

    async def _answer(
        self,
        verb: Verb,
        path: str,
        query: Mapping[str, str] | None = None,
        body: JsonObject | list[JsonObject] | None = None,
    ) -> JsonObject:
        response = await self._send(verb, path, query or {}, body, ANSWER_TIMEOUT)
        try:
            content = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise UnreachableError(f"The answer to {verb} {path} broke off: {error!r}") from error
        if response.status >= FAILURE:
            raise refusal(response.status, _message(content))
        answer: JsonObject = json.loads(content)
        return answer

    async def _send(
        self,
        verb: Verb,
        path: str,
        query: Mapping[str, str],
        body: JsonObject | list[JsonObject] | None,
        patience: aiohttp.ClientTimeout,
    ) -> aiohttp.ClientResponse:
        await self._limiter.acquire()
        await self._pause.over()
        content_type = "application/json-patch+json" if verb == "patch" else "application/json"
        # The client adds the credentials here, and reads a service account's token again when it is due.
        method, url, headers, sent, _ = await self._client.param_serialize(
            METHODS[verb],
            path,
            query_params=list(query.items()),
            header_params={"Content-Type": content_type, "Accept": "application/json"},
            body=body,
            auth_settings=["BearerToken"],
        )
        if METHODS[verb] != "GET":
            self._guard.check()
        try:
            answer = await self._client.call_api(method, url, headers, sent, _request_timeout=patience)
        except (aiohttp.ClientError, TimeoutError) as error:
            self._metrics.api_request(verb, "none")
            raise UnreachableError(f"No answer to {verb} {path}: {error!r}") from error
        self._metrics.api_request(verb, str(answer.status))
        response: aiohttp.ClientResponse = answer.response
        self._pause.note(response.status, response.headers.get("Retry-After"))
        return response


def _message(content: bytes) -> str:
    try:
        status: JsonObject = json.loads(content)
    except ValueError:
        return content[:300].decode(errors="replace")
    return str(status.get("message", ""))
