"""People of whom a sentence tells that they were killed or fled: armed or not, named or counted."""

from __future__ import annotations

from typing import Final

from kg.suggest.control.clauses import antecedent, joined
from kg.suggest.control.frames import any_kind, kinds
from kg.suggest.control.scene import Phrase, Scene, of_what
from kg.suggest.tokens import Token

_COUNTED: Final = ("NUM", "NOUN")


def people(scene: Scene, head: Token) -> list[Phrase]:
    """The people that a noun and those joined to it name, in one phrase; none if it names none."""
    found = [one for one in joined(antecedent(head)) if _are_people(one)]
    if not found:
        return []
    span = scene.own(found[0])[0], scene.own(found[-1])[1]
    return [Phrase(span, head=found[0].lemma_.lower())]


def sites(scene: Scene, head: Token) -> list[Phrase]:
    """The buildings and things that a noun and those joined to it name: "two abbeys"."""
    found = (one for one in joined(antecedent(head)) if _is_site(one))
    return [Phrase(scene.own(one), head=one.lemma_.lower()) for one in found]


def _is_site(noun: Token) -> bool:
    return _counted(noun).lemma_.lower() in kinds().sites


def is_of(noun: Token, kind: str) -> bool:
    """Whether a noun, or what it counts, stands in a list of kinds.toml."""
    one = _counted(antecedent(noun))
    if kind == "routes" and any(c.lower_ in kinds().wires for c in one.lefts):
        return False
    return one.lemma_.lower() in kinds().among(kind)


def is_counted(noun: Token) -> bool:
    """Whether people are given as a number and no more: "at least 17 people"."""
    one = antecedent(noun)
    known = one.lemma_.lower() in any_kind("victims", "quantities")
    return one.pos_ == "NUM" or (any(c.dep_ == "nummod" for c in one.children) and not known)


def is_civil(noun: Token) -> bool:
    """Whether a noun names people who bear no arms: "families", "thousands of Holmers"."""
    one = _counted(antecedent(noun))
    if one.lemma_.lower() in any_kind("armed", "groups", "officials"):
        return False
    bare = one.pos_ == "NUM" and one.ent_type_ in ("CARDINAL", "")
    return bare or one.lemma_.lower() in any_kind("civilians", "victims") or _is_people(one)


def _are_people(noun: Token) -> bool:
    one = _counted(noun)
    known = any_kind("civilians", "victims", "armed")
    counted = one.pos_ == "NUM" and one.ent_type_ in ("CARDINAL", "")
    return counted or one.lemma_.lower() in known or _is_people(one)


def _is_people(noun: Token) -> bool:
    """Whether a noun is a people's own name in the plural: "Holmers"."""
    return noun.ent_type_ == "NORP" and noun.tag_ in ("NNS", "NNPS")


def _counted(noun: Token) -> Token:
    """Who is counted: of "dozens of families" the families."""
    amount = noun.lemma_.lower() in kinds().quantities or noun.pos_ == "NUM"
    inner = of_what(noun) if amount else None
    return inner if inner is not None else noun
