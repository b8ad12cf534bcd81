"""What stands about a match's words, and which role of its frame each noun can fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.suggest.control import clauses
from kg.suggest.control.actors import actors, is_armed
from kg.suggest.control.frames import PLACE_ROLES, cues, kinds
from kg.suggest.control.matches import Match, is_verb
from kg.suggest.control.places import places
from kg.suggest.control.scene import Phrase, Scene
from kg.suggest.found import Filled
from kg.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Slots = dict[str, list["Token"]]
_CORE: Final = ("subject", "object")


def slots_of(match: Match) -> Slots:
    """The nouns of each slot of a match."""
    slots: Slots = {}
    if is_verb(match.token):
        slots["subject"], slots["object"] = _core(match.token, match.words[1:])
    for noun in (t for t in match.words if t.pos_ in ("NOUN", "PROPN")):
        slots.setdefault("possessor", []).extend(clauses.possessors(noun))
        if noun.dep_ == "pobj" and noun.head.lower_ in ("of", "under", "in"):
            slots.setdefault("above", []).append(noun.head.head)
    for word, noun in _prepositions(match, slots.get("object", [])):
        slots.setdefault(word, []).append(noun)
    return slots


def _core(verb: Token, inner: tuple[Token, ...]) -> tuple[list[Token], list[Token]]:
    """Who does it and what is done to, of active and passive verbs alike."""
    if verb.dep_ == "amod" and verb.tag_ == "VBN":
        return clauses.beside_participle(verb), [verb.head]
    above = clauses.subject(verb)
    effort = above is not None and above.lemma_.lower() in cues()["planned"]
    subjects = [above] if above is not None and above not in inner and not effort else []
    objects = [o for o in clauses.objects(verb) if o not in inner]
    if not clauses.is_passive(verb):
        return subjects, objects
    by = [noun for word, noun in clauses.phrases(verb) if word == "by"]
    return by, subjects + [o for o in objects if o not in subjects]


def _prepositions(match: Match, objects: list[Token]) -> list[tuple[str, Token]]:
    """The prepositions below a match's words, "from" below its object, all below "eastwards"."""
    found = [pair for base in match.words for pair in clauses.phrases(base)]
    for base in objects:
        onward = base.lower_.endswith(("ward", "wards"))
        found += [p for p in clauses.phrases(base) if onward or p[0] == "from"]
    return [(word, noun) for word, noun in found if noun not in match.words]


def is_fitting(match: Match, slots: Slots, scene: Scene) -> bool:
    """Whether those that must be armed are, and a weak word is not about a vote."""
    frame = match.frame
    for slot in frame.armed:
        armed = (is_armed(scene, noun, strict=frame.strict) for noun in slots.get(slot, []))
        if slots.get(slot) and not any(armed):
            return False
    if not frame.weak:
        return True
    if not all(is_armed(scene, noun) for noun in slots.get("subject", [])):
        return False
    return not any(t.lemma_.lower() in kinds().elections for t in match.token.sent)


def fill(match: Match, slots: Slots, scene: Scene) -> tuple[list[Filled], Span | None] | None:
    """Each noun in the first role that it can fill, and the extent of the place.

    None where subject or object can fill none, or what the frame needs is missing.
    """
    frame, roles = match.frame, list[Filled]()
    extent: Span | None = None
    for slot, wanted in frame.slots.items():
        free = _free(slot, wanted, roles)
        for noun in slots.get(slot, ()):
            role, found = _role(noun, free, match, scene)
            if not found and slot in _CORE and not frame.loose:
                return None
            roles += [Filled(role, phrase.words, phrase.named) for phrase in found]
            extent = extent or next((p.extent for p in found if p.extent), None)
    present = {f.role for f in roles}
    enough = set(frame.needs) <= present and (not frame.some or bool(present & set(frame.some)))
    return (roles, extent) if enough else None


def _free(slot: str, wanted: tuple[str, ...], roles: list[Filled]) -> tuple[str, ...]:
    """The roles that a slot can still fill: a place once, a possessor only who is not told yet."""
    taken = {f.role for f in roles}
    barred = taken if slot == "possessor" else taken & set(PLACE_ROLES)
    return tuple(role for role in wanted if role not in barred)


def _role(
    noun: Token, wanted: tuple[str, ...], match: Match, scene: Scene
) -> tuple[str, list[Phrase]]:
    """The first role that a noun can fill, and its phrases in it; none where it fills none."""
    alone = match.token.dep_ == "amod"
    for role in wanted:
        if role not in PLACE_ROLES:
            found = actors(scene, noun)
        else:
            found = places(scene, noun, alone=alone)
            found = found if _is_sure(found, noun, match, only=len(wanted) == 1) else []
        if found:
            return role, found
    return "", []


def _is_sure(found: list[Phrase], noun: Token, match: Match, *, only: bool) -> bool:
    """Whether phrases are place enough for what is told of them."""
    if not found or match.frame.territorial or found[0].certain:
        return bool(found)
    if noun.ent_type_ == "PERSON" and len(match.words) == 1:
        return False
    return only and (len(match.words) > 1 or not match.frame.weak)
