"""Another name for an entry, in its own id and in every entry that names it: one decision.

An actor or a place may get the id of one that is there already: then it is that one, and its own
entry is rejected.
"""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from dataclasses import replace
from typing import Any, Final

from kg.gazetteer.fold import is_arabic
from kg.names import is_slug
from kg.review.entry import Table
from kg.review.form import form_of
from kg.review.item import Item
from kg.review.journal import Record
from kg.review.proposals import AUTHORITY

RENAMED: Final = (*AUTHORITY, "voice", "claim", "mention")
"""The kinds of entries that have a name."""
_NAMED_AS: Final = {
    "actor": ("actors", "anything"),
    "place": ("places", "anything"),
    "voice": ("voices",),
    "claim": ("claims",),
}
"""Of what the fields are references that can name an entry of a kind."""


def renamed(items: Mapped[str, Item], record: Record) -> dict[str, Item]:
    """The items after a record that renames one of them."""
    old, new = items[record.path], record.name
    found: dict[str, Item] = {}
    for path, before in items.items():
        item = _itself(old, record) if path == old.path else before
        found[item.path] = replace(item, table=naming(item, old, new))
    return found


def _itself(item: Item, record: Record) -> Item:
    if record.judgement is not None:
        return replace(item, judgement=record.judgement, because=record.because)
    path, table = f"{item.kind}/{record.name}", record.table or item.table
    return replace(item, path=path, table=table, renamed_from=item.first_path)


def naming(item: Item, old: Item, new: str) -> Table:
    """The table of an item with the new name wherever it named the old entry."""
    keys = {f.key for f in form_of(item.kind) if f.of in _NAMED_AS.get(old.kind, ())}
    table = {k: _swapped(v, old.name, new) if k in keys else v for k, v in item.table.items()}
    when = table.get("when")
    if old.kind == "claim" and isinstance(when, dict) and when.get("anchor") == old.name:
        table["when"] = when | {"anchor": new}
    return table


def _swapped(value: Any, old: str, new: str) -> Any:
    """A reference, or several, with one id for another and none of them twice."""
    if not isinstance(value, list):
        return new if value == old else value
    ids = [new if one == old else one for one in value]
    return [one for at, one in enumerate(ids) if one not in ids[:at]]


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
