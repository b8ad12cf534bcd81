"""Who a noun is: a named actor, armed people, a group, or whom a pronoun stands for."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import Final

from kg.suggest.control.clauses import antecedent, joined, phrases, possessors
from kg.suggest.control.frames import any_kind, kinds
from kg.suggest.control.scene import Phrase, Scene, as_name, lemma_of, of_what
from kg.suggest.found import Named
from kg.suggest.tokens import Token

_GROUPS: Final = ("ORG", "NORP", "GPE")
_OTHER: Final = frozenset(
    (
        *("DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY", "LAW", "LANGUAGE"),
        *("WORK_OF_ART", "EVENT", "PERCENT"),
    )
)
_FIGHTING: Final = ("group", "faction", "commander")
"""Groups and persons that a report of fighting does not name again."""
_OURS: Final = ("we", "us", "our", "ours", "i")
_PARTS: Final = (
    "party",
    "band",
    "body",
    "detachment",
    "remnant",
    "member",
    "element",
    "ally",
    "unit",
    "fighter",
    "force",
    "loyalist",
    "partner",
)
_ADHERENTS: Final = frozenset(
    (
        *("loyalist", "supporter", "opponent", "sympathiser", "sympathizer"),
        *("rival", "enemy", "foe", "adversary"),
    )
)
"""Who is told by those that they are for or against, and is not one of them."""
_OWNED: Final = frozenset(
    (
        *("target", "vehicle", "convoy", "fighter", "tank", "gun", "battery", "mortar", "boat"),
        *("gunboat", "ship", "warship", "line", "trench", "patrol", "checkpoint", "helicopter"),
        *("jet", "plane", "aircraft", "drone", "truck", "outpost", "gunner", "sniper", "picket"),
        "engineer",
    )
)
"""What belongs to those who are struck with it, beside their name."""
_FOLLOWERS: Final = ("man", "hero", "lad", "boy", "brother", "comrade", "lion", "follower")
"""Who fights for somebody, where it is said whose they are: "our heroes"."""
_BEARING: Final = ("armed", "uniformed", "masked", "hooded", "camouflaged")
"""What men are who are no civilians."""
_BODIES: Final = ("government", "armed-group", "militia", "coalition", "state-forces")
_UNARMED: Final = (
    *("expert", "journalist", "news-outlet", "private-person", "think-tank", "monitoring-group"),
    *("company", "international-organization", "spokesperson"),
)
"""Types of actor that bear no arms, and for whom none do."""
_NO_FORCE: Final = frozenset(
    (
        *("expert", "journalist", "leader", "military-officer", "news-outlet", "official"),
        *("private-person", "spokesperson", "think-tank", "monitoring-group", "company"),
    )
)
"""Types of actor that take and hold no place."""


def actors(scene: Scene, head: Token) -> list[Phrase]:
    """Who a noun and those joined to it are, or what stands beside it; those who can act."""
    found = [_by_name_beside(scene, one) or _actor(scene, one) for one in joined(antecedent(head))]
    beside = (_actor(scene, c) for c in head.children if c.dep_ == "appos")
    return [who for who in found if who] or [who for who in beside if who]


def _by_name_beside(scene: Scene, head: Token) -> Phrase | None:
    """Who a group is that is named right behind it: "its rivals, the League"."""
    lemma = lemma_of(head)
    if lemma not in any_kind("groups", "armed") or scene.named(head, "actor"):
        return None
    beside = (c for c in head.children if c.dep_ == "appos")
    named = (scene.named(c, "actor") for c in beside)
    return next((Phrase(n.span, n, head=lemma) for n in named if n), None)


def is_armed(scene: Scene, noun: Token, *, strict: bool = False) -> bool:
    """Whether a noun is somebody who can hold a place; strictly, soldiers or a named group."""
    found = actors(scene, noun)
    if not found:
        return False
    who, known = found[0], kinds()
    unarmed = _NO_FORCE if strict else _UNARMED
    if who.named is not None:
        return who.named.type not in unarmed or who.head in known.armed | known.groups
    if who.head in known.armed or who.head in ("we", "they", "man"):
        return True
    plain = who.head in known.groups and who.head not in _FIGHTING
    if strict and (plain or noun.ent_type_ == "GPE"):
        return False
    return who.head in known.groups or (who.certain and who.head != "person")


def _actor(scene: Scene, head: Token) -> Phrase | None:
    lemma = lemma_of(head)
    stands_for = head.tag_ in ("PRP", "PRP$") or head.lower_ in ("ours", "theirs")
    if stands_for and scene.named(head, "actor") is None:
        return _before(scene, head)
    name = scene.named(head, "actor")
    if name is not None:
        meant = _of_body(scene, head) or _explained(scene, head) or name
        return Phrase(scene.own(head), meant, head=lemma)
    part = _part(scene, head, lemma) or _belongings(scene, head, lemma)
    return part or _by_kind(scene, head, lemma) or _by_form(scene, head)


def _part(scene: Scene, head: Token, lemma: str) -> Phrase | None:
    """Some of a group: "dozens of fighters", "members of the League"."""
    inner = of_what(head) if lemma in kinds().quantities or lemma in _PARTS else None
    if inner is None and lemma == "partner":
        inner = next((noun for word, noun in phrases(head) if word == "in"), None)
    whole = _actor(scene, inner) if inner is not None else None
    if whole is None:
        return None
    words = whole.words if lemma == "partner" else scene.own(head)
    return Phrase(words, whole.named, head=whole.head)


def _belongings(scene: Scene, head: Token, lemma: str) -> Phrase | None:
    """Whose targets, positions, vehicles are told: to strike "League targets" is to strike it."""
    if lemma not in _OWNED:
        return None
    name = _whose(scene, head)
    return Phrase(scene.own(head), name, head=lemma) if name is not None else None


def _by_kind(scene: Scene, head: Token, lemma: str) -> Phrase | None:
    """Armed people or a group by their noun, with the name beside it: "League fighters"."""
    follower = lemma in _FOLLOWERS and head.tag_ == "NNS"
    if not follower and lemma not in any_kind("armed", "groups", "craft"):
        return None
    whose = _whose(scene, head)
    if follower and whose is None and not any(possessors(head)):
        bears = any(c.lower_ in _BEARING for c in head.lefts)
        return Phrase(scene.own(head), head=lemma) if bears else None
    return Phrase(scene.own(head), whose, head=lemma)


def _of_body(scene: Scene, head: Token) -> Named | None:
    """Whose unnamed fighters or aircraft are: "fighters of the League", "Council warplanes"."""
    own = scene.named(head, "actor")
    if own is None or own.refers_to is not None:
        return None
    if lemma_of(head) not in any_kind("armed", "craft"):
        return None
    behind = [noun for word, noun in phrases(head) if word in ("of", "from")]
    named = (scene.named(noun, "actor") for noun in (*behind, *possessors(head)))
    return next((n for n in named if n is not None and n != own and n.type in _BODIES), None)


def _explained(scene: Scene, head: Token) -> Named | None:
    """Who a kind explains: "the League, a militia that …"."""
    own = scene.named(head, "actor")
    if head.dep_ != "appos" or own is None or own.refers_to is not None:
        return None
    return scene.named(head.head, "actor")


def _whose(scene: Scene, head: Token) -> Named | None:
    """The actor named beside armed people: "League fighters", "troops of the League"."""
    if lemma_of(head) in _ADHERENTS:
        return None
    behind = [noun for word, noun in phrases(head) if word in ("of", "from")]
    named = (scene.named(token, "actor") for token in (*possessors(head), *behind))
    inner = (_whose(scene, noun) for noun in behind if lemma_of(noun) in kinds().armed)
    return next((name for name in chain(named, inner) if name is not None), None)


def _by_form(scene: Scene, head: Token) -> Phrase | None:
    """A proper noun, or what the model takes for a group; a person is somebody, but unsure."""
    if head.ent_type_ in _OTHER or lemma_of(head) in kinds().civilians or _is_town(scene, head):
        return None
    short = head.text.isupper() and len(head) > 1
    if not short and head.pos_ != "PROPN" and head.ent_type_ not in _GROUPS:
        return None
    kind = "person" if head.ent_type_ == "PERSON" else ""
    certain = short or head.ent_type_ in _GROUPS
    return Phrase(scene.own(head), head=kind, certain=certain)


def _is_town(scene: Scene, head: Token) -> bool:
    """Whether a noun is a known place that cannot act, whatever a model takes it for."""
    name = scene.named(head, "place")
    return name is not None and name.refers_to is not None and name.type != "country"


def _before(scene: Scene, pronoun: Token) -> Phrase:
    """Whom a pronoun means: who can act and stands nearest before it, subjects first."""
    words = scene.span(pronoun, pronoun)
    if pronoun.lower_ in _OURS:
        return Phrase(words, head="we")
    starts = [t.i for t in pronoun.doc[: pronoun.i + 1] if t.is_sent_start is True]
    before = [
        token
        for token in reversed(pronoun.doc[: pronoun.i])
        if _can_be_meant(scene, token) and not _tells(token, pronoun)
    ]
    for token in sorted(before, key=lambda t: _distance(t, starts)):
        found = _actor(scene, token)
        if found is not None and found.head != "person":
            return Phrase(words, as_name(found, "actor"), head=found.head)
    return Phrase(words, head="they")


def _tells(noun: Token, pronoun: Token) -> bool:
    """Whether a noun is told by a pronoun, or by what follows it: "half of them" is not they."""
    return any(told.i >= pronoun.i or _tells(told, pronoun) for _, told in phrases(noun))


def _can_be_meant(scene: Scene, token: Token) -> bool:
    """Whether a noun can be whom "it" and "they" mean: no place, no outlet, no single person."""
    name = scene.named(token)
    if name is not None and (name.kind == "place" or name.type in _NO_FORCE):
        return False
    noun = token.pos_ in ("NOUN", "PROPN") or name is not None
    return noun and token.dep_ not in ("compound", "npadvmod")


def _distance(token: Token, starts: list[int]) -> tuple[int, bool]:
    """How far a noun is from a pronoun: its sentence first, then the one before; subjects first.

    `starts` is where the sentences begin up to the pronoun.
    """
    apart = len(starts) - bisect_right(starts, token.i)
    return apart, token.dep_ not in ("nsubj", "nsubjpass", "poss", "dobj")
