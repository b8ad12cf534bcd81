"""Statements of control from the verbs and nouns of a parsed paragraph, by the frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.suggest.control import clauses
from kg.suggest.control.frames import PLACE_ROLES, Frame, kinds, lexicon, manner
from kg.suggest.control.phrases import Phrase, Scene
from kg.suggest.control.standing import Standing, standing
from kg.suggest.found import By, Filled, Statement
from kg.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Slots = dict[str, list["Token"]]
_INSIDE: Final = ("prt", "advmod", "dobj", "prep", "pobj", "acomp", "attr", "nsubjpass", "agent", "dep", "oprd")


_SOME_PART: Final = {"part", "parts", "areas", "pockets", "some", "several", "swathes", "territory", "quarters", "sections", "portions"}


@dataclass(frozen=True, slots=True)
class Told:
    """A statement and the token that tells it."""

    token: Token
    statement: Statement


@dataclass(frozen=True, slots=True)
class _Match:
    frame: Frame
    token: Token
    words: tuple[Token, ...]


def find(doc: Doc, scene: Scene) -> Iterator[Told]:
    """The statements that a paragraph's verbs and nouns tell, in the order of their words."""
    verbs = [t for t in doc if t.pos_ in ("VERB", "AUX") or t.tag_ == "VBN"]
    told: list[Told] = []
    used: set[int] = set()
    for token in (*verbs, *(t for t in doc if t.pos_ in ("NOUN", "PROPN"))):
        if token.i in used:
            continue
        matches = _verb_matches(token) if token in verbs else _noun_matches(token)
        for match in matches:
            statement = _state(match, scene)
            if statement is not None:
                used |= {t.i for t in match.words}
                told.append(Told(token, statement))
                break
    yield from sorted(told, key=lambda t: t.token.i)


def _verb_matches(verb: Token) -> Iterator[_Match]:
    for rest, frame in lexicon().verbs.get(lexicon().verb(verb.lemma_.lower()), ()):
        words = _follow(verb, rest)
        if words is not None and not _barred(verb, frame):
            yield _Match(frame, verb, (verb, *words))


def _noun_matches(noun: Token) -> Iterator[_Match]:
    title = noun.pos_ == "PROPN" and noun.ent_type_
    if noun.pos_ in ("NOUN", "PROPN") and noun.dep_ != "compound" and not title:
        for frame in lexicon().nouns.get(noun.lemma_.lower(), ()):
            yield _Match(frame, noun, (noun,))


def _follow(verb: Token, rest: tuple[str, ...]) -> tuple[Token, ...] | None:
    """The words of a phrase below its verb, one after another; None where one is missing."""
    found: list[Token] = []
    for word in rest:
        below = (c for t in (verb, *found) for c in t.children if c.dep_ in _INSIDE)
        hit = next((c for c in below if word in (c.lemma_.lower(), c.lower_) and c not in found), None)
        if hit is None:
            return None
        found.append(hit)
    return tuple(found)


def _barred(verb: Token, frame: Frame) -> bool:
    """Whether a verb's form or company gives it another sense: "fell to" is no mere fall."""
    if frame.finite and (verb.dep_ in ("acl", "amod") or verb.tag_ == "VBG"):
        return True
    if frame.intransitive and clauses.objects(verb) and not any(c.lemma_ in ("advance", "gain", "progress", "ground", "inroad") for c in clauses.objects(verb)):
        return True
    return any(c.lower_ in frame.without for c in verb.children if c.dep_ in ("prep", "agent", "prt"))


def _state(match: _Match, scene: Scene) -> Statement | None:
    """The statement of a match, None where what it needs is missing or of the wrong kind."""
    slots = _slots(match)
    frame = match.frame
    if not _fitting(match, slots, scene):
        return None
    filled = _fill(match, slots, scene)
    if filled is None:
        return None
    roles, extent = filled
    present = {f.role for f in roles}
    if not set(frame.needs) <= present or frame.some and not present & set(frame.some):
        return None
    stands = standing(match.token, state=frame.degree is not None)
    return stands and _statement(match, roles, extent, stands, scene)


def _statement(match: _Match, roles: list[Filled], extent: Span | None, stands: Standing, scene: Scene) -> Statement:
    frame, words = match.frame, sorted(match.words, key=lambda t: t.i)
    return Statement(
        span=_span(match, roles, scene),
        by=By(f"control.{frame.rule}", _because(words, stands)),
        type=frame.type,
        degree=_degree(match, extent, scene),
        roles=tuple(roles),
        mode=frame.mode or manner_of(match.token, frame.type),
        extent=extent,
        polarity=stands.polarity,
        completion=stands.completion,
        factuality=stands.factuality,
        certainty=stands.certainty,
    )


def manner_of(token: Token, type_: str | None) -> str | None:
    """How a place was taken, as far as the verb itself says."""
    forced = lexicon().verb(token.lemma_.lower()) in manner()["forceful"]
    return "by-force" if forced and type_ in ("capture", "loss-of-control") else None


def _because(words: list[Token], stands: Standing) -> str:
    said = f"'{' … '.join(t.lower_ for t in words)}'"
    return f"{said}, with '{stands.word}' above or beside it" if stands.word else said


def _degree(match: _Match, extent: Span | None, scene: Scene) -> str | None:
    """The degree of a state; a hedge weakens "controls", an untold part makes it partial."""
    if match.frame.degree != "full":
        return match.frame.degree
    hedges = {c.lower_ for c in match.token.children if c.dep_ == "advmod"}
    if hedges & {"effectively", "virtually", "practically", "facto"}:
        return "dominant"
    told = extent is None or _tells_size(scene, extent)
    return "full" if told else "partial"


