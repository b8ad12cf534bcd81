"""What is to be judged: a draft's entries, and the actors and places that it proposes.

When a review begins the draft is put aside in `proposals/`, where it stays: a second reviewer
starts from the same, and what was rejected can be read later.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError
from kg.files import write_whole
from kg.mapping.document import Mapping
from kg.mapping.read import read
from kg.review.entry import Table, frozen, table_of
from kg.text import digest
from kg.workspace import Workspace

KEPT: Final = "proposals"
PROPOSED: Final = "proposed.toml"
AUTHORITY: Final = ("actor", "place")
_REASON: Final = re.compile(r"((?:^#.*\n)+)^\[(actor|place)\.([a-z0-9-]+)\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class View:
    """What one reviewer made of an entry."""

    who: str
    judgement: str | None
    table: Table


@dataclass(frozen=True, slots=True)
class Proposals:
    """An article's draft, its entries by path ("claim/bridge-taken"), and the digest of all.

    Where two reviews are settled, what both judged alike is judged, and of the rest there are both
    views.
    """

    draft: Mapping
    tables: dict[str, Table]
    digest: str
    reasons: dict[str, str] = field(default_factory=dict)
    """Why an actor, a place or the article's facts are proposed: the comment above the entry."""
    judged: dict[str, str] = field(default_factory=dict)
    """What stands as judged when a review begins: the parts, which are seldom wrong."""
    views: dict[str, tuple[View, View]] = field(default_factory=dict)


def read_proposals(workspace: Workspace, slug: str, *, begun: bool) -> Proposals:
    """The proposals of an article; they are put aside if no review has begun.

    Raises InputError where there is nothing to review, or where the draft has changed since.
    """
    folder = workspace.mapping_path(slug).parent
    kept = folder / KEPT
    source = workspace.source(slug)
    draft = workspace.mapping(slug).status == "draft"
    if draft and not begun:
        _put_aside(folder, kept, source)
    if not (kept / "mapping.toml").is_file():
        raise InputError(
            f"{workspace.shown(folder)}: the mapping is reviewed, and no proposals are kept. "
            "Nothing is left to judge; edit mapping.toml and run `whoholds validate --write`."
        )
    if draft and source != _text(kept / "mapping.toml"):
        raise InputError(
            f"{workspace.shown(folder)}: the draft has changed since its review began. Put back "
            f"{KEPT}/mapping.toml as mapping.toml, or move the journals (judgements*.jsonl) away "
            "to begin anew."
        )
    return _read(workspace, kept)


def _put_aside(folder: Path, kept: Path, source: str) -> None:
    proposed = _text(folder / PROPOSED)
    write_whole(kept / PROPOSED, proposed.encode("utf-8"))
    write_whole(kept / "mapping.toml", source.encode("utf-8"))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8") if path.is_file() else ""


def _read(workspace: Workspace, kept: Path) -> Proposals:
    source, proposed = _text(kept / "mapping.toml"), _text(kept / PROPOSED)
    draft = read(source, workspace.shown(kept / "mapping.toml"))
    tables = {"article": table_of(draft.article)}
    parts = {f"part/{n}": table_of(part) for n, part in enumerate(draft.parts, 1)}
    tables |= parts
    tables |= _authorities(workspace, proposed, workspace.shown(kept / PROPOSED))
    for kind, entries in (
        ("mention", draft.mentions),
        ("voice", draft.voices),
        ("claim", draft.claims),
    ):
        tables |= {f"{kind}/{name}": table_of(entry) for name, entry in entries.items()}
    tables |= {f"nothing/{n}": table_of(entry) for n, entry in enumerate(draft.nothings, 1)}
    whole = digest((source + "\0" + proposed).encode("utf-8"))
    return Proposals(
        draft,
        tables,
        whole,
        dict([_grounds(source), *_reasons(proposed)]),
        dict.fromkeys(parts, "positive"),
    )


def _grounds(source: str) -> tuple[str, str]:
    """What the comment at the head of a draft says of the article: where its facts come from."""
    lines = takewhile(lambda line: line.startswith("#"), source.splitlines())
    return "article", "; ".join(line.lstrip("# ").rstrip(".") for line in lines)


def _reasons(proposed: str) -> Iterator[tuple[str, str]]:
    for comment, kind, slug in _REASON.findall(proposed):
        yield f"{kind}/{slug}", " ".join(comment.replace("#", " ").split())


def _authorities(workspace: Workspace, source: str, shown: str) -> dict[str, Table]:
    """The proposed actors and places that the authority files do not have yet."""
    try:
        found: dict[str, Any] = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{shown}: not valid TOML: {error}.") from None
    known = {*workspace.authorities.actors, *workspace.authorities.places}
    return {
        f"{kind}/{slug}": frozen(table)
        for kind in AUTHORITY
        for slug, table in found.get(kind, {}).items()
        if slug not in known
    }
