"""What the watches have shown, by group: jobs by their key, children by their owner's uid. Called by the watches, `apply` and `observe`."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from typing_extensions import override


class Versioned(Protocol):
    """What a store needs to know of its items."""

    @property
    def uid(self) -> str:
        """The object's uid."""

    @property
    def resource_version(self) -> str:
        """The object's version."""


Item = TypeVar("Item", bound=Versioned)
Group = TypeVar("Group", bound=Hashable)


class Store(Generic[Group, Item]):
    """The newest known version of each object.

    An object arrives over several ways (the answer to our own write, a watch, a list) in any order, and
    the newest has to win: versions of one resource grow, so they are compared as numbers.
    """

    def __init__(self) -> None:
        self._groups: defaultdict[Group, dict[str, Item]] = defaultdict(dict)
        self._group_of: dict[str, Group] = {}
        self._listeners: list[Callable[[Group, str], None]] = []

    def listen(self, listener: Callable[[Group, str], None]) -> None:
        """From now on, tell `listener` the group and the uid of each object that is news, or gone."""
        self._listeners.append(listener)

    def put(self, group: Group, item: Item) -> bool:
        """Keep `item`, and return whether it is news."""
        known = self._groups[group].get(item.uid)
        if known is not None and _version(known) >= _version(item):
            return False
        self._groups[group][item.uid] = item
        self._group_of[item.uid] = group
        self._tell(group, item.uid)
        return True

    def drop(self, uid: str) -> Group | None:
        """Forget the object, and return the group that it was in."""
        group = self._group_of.pop(uid, None)
        if group is not None:
            del self._groups[group][uid]
            if not self._groups[group]:
                del self._groups[group]
            self._tell(group, uid)
        return group

    def replace(self, listed: Iterable[tuple[Group, Item]], version: int) -> set[Group]:
        """Take over a complete list as of `version`, and return the groups in which something changed.

        What is missing from the list is gone, unless it is newer than the list: it was written while the
        list was on its way.
        """
        changed: set[Group] = set()
        present: set[str] = set()
        for group, item in listed:
            present.add(item.uid)
            if self.put(group, item):
                changed.add(group)
        for uid, group in list(self._group_of.items()):
            if uid not in present and _version(self._groups[group][uid]) <= version:
                self.drop(uid)
                changed.add(group)
        return changed

    def of(self, group: Group) -> list[Item]:
        """Return the objects of a group."""
        return list(self._groups.get(group, {}).values())

    def get(self, uid: str) -> Item | None:
        """Return the object with this uid."""
        group = self._group_of.get(uid)
        return None if group is None else self._groups[group].get(uid)

    def group_of(self, uid: str) -> Group | None:
        """Return the group of the object with this uid."""
        return self._group_of.get(uid)

    def groups(self) -> list[Group]:
        """Return all groups."""
        return list(self._groups)

    def _tell(self, group: Group, uid: str) -> None:
        for listener in self._listeners:
            listener(group, uid)

    def __iter__(self) -> Iterator[Item]:
        for items in list(self._groups.values()):
            yield from list(items.values())


class LastSeen(Store[Group, Item]):
    """A store that keeps what is gone as it was last seen, until it is told to forget it."""

    def __init__(self) -> None:
        super().__init__()
        self._departed: defaultdict[Group, dict[str, Item]] = defaultdict(dict)

    @override
    def drop(self, uid: str) -> Group | None:
        group = self.group_of(uid)
        if group is not None:
            self._departed[group][uid] = self._groups[group][uid]
        return super().drop(uid)

    def departed(self, group: Group) -> list[Item]:
        """Return the objects of a group that are gone."""
        return list(self._departed.get(group, {}).values())

    def forget(self, group: Group) -> None:
        """Forget what is gone of a group."""
        self._departed.pop(group, None)

    def forget_all_but(self, kept: Callable[[Group], bool]) -> None:
        """Forget what is gone of all groups but those that are `kept`."""
        for group in [group for group in self._departed if not kept(group)]:
            self.forget(group)


def _version(item: Versioned) -> int:
    return int(item.resource_version)
