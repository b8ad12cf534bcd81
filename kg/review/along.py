"""Judging an entry together with what stands or falls with it: one decision a statement.

A claim is accepted with its voice, and with the actors and places that it names; an actor or a
place with the mentions that call it by its own name. An actor or a place is rejected with all its
mentions. Only what nobody has judged goes along. Each has a line of its own in the journal, and one
undo takes back all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from kg.review.desk import Desk
from kg.review.form import form_of
from kg.review.item import Item
from kg.review.proposals import AUTHORITY
from kg.text import fold

_NAMED: Final = {
    "actors": ("actor",),
    "places": ("place",),
    "voices": ("voice",),
    "anything": AUTHORITY,
}
"""Which kinds of entries a field names, by what it is a reference of."""


def along_with(desk: Desk, path: str, judgement: str) -> list[str]:
    """The undecided entries that go along with a judgement of one, in the order of judging."""
    item = desk.item(path)
    if judgement == "positive":
        found = [one.path for one in _resting(desk, item, {})]
    elif judgement == "negative" and item.kind in AUTHORITY:
        found = [one.path for one in _mentions(desk, item)]
    else:
        found = []
    return [one for one in found if one != path and desk.items[one].judgement is None]


def judge_along(desk: Desk, path: str, judgement: str) -> list[str]:
    """Judges an entry and what goes along with it; the paths of all.

    Raises NotAccepted, and keeps nothing, where one of them cannot be accepted as it stands.
    """
    paths = [*along_with(desk, path, judgement), path]
    desk.judge_together(paths, judgement)
    return paths


def _resting(desk: Desk, item: Item, seen: dict[str, Item]) -> list[Item]:
    """What an entry rests on, what that rests on first, each with the mentions of its name."""
    if item.path not in seen:
        seen[item.path] = item
        for path in _named(item):
            if path in desk.items:
                _resting(desk, desk.items[path], seen)
        if item.kind in AUTHORITY:
            seen |= {m.path: m for m in _mentions(desk, item) if _by_name(m, item)}
    return list(reversed(seen.values()))


def _named(item: Item) -> Iterator[str]:
    """The paths that the fields of an entry can mean."""
    for field in form_of(item.kind):
        value: Any = item.table.get(field.key)
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str):
                yield from (f"{kind}/{name}" for kind in _NAMED.get(field.of, ()))


def _mentions(desk: Desk, item: Item) -> list[Item]:
    """The mentions of an actor or a place."""
    mentions = (one for one in desk.items.values() if one.kind == "mention")
    return [one for one in mentions if one.table.get("refers-to") == item.name]


def _by_name(mention: Item, item: Item) -> bool:
    """Whether a mention's words are a name of what it refers to."""
    said = mention.table.get("words")
    names = {*map(str, item.table.get("label", {}).values()), *_alt(item)}
    return isinstance(said, str) and _plain(said) in map(_plain, names)


def _alt(item: Item) -> Iterator[str]:
    for names in item.table.get("alt", {}).values():
        yield from map(str, names if isinstance(names, list) else [names])


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())
