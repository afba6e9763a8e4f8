"""The API server as the players of a chaos run reach it: by their own door, which no fault is made at, and with patience.

The API server itself is killed again and again; who plays a kubelet or a user does what those do, and asks anew.
"""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from api_proxy import BAD_GATEWAY, Upstream

MERGE = "application/merge-patch+json"
JSON = "application/json"
ANSWER = aiohttp.ClientTimeout(total=20)
AT_ONCE = 8
"""Requests at a time. Two hundred users who all ask again would be a fault that is not in the table."""
BUSY = 429
BROKEN = 500
PAUSE = 0.5


class AwayError(Exception):
    """The API server did not answer, or said that it could not."""


@dataclass(frozen=True)
class Door:
    """Requests to the API server."""

    upstream: Upstream
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def ask(self, method: str, path: str, body: object = None, kind: str = JSON) -> tuple[int, Any]:
        """Return the status and the answer. Raises AwayError where there is none."""
        data = None if body is None else json.dumps(body)
        headers = {"Content-Type": kind}
        try:
            async with (
                self.slots,
                self.upstream.session.request(
                    method, f"http://localhost{path}", data=data, headers=headers, timeout=ANSWER
                ) as response,
            ):
                if response.status in {BUSY, BAD_GATEWAY} or response.status >= BROKEN:
                    raise AwayError
                return response.status, await response.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise AwayError from error

    async def insist(self, method: str, path: str, body: object = None, kind: str = JSON) -> tuple[int, Any]:
        """Return the status and the answer, whenever it comes. What was asked may have been done twice."""
        while True:
            try:
                return await self.ask(method, path, body, kind)
            except AwayError:
                await asyncio.sleep(PAUSE)

    async def items(self, path: str) -> list[dict[str, Any]]:
        """Return what a list holds. Raises AwayError."""
        status, listed = await self.ask("GET", path)
        if status != 200:
            raise AwayError
        found: list[dict[str, Any]] = listed["items"]
        return found

    async def insist_on_items(self, path: str) -> list[dict[str, Any]]:
        """Return what a list holds, whenever it comes."""
        while True:
            try:
                return await self.items(path)
            except AwayError:
                await asyncio.sleep(PAUSE)
