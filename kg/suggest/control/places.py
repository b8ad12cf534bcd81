"""Which places a noun names: by a name, by a name beside its kind, by its kind alone."""

from __future__ import annotations

from typing import Final

from kg.suggest.control.clauses import antecedent, joined, phrases
from kg.suggest.control.frames import kinds
from kg.suggest.control.scene import Phrase, Scene, as_name, kind_of, of_what
from kg.suggest.found import Named
from kg.suggest.tokens import Token
from kg.text import Span

_PLACES: Final = ("GPE", "LOC", "FAC")
_AMOUNTS: Final = ("DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY")
_OTHER: Final = (*_AMOUNTS, "LAW", "LANGUAGE", "NORP", "WORK_OF_ART")
_PRONOUNS: Final = ("it", "them", "they", "its")
_SUBJECTS: Final = ("nsubj", "nsubjpass")
_POINTING: Final = ("here", "there")
_HELD: Final = ("garrison", "base", "post")
_BESIDE: Final = ("along", "on", "from", "between")
_SETTLED: Final = ("city", "town", "village")
_LINES: Final = ("river", "road", "border")
_MASSES: Final = ("territory", "land", "ground", "terrain")
_SITES: Final = frozenset(
    (
        *("well", "spring", "mine", "plant", "school", "station", "farm", "post", "port", "gate"),
        *("works", "estate", "facility", "college", "academy", "hotel", "clinic", "university"),
        *("terminal", "landing", "studio", "wood"),
    )
)
"""Vague kinds that are a place where "the" says that it is known which."""
_INSIDE: Final = ("in", "inside", "into", "from", "around", "outside", "through")
_BACK: Final = ("area", "crossing", "enclave")
_WITHIN: Final = frozenset(
    (
        *("in", "of", "near", "around", "on", "along", "outside", "within", "inside", "across"),
        *("north", "south", "east", "west", "between", "from"),
    )
)
_TELLING: Final = frozenset(
    ("amod", "compound", "nmod", "poss", "relcl", "acl", "prep", "nummod", "appos")
)


def places(scene: Scene, head: Token, *, alone: bool = False) -> list[Phrase]:
    """The places that a noun names, and those joined to it unless it is taken alone."""
    heads = [head] if alone else joined(antecedent(head))
    return [place for one in heads for place in _places(scene, one)]


def _places(scene: Scene, head: Token) -> list[Phrase]:
    if head.lower_ in _PRONOUNS and head.tag_ in ("PRP", "PRP$"):
        return [found] if (found := _before(scene, head)) else _untold(scene, head)
    if head.lower_ in _POINTING:
        return [Phrase(scene.span(head, head))]
    counts = head.lemma_.lower() in kinds().quantities or head.pos_ == "NUM"
    inner = _measured(head) if counts else None
    if inner is not None:
        extent = scene.up_to(head, inner)
        return [
            Phrase(p.words, p.named, extent, p.head)
            for one in joined(inner)[:1]
            for p in _places(scene, one)
        ]
    return _named(scene, head) or _described(scene, head)


def _measured(amount: Token) -> Token | None:
    """What an amount is of, or what the same amount in other words is of."""
    beside = (c for c in amount.children if c.dep_ == "appos")
    others = (of_what(c) for c in beside if c.lemma_.lower() in kinds().quantities)
    return of_what(amount) or next((inner for inner in others if inner is not None), None)


def _named(scene: Scene, head: Token) -> list[Phrase]:
    """A place by its name, alone or beside its kind: "Aven", "the towns of Aven and Holm"."""
    name = scene.named(head)
    if name is not None and name.kind == "place":
        return [Phrase(name.span, name, head=head.lemma_)]
    holds = name is not None and name.refers_to is None and head.lemma_.lower() in _HELD
    if name is not None and not holds and not _is_guess(name, head):
        return []
    if kind_of(head) in kinds().places:
        beside = _behind_kind(scene, head) or _before_kind(scene, head)
        return beside or _apposed(scene, head)
    people = head.ent_type_ == "NORP" and head.tag_ == "NNP"
    body = head.ent_type_ == "ORG" and any(c.dep_ == "det" for c in head.children)
    if head.pos_ != "PROPN" or body or (head.ent_type_ in _OTHER and not people):
        return []
    return [Phrase(scene.own(head), head=head.lemma_, certain=head.ent_type_ in _PLACES)]


def _is_guess(name: Named, token: Token) -> bool:
    """Whether a name is an actor's by guess alone, while the model sees a place there."""
    return name.refers_to is None and name.type is None and token.ent_type_ in _PLACES


def _apposed(scene: Scene, kind: Token) -> list[Phrase]:
    """The name that a kind explains: "Holm, a town by the sea"."""
    above = kind.head
    name = scene.named(above, "place") if kind.dep_ == "appos" and above.i < kind.i else None
    return [Phrase(scene.own(kind), name, head=kind.lemma_)] if name is not None else []


def _behind_kind(scene: Scene, kind: Token) -> list[Phrase]:
    """The names behind the kind of a place: "the towns of Aven and Holm", "the capital, Aven"."""
    beside = [c for c in kind.children if c.dep_ == "appos"]
    beside += [noun for word, noun in phrases(kind) if word == "of"]
    for first in beside:
        found = [p for one in joined(first) if (p := _name(scene, one, kind))]
        if found:
            return found
    return []


def _name(scene: Scene, token: Token, kind: Token) -> Phrase | None:
    name = scene.named(token)
    if name is not None and name.kind == "place":
        return Phrase(name.span, name, head=kind.lemma_)
    if name is not None and not _is_guess(name, token):
        return None
    if token.pos_ != "PROPN" or token.ent_type_ in (*_OTHER, "PERSON"):
        return None
    return Phrase(scene.own(token), head=kind.lemma_)


