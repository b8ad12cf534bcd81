"""For whom speakers and commanders stand, and whose "its planes" and "his men" are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.suggest.found import Filled, Named, Statement
from kg.suggest.meant.describing import Description, describe
from kg.suggest.meant.lexicon import load_lexicon
from kg.suggest.meant.organs import ARMIES, GOVERNING, TROOPS
from kg.suggest.meant.pronouns import NEAR, of_pronoun
from kg.suggest.meant.told import Told, identity
from kg.suggest.names.lexicon import fold
from kg.text import Span, overlaps

_PERSONS: Final = ("leader", "official", "military-officer")
_SPEAKERS: Final = (*_PERSONS, "spokesperson")
_WITHDRAWING: Final = ("control.withdraw-verb", "control.withdraw-forces")
_PERSONAL: Final = ("he", "she", "his", "her")


def speaks(told: Told, words: Span) -> bool:
    """Whether words mean whoever speaks: "we", "our units"."""
    first = told.reading.words(words).casefold().split()[:1]
    return bool(first) and first[0] in load_lexicon().speaking


def of_speaker(told: Told, statement: Statement, words: Span) -> Named | None:
    """Those for whom the speaker of a statement speaks: his body, or itself if it is one."""
    voice = statement.voice
    if voice is None:
        return None
    spans = [span for span in (voice.speaker, voice.role) if span is not None]
    named = [n for n in told.names if n.kind == "actor" and overlaps(n.span, spans)]
    speaker = voice.named or next((n for n in named if identity(n) is not None), None)
    own = identity(speaker) if speaker is not None else None
    entry = told.atlas.entries("actor").get(own or "")
    if entry is None:
        return _of_side(told, statement, spans, words)
    slug = entry.slug if entry.type in load_lexicon().any_actor else entry.part_of
    if entry.type == "government-office":
        slug = told.atlas.forces_under(entry.slug) or told.atlas.forces_under(slug) or slug
    return told.atlas.actor(slug, words) if slug is not None else None


def _of_side(told: Told, statement: Statement, spans: Sequence[Span], words: Span) -> Named | None:
    """Those of whom an unnamed speaker is by his words: "a rebel commander", "a federal source"."""
    said = {fold(word) for span in spans for word in told.reading.words(span).split()}
    lexicon = load_lexicon()
    if said & lexicon.state:
        country = told.country(statement) or told.main_country
        slug = told.atlas.forces(country) if country is not None else None
        return told.atlas.actor(slug, words) if slug is not None else None
    if said & lexicon.rebel:
        rebels = told.known("actor", ("armed-group", "coalition"))
        return told.latest(rebels, words[0]) if len({identity(n) for n in rebels}) == 1 else None
    return None


def is_personal(told: Told, words: Span) -> bool:
    """Whether a word means one person."""
    return told.reading.words(words).casefold() in _PERSONAL


def is_owned(told: Told, described: Description, words: Span) -> bool:
    """Whether words mean somebody's people: "his", "her troops", "its planes"."""
    first, *rest = told.reading.words(words).casefold().split()
    if not rest:
        return first in _PERSONAL
    own = {"side", "men", "people"}
    fights = described.head in own | {*TROOPS, *load_lexicon().fighting, *load_lexicon().flying}
    return first in (*_PERSONAL, "its", "their") and fights


def is_ones(told: Told, words: Span) -> bool:
    """Whether words are of one person's people: "his men", "her side"."""
    return told.reading.words(words).casefold().split()[0] in ("his", "her")


def of_owner(
    told: Told, described: Description, words: Span, others: set[str | None]
) -> Named | None:
    """Whose people words mean: a government's are its forces, a group's are the group."""
    first = told.reading.words(words).casefold().split()[0]
    start = (words[0], words[0] + len(first))
    owner = _of_leader(told, words) if first in _PERSONAL else None
    if first not in _PERSONAL and (pronoun := describe(told.reading, start)) is not None:
        owner = of_pronoun(told, replace(pronoun, points="pronoun", plural=False), words, others)
    if owner is None or owner.type != "government" or described.head in _PERSONAL:
        return owner
    flies = described.head in load_lexicon().flying
    own = told.atlas.forces_under(identity(owner), aloft=flies)
    return told.atlas.actor(own, words) if own is not None else owner


def _of_leader(told: Told, words: Span) -> Named | None:
    """Those whom the person named last commands."""
    leader = told.latest(told.known("actor", _SPEAKERS), words[0], NEAR)
    return commanded(told, Filled("agent", words, leader)) if leader is not None else None


def commanded(told: Told, filled: Filled) -> Named | None:
    """The body that a commander leads, for which he acts: "Colonel Varro withdrew"."""
    if filled.named is None or filled.role == "affected" or filled.named.type not in _SPEAKERS:
        return None
    entry = told.atlas.entries("actor").get(identity(filled.named) or "")
    body = entry.part_of if entry is not None else None
    return told.atlas.actor(body, filled.words) if body is not None else None


def forces_of(told: Told, statement: Statement, filled: Filled) -> Named | None:
    """The forces of a government that words are of: "Council jets", "the Council's men".

    A government that withdraws has its forces do so.
    """
    named = filled.named
    if named is None or named.type != "government":
        return None
    if statement.by.rule in _WITHDRAWING:
        own = told.atlas.forces_under(identity(named))
        return told.atlas.actor(own, filled.words) if own is not None else None
    if named.span == filled.words:
        return None
    described = describe(told.reading, filled.words)
    lexicon = load_lexicon()
    if described is None or described.head not in {*TROOPS, *ARMIES, *lexicon.flying}:
        return None
    flies = described.head in lexicon.flying
    own = told.atlas.forces_under(identity(named), aloft=flies)
    return told.atlas.actor(own, filled.words) if own is not None else None


def of_person(told: Told, statement: Statement, filled: Filled) -> Named | None:
    """The government or forces that a person's name only tells from others: "Varro's regime"."""
    if filled.named is None or filled.named.type not in _PERSONS:
        return None
    described = describe(told.reading, filled.words)
    if described is None or described.head not in (*GOVERNING, *ARMIES, *TROOPS):
        return None
    country = told.country(statement) or told.country_before(statement.span[0])
    if country is None:
        return None
    governs = described.head in GOVERNING
    own = told.atlas.government(country) if governs else told.atlas.forces(country)
    return told.atlas.actor(own, filled.words) if own is not None else None
