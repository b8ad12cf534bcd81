"""Two releases compared: what came, went and changed, in words; and which answers did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from kg.diff.answers import AnswerChange, Answers, compare_answers
from kg.diff.lines import Altered, altered
from kg.diff.patch import DATA
from kg.diff.plain import counted, listed, plain
from kg.diff.reader import Reader, read_facts, stated
from kg.diff.thing import CAME, CHANGED, WENT, Entry, Pair
from kg.lift.terms import term
from kg.release.read import Release

SECTIONS: Final = (
    "articles",
    "claims",
    "voices",
    "events",
    "periods",
    "disagreements",
    "authorities",
)
"""What is told thing by thing, in this order; of everything else there is a number."""
MOST: Final = 100
"""How many things of a section, and answers, are told unless one asks for more."""
SAID: Final = ("title", "publisher", "licence", "base", "horizon", "excerpt")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the releases."""

    name: str
    digest: str
    date: str
    title: str
    publisher: str
    iri: str
    holds: str


@dataclass(slots=True)
class Section:
    """The things of one kind that came, went or changed."""

    title: str
    entries: list[Entry] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    anew: Counter[str] = field(default_factory=Counter)

    @property
    def cut(self) -> int:
        """How many are not told."""
        return self.counts.total() - len(self.entries)

    @property
    def summary(self) -> str:
        """2 came, 1 changed; 5 derived anew by rule periods 2, otherwise the same"""
        told = ", ".join(f"{self.counts[h]:,} {h}" for h in (CAME, WENT, CHANGED) if self.counts[h])
        anew = (
            f"{number:,} derived anew by rule {rule}, otherwise the same"
            for rule, number in sorted(self.anew.items())
        )
        return "; ".join([*([told] if told else []), *anew])


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two releases."""

    old: Side
    new: Side
    added: int
    removed: int
    said: tuple[str, ...]
    """What the releases say of themselves, where they differ, and the rules."""
    sections: tuple[Section, ...]
    others: str
    timelines: tuple[str, ...]
    """The places of which a period of control came, went or changed."""
    answers: Answers

    @property
    def same(self) -> bool:
        """Whether both hold the same statements."""
        return not self.added and not self.removed

    def claims(self) -> Iterator[Entry]:
        """The claims that are told."""
        for section in self.sections:
            if section.title == "claims":
                yield from section.entries

    def answered(self) -> tuple[AnswerChange, ...]:
        """The answers that are told."""
        return self.answers.changes


def compare(old: Release, new: Release, most: int = MOST) -> Difference:
    """The difference of two releases; at most `most` things of a kind, and answers, are told."""
    pair = Pair(Reader(old), Reader(new))
    tally = _Tally(pair, most)
    if old.digest != new.digest:
        with ExitStack() as stack:
            before, after = (stack.enter_context((r.folder / DATA).open("rb")) for r in (old, new))
            for one in altered(before, after):
                tally.add(one)
    return Difference(
        _side(old),
        _side(new),
        tally.added,
        tally.removed,
        (*_settings(old, new), *_rules(pair)),
        tuple(section for section in tally.sections.values() if section.summary),
        listed((counted(n, *what) for what, n in sorted(tally.others.items())), len(tally.others)),
        tuple(sorted(pair.label(place) for place in tally.timelines)),
        compare_answers(pair, tally.places | tally.held, tally.held, most),
    )


@dataclass(slots=True)
class _Tally:
    """What is collected while the releases are read side by side."""

    pair: Pair
    most: int
    added: int = 0
    removed: int = 0
    sections: dict[str, Section] = field(default_factory=lambda: {s: Section(s) for s in SECTIONS})
    others: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    """Those of which a claim changed."""
    held: set[str] = field(default_factory=set)
    """Those of which a period, or what it rests on, changed."""
    timelines: set[str] = field(default_factory=set)
    """Those of the places for which more than a rule's version changed."""

    def add(self, one: Altered) -> None:
        """Counts what differs of one thing."""
        old, new = set(one.old), set(one.new)
        self.added += len(new - old)
        self.removed += len(old - new)
        names = self.pair.new.names
        one = Altered(one.subject, stated(one.old, names), stated(one.new, names))
        if one.old == one.new:
            self.others[("end of an id", "ends of ids")] += 1
        else:
            self._add(one)

    def _add(self, one: Altered) -> None:
        """Counts a thing of which something else is said, and tells it while there is room."""
        iri = one.subject.decode()[1:-2]
        reader = self.pair.new if one.new else self.pair.old
        kind, local = reader.kind(iri)
        if kind in ("period", "evidence"):
            self.held |= _places(one)
        elif kind == "claim":
            self.places |= _places(one)
        title = _section(kind, local)
        if title not in self.sections:
            self.others[_other(kind, local)] += 1
        else:
            self._tell(self.sections[title], iri, one)

    def _tell(self, section: Section, iri: str, one: Altered) -> None:
        how = CHANGED if one.old and one.new else CAME if one.new else WENT
        if how == CHANGED or len(section.entries) < self.most:
            old, new = read_facts(one.old), read_facts(one.new)
            if rule := self.pair.anew(old, new):
                section.anew[rule] += 1
                return
            if len(section.entries) < self.most:
                section.entries.append(self.pair.entry(iri, old, new))
        section.counts[how] += 1
        if section.title == "periods":
            self.timelines |= _places(one)


