"""Authority files: who and where. Type, part-of and alignment are an editor's dated judgements."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import AuthorityError, Finding, suggest
from kg.mapping.codec import expect, parse_date, parse_number, parse_slug, parse_text
from kg.mapping.lines import Lines, index_lines
from kg.mapping.read import broken_toml
from kg.names import is_slug
from kg.vocabulary import Vocabulary

JUDGED: Final = ("type", "part-of", "alignment")
"""What always has a judgement behind it: the entry's own, else the file's."""
JUDGEABLE: Final = (*JUDGED, "publication-basis", "point")
"""What an entry may carry a judgement of."""
_SCHEMES: Final = {
    "type": "{kind}-type",
    "alignment": "source-alignment",
    "publication-basis": "publication-basis",
    "basis": "basis",
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
    alt: dict[str, tuple[str, ...]] = field(default_factory=dict)
    part_of: str | None = None
    alignment: str | None = None
    publication_basis: str | None = None
    point: tuple[float, float] | None = None
    point_from: str | None = None
    members: tuple[str, ...] = ()
    note: str | None = None
    judged: dict[str, Judgement] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """What it is called in all languages: its labels, then its other names."""
        return [*self.label.values(), *self.other_names]

    @property
    def other_names(self) -> list[str]:
        """What it is called beside its labels, in all languages."""
        return [name for names in self.alt.values() for name in names]

    def names_in(self, language: str) -> list[str]:
        """What it is called in one language."""
        labels = (words for tag, words in self.label.items() if tag == language)
        return [*labels, *self.alt.get(language, ())]


@dataclass(frozen=True, slots=True)
class Authorities:
    """All actors and places of a workspace, by slug."""

    actors: dict[str, Entry]
    places: dict[str, Entry]

    def entries(self) -> list[Entry]:
        """Actors, then places, sorted by slug."""
        return [e for group in (self.actors, self.places) for _, e in sorted(group.items())]


def read_authorities(sources: Mapping[str, str], vocabulary: Vocabulary) -> Authorities:
    """The authorities that TOML texts (by path) say. Raises AuthorityError with all findings."""
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


def _parse_labels(value: Any) -> dict[str, str]:
    expected = 'names by language, like { en = "Aven" }'
    expect(isinstance(value, dict) and value != {}, expected)
    return {tag: parse_text(words) for tag, words in value.items()}


def _parse_alternatives(value: Any) -> dict[str, tuple[str, ...]]:
    lists = isinstance(value, dict) and all(isinstance(v, list) for v in value.values())
    expect(lists, 'lists of names by language, like { en = ["Aven town"] }')
    return {tag: tuple(map(parse_text, names)) for tag, names in value.items()}


def _parse_point(value: Any) -> tuple[float, float]:
    expect(isinstance(value, list) and len(value) == 2, "[latitude, longitude]")
    latitude, longitude = map(parse_number, value)
    expect(abs(latitude) <= 90 and abs(longitude) <= 180, "[latitude, longitude]")
    return latitude, longitude


def _parse_members(value: Any) -> tuple[str, ...]:
    expect(isinstance(value, list) and value != [], 'a list of places, like ["aven", "holm"]')
    return tuple(map(parse_slug, value))


def _parse_judged(value: Any) -> dict[str, dict[str, Any]]:
    tables = isinstance(value, dict) and all(isinstance(v, dict) for v in value.values())
    expected = "{ part-of = { on = date, basis = … } } or the like, of " + ", ".join(JUDGEABLE)
    expect(tables and set(value) <= set(JUDGEABLE), expected)
    judged: dict[str, dict[str, Any]] = value
    return judged


_BOTH: Final[dict[str, Callable[[Any], Any]]] = {
    "type": parse_slug,
    "label": _parse_labels,
    "alt": _parse_alternatives,
    "part-of": parse_slug,
    "judged": _parse_judged,
    "note": parse_text,
}
_KEYS: Final[dict[str, dict[str, Callable[[Any], Any]]]] = {
    "actor": {**_BOTH, "alignment": parse_slug, "publication-basis": parse_slug},
    "place": {
        **_BOTH,
        "point": _parse_point,
        "point-from": parse_text,
        "members": _parse_members,
    },
    "judgement": {
        "by": parse_text,
        "on": parse_date,
        "basis": parse_slug,
        "because": parse_text,
    },
}


class _Reader:
    """Reads one authority file and collects its findings."""

    def __init__(self, path: str, source: str, vocabulary: Vocabulary) -> None:
        self.path = path
        self.vocabulary = vocabulary
        self.lines: Lines = index_lines(source)
        self.findings: list[Finding] = []
        self.found: dict[str, Any] = {}
        try:
            self.found = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            self.findings.append(broken_toml(path, source, error))

    def report(self, table: tuple[str, ...], key: str | None, message: str) -> None:
        """Keeps a finding at the line of a key."""
        self.findings.append(Finding(self.path, self.lines.of(table, key), message))

    def entries(self) -> Iterator[Entry]:
        """Every well-formed entry of the file."""
        for key in sorted(set(self.found) - set(_KEYS)):
            self.report((key,), None, f"unknown key '{key}'; {suggest(key, _KEYS, 'tables')}.")
        default = self.judgement(("judgement",), self.found.get("judgement"), None)
        for kind in ("actor", "place"):
            group = self.found.get(kind, {})
            if not isinstance(group, dict):
                self.report((kind,), None, f"{kind} must be tables like [{kind}.some-id].")
                continue
            for slug, table in group.items():
                entry = self.entry(kind, slug, table, default)
                if entry is not None:
                    yield entry

    def entry(self, kind: str, slug: str, table: Any, default: Judgement | None) -> Entry | None:
        """One entry as a value, or None with findings."""
        path, before = (kind, slug), len(self.findings)
        if not is_slug(slug):
            self.report(path, None, f"{kind} '{slug}' is no id; use lower-case words and hyphens.")
        values = self.values(path, f"{kind} '{slug}'", _KEYS[kind], table)
        if not isinstance(table, dict):
            return None
        if "label" not in table:
            self.report(path, None, f"{kind} '{slug}' has no label. Add label = {{ en = \"…\" }}.")
        if "type" not in table:
            self.report(
                path, None, f"{kind} '{slug}' has no type. Add one of the {kind}-type scheme."
            )
        judged = self.judged(path, values, default)
        if len(self.findings) > before:
            return None
        named = {key.replace("-", "_"): value for key, value in values.items()}
        return Entry(kind=kind, slug=slug, **(named | {"judged": judged}))

    def values(
        self,
        path: tuple[str, ...],
        name: str,
        keys: Mapping[str, Callable[[Any], Any]],
        table: Any,
    ) -> dict[str, Any]:
        """What the keys of a table say; a finding for each that is unknown or wrong."""
        if not isinstance(table, dict):
            self.report(path, None, f"{name} must be a table of its own.")
            return {}
        for key in sorted(set(table) - set(keys)):
            message = f"{name} has an unknown key '{key}'; {suggest(key, keys, 'keys')}."
            self.report(path, key, message)
        values: dict[str, Any] = {}
        for key in sorted(set(table) & set(keys)):
            try:
                values[key] = keys[key](table[key])
            except ValueError as expected:
                self.report(path, key, f"{name} has {key} {table[key]!r}; expected {expected}.")
        for key in sorted(set(values) & set(_SCHEMES)):
            scheme = _SCHEMES[key].format(kind=path[0])
            allowed = self.vocabulary.values.get(scheme, frozenset())
            if values[key] not in allowed:
                near = suggest(values[key], allowed, f"values of {scheme}")
                self.report(
                    path, key, f"{name} has {key} '{values[key]}'; {near}. Use one of them."
                )
        return values

    def judged(
        self, path: tuple[str, ...], values: dict[str, Any], default: Judgement | None
    ) -> dict[str, Judgement]:
        """The judgement behind each judged value: the entry's own, else the file's."""
        own = values.get("judged", {})
        for key in sorted(set(own) - set(values)):
            self.report(
                path, "judged", f"{path[0]} '{path[1]}' judges {key}, which it does not have."
            )
        found = {
            key: self.judgement(path, own[key], default) if key in own else default
            for key in JUDGEABLE
            if key in values and (key in JUDGED or key in own)
        }
        if None in found.values() and not own:
            lacking = "has no judgement behind it. Add [judgement] to the file, or judged."
            self.report(path, None, f"{path[0]} '{path[1]}' {lacking}")
        return {key: value for key, value in found.items() if value is not None}

    def judgement(
        self, path: tuple[str, ...], table: Any, default: Judgement | None
    ) -> Judgement | None:
        """A judgement; what it leaves out comes from the file's own. None without a table."""
        if table is None:
            return None
        before = len(self.findings)
        values = self.values(path, "the judgement", _KEYS["judgement"], table)
        parts: dict[str, Any] = {
            key: values.get(key, getattr(default, key, None)) for key in _KEYS["judgement"]
        }
        missing = [key for key, value in parts.items() if value is None]
        if missing and len(self.findings) == before:
            self.report(path, None, f"the judgement lacks {', '.join(missing)}. Add it.")
        return Judgement(**parts) if not missing else None


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
