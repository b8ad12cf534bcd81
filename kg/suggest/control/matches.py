"""Where the words of a frame stand: its verb with all that goes with it, or its noun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.suggest.control.clauses import objects
from kg.suggest.control.frames import Frame, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE: Final = frozenset(
    (
        *("prt", "advmod", "dobj", "prep", "pobj", "acomp", "attr", "nsubjpass", "agent"),
        *("dep", "oprd"),
    )
)
_GAINS: Final = ("advance", "gain", "progress", "ground", "inroad")


@dataclass(frozen=True, slots=True)
class Match:
    """A frame, the token that tells it, and all its words, that token first."""

    frame: Frame
    token: Token
    words: tuple[Token, ...]


def is_verb(token: Token) -> bool:
    """Whether a token can be a frame's verb."""
    return token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN"


def matches(token: Token) -> Iterator[Match]:
    """The frames of which a token is the verb or noun, those with more words first."""
    if is_verb(token):
        lemma = lexicon().verb(token.lemma_.lower())
        for rest, frame in lexicon().verbs.get(lemma, ()):
            words = _follow(token, rest)
            if words is not None and not _barred(token, frame):
                yield Match(frame, token, (token, *words))
    elif not _is_title(token):
        for frame in lexicon().nouns.get(token.lemma_.lower(), ()):
            yield Match(frame, token, (token,))


def _is_title(noun: Token) -> bool:
    """Whether a noun is part of a name: "Office of Foreign Assets Control"."""
    return noun.dep_ == "compound" or (noun.pos_ == "PROPN" and bool(noun.ent_type_))


def _follow(verb: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """The words of a phrase below its verb, one after another; None where one is missing."""
    found: list[Token] = []
    for word in rest:
        below = [c for t in (verb, *found) for c in t.children if c.dep_ in _INSIDE]
        hits = (c for c in below if word in (c.lemma_.lower(), c.lower_) and c not in found)
        hit = next(hits, None)
        if hit is None:
            return None
        found.append(hit)
    return tuple(found)


def _barred(verb: Token, frame: Frame) -> bool:
    """Whether a verb's form or company gives it another sense: "fell to" is no mere fall."""
    if frame.finite and (verb.dep_ in ("acl", "amod") or verb.tag_ == "VBG"):
        return True
    moved = (o for o in objects(verb) if not o.lower_.endswith(("ward", "wards")))
    if frame.intransitive and any(o.lemma_ not in _GAINS for o in moved):
        return True
    beside = (c for c in verb.children if c.dep_ in ("prep", "agent", "prt"))
    return any(c.lower_ in frame.without for c in beside)
