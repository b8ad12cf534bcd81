"""One thing that came, went or changed, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.diff.plain import listed
from kg.diff.reader import Facts, Reader, Term
from kg.lift.terms import term

CAME: Final = "came"
WENT: Final = "went"
CHANGED: Final = "changed"

FROM: Final = term("prov:wasDerivedFrom").value
SAID: Final = term("schema:text").value
RULE: Final = term("prov:wasGeneratedBy").value
TELLING: Final = {
    "claim": (
        ("", "wh:eventType", "wh:degree", "wh:measure"),
        ("", "wh:polarity", "wh:completion", "wh:factuality"),
        ("", "wh:value", "wh:unit"),
        ("gained by ", "wh:gainedBy"),
        ("lost by ", "wh:lostBy"),
        ("held by ", "wh:controller"),
        ("by ", "wh:agent"),
        ("against ", "wh:affected"),
        ("at ", "wh:place"),
        ("from ", "wh:departure"),
        ("to ", "wh:destination"),
        ("denies ", "wh:denies"),
        ("corrects ", "wh:corrects"),
        ("according to ", "wh:accordingTo"),
        ("", "wh:span"),
    ),
    "voice": (("speaker ", "wh:speaker"), ("", "wh:speakerRole"), ("", "wh:span")),
    "event": (("", "wh:eventType"), ("at ", "wh:place"), ("gained by ", "wh:gainedBy")),
    "period": (
        ("held by ", "wh:controller"),
        ("at ", "wh:place"),
        ("", "wh:degree"),
        ("begun by ", "wh:beginLatest"),
        ("last attested ", "wh:lastAttested"),
        ("ended by ", "wh:endLatest"),
        ("according to ", "wh:accordingTo"),
    ),
    "disagreement": (("", "wh:disagreementType"), ("between ", "wh:compares")),
    "actor": (("", "wh:actorType"), ("part of ", "wh:partOf")),
    "place": (("", "wh:placeType"), ("part of ", "wh:partOf")),
    "article": (("published ", "wh:publishedEarliest"), ("by ", "schema:publisher")),
}
"""What tells a thing from others of its kind, and how it is put."""
ORDER: Final = [term(c).value for parts in TELLING.values() for _, *cs in parts for c in cs]
"""What is told first of what changed of a thing."""
UNSTATED: Final = "not stated"
USUAL: Final = {"Positive", "Completed", "Asserted", "Unspecified"}
"""Values that go without saying."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One property that changed, or what goes with it."""

    property: str
    says: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that came, went or changed: its IRI, its short name, and what is said of it."""

    how: str
    iri: str
    name: str
    within: str
    """The title of the article it belongs to, of a claim or voice."""
    about: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two releases, each asked about itself."""

    old: Reader
    new: Reader

    def label(self, iri: str) -> str:
        """What people call a thing of either release, the new one's word first."""
        return (self.new if self.new.facts(iri) else self.old).label(NamedNode(iri))

    def entry(self, iri: str, old: Facts, new: Facts) -> Entry:
        """One thing in words; `old` or `new` is empty where a release does not have it."""
        how = CHANGED if old and new else CAME if new else WENT
        reader, facts = (self.new, new) if new else (self.old, old)
        details = tuple(self.details(old, new)) if how == CHANGED else ()
        if how == WENT and (end := self.new.end(iri)):
            details = (Detail("why", f"it {end}"),)
        return Entry(
            how, iri, reader.curie(iri), within(reader, iri), about(reader, iri, facts), details
        )

    def details(self, old: Facts, new: Facts) -> Iterator[Detail]:
        """What changed of a thing, a property each."""
        for name in sorted(old.keys() | new.keys(), key=_telling):
            before, after = old.get(name, frozenset()), new.get(name, frozenset())
            if before == after:
                continue
            if name == RULE:
                yield self._anew(before, after)
            elif detail := self._detail(name, before, after):
                yield detail

    def anew(self, old: Facts, new: Facts) -> str | None:
        """The rule that derived a thing anew, where nothing else of it changed: "periods 2"."""
        if not old or not new or old.get(RULE) == new.get(RULE):
            return None
        same = all(old.get(name) == new.get(name) for name in (old.keys() | new.keys()) - {RULE})
        return listed(self._labels(self.new, new.get(RULE, ()))) if same else None

    def _anew(self, before: Iterable[Term], after: Iterable[Term]) -> Detail:
        now, then = (
            listed(self._labels(reader, values)) or "none"
            for reader, values in ((self.new, after), (self.old, before))
        )
        return Detail("derived anew", f"by rule {now} (before: {then})")

    def _detail(self, name: str, before: frozenset[Term], after: frozenset[Term]) -> Detail | None:
        gone = self._labels(self.old, before - after)
        new = self._labels(self.new, after - before)
        title = self.new.property(name)
        if name == FROM:
            gone, new = (_claims(self.old, before - after), _claims(self.new, after - before))
            if not gone and not new:
                return Detail("evidence", "reworked from the same claims")
        if name == SAID and not (self.old.quotes and self.new.quotes):
            return Detail(title, "changed, and not shown here")
        kept = bool(before & after)
        return Detail(title, _changed(listed(gone, 8), listed(new, 8), kept=kept))

    @staticmethod
    def _labels(reader: Reader, values: Iterable[Term]) -> list[str]:
        return sorted(reader.label(value) for value in values)


def _telling(name: str) -> tuple[bool, int, str]:
    return name == RULE, ORDER.index(name) if name in ORDER else len(ORDER), name


def _claims(reader: Reader, values: Iterable[Term]) -> list[str]:
    nodes = [value.value for value in values if isinstance(value, NamedNode)]
    return sorted(reader.curie(node) for node in nodes if reader.kind(node)[0] == "claim")


def _changed(gone: str, new: str, *, kept: bool) -> str:
    if kept and not (gone and new):
        return f"also {new}" if new else f"no longer {gone}"
    return f"{gone or UNSTATED} → {new or UNSTATED}"


def about(reader: Reader, iri: str, facts: Facts) -> str:
    """What a thing is, in a line: "Capture · gained by Government troops · at Aven bridge"."""
    kind, local = reader.kind(iri)
    parts = [
        part
        for lead, *curies in TELLING.get(kind, ())
        if (part := _part(reader, facts, lead, curies))
    ]
    if kind == "period" and term("wh:accordingTo").value not in facts:
        parts.append("all sources together")
    named = _name(reader, iri, kind, local)
    return " · ".join([named, *parts] if named else parts)


def within(reader: Reader, iri: str) -> str:
    """The title of the article that a claim or voice belongs to."""
    kind, local = reader.kind(iri)
    if kind not in ("claim", "voice"):
        return ""
    return reader.title(reader.names.iri("article", local.partition(".")[0]))


def _name(reader: Reader, iri: str, kind: str, local: str) -> str:
    if kind not in ("actor", "place", "article"):
        return ""
    owner = local.partition("--")[0]
    if kind == "article":
        return reader.title(iri)
    label = reader.label(NamedNode(reader.names.iri(kind, owner)))
    return label if owner == local else f"{label}: {iri.rpartition('--')[2]}"


def _part(reader: Reader, facts: Facts, lead: str, curies: list[str]) -> str:
    found = [
        reader.label(value)
        for curie in curies
        for value in sorted(facts.get(term(curie).value, ()), key=str)
    ]
    said = [one for one in found if one not in USUAL]
    return lead + listed(said) if said else ""
