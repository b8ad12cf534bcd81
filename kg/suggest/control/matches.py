"""Where the words of a frame stand: its verb with all that goes with it, or its noun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.suggest.control.clauses import is_gerund, is_passive, lasts, objects, whole
from kg.suggest.control.frames import Frame, kinds, lexicon, light_verbs
from kg.suggest.control.governed import is_negated
from kg.suggest.control.scene import of_what
from kg.suggest.tokens import Token

_INSIDE: Final = frozenset(
    (
        *("prt", "advmod", "dobj", "prep", "pobj", "acomp", "attr", "nsubjpass", "agent"),
        *("dep", "oprd"),
    )
)
_AHEAD: Final = ("will", "would", "'ll", "’ll", "'d", "shall", "to")
_ALOFT: Final = frozenset(("air", "aerial", "drone", "bombing"))
_GAINS: Final = ("advance", "gain", "progress", "ground", "inroad", "headway", "territory", "way")


@dataclass(frozen=True, slots=True)
class Match:
    """A frame, the token that tells it, and all its words, that token first.

    `light` is the slot that the subject of a light verb fills.
    """

    frame: Frame
    token: Token
    words: tuple[Token, ...]
    light: str = "subject"


def is_verb(token: Token) -> bool:
    """Whether a token can be a frame's verb."""
    if is_gerund(token):
        return False
    passive = token.pos_ == "NOUN" and any(c.dep_ == "auxpass" for c in token.children)
    return token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN" or passive


def matches(token: Token) -> Iterator[Match]:
    """The frames of which a token is the verb or noun, those with more words first."""
    if token.dep_ in ("aux", "auxpass"):
        return
    if is_verb(token):
        lemma = lexicon().verb(token.lemma_.lower())
        near = _near(token)
        for rest, frame in lexicon().verbs.get(lemma, ()):
            words = _follow(token, rest) if not rest or rest[0] in near else None
            if words is not None and not _barred(token, frame, words):
                yield Match(frame, token, (token, *words))
        yield from _light(token, lemma, near)
    elif not _is_title(token):
        yield from (Match(frame, token, (token,)) for frame in _of_noun(token))


def _of_noun(noun: Token) -> Iterator[Frame]:
    """The frames of a noun: of aircraft where they are told of, else those of the ground."""
    listed = lexicon().nouns
    names = (_hyphened(noun), noun.lemma_.lower(), noun.lower_)
    frames = next((listed[name] for name in names if name in listed), ())
    airborne = any(frame.air for frame in frames) and is_airborne(noun)
    fitting = (f for f in frames if f.air == airborne and _is_told_so(f, noun))
    yield from (() if _is_bloodless(noun) else fitting)


def _is_told_so(frame: Frame, noun: Token) -> bool:
    """Whether a noun stands as its frame asks: in a picture, or as what there is none of."""
    if frame.pictured:
        return is_pictured(noun)
    is_there = any(c.dep_ == "expl" for c in noun.head.children)
    return not frame.there or (is_there and is_missing(noun) == (frame.degree == "none"))


def is_missing(noun: Token) -> bool:
    """Whether a clause says that there is none: "there is not a soldier left"."""
    negated = any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "not") for c in noun.children)
    return negated or is_negated(noun.head)


def _hyphened(noun: Token) -> str:
    """A noun with what a hyphen joins to it: "counter-attack"."""
    hyphened = noun.i > 1 and noun.nbor(-1).text in "-‑–"
    if not hyphened or noun.i < noun.sent.start + 2:
        return noun.lemma_.lower()
    return f"{noun.nbor(-2).lower_}-{noun.lemma_.lower()}"


