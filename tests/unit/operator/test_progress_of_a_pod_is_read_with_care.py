import gzip
from collections.abc import Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from chartspark_operator.polling import fetch_progress, wary_session
from operator_builders import progress

GOOD = progress(1).model_dump_json(by_alias=True, exclude_none=True)


async def _good(_: web.Request) -> web.Response:
    return web.Response(text=GOOD)


async def answer(response: web.Response) -> object:
    async def handle(_: web.Request) -> web.Response:
        return response

    application = web.Application()
    application.router.add_get("/progress", handle)
    application.router.add_get("/elsewhere", _good)
    async with TestServer(application) as server, wary_session() as session:
        return await fetch_progress(session, str(server.make_url("/progress")))


async def test_a_good_answer_is_taken() -> None:
    assert await answer(web.Response(text=GOOD)) == progress(1)


@pytest.mark.parametrize(
    "response",
    [
        lambda: web.Response(text=GOOD, status=500),
        lambda: web.Response(text=GOOD, status=302, headers={"Location": "/elsewhere"}),
        lambda: web.Response(text="<html>"),
        lambda: web.Response(text='{"chartsTotal": -1}'),
        lambda: web.Response(text=GOOD + " " * 5000),
        lambda: web.Response(text=GOOD.replace("2026-11-21T12:00:00Z", "yesterday")),
        lambda: web.Response(text=GOOD.replace("2026-11-21T12:00:00Z", "2026-11-21T12:00:00")),
        lambda: web.Response(body=gzip.compress(GOOD.encode()), headers={"Content-Encoding": "gzip"}),
    ],
    ids=[
        "error",
        "redirect",
        "no JSON",
        "nonsense",
        "more than 4 KiB",
        "no time",
        "a time of no zone",
        "packed, which may be a bomb",
    ],
)
async def test_every_other_answer_is_none(response: Callable[[], web.Response]) -> None:
    assert await answer(response()) is None


async def test_nobody_at_home_is_no_failure(unused_tcp_port: int) -> None:
    async with wary_session() as session:
        assert await fetch_progress(session, f"http://127.0.0.1:{unused_tcp_port}/progress") is None
