"""Lists everything of one resource, page by page. Called by the mirrors; keeps no raw object."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from chartspark_operator.cluster.api import Api
from chartspark_operator.cluster.json_object import JsonObject
from chartspark_operator.cluster.paths import Resource, collection

PAGE = 100
"""Objects in one answer. Each may hold 128 KiB of tables, and all of a page is in memory at once."""

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which objects of a resource are looked at."""

    resource: Resource
    namespaces: tuple[str | None, ...]
    """None alone stands for all namespaces."""
    selector: str = ""
    """A label selector. Empty takes all."""

    def query(self) -> dict[str, str]:
        """Return the selector as query parameters."""
        return {"labelSelector": self.selector} if self.selector else {}


@dataclass(frozen=True, slots=True)
class Listing(Generic[Parsed]):
    """A complete list."""

    items: tuple[Parsed, ...]
    versions: dict[str | None, str]
    """For each namespace the version to watch from."""

    @property
    def version(self) -> int:
        """The version that the whole list is at least as new as."""
        return min(int(version) for version in self.versions.values())


async def list_all(api: Api, scope: Scope, parse: Callable[[JsonObject], Parsed | None]) -> Listing[Parsed]:
    """Return what `parse` makes of all objects in `scope`; what it makes None of is left out.

    Raises ExpiredError when the pages took so long that the server forgot where it was.
    """
    items: list[Parsed] = []
    versions: dict[str | None, str] = {}
    for namespace in scope.namespaces:
        async for page in _pages(api, collection(scope.resource, namespace), scope.query()):
            versions[namespace] = page["metadata"]["resourceVersion"]
            parsed = (parse(raw) for raw in page.get("items") or ())
            items += [item for item in parsed if item is not None]
    return Listing(tuple(items), versions)


async def _pages(api: Api, path: str, query: dict[str, str]) -> AsyncIterator[JsonObject]:
    following = ""
    while True:
        page = await api.list_page(
            path, query | {"limit": str(PAGE)} | ({"continue": following} if following else {})
        )
        yield page
        following = page["metadata"].get("continue", "")
        if not following:
            return
