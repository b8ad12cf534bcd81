"""Another name for an entry, in its own id and in every entry that names it: one decision.

An actor or a place may get the id of one that is there already: then it is that one, and its own
entry is rejected.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Mapped
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import InputError
from kg.folding import fold
from kg.gazetteer.fold import is_arabic
from kg.gazetteer.latin import readable_slug
from kg.names import is_slug
from kg.review.entry import Table
from kg.review.form import form_of
from kg.review.item import OPEN, Item
from kg.review.journal import Record
from kg.review.proposals import AUTHORITY

if TYPE_CHECKING:
    from kg.review.desk import Desk

RENAMED: Final = (*AUTHORITY, "voice", "claim", "mention")
"""The kinds of entries that have a name."""
_NAMED_AS: Final = {
    "actor": ("actors", "anything"),
    "place": ("places", "anything"),
    "voice": ("voices",),
    "claim": ("claims",),
}
"""Of what the fields are references that can name an entry of a kind."""


def rename(desk: Desk, path: str, typed: str) -> list[str]:
    """Gives an entry another id or name, wherever it is named; the paths of all that changed.

    Its own is the first. With the id of another actor or place it is that one, and rejected.
    Raises InputError.
    """
    item, name = desk.item(path), readable_slug(typed)
    if item.kind not in RENAMED or name == item.name or not any(map(str.isalnum, typed)):
        raise InputError(f"{path} cannot be called '{typed}': expected another name.")
    named = [o for o in desk.items.values() if naming(o, item.kind, item.name, name) != o.table]
    record = desk.edited(item, labelled(item, typed))
    record = replace(record, do="rename", name=name)
    if is_other := _is_other(desk, item, name):
        record = replace(record, table=None, judgement="negative", because=f"it is {name}")
    desk.keep(record)
    return [path if is_other else f"{item.kind}/{name}", *(one.path for one in named)]


def _is_other(desk: Desk, item: Item, name: str) -> bool:
    """Whether another actor or place has the id. Raises InputError where it cannot be meant."""
    known = desk.knowing(OPEN)
    if name in {"actor": known.actors, "place": known.places}.get(item.kind, ()):
        return True
    if f"{item.kind}/{name}" in desk.items:
        raise InputError(f"'{name}' is another {item.kind} of this article. Take a free name.")
    return False


def renamed(items: Mapped[str, Item], record: Record) -> dict[str, Item]:
    """The items after a record that renames one of them."""
    old, new = items[record.path], record.name
    found: dict[str, Item] = {}
    for path, before in items.items():
        item = _itself(old, record) if path == old.path else before
        found[item.path] = replace(item, table=naming(item, old.kind, old.name, new))
    return found


def _itself(item: Item, record: Record) -> Item:
    if record.judgement is not None:
        return replace(item, judgement=record.judgement, because=record.because)
    path, table = f"{item.kind}/{record.name}", record.table or item.table
    return replace(item, path=path, table=table, renamed_from=item.first_path)


def naming(item: Item, kind: str, old: str, new: str) -> Table:
    """The table of an item with the new id wherever it named an entry of the kind by the old."""
    table = _referring(item, kind, lambda one: new if one == old else one)
    when = table.get("when")
    if kind == "claim" and isinstance(when, dict) and when.get("anchor") == old:
        table["when"] = when | {"anchor": new}
    return table


def named_now(item: Item, kind: str, words: str, name: str) -> Table:
    """The table of an item with an id where it had an actor or a place by its words alone."""

    def meant(one: Any) -> Any:
        worded = isinstance(one, dict) and any(_bare(said) == _bare(words) for said in one.values())
        return name if worded else one

    return _referring(item, kind, meant)


def _referring(item: Item, kind: str, meant: Callable[[Any], Any]) -> Table:
    """The table with other references to entries of a kind, none of them twice."""
    keys = {f.key for f in form_of(item.kind) if f.of in _NAMED_AS.get(kind, ())}
    return {k: _each(v, meant) if k in keys else v for k, v in item.table.items()}


def _each(value: Any, meant: Callable[[Any], Any]) -> Any:
    if not isinstance(value, list):
        return meant(value)
    found = list(map(meant, value))
    return [one for at, one in enumerate(found) if one not in found[:at]]


def _bare(words: str) -> str:
    return fold(words).removeprefix("the ")


def labelled(item: Item, typed: str) -> Table:
    """The entry of an actor or a place with a name that was typed; an id alone names nothing.

    The point that was found by the old name is no longer its.
    """
    if item.kind not in AUTHORITY or is_slug(typed):
        return item.table
    kept = {k: v for k, v in item.table.items() if k not in ("point", "point-from")}
    return kept | {"label": item.table.get("label", {}) | label_of(typed)}


def label_of(name: str) -> Table:
    """A name as a label, by its letters in English or Arabic."""
    return {"ar" if is_arabic(name) else "en": name}
