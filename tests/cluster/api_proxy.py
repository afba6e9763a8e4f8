"""A proxy before the API server, in the test's own process: it knows whose write each request is, and decides its fate.

The operator reaches it by plain HTTP on this machine; it reaches the API server through `kubectl proxy`,
which runs in the cluster's network and listens on a Unix socket. The test asks the API server through the
same socket, so that hundreds of questions start no process.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from chartspark_dev.cluster import Cluster

CHILD = re.compile(r"^(?P<job>.+)-[0-9a-f]{8}(-\d+)?$")
"""The names of children: the job's, the beginning of its uid, and of a Job the attempt."""
PASSED_ON = ("Content-Type", "Retry-After")
SOCKET_SECONDS = 60.0
BUSY = {"GET": (429, 503, 504)}
"""What an API server on a busy machine says to a question that may be asked again."""
BAD_GATEWAY = 502
"""What `kubectl proxy` answers while no API server does."""


class AwayError(Exception):
    """There is no API server."""


class Fate(Enum):
    """What becomes of a request."""

    LET = "passes"
    HOLD_BEFORE = "is held before the API server sees it"
    HOLD_AFTER = "is carried out, and the answer held"
    DROP_BEFORE = "is dropped"
    DROP_AFTER = "is carried out, and the answer dropped"
    OUTDATE = "comes too late: somebody has just edited the job"
    OUTLIVE = "comes too late: somebody has just deleted the job"


@dataclass(frozen=True)
class Refuse:
    """The API server seems to say no."""

    status: int
    retry_after: str | None = None


@dataclass(frozen=True)
class Call:
    """A request of the operator."""

    method: str
    path: str
    body: Any = None

    @property
    def resource(self) -> str:
        parts = self._parts
        at = parts.index("namespaces") + 2 if "namespaces" in parts[:-1] else len(parts) - 1
        return parts[at] if at < len(parts) else parts[-1]

    @property
    def writes(self) -> bool:
        # To renew the lease is to do nothing.
        return self.method != "GET" and self.resource != "leases"

    @property
    def job(self) -> str | None:
        """The ChartSparkJob that it is about. None for lists and watches."""
        if self.method == "POST":
            involved = self.body.get("involvedObject")
            return involved["name"] if involved else _child(self.body["metadata"]["name"])
        after = self._parts[self._parts.index(self.resource) + 1 :]
        if not after:
            return None
        return after[0] if self.resource == "chartsparkjobs" else _child(after[0])

    @property
    def _parts(self) -> list[str]:
        return self.path.strip("/").split("/")


def _child(name: str) -> str | None:
    found = CHILD.match(name)
    return found["job"] if found else None


@dataclass
class Exchange:
    """A request that reached the API server."""

    call: Call
    status: int
    answer: Any
    before: int
    """How many exchanges had been answered by the API server when the operator asked."""
    answered: bool = False
    """Whether the operator got the answer."""


@dataclass
class Upstream:
    """The API server, without anything in between that loses requests."""

    session: aiohttp.ClientSession

    async def ask(
        self, method: str, path: str, body: object = None, kind: str = "application/json"
    ) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body)
        async with self.session.request(
            method, f"http://localhost{path}", data=data, headers={"Content-Type": kind}
        ) as response:
            busy = response.status in BUSY.get(method, (429,))
            if not busy:
                return response.status, await response.json()
        # For a moment after a change of the CRD, for instance. What a write came to after a 504 nobody knows.
        await asyncio.sleep(1)
        return await self.ask(method, path, body, kind)

    async def items(self, path: str) -> list[dict[str, Any]]:
        status, listed = await self.ask("GET", path)
        assert status == 200, listed
        items: list[dict[str, Any]] = listed["items"]
        return items


@asynccontextmanager
async def reaching(cluster: Cluster, folder: Path) -> AsyncIterator[Upstream]:
    """Reach the API server while the context lasts."""
    socket = folder / "api.sock"
    argv = cluster.kubectl_argv("proxy", f"--unix-socket={socket}")
    with (folder / "kubectl-proxy.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(*argv, stdout=log, stderr=log)
    end = time.monotonic() + SOCKET_SECONDS
    while not socket.exists():
        assert time.monotonic() < end, "kubectl proxy opens no socket"
        await asyncio.sleep(0.05)
    connector = aiohttp.UnixConnector(path=str(socket), limit=0)
    # A watch may last; everything else ends with its test.
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout()) as session:
        yield Upstream(session)
    process.terminate()
    await process.wait()