_PLACES: Final = tuple(
    f" {term(curie)} <".encode() for curie in ("wh:place", "wh:departure", "wh:destination")
)


def _places(one: Altered) -> set[str]:
    """The places that are named in what a thing was or is."""
    found = (line.partition(link) for line in (*one.old, *one.new) for link in _PLACES)
    return {rest.partition(b">")[0].decode() for _, here, rest in found if here}


def _section(kind: str, local: str) -> str:
    if kind in ("actor", "place"):
        return "" if "." in local else "authorities"
    return f"{kind}s"


def _other(kind: str, local: str) -> tuple[str, str]:
    """What a thing that is not told is called, one of them and many."""
    if kind in ("actor", "place"):
        return f"{kind} of one article only", f"{kind}s of one article only"
    if kind == "span" and "--" in local:
        return "place or wording of a span", "places and wordings of spans"
    name = {"": "term of the vocabulary", "evidence": "piece of evidence"}.get(kind, kind)
    head, of, rest = name.partition(" of ")
    return name, f"{head}s{of}{rest}"


def _side(release: Release) -> Side:
    summary = release.summary
    held = f"{counted(summary['articles'], 'article')}, {counted(summary['quads'], 'statement')}"
    version = f"{summary['version']}, " if summary.get("version") else ""
    digest = release.digest.removeprefix("sha256:")
    return Side(
        name=f"{version}{digest[:16]}",
        digest=digest,
        date=str(summary["date"]),
        title=plain(str(summary["title"])),
        publisher=plain(str(summary["publisher"])),
        iri=f"{release.names.base}release/sha256-{digest}",
        holds=held,
    )


def _settings(old: Release, new: Release) -> Iterator[str]:
    for name in SAID:
        before, after = str(old.summary[name]), str(new.summary[name])
        if before != after:
            yield f"{name}: {plain(before)} → {plain(after)}"


def _rules(pair: Pair) -> Iterator[str]:
    """The rules whose version changed, came or went."""
    versions = sorted({*_plans(pair.old), *_plans(pair.new)})
    before, after = set(_plans(pair.old)), set(_plans(pair.new))
    for name, group in groupby(versions, key=lambda plan: plan[0]):
        plans = list(group)
        gone = listed(version for _, version in plans if (name, version) not in after)
        new = listed(version for _, version in plans if (name, version) not in before)
        if gone or new:
            yield f"rule {name}: version {gone or 'none'} → {new or 'none'}"


def _plans(reader: Reader) -> Iterator[tuple[str, str]]:
    for iri in reader.subjects("rdf:type", term("prov:Plan").value):
        kind, local = reader.kind(iri)
        if kind == "rule":
            name, _, version = local.rpartition(".")
            yield name, version
