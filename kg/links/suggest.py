"""The candidates for an actor or place, best first, and which to propose: often none. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.gazetteer.features import Feature, weigh
from kg.links.candidate import Candidate, Subject
from kg.links.features import NOTHING, WEIGHTS, features
from kg.links.source import Source
from kg.links.table import Row

ENOUGH: Final = 0.6
"""The score from which a candidate is worth proposing."""
CLEAR: Final = 0.08
"""How far the first must be ahead of the next."""
FAR: Final = 0.04
"""The distance, as a feature, from which two points are not the same town's: about 50 km."""
MOST: Final = 8
"""Candidates shown of one subject."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features and what they weigh together."""

    candidate: Candidate
    features: tuple[Feature, ...]
    score: float

    def value(self, feature: str) -> float:
        """The value of one of its features."""
        return next(found.value for found in self.features if found.name == feature)

    def why(self, feature: str) -> str:
        """What one of its features rests on."""
        return next(found.because for found in self.features if found.name == feature)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The candidates for one subject, best first, and the one to propose, if any."""

    subject: Subject
    scored: tuple[Scored, ...]
    chosen: Candidate | None
    because: str


def suggest(subject: Subject, sources: Sequence[Source]) -> Suggestion:
    """What some sources have for a subject; `chosen` is None where nothing is clear enough."""
    found = _merged(
        one
        for source in sources
        for name in subject.names
        for one in source.search(name, subject.type)
    )
    scored = [
        Scored(one, has, weigh(has, WEIGHTS)) for one in found for has in [features(subject, one)]
    ]
    scored.sort(key=lambda one: (-one.score, one.candidate.id))
    best = {one.candidate.id: one for one in reversed(scored)}
    return _decided(subject, tuple(one for one in scored if best[one.candidate.id] is one)[:MOST])


def open_subjects(rows: Iterable[Row], subjects: Iterable[Subject]) -> list[Subject]:
    """Those of whom no judgement says which record is the same, or that none is."""
    settled = {row.subject for row in rows if row.settles}
    return [one for one in subjects if one.id not in settled]


def without(suggestion: Suggestion, judged: Collection[str]) -> Suggestion:
    """A suggestion without the candidates that were judged before."""
    left = tuple(one for one in suggestion.scored if one.candidate.id not in judged)
    return _decided(suggestion.subject, left)


def judged_of(rows: Iterable[Row], subject: Subject) -> frozenset[str]:
    """The records that were judged of a subject."""
    return frozenset(row.object for row in rows if row.subject == subject.id)


def _merged(found: Iterable[Candidate]) -> list[Candidate]:
    """Each record once, with what all sources say of it.

    An id that a source gives to a city and to its governorate stays two: each is weighed.
    """
    merged: dict[tuple[str, str], Candidate] = {}
    for one in found:
        typed = [known for known in merged.values() if known.id == one.id and known.type]
        kind = one.type or next((known.type for known in typed), "")
        known = merged.pop((one.id, ""), None) or merged.get((one.id, kind))
        merged[one.id, kind] = _both(known, one) if known and known != one else one
    return list(merged.values())


def _both(one: Candidate, other: Candidate) -> Candidate:
    return replace(
        one,
        names=_union(one.names, other.names),
        type=one.type or other.type,
        says=one.says or other.says,
        point=one.point or other.point,
        within=_union(one.within, other.within),
        also=_union(one.also, other.also),
        sources=_union(one.sources, other.sources),
        carried=one.carried and other.carried,
        gone=one.gone or other.gone,
    )


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*one, *other]))


def _decided(subject: Subject, scored: tuple[Scored, ...]) -> Suggestion:
    fitting = [one for one in scored if not _objection(one)]
    if not fitting:
        because = "no record has such a name"
        if scored:
            because = f"{scored[0].candidate.id}: {_objection(scored[0])}"
        return Suggestion(subject, scored, None, because)
    first = fitting[0]
    rival = next((one for one in fitting[1:] if first.score - one.score < CLEAR), None)
    if rival:
        because = f"{first.candidate.id} and {rival.candidate.id} are nearly as likely"
        return Suggestion(subject, scored, None, because)
    because = "; ".join(feature.because for feature in first.features)
    return Suggestion(subject, scored, first.candidate, because)


def _objection(scored: Scored) -> str:
    """Why a candidate is not to be proposed; empty where nothing speaks against it."""
    against = [scored.value(name) == 0 for name in ("type", "parent", "second")]
    alone = scored.candidate.carried and scored.value("second") < NOTHING
    objections = (
        (scored.candidate.gone, "its source says that it is no more"),
        (alone, f"{', '.join(scored.candidate.sources)} alone carries it"),
        *zip(against, map(scored.why, ("type", "parent", "second")), strict=True),
        (scored.value("distance") < FAR, scored.why("distance")),
        (scored.value("label") <= NOTHING, "only a name that is nearly the same"),
        (scored.score < ENOUGH, f"too little speaks for it ({scored.score:.2f})"),
    )
    return next((because for holds, because in objections if holds), "")