def _tells_size(scene: Scene, extent: Span) -> bool:
    """Whether the words for a part say how large it is: "most of", not "parts of"."""
    words = scene.words(extent)
    return not words & _SOME_PART


def _span(match: _Match, roles: list[Filled], scene: Scene) -> Span:
    """From the predicate to the place, or the other way round, whichever comes first."""
    first, last = min(match.words, key=lambda t: t.i), max(match.words, key=lambda t: t.i)
    start, end = scene.span(first, last)
    near = [f.words for f in roles if f.role in PLACE_ROLES][:1]
    sentence = scene.span(match.token.sent[0], match.token.sent[-1])
    for low, high in near:
        if sentence[0] <= low and high <= sentence[1]:
            start, end = min(start, low), max(end, high)
    return start, end


# --- slots -----------------------------------------------------------------------------------


def _slots(match: _Match) -> Slots:
    """The noun of each slot of a match."""
    slots: Slots = {}
    token, inner = match.token, match.words[1:]
    if token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN":
        _verb_slots(token, inner, slots)
    heads = [t for t in match.words if t.pos_ in ("NOUN", "PROPN")]
    for noun in heads:
        slots.setdefault("possessor", []).extend(clauses.possessors(noun))
        if noun.dep_ == "pobj" and noun.head.lower_ in ("of", "under", "in"):
            slots.setdefault("above", []).append(noun.head.head)
    for base in (*match.words, *(o for o in slots.get("object", ()))):
        for word, noun in clauses.phrases(base):
            if noun not in match.words and not (base in slots.get("object", ()) and word != "from"):
                slots.setdefault(word, []).append(noun)
    return slots


def _verb_slots(verb: Token, inner: tuple[Token, ...], slots: Slots) -> None:
    above = clauses.subject(verb)
    if verb.dep_ == "amod" and verb.tag_ == "VBN":
        slots["subject"], slots["object"] = clauses.beside_participle(verb), [verb.head]
    elif clauses.is_passive(verb):
        by = [noun for word, noun in clauses.phrases(verb) if word == "by"]
        slots["subject"] = by
        slots["object"] = [above] if above is not None and above not in inner else []
        slots["object"] += [o for o in clauses.objects(verb) if o not in inner and o != above]
    else:
        slots["subject"] = [above] if above is not None else []
        slots["object"] = [o for o in clauses.objects(verb) if o not in inner]


def _fill(match: _Match, slots: Slots, scene: Scene) -> tuple[list[Filled], Span | None] | None:
    """Each slot's noun in the first role that it can fill; None where the object can fill none."""
    frame = match.frame
    roles: list[Filled] = []
    extent: Span | None = None
    for slot, wanted in frame.slots.items():
        free = _free(slot, wanted, roles)
        for noun in slots.get(slot, ()):
            found = _role(noun, free, match, scene)
            if found is None and slot in ("subject", "object") and not frame.loose:
                return None
            for phrase in found[1] if found else ():
                roles.append(Filled(found[0], phrase.words, phrase.named))  # type: ignore[index]
                extent = extent or (phrase.extent if found and found[0] in PLACE_ROLES else None)
    return roles, extent


def _free(slot: str, wanted: tuple[str, ...], roles: list[Filled]) -> tuple[str, ...]:
    """The roles that a slot can still fill: a place once, a possessor only who is not told by "by"."""
    taken = {f.role for f in roles}
    barred = taken if slot == "possessor" else taken & set(PLACE_ROLES)
    return tuple(role for role in wanted if role not in barred)


def _role(
    noun: Token, wanted: tuple[str, ...], match: _Match, scene: Scene
) -> tuple[str, list[Phrase]] | None:
    """The first role that a noun can fill, and its phrases in it."""
    for role in wanted:
        alone = match.token.dep_ == "amod"
        places = role in PLACE_ROLES
        found = scene.places(noun, alone=alone) if places else scene.actors(noun)
        if places and not _sure_place(found, noun, match, wanted):
            continue
        if found:
            return role, found
    return None


def _sure_place(
    found: list[Phrase], noun: Token, match: _Match, wanted: tuple[str, ...]
) -> bool:
    """Whether a phrase is place enough for what is told of it."""
    if not found or match.frame.territorial or found[0].certain:
        return bool(found)
    if noun.ent_type_ == "PERSON" and len(match.words) == 1:
        return False
    return len(wanted) == 1 and (len(match.words) > 1 or not match.frame.weak)


def _fitting(match: _Match, slots: Slots, scene: Scene) -> bool:
    """Whether those that must be armed are, and a weak word is not about a vote."""
    frame = match.frame
    for slot in frame.armed:
        if slots.get(slot) and not any(_armed(noun, scene, strict=frame.strict) for noun in slots[slot]):
            return False
    if frame.weak:
        if slots.get("subject") and not all(_armed(noun, scene) for noun in slots["subject"]):
            return False
        if any(t.lemma_.lower() in kinds().elections for t in match.token.sent):
            return False
    return True


def _armed(noun: Token, scene: Scene, *, strict: bool = False) -> bool:
    """Whether a noun is somebody who can hold a place: armed, a named actor, a government."""
    found = scene.actors(noun)
    if not found:
        return False
    who = found[0]
    if strict and who.named is None and (who.head in kinds().groups or noun.ent_type_ == "GPE"):
        return False
    return who.named is not None or who.head in kinds().armed or who.head in kinds().groups or who.head in ("we", "they") or (who.certain and who.head != "person")
