"""What speaks for a candidate being the same as an actor or place, each with its reason. Pure."""

from __future__ import annotations

from typing import Final

from kg.folding import fold
from kg.gazetteer.features import LABEL, NAME, TRANSLITERATION, Feature, kilometres
from kg.gazetteer.fold import key
from kg.gazetteer.kinds import WIDE, split_kind
from kg.links.candidate import Candidate, Subject
from kg.links.kinds import likeness

WEIGHTS: Final = {"label": 0.35, "type": 0.2, "distance": 0.15, "parent": 0.1, "second": 0.2}
"""How much each feature counts; together 1."""
NOTHING: Final = 0.5
"""The value of a feature that has nothing to go by."""
ALONE: Final = 0.4
"""What one source alone is worth."""
SHORT: Final = 3
"""Letters of an abbreviation, which many things share."""
NEAR: Final = 10.0
"""Kilometres at which two points of a settlement are as likely as not the same's."""


def features(subject: Subject, candidate: Candidate) -> tuple[Feature, ...]:
    """All features, in the order of `WEIGHTS`."""
    return (
        label(subject, candidate),
        type_(subject, candidate),
        distance(subject, candidate),
        parent(subject, candidate),
        second(subject, candidate),
    )


def label(subject: Subject, candidate: Candidate) -> Feature:
    """How like their names are: folded, in another transliteration, or by their letters."""
    ours = {fold(one): one for one in _bare(subject.names)}
    if fold(candidate.label) in ours:
        return Feature("label", LABEL, f"called {candidate.label} by both")
    for theirs in candidate.names:
        if len(ours.get(fold(theirs), "")) > SHORT:
            return Feature("label", NAME, f"both have the name {theirs}")
    keys = {key(one): one for one in ours.values() if key(one)}
    for theirs in (candidate.label, *candidate.names):
        if len(keys.get(key(theirs), "")) > SHORT:
            because = f"{theirs} and {keys[key(theirs)]} are one name, transliterated"
            return Feature("label", TRANSLITERATION, because)
    return _alike(keys, candidate)


def type_(subject: Subject, candidate: Candidate) -> Feature:
    """Whether they are one kind of thing."""
    if not candidate.type:
        said = f"it is called {candidate.says}" if candidate.says else "its source does not say"
        return Feature("type", NOTHING, f"no type of ours: {said}")
    value = likeness(subject.type, candidate.type)
    both = f"{subject.type} and {candidate.type}"
    return Feature("type", value, f"a {candidate.type}, too" if value == 1 else both)


def distance(subject: Subject, candidate: Candidate) -> Feature:
    """How near they lie: by their points, else to the places that the subject stands beside."""
    if subject.kind != "place" or candidate.point is None:
        return Feature("distance", NOTHING, "no points to compare")
    if subject.type in WIDE:
        return Feature("distance", NOTHING, f"the point of a {subject.type} says little")
    if subject.point and subject.point_from in (candidate.id, *candidate.also):
        return Feature("distance", NOTHING, "its point was taken from this record")
    if subject.point:
        far = kilometres(subject.point, candidate.point)
        return Feature("distance", 1 / (1 + (far / NEAR) ** 2), f"{far:.1f} km apart")
    if subject.near:
        far, whom = min((kilometres(at, candidate.point), who) for who, at in subject.near)
        return Feature("distance", 1 / (1 + far / 100), f"{far:.0f} km from {whom}")
    return Feature("distance", NOTHING, "its place is not known")


def parent(subject: Subject, candidate: Candidate) -> Feature:
    """Whether the record lies in what the subject is part of."""
    if not candidate.within or not subject.within:
        return Feature("parent", NOTHING, "nothing is known that it lies in")
    spaces = {one.partition(":")[0] for one in candidate.within}
    ours = [one for one in subject.within if one.partition(":")[0] in spaces]
    if not ours:
        return Feature("parent", NOTHING, "no source has both of what they lie in")
    shared = next((one for one in ours if one in candidate.within), None)
    if shared is None:
        return Feature("parent", 0.0, f"lies in {candidate.within[-1]}, not in {ours[0]}")
    return Feature("parent", 1.0 if shared == ours[0] else 0.6, f"both lie in {shared}")


def second(subject: Subject, candidate: Candidate) -> Feature:
    """Whether another source says the same."""
    spaces = {one.partition(":")[0] for one in candidate.also}
    ours = [one for one in subject.linked if one.partition(":")[0] in spaces]
    agreed = [one for one in ours if one in candidate.also]
    if ours and not agreed:
        return Feature("second", 0.0, f"{candidate.also[0]} has it, but {ours[0]} is linked")
    said = " and ".join(candidate.sources) or "nobody"
    if len(candidate.sources) > 1:
        return Feature("second", 1.0, f"{said} have it")
    if agreed and not candidate.carried:
        return Feature("second", 1.0, f"{said} has it with {agreed[0]}, which is linked")
    return Feature("second", ALONE, f"{said} alone has it")


def _bare(names: tuple[str, ...]) -> list[str]:
    """The names, and the names without the words for a kind: Aven province, Aven."""
    return list(dict.fromkeys(one for name in names for one in (name, split_kind(name)[0])))


def _alike(keys: dict[str, str], candidate: Candidate) -> Feature:
    """How like their letters are: never as much as the same name."""
    from rapidfuzz import fuzz

    pairs = [
        (fuzz.ratio(key(theirs), ours_key), theirs, ours)
        for theirs in dict.fromkeys((candidate.label, *candidate.names))
        for ours_key, ours in keys.items()
        if key(theirs)
    ]
    ratio, theirs, ours = max(pairs, default=(0.0, candidate.label, ""))
    return Feature("label", NOTHING * ratio / 100, f"{theirs} is {ratio:.0f} % like {ours}")
