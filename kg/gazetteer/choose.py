"""Which record a name means, with what speaks for each, and none where nothing is certain. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.gazetteer.features import Context, Feature, features, kilometres, name_features, weigh
from kg.gazetteer.kinds import SETTLEMENTS, WIDE, split_kind
from kg.gazetteer.lookup import Gazetteer
from kg.gazetteer.record import Record

ENOUGH: Final = 0.6
"""The score from which a candidate is worth proposing."""
CLEAR: Final = 0.08
"""How far the first must be ahead of the next place of the name to be taken as certain."""
TWIN: Final = 10.0
"""Kilometres within which two records of one name are one settlement, listed twice."""
WEAK: Final = 0.5
"""Below: a name nearly the same, a kind that is not the one said."""
LOOSE: Final = 0.6
"""Below: a name that only sounds the same. It needs a named place near it, and is never certain."""
LIKELY: Final = 0.7
"""The type from which a choice can be certain: not a village where a city is said."""
NEAR: Final = 2 / 3
"""The distance from which a small place is near: fifty kilometres from another that is named."""
KNOWN: Final = 0.5
"""The size from which a place is known by its mere name: about a thousand inhabitants."""


ROUNDS: Final = 3
"""How often the places of an article are asked about each other: more has changed nothing."""
PART: Final = 4
"""A country in which one place of so many lies is one of the article's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a name may mean, with its features and what they weigh together."""

    record: Record
    features: tuple[Feature, ...]
    score: float

    def value(self, feature: str) -> float:
        """The value of one of its features."""
        return next(found.value for found in self.features if found.name == feature)


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates for a name, best first, and the one to propose, if any."""

    name: str
    candidates: tuple[Candidate, ...]
    chosen: Record | None
    certain: bool
    because: str


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """A name, without the words for its kind, and the records that it may mean."""

    name: str
    said: str | None
    found: list[tuple[Record, tuple[Feature, ...]]]

    def among(self, context: Context) -> Choice:
        """The choice among the records in a context."""
        known = replace(context, hint=self.said) if self.said else context
        candidates = [
            Candidate(record, all_of, weigh(all_of))
            for record, own in self.found
            for all_of in [features(record, own, known)]
        ]
        candidates.sort(key=lambda candidate: (-candidate.score, candidate.record.id))
        return _decided(self.name, tuple(candidates), known)


def _look_up(gazetteer: Gazetteer, name: str) -> _LookedUp:
    bare, said = split_kind(name)
    found = [(record, 100.0) for record in gazetteer.folded(bare)] or gazetteer.near(bare)
    return _LookedUp(name, said, [(r, name_features(bare, r, like)) for r, like in found])


def choose(gazetteer: Gazetteer, name: str, context: Context | None = None) -> Choice:
    """What a name means; `chosen` is None where no record fits what is known beside it.

    Words in the name that say its kind ("Aven province") count as the hint. Names that are nearly
    the same are looked at only where no record has the name itself, and are never certain.
    """
    return _look_up(gazetteer, name).among(context or Context())


def choose_together(
    gazetteer: Gazetteer, asked: Sequence[tuple[str, str | None]], countries: tuple[str, ...] = ()
) -> list[Choice]:
    """The choices for all names of an article, with the kind said of each: each helps the others.

    What is certain by itself is the context of all, and so again until nothing more is. Where no
    countries are given, they are those named, and those where a good part of the places lie.
    """
    named = {name: _look_up(gazetteer, name) for name, _ in asked}
    context = Context(countries=countries)
    choices = [named[name].among(replace(context, hint=hint)) for name, hint in asked]
    for _ in range(ROUNDS):
        sure = tuple({c.chosen.id: c.chosen for c in choices if c.chosen and c.certain}.values())
        if sure == context.others:
            break
        context = Context(None, sure, countries or _countries(sure))
        choices = [named[name].among(replace(context, hint=hint)) for name, hint in asked]
    return choices


def _countries(records: Sequence[Record]) -> tuple[str, ...]:
    named = {record.country for record in records if record.type == "country"}
    counted = Counter(record.country for record in records)
    return tuple(
        sorted(c for c, count in counted.items() if c in named or count * PART >= len(records))
    )


def _decided(name: str, candidates: tuple[Candidate, ...], context: Context) -> Choice:
    fitting = [candidate for candidate in candidates if not _objection(candidate)]
    if not fitting:
        why = _objection(candidates[0]) if candidates else "no record has such a name"
        return Choice(name, candidates, None, certain=False, because=why)
    first = fitting[0]
    rivals = [c for c in candidates if c is not first and not _same_place(first, c)]
    rival = next((c for c in rivals if _rivals(c, first, context)), None)
    said = first.value("type") >= LIKELY or not context.hint
    bare = not context.hint and _is_named_after(first.record)
    certain = rival is None and first.value("label") > LOOSE and said and not bare
    names = "; ".join(feature.because for feature in first.features)
    if rival:
        names += f"; but {rival.record.id}, a {rival.record.type}, may be meant"
    elif bare:
        names += f"; but no word says that the {first.record.type} is meant"
    rest = (candidate for candidate in candidates if candidate is not first)
    return Choice(name, (first, *rest), first.record, certain, names)


def _rivals(other: Candidate, first: Candidate, context: Context) -> bool:
    """Whether another place is nearly as likely.

    So is a governorate that shares its city's name where no kind is said, and what has the name as
    its own where the first has it as one of several.
    """
    ahead = first.score - other.score
    if ahead < CLEAR:
        return True
    own = other.value("label") > WEAK and other.value("agreement") > WEAK
    if not context.hint and own and "governorate" in (first.record.type, other.record.type):
        return True
    better = other.value("label") > first.value("label") and other.value("type") > WEAK / 2
    return own and better and ahead < 2 * CLEAR


def _is_named_after(record: Record) -> bool:
    """Whether a place mostly has its name from another, which no gazetteer need list.

    Nineveh is the ruins, too, Diyala the river: only a word for its kind tells a governorate.
    """
    return record.type in WIDE and record.type != "country"


def _objection(candidate: Candidate) -> str:
    """Why a candidate is not to be proposed; empty where nothing speaks against it."""
    if candidate.value("type") < 0.2 or (candidate.record.current is False):
        return f"{candidate.record.id} is {candidate.features[1].because}"
    if candidate.value("label") < WEAK:
        return f"{candidate.record.id} has only {candidate.features[0].because}"
    if candidate.score < ENOUGH:
        return f"{candidate.record.id} has too little for it"
    near = candidate.value("distance") > NEAR
    if candidate.value("label") < LOOSE and not near:
        return f"{candidate.record.id} is {candidate.features[0].because}, and nothing is near it"
    if candidate.value("size") < KNOWN and not near and candidate.value("parent") <= WEAK:
        return f"{candidate.record.id} is a small place, and nothing else named is near it"
    return ""


def _same_place(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are one settlement listed twice, or it and the district around it."""
    first, second = one.record, other.record
    if second.type == "district" and first.type in SETTLEMENTS:
        return second.id in first.parents
    near = kilometres(first.point, second.point) <= TWIN
    return near and {first.type, second.type} <= {*SETTLEMENTS, "area"}