def _before_kind(scene: Scene, kind: Token) -> list[Phrase]:
    """A place by what stands before its kind: "Aven province"; the Aven barracks are not Aven."""
    before = ("compound", "nmod", "poss")
    for other in reversed([c for c in kind.children if c.dep_ in before and c.i < kind.i]):
        name = scene.named(other)
        if name is not None and name.kind == "place":
            if kind.lemma_.lower() in kinds().settlements:
                return [Phrase(name.span, name, head=kind.lemma_)]
            return [Phrase(scene.own(kind), head=kind.lemma_)]
        if name is None and other.pos_ == "PROPN" and other.ent_type_ in ("", *_PLACES, "FAC"):
            return [Phrase(scene.own(kind), head=kind.lemma_)]
    return []


def _described(scene: Scene, head: Token) -> list[Phrase]:
    """A place by its kind alone, or several of a kind about named ones, which they are of."""
    lemma = kind_of(head)
    if lemma not in kinds().places or (head.ent_type_ == "ORG" and head.pos_ == "PROPN"):
        return []
    where = _within(scene, head)
    if where is not None and (head.tag_ == "NNS" or lemma in _MASSES):
        extent = _extent(scene, head, where)
        others = (_named(scene, one)[:1] for one in _in_row(where[0]))
        named = [where[1], *(found[0] for found in others if found)]
        return [Phrase(p.words, p.named, extent, lemma) for p in named]
    only = _only_before(scene, head) if _points_back(head) else None
    if only is not None:
        return [Phrase(scene.own(head), only, None, lemma)]
    told = where is not None or any(c.dep_ in _TELLING for c in head.children)
    told = told or (lemma in _SITES and any(c.lower_ == "the" for c in head.children))
    return [Phrase(scene.own(head), head=lemma, certain=told or lemma not in kinds().vague)]


def _in_row(noun: Token) -> list[Token]:
    """The nouns joined to one, but for those between which something lies."""
    return [] if noun.head.lower_ == "between" else [o for o in joined(noun) if o != noun]


def _within(scene: Scene, head: Token) -> tuple[Token, Phrase] | None:
    """The named place in, of or near which something is, and its noun."""
    after = head.nbor(1) if head.i + 1 < head.sent.end else head
    beside = [(after.lower_, c) for c in after.children if after.dep_ == "prep"]
    for word, noun in (*phrases(head), *beside):
        found = _named(scene, noun) if word in _WITHIN else []
        if found and found[0].certain and not _is_along(word, found[0]):
            return noun, found[0]
    return None


def _is_along(word: str, found: Phrase) -> bool:
    """Whether a line only says where something lies: "towns along the river"."""
    return word in _BESIDE and found.named is not None and found.named.type in _LINES


def _extent(scene: Scene, head: Token, where: tuple[Token, Phrase]) -> Span | None:
    return scene.up_to(head, where[0])


def _points_back(head: Token) -> bool:
    """Whether a noun points back to a place: "the town", with nothing else beside it."""
    beside = [c.lower_ for c in head.children if c.dep_ != "punct"]
    back = head.lemma_.lower() in kinds().settlements or head.lemma_.lower() in _BACK
    return back and beside == ["the"]


def _only_before(scene: Scene, head: Token) -> Named | None:
    """The place that "the town" means: the only one named before it in the sentence."""
    before = (scene.named(t, "place") for t in head.doc[head.sent.start : head.i])
    found = {name.span: name for name in before if name is not None}
    only = next(iter(found.values())) if len(found) == 1 else None
    return only if only is not None and not _is_other(only, head) else None


def _is_other(name: Named, head: Token) -> bool:
    """Whether a place is of another kind: no city is "the town"."""
    return name.type in _SETTLED and name.type != head.lemma_.lower()


def _untold(scene: Scene, pronoun: Token) -> list[Phrase]:
    """What "it" is, where its sentence has named no place: perhaps one that was named before."""
    inside = pronoun.dep_ == "pobj" and pronoun.head.lower_ in _INSIDE
    object_of = pronoun.dep_ in ("dobj", "nsubjpass")
    certain = pronoun.lower_ == "it" and _is_told_before(scene, pronoun)
    object_of = object_of or (certain and pronoun.dep_ == "nsubj")
    done_to = pronoun.lower_ in ("it", "them") and (object_of or inside)
    return [Phrase(scene.span(pronoun, pronoun), certain=certain)] if done_to else []


def _is_told_before(scene: Scene, pronoun: Token) -> bool:
    """Whether the sentence before a pronoun's names one place alone, as subject if that is one."""
    start = pronoun.sent.start
    if start == 0 or pronoun.dep_ == "nsubjpass":
        return False
    named = [t for t in pronoun.doc[start - 1].sent if scene.named(t, "place") is not None]
    names = {name.refers_to for t in named if (name := scene.named(t, "place")) is not None}
    told = pronoun.dep_ != "nsubj" or any(t.dep_ in _SUBJECTS for t in named)
    return len(names) == 1 and told


def _before(scene: Scene, pronoun: Token) -> Phrase | None:
    """The last place that the sentence tells before a pronoun."""
    for token in reversed(pronoun.doc[pronoun.sent.start : pronoun.i]):
        if token.dep_ in ("compound", "poss") or token.pos_ not in ("NOUN", "PROPN"):
            continue
        found = [*_named(scene, token), *_described(scene, token)]
        if found and found[0].certain:
            words = scene.span(pronoun, pronoun)
            return Phrase(words, as_name(found[0], "place"), None, found[0].head)
    return None
