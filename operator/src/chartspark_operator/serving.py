"""Serves /metrics and /healthz. Called by `main`."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

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


@asynccontextmanager
async def _serving(path: str, handler: Callable[[web.Request], object], port: int) -> AsyncIterator[None]:
    application = web.Application()
    application.router.add_get(path, handler)  # type: ignore[arg-type]
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, port=port).start()
    try:
        yield
    finally:
        await runner.cleanup()
