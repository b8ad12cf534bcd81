"""From entries that stand apart to a mapping document, and back to where each of them came from."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from dataclasses import dataclass, replace
from typing import Any, Final

from kg.mapping.document import Mapping, Path
from kg.mapping.lines import Lines, index_lines
from kg.review.entry import KINDS, Table, entry_of

NUMBERED: Final = ("part", "nothing")
"""The kinds of entries that a mapping does not name."""
Wrong = dict[str, dict[str, str]]
"""By path and key: what was expected of a value."""


def compose(draft: Mapping, tables: Mapped[str, Table]) -> tuple[Mapping, Wrong]:
    """The mapping that some entries make, and the entries that are no entries by their form."""
    wrong: Wrong = {}
    found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for path, table in tables.items():
        kind, _, name = path.partition("/")
        if kind not in KINDS:
            continue
        entry, mistakes = entry_of(kind, table)
        if mistakes:
            wrong[path] = mistakes
        else:
            found[kind][name] = entry
    article = found["article"].get("", draft.article)
    digest = article.digest or draft.article.digest
    mapping = replace(
        draft,
        article=replace(article, digest=digest),
        parts=tuple(found["part"].values()) or draft.parts,
        voices=found["voice"],
        claims=found["claim"],
        mentions=found["mention"],
        nothings=tuple(found["nothing"].values()),
    )
    return mapping, wrong


def numbered_in(tables: Mapped[str, Table]) -> dict[str, list[str]]:
    """The paths of the [[part]] and [[nothing]] entries in the order in which they are numbered."""
    return {kind: [p for p in tables if p.startswith(f"{kind}/")] for kind in NUMBERED}


@dataclass(frozen=True, slots=True)
class Places:
    """Which entry, and which of its keys, stands on a line of a mapping's TOML."""

    lines: Lines
    numbered: dict[str, list[str]]

    def of(self, line: int) -> tuple[str, str]:
        """The path of the entry and the key; no key where the line is its header."""
        starts = ((first, table) for table, first in self.lines.tables.items() if first <= line)
        _, table = max(starts, default=(0, ()))
        spans = ((k, at) for (t, k), at in self.lines.keys.items() if t == table)
        key = next((k for k, (first, last) in spans if first <= line <= last), "")
        return self._path(table), key

    def _path(self, table: Path) -> str:
        if table[:1] and table[0] in NUMBERED and len(table) == 2:
            known, number = self.numbered[table[0]], int(table[1])
            return known[number - 1] if number <= len(known) else ""
        return "/".join(table)


def places_in(source: str, tables: Mapped[str, Table]) -> Places:
    """Where the entries of a written mapping stand."""
    return Places(index_lines(source), numbered_in(tables))
