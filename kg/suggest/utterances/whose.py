"""Which actors the speakers' words name, and to whom something was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.suggest.found import By, Named, Utterance
from kg.suggest.reading import Reading
from kg.text import Span

PERSONS: Final = frozenset(
    {"official", "military-officer", "expert", "journalist", "leader", "spokesperson"}
    | {"private-person"}
)
"""The actor types of one person (ontology/schemes.ttl): whom "he" and "she" can mean."""
_ONE: Final = frozenset({"he", "she"})
_MANY: Final = frozenset({"they", "it"})
_FAR: Final = 1500
_TELLING: Final = re.compile(r"(?:t(?:old|ells?|elling)|inform(?:ed|s|ing)?|assured?|reminded)$")
_HEARER: Final = 30


def name_speakers(
    reading: Reading, utterances: Iterable[Utterance], names: list[Named]
) -> Iterator[Utterance]:
    """Each utterance with the actors that its words name.

    A pronoun stands for the last speaker that suits it, else for the last such actor before it.
    """
    actors = sorted((n for n in names if n.kind == "actor"), key=lambda n: n.span)
    spoke: list[Named] = []
    for utterance in utterances:
        named, why = _named(reading, utterance.speaker, actors, spoke)
        spoke = [*spoke[-3:], named] if named is not None else spoke
        by = By(utterance.by.rule, utterance.by.because + why)
        yield replace(
            utterance, named=named, said_to=_said_to(reading, utterance.cue, actors), by=by
        )


def _named(
    reading: Reading, speaker: Span | None, actors: list[Named], spoke: list[Named]
) -> tuple[Named | None, str]:
    """The actor that the words for a speaker mean, and why where they do not name it."""
    if speaker is None:
        return None, ""
    low, high = speaker
    inside = [n for n in actors if low < n.span[1] and n.span[0] < high]
    if inside:
        return max(inside, key=lambda n: n.span[1] - n.span[0]), ""
    words = reading.words(speaker)
    before = [n for n in actors if n.span[1] <= speaker[0] and speaker[0] - n.span[1] < _FAR]
    near = [n for n in spoke if speaker[0] - n.span[1] < _FAR]
    suitable = [n for n in [*before, *near] if _suits(words.lower(), n)]
    if not suitable:
        return None, ""
    return suitable[-1], f"; “{words}” taken for “{reading.words(suitable[-1].span)}” before it"


def _suits(pronoun: str, actor: Named) -> bool:
    """Whether a pronoun can stand for an actor; one of unknown type suits either."""
    if pronoun in _ONE:
        return actor.type is None or actor.type in PERSONS
    return pronoun in _MANY and actor.type not in PERSONS


def _said_to(reading: Reading, cue: Span | None, actors: list[Named]) -> Named | None:
    """Whom a speaker told, where a name follows the cue at once."""
    if cue is None or not _TELLING.match(reading.words(cue)):
        return None
    after = (n for n in actors if cue[1] <= n.span[0] < cue[1] + _HEARER)
    hearer = next(after, None)
    between = reading.text[cue[1] : hearer.span[0]] if hearer else ""
    return hearer if not re.search(r"[,.;:\"“”]|\bthat\b", between) else None
