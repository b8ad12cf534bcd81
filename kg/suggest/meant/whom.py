"""Whom words without a name mean: "it", "the group", "regime forces", "the militants"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.suggest.found import Filled, Named, Statement
from kg.suggest.meant.called import called_alike, shortened
from kg.suggest.meant.describing import Description, describe
from kg.suggest.meant.labels import listed
from kg.suggest.meant.lexicon import load_lexicon, singular
from kg.suggest.meant.organs import is_of_state, organ
from kg.suggest.meant.pronouns import of_pronoun, only_leads
from kg.suggest.meant.told import Told, identity, is_attribute
from kg.suggest.meant.whose import is_ones, is_owned, is_personal, of_owner, of_speaker, speaks
from kg.suggest.names.lexicon import fold
from kg.text import Span

_APPOSED: Final = re.compile(
    r"(?:\s+(?:for|of|in|from)\s[^,.;:]*)?,\s+the\s+(?:[\w-]+-(?:led|linked|backed|allied)\s+)?"
)
_LED: Final = re.compile(r"-led\b")
_CREEDS: Final = frozenset(
    ("sunni", "shia", "shiite", "shi'ite", "muslim", "islamic", "christian", "alawite")
)


def whom(told: Told, statement: Statement, filled: Filled) -> Named | None:
    """The actor that the words of a role mean, or None where nothing says it."""
    pronoun = filled.named is not None and filled.named.by.rule == "control.pronoun"
    if pronoun and filled.named is not None and not is_personal(told, filled.words):
        plain = replace(filled, words=filled.named.span, named=None)
        return whom(told, statement, plain) or whom(told, statement, replace(filled, named=None))
    described = describe(told.reading, filled.words)
    if described is None:
        return None
    if described.head in load_lexicon().rebel and is_attribute(told.reading, filled.words):
        described = replace(described, points="definite", plural=True)
    if speaks(told, filled.words):
        return of_speaker(told, statement, filled.words)
    others = {identity(f.named) for f in statement.roles if f is not filled and f.named} - {None}
    if is_owned(told, described, filled.words):
        side = of_speaker(told, statement, filled.words) if is_ones(told, filled.words) else None
        return side or of_owner(told, described, filled.words, others)
    if described.points == "pronoun":
        return of_pronoun(told, described, filled.words, others)
    return _described(told, statement, described, filled.words, others)


def _described(
    told: Told,
    statement: Statement,
    described: Description,
    words: Span,
    others: set[str | None],
) -> Named | None:
    """Whom a description means: who is named beside it, is called so, or was told of before."""
    apposed = _apposed(told, words)
    if apposed is not None:
        return apposed if identity(apposed) not in others else None
    short = shortened(told, words)
    if short is not None:
        return short
    own = listed(told, described, "actor", told.places_of(statement))
    own = own or called_alike(told, words) or organ(told, statement, described)
    if own is None:
        return _back(told, described, words, others)
    return told.atlas.actor(own, words) if own not in others else None


def _apposed(told: Told, words: Span) -> Named | None:
    """Who is named right behind a description: "its rivals in the north, the Tarn Front"."""
    types = load_lexicon().any_actor
    for named in told.in_sentence(words, "actor"):
        if named.type not in types:
            continue
        between = told.reading.text[words[1] : max(words[1], named.span[0])]
        if not only_leads(told, named) and _APPOSED.fullmatch(between):
            return named
    return None


def led(told: Told, filled: Filled) -> Named | None:
    """The alliance of which words name but the leader: "Tarn-led air strikes"."""
    if filled.named is None or not _LED.match(told.reading.text, *_behind(filled)):
        return None
    leads = fold(f"{told.reading.words(filled.words)}-led")
    for slug, entry in told.atlas.entries("actor").items():
        if entry.type == "coalition" and any(fold(one).startswith(leads) for one in entry.names):
            return told.atlas.actor(slug, filled.words)
    return None


def _behind(filled: Filled) -> Span:
    """The five characters behind the words of a role."""
    return filled.words[1], filled.words[1] + 5


def _back(told: Told, described: Description, words: Span, others: set[str | None]) -> Named | None:
    """Who was named last and is of the kind; bare and strange words mean the only one of it."""
    types = _types(described)
    if not types or not _points_back(described):
        return None
    known = told.known("actor", types)
    before = [named for named in known if named.span[1] <= words[0]]
    known = before or known
    only = len({identity(named) for named in known}) == 1
    plain = _is_plain(told, described)
    if not only and not (plain and described.points == "definite"):
        return None
    if not plain and any(word not in told.reading.words(words) for word in described.untold):
        return None
    called = [*known, *told.meant("actor", types)]
    recalled = _recalled(told, _without(called, others), described.head)
    last = told.latest(recalled, words[0])
    return last or next((named for named in recalled if only), None)


def _points_back(described: Description) -> bool:
    """Whether a description can mean somebody told before, as far as its form says."""
    if described.points in ("several", "indefinite") or described.demonym:
        return False
    if described.points == "bare" and not described.plural:
        return False
    if described.head == "force" and not is_of_state(described):
        return False
    return described.rest[:1] not in (("of",), ("loyal",))


def _is_plain(told: Told, described: Description) -> bool:
    """Whether nothing before a kind tells one from another: no name, no word of its own."""
    plain = _CREEDS if _is_only(told, described) else frozenset[str]()
    return set(described.untold) <= plain | load_lexicon().state | set(described.head.split())


def _is_only(told: Told, described: Description) -> bool:
    """Whether one actor alone is of the types that a description can mean."""
    return len({identity(n) for n in told.known("actor", _types(described))}) == 1


def _types(described: Description) -> frozenset[str]:
    """The types that a description can mean, of its last two words or its last."""
    lexicon = load_lexicon()
    pair = " ".join((*described.before[-1:], described.head))
    return lexicon.types("actor", pair) or lexicon.types("actor", described.head)


def _recalled(told: Told, names: Sequence[Named], head: str) -> Sequence[Named]:
    """Those who are called so themselves, if any is: of a rebel alliance "the rebels"."""
    called = [n for n in names if head in _called(told, n)]
    return called or names


def _called(told: Told, named: Named) -> set[str]:
    entry = told.atlas.entries("actor").get(named.refers_to or "")
    labels = entry.label.values() if entry is not None else ()
    return {singular(fold(word)) for label in labels for word in label.split()}


def _without(names: Sequence[Named], others: set[str | None]) -> list[Named]:
    return [named for named in names if identity(named) not in others]