@dataclass
class Proxy:
    """Lets requests through as `decide` says, and remembers what reached the API server."""

    upstream: Upstream
    decide: Callable[[Call], Fate | Refuse] = lambda _: Fate.LET
    log: list[Exchange] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    """The jobs of which a request is held."""
    spoil: dict[str, Fate | Refuse] = field(default_factory=dict)
    """By resource, what becomes of a watch when its next event arrives; the event is lost. HOLD_BEFORE silences it."""
    spoiled: list[str] = field(default_factory=list)
    watched: set[str] = field(default_factory=set)
    """The resources that the operator watches by now."""
    port: int = 0
    cut_off: bool = False
    """Whether nothing passes, in either direction."""
    busy: int = 0
    """Writes on their way."""
    last_write: float = 0.0
    _runner: web.AppRunner = field(init=False, repr=False)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Proxy"]:
        application = web.Application(client_max_size=8 << 20)
        application.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._runner = runner
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.port = runner.addresses[0][1]
            yield self
        finally:
            await runner.cleanup()

    def cut(self) -> None:
        """Break every connection that is open now."""
        server = self._runner.server
        assert server is not None
        for connection in server.connections:
            if connection.transport is not None:
                connection.transport.abort()

    async def quiet(self, seconds: float = 1.5) -> None:
        """Return when no write was seen for some time."""
        while self.busy or time.monotonic() - self.last_write < seconds:  # noqa: ASYNC110 - it is about time
            await asyncio.sleep(0.1)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if self.cut_off:
            return await _drop(request)
        try:
            return await self._pass_on(request)
        except (aiohttp.ClientError, AwayError, json.JSONDecodeError):
            # What the operator meets is the API server that has gone, perhaps within its answer; not a proxy that says so.
            return await _drop(request)

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("watch") == "true":
            return await self._watch(request)
        data = await request.read()
        call = Call(request.method, request.path, json.loads(data) if data else None)
        fate = self.decide(call)
        if call.job in self.held:
            fate = Fate.HOLD_BEFORE
        if isinstance(fate, Refuse):
            return _refusal(fate)
        if fate is Fate.DROP_BEFORE:
            return await _drop(request)
        if fate is Fate.HOLD_BEFORE:
            await self._hold(call)
        if fate is Fate.OUTDATE:
            await self._edit(call)
        if fate is Fate.OUTLIVE:
            await self.upstream.ask("DELETE", self._owner_path(call))
        exchange, answer = await self._forward(request, call, data)
        if fate is Fate.DROP_AFTER:
            return await _drop(request)
        if fate is Fate.HOLD_AFTER:
            await self._hold(call)
        exchange.answered = True
        return answer

    async def _hold(self, call: Call) -> None:
        assert call.job is not None
        self.held.add(call.job)
        # The operator is killed while this waits, and its connection with it.
        await asyncio.Event().wait()

    async def _edit(self, call: Call) -> None:
        """Give the job an annotation, so that it has another version than the operator has seen."""
        if call.method == "PATCH":
            body = {"metadata": {"annotations": {"edited": "true"}}}
            await self.upstream.ask("PATCH", self._owner_path(call), body, "application/merge-patch+json")

    @staticmethod
    def _owner_path(call: Call) -> str:
        namespace = call.path.split("/namespaces/")[1].split("/")[0]
        return f"/apis/chartspark.io/v1alpha1/namespaces/{namespace}/chartsparkjobs/{call.job}"

    async def _forward(
        self, request: web.Request, call: Call, data: bytes
    ) -> tuple[Exchange, web.StreamResponse]:
        before = len(self.log)
        self.busy += call.writes
        try:
            async with self.upstream.session.request(
                request.method, f"http://localhost{request.path_qs}", data=data, headers=_headers(request)
            ) as answer:
                body = await answer.read()
                _refuse_when_away(answer)
        finally:
            self.busy -= call.writes
            self.last_write = time.monotonic() if call.writes else self.last_write
        exchange = Exchange(call, answer.status, json.loads(body) if call.writes else None, before)
        self.log.append(exchange)
        headers = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
        return exchange, web.Response(body=body, status=answer.status, headers=headers)

    async def _watch(self, request: web.Request) -> web.StreamResponse:
        resource = Call("GET", request.path).resource
        stream = web.StreamResponse()
        async with self.upstream.session.get(f"http://localhost{request.path_qs}") as answer:
            _refuse_when_away(answer)
            stream.set_status(answer.status)
            stream.content_type = answer.content_type
            await stream.prepare(request)
            self.watched.add(resource)
            async for line in answer.content:
                if resource in self.spoil and _is_an_event(line):
                    await self._spoil(request, stream, resource)
                    break
                await stream.write(line)
        return stream

    async def _spoil(self, request: web.Request, stream: web.StreamResponse, resource: str) -> None:
        fate = self.spoil.pop(resource)
        self.spoiled.append(resource)
        if isinstance(fate, Refuse):
            status = {"kind": "Status", "code": fate.status, "message": "too old resource version"}
            event = {"type": "ERROR", "object": {"apiVersion": "v1", "status": "Failure", **status}}
            await stream.write(json.dumps(event).encode() + b"\n")
        elif fate is Fate.HOLD_BEFORE:
            await asyncio.Event().wait()
        else:
            await _drop(request)


def _refuse_when_away(answer: aiohttp.ClientResponse) -> None:
    if answer.status == BAD_GATEWAY:
        raise AwayError


def _headers(request: web.Request) -> dict[str, str]:
    # The audit log then knows the operator from the test.
    return {"Content-Type": request.headers.get("Content-Type", "application/json"), "User-Agent": "operator"}


def _refusal(fate: Refuse) -> web.Response:
    headers = {"Retry-After": fate.retry_after} if fate.retry_after else {}
    status = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "as the test wants it"}
    return web.json_response(status | {"code": fate.status}, status=fate.status, headers=headers)


async def _drop(request: web.Request) -> web.Response:
    # Who asked may have gone.
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _is_an_event(line: bytes) -> bool:
    """Say whether a watch's line is about an object: neither a bookmark, nor the end of a server that goes."""
    return json.loads(line).get("type") not in {None, "BOOKMARK"}
