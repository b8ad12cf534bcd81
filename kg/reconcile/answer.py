"""Candidates for a query, with what speaks for each, and the one that is certain, if any. Pure.

The score is the mean of what the features say, each with its weight: 100 where all that was asked
is as asked. It says how alike, not how sure: sure is only what `match` calls so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kg.gazetteer.fold import key
from kg.gazetteer.kinds import SETTLEMENTS, split_kind
from kg.names import concept_key
from kg.reconcile.agree import is_of, lies_in
from kg.reconcile.asked import Query
from kg.reconcile.index import LABEL, LONGEST, NAME, SPELLING, Index, Named
from kg.reconcile.targets import TARGETS, identity
from kg.reconcile.thing import ACTOR, COUNTRY, EVENT, GOVERNMENT, KINDS, PLACE, Thing

AGREES: Final = 0.5
"""From what on a property speaks for a candidate."""
SAME: Final = SPELLING - 2
"""From what on a name is the same, in some transliteration."""
RIVAL: Final = 62.0
"""From what on a name is so like that it makes one in another transliteration uncertain."""
SHORT: Final = 3
"""Letters of a name that is certain only where it is written the same: IS is not "is"."""
KEYED: Final = 5
"""Letters that a key must have for another transliteration to be certain."""
_WEIGHTS: Final = {
    "name": 60,
    "type": 10,
    "part-of": 15,
    "country": 10,
    "coordinates": 20,
    **dict.fromkeys((*TARGETS, "exact-match"), 60),
}
_USUAL: Final = 10


@dataclass(frozen=True, slots=True)
class Said:
    """A place as a query says it: its name, its kind if it says one, and whether its country."""

    name: str
    kind: str | None = None
    country: bool = False


Elsewhere = Callable[[Said, Thing], bool]
"""Whether what is said may mean another place than the thing that it seems to mean."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What speaks for a candidate: from 0 (against it) to 100, or yes or no."""

    id: str
    value: float | bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a query may mean."""

    thing: Thing
    score: float
    features: tuple[Feature, ...]
    match: bool = False


@dataclass(frozen=True, slots=True)
class _Judged:
    """A thing with how like its name is, and what each asked property says of it."""

    thing: Thing
    name: float | None
    type: float | None
    evidence: tuple[tuple[str, float | None], ...]
    own: bool = False
    """Whether its very id was asked for."""

    @property
    def score(self) -> float:
        said = [("name", None if self.name is None else self.name / 100), ("type", self.type)]
        known = [(_WEIGHTS.get(n, _USUAL), v) for n, v in (*said, *self.evidence) if v is not None]
        total = sum(weight for weight, _ in known)
        return round(100 * sum(w * v for w, v in known) / total, 2) if total else 0.0

    @property
    def possible(self) -> bool:
        """Whether nothing that was asked speaks against it."""
        return self.type != 0 and all(v is None or v >= AGREES for _, v in self.evidence)

    @property
    def confirmed(self) -> bool:
        """Whether all that was asked is known of it, and agrees."""
        return self.type in (None, 1) and all((v or 0) >= AGREES for _, v in self.evidence)

    def agrees(self, *properties: str) -> bool:
        return any(name in properties and (v or 0) >= AGREES for name, v in self.evidence)


def nowhere_else(_: Said, __: Thing) -> bool:
    """No gazetteer is asked."""
    return False


def reconcile(index: Index, query: Query, elsewhere: Elsewhere = nowhere_else) -> list[Candidate]:
    """The candidates for a query, the best first; the first is a match only where it is certain."""
    judged = [_judge(index, query, named) for named in _named(index, query)]
    kept = [one for one in judged if _is_asked_for(index, query, one)]
    kept.sort(key=lambda one: (not one.own, -one.score, one.thing.id))
    sure = bool(kept) and _is_certain(index, query, kept, elsewhere)
    return [
        Candidate(one.thing, one.score, tuple(_features(one)), match=sure and at == 0)
        for at, one in enumerate(kept[: query.limit])
    ]


def _named(index: Index, query: Query) -> Iterable[Named]:
    """What the name may mean, with and without the words for its kind, and what ids name."""
    found: dict[str, Named] = {}
    own = index.things.find(query.text) if query.text else None
    if own is not None:
        found[own.id] = Named(own, LABEL)
    for named in (*_called(index, query), *_identified(index, query)):
        if named.thing.id not in found or found[named.thing.id].likeness < named.likeness:
            found[named.thing.id] = named
    return found.values()


def _called(index: Index, query: Query) -> Iterable[Named]:
    """What has the name; and what has it but for a word for its kind, which is said or asked."""
    text = query.text
    if not text or len(text) > LONGEST:
        return
    yield from index.find(text)
    bare, kind = split_kind(text)
    for named in index.find(bare) if kind else ():
        if _is_kind(named.thing, kind):
            yield Named(named.thing, min(named.likeness, NAME - 1))
    asked = (concept_key(one.partition("/")[2]) for one in query.types)
    for one in filter(None, dict.fromkeys((kind, *asked))):
        yield from (Named(thing, NAME - 1) for thing in index.of_kind(bare, one))


def _is_kind(thing: Thing, kind: str | None) -> bool:
    """Whether a place is of the kind that words say; a town may be called a city."""
    settled = kind in SETTLEMENTS and any(one in SETTLEMENTS for one in thing.kinds)
    return thing.kind == PLACE and (kind in thing.kinds or settled)


def _identified(index: Index, query: Query) -> Iterable[Named]:
    """What others' ids name, and, where there is no name, what has a name that is asked for."""
    for wanted in query.wanted:
        identifier = wanted.property.id
        for value in wanted.values:
            if identifier in TARGETS or identifier == "exact-match":
                for link in (identity(identifier, value), f"{identity(identifier, value)}/"):
                    yield from (Named(t, _likeness(index, query, t)) for t in index.linked(link))
            elif not query.text and identifier.startswith(("name-", "other-names")):
                yield from index.find(f"{value}")


