"""Authority files: who and where. Each typing, part-of and alignment is an editor's dated judgement."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import AuthorityError, Finding, suggest
from kg.mapping.lines import Lines, index_lines
from kg.names import is_slug
from kg.vocabulary import Vocabulary

JUDGED: Final = ("type", "part-of", "alignment")
_KEYS: Final = {
    "actor": {
        "type",
        "label",
        "alt",
        "part-of",
        "alignment",
        "publication-basis",
        "judged",
        "note",
    },
    "place": {
        "type",
        "label",
        "alt",
        "part-of",
        "point",
        "point-from",
        "members",
        "judged",
        "note",
    },
}
_SCHEMES: Final = {
    "type": "{kind}-type",
    "alignment": "source-alignment",
    "publication-basis": "publication-basis",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """An editor's decision: by whom, when, on what ground."""

    by: str
    on: dt.date
    basis: str
    because: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor or a place."""

    kind: str
    slug: str
    type: str
    label: dict[str, str]
    alt: dict[str, tuple[str, ...]]
    part_of: str | None = None
    alignment: str | None = None
    publication_basis: str | None = None
    point: tuple[float, float] | None = None
    point_from: str | None = None
    members: tuple[str, ...] = ()
    note: str | None = None
    judged: dict[str, Judgement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Authorities:
    """All actors and places of a workspace, by slug."""

    actors: dict[str, Entry]
    places: dict[str, Entry]

    def entries(self) -> list[Entry]:
        """Actors, then places, sorted by slug."""
        return [e for group in (self.actors, self.places) for _, e in sorted(group.items())]


def read_authorities(sources: Mapping[str, str], vocabulary: Vocabulary) -> Authorities:
    """The authorities that some TOML texts (by path) say. Raises AuthorityError with all findings."""
    findings: list[Finding] = []
    found: dict[str, dict[str, Entry]] = {"actor": {}, "place": {}}
    for path, source in sorted(sources.items()):
        reader = _Reader(path, source, vocabulary)
        for entry in reader.entries():
            if entry.slug in found["actor"] or entry.slug in found["place"]:
                message = (
                    f"'{entry.slug}' stands twice: actors and places share their ids. Rename one."
                )
                reader.report((entry.kind, entry.slug), None, message)
            found[entry.kind][entry.slug] = entry
        findings += reader.findings
    authorities = Authorities(found["actor"], found["place"])
    if not findings:
        findings = [f for p, s in sorted(sources.items()) for f in _relations(p, s, authorities)]
    if findings:
        raise AuthorityError(findings)
    return authorities


class _Reader:
    """Reads one authority file and collects its findings."""

    def __init__(self, path: str, source: str, vocabulary: Vocabulary) -> None:
        self.path = path
        self.vocabulary = vocabulary
        self.lines: Lines = index_lines(source)
        self.findings: list[Finding] = []
        try:
            self.found = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            self.found = {}
            self.report((), None, f"not valid TOML: {error}.")

    def report(self, table: tuple[str, ...], key: str | None, message: str) -> None:
        """Keeps a finding at the line of a key."""
        self.findings.append(Finding(self.path, self.lines.of(table, key), message))

    def entries(self) -> Iterator[Entry]:
        """Every well-formed entry of the file."""
        default = self.judgement(("judgement",), self.found.get("judgement", {}), None)
        for kind, keys in _KEYS.items():
            for slug, table in self.found.get(kind, {}).items():
                count = len(self.findings)
                self.form(kind, slug, table, keys)
                if len(self.findings) == count:
                    yield self.entry(kind, slug, table, default)

    def form(self, kind: str, slug: str, table: Any, keys: Collection[str]) -> None:
        """Findings of one entry's form."""
        path = (kind, slug)
        if not is_slug(slug):
            self.report(path, None, f"{kind} '{slug}' is no id; use lower-case words and hyphens.")
        for key in sorted(set(table) - set(keys)):
            self.report(
                path, key, f"{kind} '{slug}' has an unknown key; {suggest(key, keys, 'keys')}."
            )
        if not isinstance(table.get("label"), dict) or not table["label"]:
            self.report(
                path, "label", f"{kind} '{slug}' has no label. Add label = {{ en = \"…\" }}."
            )
        if "type" not in table:
            self.report(
                path, None, f"{kind} '{slug}' has no type. Add one of the {kind}-type scheme."
            )
        for key, pattern in _SCHEMES.items():
            scheme = pattern.format(kind=kind)
            allowed = self.vocabulary.values.get(scheme, frozenset())
            if key in table and table[key] not in allowed:
                near = suggest(str(table[key]), allowed, scheme)
                self.report(path, key, f"{kind} '{slug}' has {key} '{table[key]}'; {near}.")
        point = table.get("point", [0, 0])
        if len(point) != 2 or not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
            self.report(
                path, "point", f"place '{slug}' has point {point}; expected [latitude, longitude]."
            )

    def entry(
        self, kind: str, slug: str, table: dict[str, Any], default: Judgement | None
    ) -> Entry:
        """One entry as a value."""
        own = table.get("judged", {})
        judged = {
            key: self.judgement((kind, slug), own[key], default) if key in own else default
            for key in JUDGED
            if key in table
        }
        return Entry(
            kind=kind,
            slug=slug,
            type=table["type"],
            label=dict(table["label"]),
            alt={tag: tuple(words) for tag, words in table.get("alt", {}).items()},
            part_of=table.get("part-of"),
            alignment=table.get("alignment"),
            publication_basis=table.get("publication-basis"),
            point=tuple(table["point"]) if "point" in table else None,
            point_from=table.get("point-from"),
            members=tuple(table.get("members", ())),
            note=table.get("note"),
            judged={key: value for key, value in judged.items() if value is not None},
        )

    def judgement(
        self, path: tuple[str, ...], table: dict[str, Any], default: Judgement | None
    ) -> Judgement | None:
        """A judgement; what it leaves out comes from the file's own."""
        parts: dict[str, Any] = {
            key: table.get(key, getattr(default, key, None))
            for key in ("by", "on", "basis", "because")
        }
        missing = [key for key, value in parts.items() if value is None]
        if missing:
            self.report(path, None, f"the judgement lacks {', '.join(missing)}. Add it.")
            return None
        return Judgement(**parts)


def _relations(path: str, source: str, authorities: Authorities) -> Iterator[Finding]:
    """Part-of and members that lead nowhere or in a circle, and people without a ground."""
    lines = index_lines(source)
    for table in lines.tables:
        kind, slug = (table[0], table[1]) if len(table) == 2 else ("", "")
        group = {"actor": authorities.actors, "place": authorities.places}.get(kind, {})
        entry = group.get(slug)
        if entry is None:
            continue
        for key, target in [("part-of", entry.part_of), *(("members", m) for m in entry.members)]:
            if target is not None and target not in group:
                near = suggest(target, group, f"{kind}s")
                message = f"{kind} '{slug}' has {key} '{target}', which nothing bears; {near}."
                yield Finding(path, lines.of(table, key), message)
        if slug in _ancestors(entry, group):
            message = f"{kind} '{slug}' is part of itself. Break the circle."
            yield Finding(path, lines.of(table, "part-of"), message)


def _ancestors(entry: Entry, group: Mapping[str, Entry]) -> list[str]:
    found: list[str] = []
    parent = entry.part_of
    while parent is not None and parent in group and parent not in found:
        found.append(parent)
        parent = group[parent].part_of
    return found
