"""Where words without a name mean: "the town", "the last crossing", "the area it holds"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.suggest.found import Filled, Named, Statement
from kg.suggest.meant.describing import Description, describe
from kg.suggest.meant.labels import listed
from kg.suggest.meant.lexicon import load_lexicon, singular
from kg.suggest.meant.spoken import (
    GATES,
    LARGE,
    QUARTERS,
    RECENT,
    called,
    country_of,
    site_of,
    spoken_of,
    town_of,
)
from kg.suggest.meant.told import PLACE_ROLES, Told, identity, is_known
from kg.suggest.names.lexicon import fold
from kg.suggest.names.lexicon import load_lexicon as load_names
from kg.text import Span

_WITHIN: Final = re.compile(r"[^.,;:]{0,40}?\b(?:in|of|across|near|around)\s+(?:the\s+)?$")
_JOINED: Final = re.compile(r"([\w-]+)\s+(?:and|or)\s+$")
_AND_CAPITAL: Final = re.compile(r"\bthe (capital) and (?:[\w-]+\s+){0,3}$")
_BOTH: Final = re.compile(r"\bboth\s*$", re.IGNORECASE)
_ALL: Final = re.compile(r"\b(?:all|both)\s+$", re.IGNORECASE)
_NOUNS: Final = re.compile(r"(?:\s+[A-Z]?[a-z]+){1,2}")
_OF_TOWNS: Final = tuple(("of", "the", town) for town in ("city", "town", "village", "capital"))
_REACH: Final = 200
"""How far before words, in characters, what belongs to them is sought."""
_NEAR: Final = 1
"""How many sentences back the place holds that a sentence opened with."""


def where(told: Told, statement: Statement, filled: Filled) -> list[Filled]:
    """The role filled with the places that its words mean, or as it is."""
    if is_known(filled):
        return list(_whole(told, statement, filled))
    both = list(_both(told, filled))
    if both:
        return both
    named = _meant(told, statement, filled)
    return [replace(filled, named=named)] if named is not None else [filled]


def _both(told: Told, filled: Filled) -> Iterator[Filled]:
    """The two named last of a kind: "in both countries"."""
    described = describe(told.reading, filled.words)
    if described is None or not _says_both(told, filled.words):
        return
    found: dict[str | None, Named] = {}
    for named in reversed(told.known("place", _types(described))):
        if named.span[1] <= filled.words[0]:
            found.setdefault(identity(named), named)
    if len(found) >= 2:
        yield from (replace(filled, named=named) for named in list(found.values())[:2])


def _says_both(told: Told, words: Span) -> bool:
    return _BOTH.search(told.reading.text, *_before(words[0])) is not None


def _before(start: int) -> Span:
    """The stretch before a position in which what belongs to it can stand."""
    return max(0, start - _REACH), start


def _whole(told: Told, statement: Statement, filled: Filled) -> Iterator[Filled]:
    """A named place, or the larger or several ones of which its words are a part."""
    named = filled.named
    if named is None:
        return
    first = statement.extent[0] if statement.extent else filled.words[0]
    start = _noun_start(told, min(first, filled.words[0]))
    wide = (start, _noun_end(told, filled.words[1]))
    described = describe(told.reading, wide) if wide != named.span else None
    own = _listed(told, described, statement) if described is not None else None
    if own is not None and described is not None and (described.plural or described.rest):
        yield replace(filled, named=told.atlas.site(own, wide))
        return
    yield from _beside(told, filled, named)
    yield from _capital_beside(told, statement, filled)
    yield filled


def _capital_beside(told: Told, statement: Statement, filled: Filled) -> Iterator[Filled]:
    """The capital, where it is told with a name: "the capital and the port of Holm"."""
    before = _AND_CAPITAL.search(told.reading.text, *_before(filled.words[0]))
    if before is not None:
        words = (before.start(1), before.end(1))
        if (named := _capital(told, statement, words)) is not None:
            yield Filled(filled.role, words, named)


def _noun_start(told: Told, start: int) -> int:
    """Where the noun begins that "all" or "both" stands before."""
    before = _ALL.search(told.reading.text, *_before(start))
    return before.start() if before else start


def _noun_end(told: Told, end: int) -> int:
    """Where the noun ends before which a name stands: "Coast Border Crossings"."""
    after = _NOUNS.match(told.reading.text, end, end + 40)
    words = after[0].split() if after else []
    places = load_names().place_words
    for size in (2, 1):
        if len(words) >= size and fold(" ".join(words[:size])) in places:
            return end + len(" ".join(words[:size])) + 1
    return end


def _beside(told: Told, filled: Filled, named: Named) -> Iterator[Filled]:
    """The other part of what a name is a part of: "eastern and northern Tarn"."""
    words = told.reading.words(named.span).split()
    joined = _JOINED.search(told.reading.text, *_before(named.span[0])) if words[1:] else None
    compass = load_names().cues["compass"]
    if joined and fold(joined[1]) in compass and fold(words[0]) in compass:
        other = fold(" ".join([joined[1], *words[1:]]))
        for form in told.atlas.known.forms.get(other, ()):
            if form.kind == "place" and form.id is not None:
                span = (named.span[0] - len(joined[0]), named.span[1])
                yield replace(filled, named=told.atlas.site(form.id, span))
                return


def _meant(told: Told, statement: Statement, filled: Filled) -> Named | None:
    described = describe(told.reading, filled.words)
    if described is None:
        return None
    if described.points == "pronoun" or described.head in load_lexicon().pointing:
        return spoken_of(told, statement, filled)
    own = _listed(told, described, statement)
    if own is not None:
        return told.atlas.site(own, filled.words)
    if described.head in load_lexicon().vague and not _types(described):
        return _vague(told, statement, filled, described)
    return _of_kind(told, statement, filled, described) or site_of(told, filled, described)


def _listed(told: Told, described: Description, statement: Statement) -> str | None:
    span = statement.span
    around = [*told.in_sentence(span, "place"), *told.in_sentence(span, "actor")]
    return listed(told, described, "place", around)


# --- the last, the next, the only one of its kind ------------------------------------------


def _of_kind(
    told: Told, statement: Statement, filled: Filled, described: Description
) -> Named | None:
    """The place of a kind that was named last; the next one where words announce it."""
    types, words = _types(described), filled.words
    if described.untold and (own := called(told, described, words)) is not None:
        return own
    if described.head == "country" and described.points == "definite":
        return country_of(told, statement, words)
    if described.head in QUARTERS and (not described.rest or described.rest in _OF_TOWNS):
        return town_of(told, words)
    if not types:
        return _of_name(told, statement, filled, described)
    if described.points in ("several", "bare") or described.plural:
        return None
    return _apposed(told, words, types) or _of_types(told, statement, described, words)


def _of_name(
    told: Told, statement: Statement, filled: Filled, described: Description
) -> Named | None:
    """The place whose name has the noun, or of which it is a part; a headline has no "the"."""
    bare = described.points == "bare" and not described.plural and not described.before
    if described.points != "definite" and not bare:
        return None
    found = called(told, described, filled.words)
    at_gate = found is None and described.head in GATES and not described.before[1:]
    if found is None and described.head == "garrison" and not described.rest[1:2]:
        return spoken_of(told, statement, filled)
    return spoken_of(told, statement, filled) if at_gate and not described.rest else found


def _of_types(
    told: Told, statement: Statement, described: Description, words: Span
) -> Named | None:
    """The place of the types that a noun can mean: "town" means a town rather than a city."""
    if described.head == "capital" and described.before[-1:] != ("provincial",):
        return _capital(told, statement, words)
    types = _types(described)
    fitting = [n for n in told.known("place", types) if _lies(told, n, described)]
    if described.points == "indefinite":
        return _next(told, fitting, words, statement)
    fitting += [n for n in told.meant("place", types) if _lies(told, n, described)]
    near = [n for n in fitting if n.type == described.head and _is_recent(told, n, words)]
    found = _one_of(told, near or fitting, words, told_apart=bool(described.untold))
    return found or called(told, described, words)


def _is_recent(told: Told, named: Named, words: Span) -> bool:
    """Whether a place was named in the sentences right before words."""
    before = [start for start, _ in told.reading.sentences if start <= words[0]][-RECENT:]
    return bool(before) and before[0] <= named.span[0] and named.span[1] <= words[0]


def _one_of(told: Told, fitting: Sequence[Named], words: Span, *, told_apart: bool) -> Named | None:
    """The one named last before words, or the only one that the article names."""
    only = len({identity(named) for named in fitting}) == 1
    if told_apart and not only:
        return None
    return told.latest(fitting, words[0]) or (fitting[0] if only else None)


def _apposed(told: Told, words: Span, types: frozenset[str]) -> Named | None:
    """The place that words are said of right behind it: "Holm, a small town by the sea"."""
    for named in told.known("place", types):
        between = told.reading.text[named.span[1] : words[0]] if named.span[1] < words[0] else ""
        if re.fullmatch(r",\s+(?:an?|the)\s+", between):
            return named
    return None


def _types(described: Description) -> frozenset[str]:
    lexicon = load_lexicon()
    pair = " ".join((*described.before[-1:], described.head))
    return lexicon.types("place", pair) or lexicon.types("place", described.head)


def _lies(told: Told, named: Named, described: Description) -> bool:
    """Whether a place lies in the country that a description says, if it says one."""
    return described.demonym is None or told.atlas.country(named) == described.demonym


def _next(told: Told, names: Sequence[Named], words: Span, statement: Statement) -> Named | None:
    """The place that "another town" announces: the next new one that is told of nothing else."""
    low, high = told.reading.sentence(statement.span)
    elsewhere = {
        identity(f.named)
        for other in told.statements
        if other is not statement and low <= other.span[0] < high
        for f in other.filling(*PLACE_ROLES)
        if f.named is not None
    }
    before = {identity(n) for n in names if n.span[1] <= words[0]} | elsewhere
    coming = [n for n in names if n.span[0] >= words[1] and identity(n) not in before]
    head = singular(told.reading.words(words).casefold().split()[-1])
    exact = [named for named in coming if named.type == head]
    return next(iter(exact), None)


def _capital(told: Told, statement: Statement, words: Span) -> Named | None:
    country = told.country(statement) or told.country_before(words[0])
    own = told.atlas.capital(country) if country else None
    return told.atlas.site(own, words) if own is not None else None


# --- what only the words around make one place ---------------------------------------------


def _vague(
    told: Told, statement: Statement, filled: Filled, described: Description
) -> Named | None:
    """Where "the area", "territory", "vast areas" lie, as the sentence or the one before says."""
    if described.points == "several" or described.head == "position":
        return None
    demonym = told.atlas.demonym(described.before)
    if demonym is not None:
        return told.atlas.place(demonym, filled.words)
    if described.points == "definite" and not described.plural and not described.before:
        last = _last_told(told, statement, filled.words)
        if last is not None:
            return last
    own = _within(told, statement, filled.words)
    if own is not None:
        return own
    if _is_counted(told, filled):
        country = told.country_named(filled.words[0])
        return country if _is_near(told, filled.words[0]) else None
    pointed = described.points == "definite" or bool(described.before)
    return _opened(told, statement) if pointed else None


def _is_near(told: Told, position: int) -> bool:
    """Whether a country is told in the sentence of a position or the one before."""
    starts = [start for start, _ in told.reading.sentences if start <= position]
    return told.tells_country(starts[-(_NEAR + 1) :][0] if starts else 0, position)


def _is_counted(told: Told, filled: Filled) -> bool:
    """Whether an amount of land is told: "40 square miles of land"."""
    before = told.reading.text[max(0, filled.words[0] - 40) : filled.words[1]]
    return re.search(r"\d[^.]* of ", before) is not None


def _last_told(told: Told, statement: Statement, words: Span) -> Named | None:
    """The place of the statement before in the same sentence, or the one before it."""
    low, _ = told.reading.sentence(statement.span)
    for other, filled in reversed(list(told.roles("place"))):
        if filled.named is not None and low <= other.span[0] and other.span[1] <= words[0]:
            return filled.named
    inside = [n for n in told.in_sentence(statement.span, "place") if n.span[1] <= words[0]]
    small = [named for named in inside if named.type not in LARGE]
    return small[-1] if small else None


def _within(told: Told, statement: Statement, words: Span) -> Named | None:
    """The place in which the sentence says it is, behind the words: "areas it holds in Tarn"."""
    for named in told.in_sentence(statement.span, "place"):
        if named.span[0] >= words[1]:
            between = told.reading.text[words[1] : named.span[0]]
            return named if _WITHIN.fullmatch(between) else None
    return None


def _opened(told: Told, statement: Statement) -> Named | None:
    """The place with which its sentence or the one before opens: "In Tarn, …"."""
    before = [s for s in told.reading.sentences if s[0] <= statement.span[0]]
    for low, high in reversed(before[-(_NEAR + 1) :]):
        for named in told.names:
            known = named.kind == "place" and identity(named) is not None
            if known and low <= named.span[0] < high and told.opens(named):
                return named
    return None
