"""Adding what the proposals missed, from the words that say it: one decision."""

from __future__ import annotations

from kg.review.desk import Desk
from kg.review.entry import Table
from kg.review.item import OPEN
from kg.review.renaming import label_of, named_now
from kg.text import Span


def add_at(desk: Desk, kind: str, name: str, span: Span, table: Table | None = None) -> str:
    """Adds what some words say; its path. A claim is of the voice whose words they are."""
    voice = _voice_at(desk, span) if kind == "claim" else None
    said = {"voice": voice} if voice else {}
    return desk.add(kind, name, said | (table or {}) | desk.anchored(span, kind))


def add_named(desk: Desk, kind: str, name: str, span: Span) -> str:
    """Adds an actor or a place that some words name, and them as its mention; its path.

    Of one that is known already there is the mention only. Undecided entries that had it by these
    words alone name it from then on.
    """
    words = " ".join(desk.text[slice(*span)].split())
    known = desk.knowing(OPEN)
    is_new = name not in (known.actors if kind == "actor" else known.places)
    mention = {"refers-to": name} | desk.anchored(span, "mention")
    open_ = [item for item in desk.items.values() if item.judgement is None]
    named = [(item, named_now(item, kind, words, name)) for item in open_]
    added = [
        *(desk.edited(item, table) for item, table in named if table != item.table),
        desk.added("mention", desk.free_name("mention", name), mention),
        *([desk.added(kind, name, {"label": label_of(words)})] if is_new else []),
    ]
    desk.keep(*added)
    return added[-1].path


def _voice_at(desk: Desk, span: Span) -> str | None:
    """The voice that says some words: of those that hold them the shortest."""
    found = [
        (end - start, path[1])
        for path, spans in desk.located(OPEN).spans.items()
        for start, end in spans
        if path[0] == "voice" and len(path) == 2 and start <= span[0] and span[1] <= end
    ]
    return min(found)[1] if found else None
