"""What an article has told where a statement stands: who and where was named, and meant, before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kg.suggest.found import Filled, Named, Statement
from kg.suggest.meant.atlas import Atlas
from kg.suggest.reading import Reading
from kg.text import Span

PLACE_ROLES: Final = ("place", "departure", "destination")
ACTOR_ROLES: Final = ("gained-by", "lost-by", "agent", "controller", "affected", "supported-by")
_OPENS: Final = re.compile(
    r"[\"“]?(?:In|At|Near|Around|Across|Throughout)\s+(?:the\s+)?(?:\w+\s+of\s+)?"
)


@dataclass
class Told:
    """An article's names in the order of its text, and the statements resolved so far."""

    reading: Reading
    names: Sequence[Named]
    atlas: Atlas
    statements: Sequence[Statement]
    resolved: list[Statement] = field(default_factory=list)
    _inside: dict[tuple[Span, str], list[Named]] = field(default_factory=dict)
    _known: dict[tuple[str, frozenset[str]], list[Named]] = field(default_factory=dict)

    @cached_property
    def places(self) -> list[Named]:
        """The names of places of which is known what they are."""
        known = [n for n in self.names if n.kind == "place" and identity(n) is not None]
        return [n for n in known if not self._is_dateline(n)]

    def _is_dateline(self, named: Named) -> bool:
        """Whether a place only says where an article was written: "AVEN, May 4 —"."""
        return named.span[0] in self.reading.datelines

    def known(self, kind: str, types: Iterable[str]) -> list[Named]:
        """The names of a kind and of certain types of whom or what is known."""
        wanted = frozenset(types)
        found = self._known.get((kind, wanted))
        if found is None:
            found = self._known[kind, wanted] = [
                named
                for named in self.names
                if named.kind == kind and named.type in wanted and identity(named) is not None
                if kind == "actor" or not self._is_dateline(named)
            ]
        return found

    def meant(self, kind: str, types: Iterable[str]) -> list[Named]:
        """Whom or what descriptions were taken for so far, at the words of the description."""
        wanted = frozenset(types)
        return [
            replace(filled.named, span=filled.words)
            for _, filled in self.roles(kind)
            if filled.named is not None and filled.named.type in wanted
        ]

    def latest(
        self, names: Sequence[Named], position: int, reach: int | None = None
    ) -> Named | None:
        """The first name of the last sentence that has one before a position, within reach."""
        before = [s for s in self.reading.sentences if s[0] <= position]
        for low, high in reversed(before[-(reach + 1) :] if reach is not None else before):
            inside = [n for n in names if low <= n.span[0] < high and n.span[1] <= position]
            if inside:
                return min(inside, key=lambda n: n.span)
        return None

    def in_sentence(self, span: Span, kind: str) -> list[Named]:
        """The known names of a kind in the sentence of a span."""
        low, high = sentence = self.reading.sentence(span)
        found = self._inside.get((sentence, kind))
        if found is None:
            found = self._inside[sentence, kind] = [
                n
                for n in self.names
                if low <= n.span[0] < high and n.kind == kind and identity(n) is not None
            ]
        return found

    def opens(self, named: Named) -> bool:
        """Whether a sentence begins with where something is: "In Holm, …"."""
        low, _ = self.reading.sentence(named.span)
        return _OPENS.fullmatch(self.reading.text[low : max(low, named.span[0])]) is not None

    def places_of(self, statement: Statement) -> list[Named]:
        """The known places of a statement, else those of its sentence, else the last before it."""
        own = [f.named for f in statement.filling(*PLACE_ROLES) if is_known(f)]
        found = [named for named in own if named is not None]
        found = found or self.in_sentence(statement.span, "place")
        if found:
            return found
        before = [n for n in self.names if n.kind == "place" and n.span[1] <= statement.span[0]]
        return before[-1:]

    def country(self, statement: Statement) -> str | None:
        """The country in which a statement's places lie, if they lie in one."""
        countries = {self.atlas.country(named) for named in self.places_of(statement)} - {None}
        return next(iter(countries)) if len(countries) == 1 else None

    def country_before(self, position: int) -> str | None:
        """The country told last before a position, by its name or by what is its own."""
        named = self._country_named(position)
        adjective = self._demonym(named.span[1] if named else 0, position)
        return adjective or (self.atlas.country(named) if named else None)

    @cached_property
    def main_country(self) -> str | None:
        """The country in which most places of the article lie."""
        found = Counter(c for n in self.places if (c := self.atlas.country(n)) is not None)
        return max(found, key=lambda country: found[country], default=None)

    def country_named(self, position: int) -> Named | None:
        """The country told last before a position, as a place named there."""
        named = self._country_named(position)
        adjective = self._demonym(named.span[1] if named else 0, position)
        return self.atlas.place(adjective, (position, position)) if adjective else named

    def tells_country(self, start: int, end: int) -> bool:
        """Whether a country is told between two positions, by its name or by what is its own."""
        named = self._country_named(end)
        return (named is not None and named.span[0] >= start) or bool(self._demonym(start, end))

    def _country_named(self, position: int) -> Named | None:
        named = [n for n in self.known("place", ("country",)) if n.span[1] <= position]
        return named[-1] if named else None

    def _demonym(self, start: int, end: int) -> str | None:
        """The country of which something between two positions is said to be, the last of them."""
        inside = (c for at, c in reversed(self._demonyms) if start <= at[0] and at[1] <= end)
        return next(inside, None)

    @cached_property
    def _demonyms(self) -> list[tuple[Span, str]]:
        """The words by which something is said to be of a country, and that country."""
        demonyms, written = self.atlas.known.demonyms, self.reading.written
        found = [i for i in written.where(demonyms.keys()) if written.words[i].capital]
        return [(written.span(i, i + 1), demonyms[written.words[i].key]) for i in found]

    def roles(self, kind: str) -> Iterator[tuple[Statement, Filled]]:
        """Who or where fills the roles of the statements resolved so far."""
        wanted = PLACE_ROLES if kind == "place" else ACTOR_ROLES
        return ((s, f) for s in self.resolved for f in s.filling(*wanted) if is_known(f))


