"""Serves /metrics and /healthz. Called by `main`."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from chartspark_operator.errors import SettingError

UNHEALTHY = 503


@asynccontextmanager
async def serving_metrics(registry: CollectorRegistry, port: int) -> AsyncIterator[None]:
    """Answer /metrics on `port` while the context lasts."""

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async with _serving("/metrics", metrics, port):
        yield


@asynccontextmanager
async def serving_health(complaint: Callable[[], str | None], port: int) -> AsyncIterator[None]:
    """Answer /healthz on `port` while the context lasts: 503 and a sentence where there is a complaint."""

    async def health(_: web.Request) -> web.Response:
        sentence = complaint()
        return web.Response(text=sentence or "ok", status=UNHEALTHY if sentence else 200)

    async with _serving("/healthz", health, port):
        yield


async def _open(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, port=port).start()
    except OSError as error:
        raise SettingError(
            f"Port {port} cannot be opened ({error.strerror}): set CHARTSPARK_METRICS_PORT or "
            "CHARTSPARK_HEALTH_PORT to a free one."
        ) from error


@asynccontextmanager
async def _serving(
    path: str, handler: Callable[[web.Request], Awaitable[web.StreamResponse]], port: int
) -> AsyncIterator[None]:
    application = web.Application()
    application.router.add_get(path, handler)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await _open(runner, port)
        yield
    finally:
        await runner.cleanup()