def _likeness(index: Index, query: Query, thing: Thing) -> float:
    found = (one.likeness for one in index.find(query.text) if one.thing.id == thing.id)
    return next(found, 0.0) if query.text else LABEL


def _judge(index: Index, query: Query, named: Named) -> _Judged:
    thing = named.thing
    evidence = []
    for wanted in query.wanted:
        compare = wanted.property.agree
        if compare is None or not wanted.values:
            continue
        said = [compare(index, thing, value) for value in wanted.values]
        known = [value for value in said if value is not None]
        fits = thing.kind in wanted.property.kinds
        evidence.append((wanted.property.id, max(known) if known and fits else None))
    return _Judged(
        thing,
        named.likeness if query.text else None,
        _type(index, query, thing),
        tuple(evidence),
        own=bool(query.text) and index.things.find(query.text) is thing,
    )


def _type(index: Index, query: Query, thing: Thing) -> float | None:
    if not query.types:
        return None
    own = index.things.types_of(thing)
    return float(any(one in own for one in query.types))


def _is_asked_for(index: Index, query: Query, one: _Judged) -> bool:
    """Whether a thing is kept: one of another kind than the asked is not, however it is called."""
    if not query.types:
        return True
    own = index.things.types_of(one.thing)
    if query.strict == "all":
        return all(asked in own for asked in query.types)
    if query.strict == "any":
        return one.type == 1
    return one.thing.kind in _kinds(index, query)


def _kinds(index: Index, query: Query) -> set[str]:
    """Whether places, actors or events are asked for."""
    return {one if one in KINDS else index.things.types[one].broader for one in query.types}


def _is_certain(index: Index, query: Query, kept: list[_Judged], elsewhere: Elsewhere) -> bool:
    """Whether the first is meant, beyond doubt: nothing else has the name, and all asked agrees."""
    first, *others = kept
    if not first.confirmed or (first.name is not None and first.name < SAME):
        return False
    if first.own:
        return True
    if first.agrees(*TARGETS, "exact-match"):
        return not any(one.agrees(*TARGETS, "exact-match") for one in others)
    if not query.text or _is_rivalled(first, others) or not _is_plain(index, query, first):
        return False
    if first.thing.kind != PLACE or _is_placed(index, query, first):
        return first.thing.kind != EVENT
    kind, country = _asked_kind(index, query, first.thing), first.agrees("country", "part-of")
    return not elsewhere(Said(query.text, kind, country), first.thing)


def _is_placed(index: Index, query: Query, first: _Judged) -> bool:
    """Whether what was asked says where it lies, and more than in which country."""
    around = [v for one in query.wanted if one.property.id == "part-of" for v in one.values]
    return first.agrees("coordinates") or any(
        lies_in(index, first.thing, value) and not is_of(index, first.thing, value)
        for value in around
    )


def _asked_kind(index: Index, query: Query, thing: Thing) -> str | None:
    """The one kind of place that the query's types leave, as words beside a name would say it."""
    asked = {one for one in query.types if PLACE in (one, index.things.types[one].broader)}
    if query.strict == "all":
        asked.discard(PLACE)
    found = [one for one in asked if one in thing.types]
    return concept_key(found[0].partition("/")[2]) if len(asked) == len(found) == 1 else None


def _is_rivalled(first: _Judged, others: list[_Judged]) -> bool:
    """Whether another may be meant, because it has the name, too.

    Where the first has it in another transliteration only, one that is nearly the same is enough.
    """
    enough = SAME if (first.name or 0) >= NAME - 1 else RIVAL
    return any(one.possible and (one.name or 0) >= enough for one in others)


def _is_plain(index: Index, query: Query, first: _Judged) -> bool:
    """Whether a name, as it is written, can be certain at all.

    One that its label tells apart in brackets, "Holm (on the coast)", has namesakes, and only a
    point tells which is meant. Of people a single word, and of actors another transliteration, is
    shared by too many; a government is called as its country or capital is, so where actors are
    asked for, too, neither is certain.
    """
    text, actor, likeness = query.text, first.thing.kind == ACTOR, first.name or 0
    kinds = _kinds(index, query)
    if GOVERNMENT in first.thing.types and likeness < LABEL and kinds != {ACTOR}:
        return False
    if COUNTRY in first.thing.types and ACTOR in kinds:
        return False
    if actor and (likeness < NAME or (first.thing.person and len(text.split()) < 2)):
        return False
    if any("(" in label for label in first.thing.label.values()):
        return first.name == LABEL or first.agrees("coordinates")
    if len("".join(filter(str.isalnum, text))) <= SHORT:
        return text in first.thing.names
    return likeness >= NAME - 1 or len(key(text)) >= KEYED


def _features(one: _Judged) -> Iterable[Feature]:
    if one.name is not None:
        yield Feature("name", one.name)
        yield Feature("same-name", one.name >= NAME)
    if one.type is not None:
        yield Feature("type", one.type == 1)
    for name, value in one.evidence:
        if value is not None:
            yield Feature(name, round(100 * value, 1))
    if one.own:
        yield Feature("identifier", value=True)