def identity(named: Named) -> str | None:
    """The id by which a named one is known, of the authorities or the gazetteer."""
    return named.refers_to or named.record


def is_known(filled: Filled) -> bool:
    """Whether it is settled whom or where the words of a role mean."""
    return filled.named is not None and identity(filled.named) is not None


def is_attribute(reading: Reading, words: Span) -> bool:
    """Whether a word only says of which side the noun behind it is: "rebel", of "rebel boats"."""
    for paragraph in reading.paragraphs:
        if paragraph.parsed is not None and paragraph.start <= words[0] < paragraph.end:
            last = paragraph.parsed.at(words[1] - 1 - paragraph.start)
            return last is not None and last.dep_ in ("compound", "amod", "nmod")
    return False


def is_subject(reading: Reading, words: Span) -> bool:
    """Whether words are the subject of a verb, and not only what stands beside it."""
    for paragraph in reading.paragraphs:
        if paragraph.parsed is not None and paragraph.start <= words[0] < paragraph.end:
            last = paragraph.parsed.at(words[1] - 1 - paragraph.start)
            return last is not None and last.dep_ in ("nsubj", "nsubjpass")
    return False


def is_parted(reading: Reading, one: Span, other: Span) -> bool:
    """Whether a verb stands between two spans: they are of two clauses."""
    low, high = min(one[1], other[1]), max(one[0], other[0])
    for paragraph in reading.paragraphs:
        if paragraph.parsed is not None and paragraph.start <= low < paragraph.end:
            start = paragraph.start
            between = (t for t in paragraph.parsed if low <= start + t.idx < high)
            return any(t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" for t in between)
    return False
