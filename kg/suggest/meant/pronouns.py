"""Whom "it" and "they" mean: who was named or meant last, and is somebody who can act."""

from __future__ import annotations

import re
from typing import Final

from kg.suggest.found import Named
from kg.suggest.meant.called import shortened
from kg.suggest.meant.describing import Description, describe
from kg.suggest.meant.lexicon import load_lexicon
from kg.suggest.meant.organs import GOVERNING, is_of_state
from kg.suggest.meant.told import Told, identity, is_subject
from kg.text import Span

NEAR: Final = 2
"""How many sentences back a pronoun reaches."""
_LEADS: Final = re.compile(r"-(?:led|backed|allied|linked)\b")


def of_pronoun(
    told: Told, described: Description, words: Span, others: set[str | None]
) -> Named | None:
    """Who was named last near a pronoun; "they" are people in arms before they are a government."""
    types = load_lexicon().any_actor
    told_of = [*told.known("actor", types), *told.meant("actor", types), *_organs(told)]
    found = [n for n in told_of if identity(n) not in others]
    found = [named for named in found if not only_leads(told, named)]
    if described.plural:
        found = [named for named in found if named.type != "government"] or found
        found = _many_first(told, found, words)
    meant = _latest(told, found, words[0])
    return meant if meant is None or not _is_between(told, meant, words) else None


def _latest(told: Told, found: list[Named], position: int) -> Named | None:
    """Who was named last before a position, first of all as the subject of a sentence."""
    last = told.latest(found, position, NEAR)
    if last is None:
        return None
    low, high = told.reading.sentence(last.span)
    inside = [n for n in found if low <= n.span[0] < high and n.span[1] <= position]
    subjects = (n for n in inside if is_subject(told.reading, n.span))
    return min(subjects, key=lambda n: n.span, default=last)


def _many_first(told: Told, found: list[Named], words: Span) -> list[Named]:
    """Of those told in the same sentence the ones that are many: "they" are guerrillas, no army."""
    low = told.reading.sentence(words)[0]
    inside = [n for n in found if low <= n.span[0] and n.span[1] <= words[0]]
    many = [n for n in inside if told.reading.words(n.span)[-1:] == "s"]
    return many or found


def _organs(told: Told) -> list[Named]:
    """The government and forces that an article calls so, where it names one country's alone."""
    described = [n for n in told.names if n.by.rule == "names.described" and not identity(n)]
    found = []
    for named in described:
        own = describe(told.reading, named.span)
        if own is None or own.points in ("several", "indefinite"):
            continue
        slugs = (_organ(told, own, country) for country in _countries(told, named))
        if (slug := next((slug for slug in slugs if slug is not None), None)) is not None:
            found.append(told.atlas.actor(slug, named.span))
    return found


def _countries(told: Told, named: Named) -> list[str]:
    """The countries of whose state a description can be: the last told, the article's own."""
    countries = (told.country_before(named.span[0]), told.main_country)
    return [country for country in countries if country is not None]


def _organ(told: Told, described: Description, country: str) -> str | None:
    """The government or the forces of a country, whichever a description is of."""
    if described.head in GOVERNING:
        return told.atlas.government(country)
    return told.atlas.forces(country) if is_of_state(described) else None


def _is_between(told: Told, meant: Named, words: Span) -> bool:
    """Whether somebody else stands nearer, of whom nothing is known but a name."""
    strangers = (
        n
        for n in told.names
        if n.kind == "actor" and identity(n) is None and shortened(told, n.span) is None
    )
    low = told.reading.sentence(words)[0]
    unknown = (None, *load_lexicon().any_actor)
    return any(
        max(meant.span[1], low) <= n.span[0] and n.span[1] <= words[0]
        for n in strangers
        if n.type in unknown and n.by.rule != "names.described"
    )


def only_leads(told: Told, named: Named) -> bool:
    """Whether a name only says who leads or backs somebody else: "Tarn-led"."""
    return _LEADS.match(told.reading.text, named.span[1], named.span[1] + 8) is not None