def _is_bloodless(noun: Token) -> bool:
    """Whether a battle is none of arms: "the propaganda battle"."""
    beside = {c.lemma_.lower() for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
    return bool(beside & kinds().bloodless)


def is_pictured(noun: Token) -> bool:
    """Whether a noun is what a picture shows, or a caption that has no verb: "riders in Aven"."""
    if noun.dep_ == "ROOT":
        return noun.i < noun.sent.start + 3
    of = noun.dep_ == "pobj" and noun.head.lower_ in ("of", "showing", "with")
    return of and noun.head.head.lemma_.lower() in kinds().pictures


def is_airborne(noun: Token) -> bool:
    """Whether aircraft are told of beside a noun or in its sentence: "air strikes", "jets"."""
    beside = {c.lower_ for c in noun.children}
    return bool(beside & _ALOFT) or (noun.lemma_.lower() != "attack" and _has_aircraft(noun))


def _has_aircraft(noun: Token) -> bool:
    return any(
        t.lemma_.lower() in kinds().aircraft or t.lower_ in kinds().aircraft for t in noun.sent
    )


def _near(verb: Token) -> set[str]:
    """The words with which a phrase of a verb can go on."""
    below = [c for c in verb.children if c.dep_ in _INSIDE]
    return {c.lemma_.lower() for c in below} | {c.lower_ for c in below}


def _light(verb: Token, lemma: str, near: set[str]) -> Iterator[Match]:
    """The frames of a noun whose verb only says whose it is: "launched raids on the port"."""
    for rest, kind in light_verbs().get(lemma, ()):
        words = _follow(verb, rest) if not rest or rest[0] in near else None
        for noun in _lent(verb, words) if words is not None else ():
            frames = (f for f in _of_noun(noun) if f.light)
            yield from (Match(f, verb, (verb, noun, *(words or ())), kind) for f in frames)


def _lent(verb: Token, words: tuple[Token, ...]) -> list[Token]:
    """The nouns that a light verb governs, itself or by its preposition."""
    below = [c for t in (verb, *words) for c in t.children]
    own = [c for c in below if c.dep_ in ("dobj", "nsubjpass", "pobj")]
    about = [] if own or verb.dep_ not in ("relcl", "acl") else [verb.head]
    counted = [n for c in own if (n := of_what(c)) is not None and whole(n) == c]
    return [c for c in (*own, *about, *counted) if c.pos_ == "NOUN"]


def _is_title(noun: Token) -> bool:
    """Whether a noun is part of a name: "Office of Foreign Assets Control"."""
    return noun.dep_ == "compound" or (noun.pos_ == "PROPN" and bool(noun.ent_type_))


def _follow(verb: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """The words of a phrase below its verb, one after another; None where one is missing."""
    if rest == ("on",) and verb.lemma_.lower() == "take" and _has_object(verb):
        return None
    found: list[Token] = []
    for word in rest:
        below = [c for t in (verb, *found) for c in t.children if c.dep_ in _INSIDE]
        below = [c for c in below if c.dep_ != "prep" or not _of_time(c)]
        hits = (c for c in below if word in (c.lemma_.lower(), c.lower_) and c not in found)
        hit = next(hits, None)
        if hit is None:
            return None
        found.append(hit)
    return tuple(found)


def _barred(verb: Token, frame: Frame, words: tuple[Token, ...]) -> bool:
    """Whether a verb's form or company gives it another sense: "fell to" is no mere fall."""
    beside_noun = verb.dep_ in ("acl", "amod")
    if (frame.finite and (beside_noun or verb.tag_ == "VBG")) or (
        frame.sites and verb.dep_ == "amod"
    ):
        return True
    if (frame.ahead and not _is_to_come(verb)) or (frame.definite and not _has_object(verb)):
        return True
    if frame.passive and (verb.dep_ == "amod" or not is_passive(verb)):
        return True
    if frame.once and (lasts(verb) or verb.tag_ in ("VBZ", "VBP")):
        return True
    if frame.intransitive and (is_passive(verb) or _moves_something(verb)):
        return True
    beside = (c for c in verb.children if c.dep_ in ("prep", "agent", "prt") and not _of_time(c))
    return any(c.lower_ in frame.without for c in beside if c not in words)


def _is_to_come(verb: Token) -> bool:
    """Whether a verb can tell what is to come: "will be", "vowed to be"."""
    return any(c.dep_ == "aux" and c.lower_ in _AHEAD for c in verb.children)


def _has_object(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)


def _moves_something(verb: Token) -> bool:
    """Whether a verb has an object, other than what its own phrases have: "gained ground"."""
    moved = (o for o in objects(verb) if not o.lower_.endswith(("ward", "wards")))
    own = (o for o in moved if o.head.dep_ != "conj" or o.head.head != verb)
    return any(o.lemma_ not in _GAINS for o in own)


def _of_time(word: Token) -> bool:
    """Whether a preposition only tells when: "in October"."""
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in word.children)
