"""Proposed actors and places as TOML, and how accepted ones come into the authority files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.authority import JUDGED, Judgement
from kg.files import write_whole
from kg.review.entry import Table, thawed, toml
from kg.workspace import Workspace

FILES: Final = {"actor": "actors.toml", "place": "places.toml"}


def authority_source(tables: Mapping[str, Table], default: Judgement) -> str:
    """Entries as a file of their own, with one judgement behind all."""
    head = ["[judgement]", *_pairs(_said(default)), ""]
    return "\n".join(head + [line for path, t in tables.items() for line in _entry(path, t)])


def enter(workspace: Workspace, tables: Mapping[str, Table], judgement: Judgement) -> None:
    """Adds accepted entries to the authority files, each with the judgement that accepted it.

    What is there already stays as it is, so that it can be repeated after a failure.
    """
    for kind, name in FILES.items():
        path = workspace.root / "authorities" / name
        before = path.read_text("utf-8") if path.is_file() else ""
        added = {p: t for p, t in tables.items() if p.startswith(f"{kind}/")}
        added = {p: t for p, t in added.items() if f"[{p.replace('/', '.')}]" not in before}
        if added:
            new = "\n".join(
                line for p, t in added.items() for line in _entry(p, _judged(t, judgement))
            )
            write_whole(path, f"{before.rstrip()}\n\n{new}".lstrip().encode("utf-8"))


def _judged(table: Table, judgement: Judgement) -> Table:
    """The entry with a judgement of its own behind everything that needs one."""
    own = table.get("judged", {})
    needed = [k for k in (*JUDGED, "point") if k in table]
    return table | {"judged": {k: _said(judgement) | own.get(k, {}) for k in needed} | own}


def _said(judgement: Judgement) -> Table:
    return {
        "by": judgement.by,
        "on": str(judgement.on),
        "basis": judgement.basis,
        "because": judgement.because,
    }


def _entry(path: str, table: Table) -> list[str]:
    return [f"[{path.replace('/', '.')}]", *_pairs(table), ""]


def _pairs(table: Table) -> list[str]:
    return [f"{key} = {toml(value)}" for key, value in thawed(table).items()]
