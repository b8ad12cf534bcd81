"""What the desk looks like: all that a page needs to show it, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from kg.authority import Entry
from kg.mapping.anchor import Located
from kg.mapping.document import Path
from kg.review.along import along_with
from kg.review.compose import NUMBERED
from kg.review.desk import Desk
from kg.review.entry import Table, thawed, toml
from kg.review.form import form_of, role_tables
from kg.review.item import Item
from kg.review.proposals import AUTHORITY
from kg.text import Span, overlaps, sentences

ALL: Final = ("positive", "negative", "unsure", None)
_WAITING: Final = ("unsure", None)
_SAYING: Final = ("claim", "voice")


def forms() -> dict[str, Any]:
    """The forms of all kinds, and the role tables."""
    kinds = ("article", "part", "actor", "place", "mention", "voice", "claim", "nothing")
    return {
        "kinds": {kind: [asdict(field) for field in form_of(kind)] for kind in kinds},
        "roles": {name: asdict(roles) for name, roles in role_tables().items()},
    }


def state(desk: Desk) -> dict[str, Any]:
    """The desk as it is now."""
    located = desk.located(ALL)
    items = [_shown(desk, item, located) for item in desk.items.values()]
    said = _sentences(desk, located)
    return {
        "article": desk.slug,
        "title": desk.item("article").table.get("title", desk.slug),
        "language": desk.item("article").table.get("language", ""),
        "who": desk.who,
        "text": desk.text,
        "parts": located.parts() or [(0, len(desk.text))],
        "sentences": said,
        "items": items,
        "actors": _named(desk, "actor", desk.workspace.authorities.actors.values()),
        "places": _named(desk, "place", desk.workspace.authorities.places.values()),
        "undecided": sum(item.judgement in _WAITING for item in desk.items.values()),
        "silent": sum(one["says"] == "silent" for one in said),
        "undoable": desk.journal.latest() is not None,
        "finished": bool(desk.journal.records) and desk.journal.records[-1].do == "finish",
    }


def _shown(desk: Desk, item: Item, located: Located) -> dict[str, Any]:
    path, proposed = _path(desk, item), item.proposed or {}
    return {
        "path": item.path,
        "kind": item.kind,
        "name": item.name,
        "table": item.table,
        "toml": _typed(item.table),
        "proposedToml": _typed(proposed),
        "judgement": item.judgement,
        "because": item.because,
        "added": item.proposed is None,
        "views": _views(desk, item.first_path),
        "changed": item.proposed is not None and item.proposed != item.table,
        "rule": proposed.get("by", ""),
        "why": desk.why(item),
        "score": proposed.get("score"),
        "spans": _span_of(desk, item, located, path),
        "cue": located.spans.get((*path, "cue"), ()),
        "along": {v: along_with(desk, item.path, v) for v in ("positive", "negative")},
        "lost": located.problems.get(path, ""),
    }


def _views(desk: Desk, path: str) -> list[dict[str, Any]] | None:
    """Both reviewers' views of an entry that they judged differently."""
    views = desk.proposals.views.get(path)
    if views is None:
        return None
    return [asdict(view) | {"toml": _typed(view.table)} for view in views]


def _typed(table: Table) -> dict[str, str]:
    """Each value as TOML."""
    return {key: toml(value) for key, value in thawed(table).items()}


def _number(desk: Desk, item: Item) -> int:
    """Which of the [[part]] or [[nothing]] entries it is; 0 for a part that was rejected."""
    kind = (i for i in desk.items.values() if i.kind == item.kind)
    paths = [i.path for i in kind if i.stands or i.kind != "part"]
    return paths.index(item.path) + 1 if item.path in paths else 0


def _span_of(desk: Desk, item: Item, located: Located, path: Path) -> Iterable[Span]:
    """Where an entry stands; an actor or place where it is first called something."""
    if item.kind not in AUTHORITY:
        return located.spans.get(path, ())
    mentions = (i for i in desk.items.values() if i.kind == "mention")
    named = (i.name for i in mentions if i.table.get("refers-to") == item.name)
    spans = sorted(s for name in named for s in located.spans.get(("mention", name), ()))
    return spans[:1]


def _sentences(desk: Desk, located: Located) -> list[dict[str, Any]]:
    """Each sentence, and whether something accepted speaks for it."""
    accounts: dict[str, list[Span]] = {"said": [], "nothing": [], "proposed": []}
    for item in desk.items.values():
        spans = located.spans.get(_path(desk, item), ())
        if item.kind in (*_SAYING, "nothing") and item.judgement != "negative":
            accepted = "nothing" if item.kind == "nothing" else "said"
            accounts[accepted if item.judgement == "positive" else "proposed"] += spans
    parts = located.parts() or [(0, len(desk.text))]
    return [
        {
            "at": at,
            "says": next((w for w, found in accounts.items() if overlaps(at, found)), "silent"),
        }
        for at in sentences(desk.text, parts)
    ]


def _path(desk: Desk, item: Item) -> Path:
    """Where it stands in the mapping of all items; those without a name are numbered."""
    if item.kind in NUMBERED:
        return (item.kind, str(_number(desk, item)))
    return (item.kind, item.name)


def _named(desk: Desk, kind: str, known: Iterable[Entry]) -> list[dict[str, Any]]:
    """The actors or places that a role can have: the workspace's, then the proposed ones."""
    found = [
        {
            "id": e.slug,
            "label": " · ".join(dict.fromkeys(e.names)),
            "type": e.type,
        }
        for e in known
    ]
    proposed = (i for i in desk.items.values() if i.kind == kind and i.judgement != "negative")
    found += [
        {
            "id": item.name,
            "label": " · ".join(map(str, item.table.get("label", {}).values())),
            "type": f"{item.table.get('type', '')}, new",
        }
        for item in proposed
    ]
    return found
