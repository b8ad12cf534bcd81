"""Noun phrases of a paragraph: which name a place, which somebody, and how much of a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.suggest.control.clauses import antecedent, joined, phrases, possessors
from kg.suggest.control.frames import kinds
from kg.suggest.found import By, Named
from kg.suggest.reading import Paragraph
from kg.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACES: Final = ("GPE", "LOC", "FAC")
_NOT_PLACES: Final = ("DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY", "LAW", "LANGUAGE", "NORP", "WORK_OF_ART")
_NOT_ACTORS: Final = ("DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY", "LAW", "LANGUAGE", "WORK_OF_ART", "EVENT", "PERCENT")
_THEY: Final = ("it", "they", "them", "he", "him", "we", "us", "its", "their", "his", "our", "she", "i", "themselves", "itself")
_HERE: Final = ("it", "them", "they", "its", "this")
_WITHIN: Final = ("in", "of", "near", "around", "on", "along", "outside", "within", "inside", "across", "north", "south", "east", "west", "between", "from")
_LEFT: Final = ("det", "amod", "compound", "nmod", "nummod", "poss", "punct", "quantmod", "npadvmod", "advmod", "case", "predet", "neg")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words for somebody or some place, whom they name, and which part of it is meant."""

    words: Span
    named: Named | None = None
    extent: Span | None = None
    head: str = ""
    certain: bool = True


class Scene:
    """A parsed paragraph with the names that stand in it."""

    def __init__(self, paragraph: Paragraph, names: Sequence[Named]) -> None:
        self.start = paragraph.start
        self._text = paragraph.parsed.text if paragraph.parsed is not None else ""
        inside = (n for n in names if paragraph.start <= n.span[0] < paragraph.end)
        self._names = {
            i: n for n in inside for i in range(n.span[0], n.span[1])
        }

    def span(self, first: Token, last: Token) -> Span:
        """From one token to another, in the article."""
        return self.start + first.idx, self.start + last.idx + len(last)

    def words(self, span: Span) -> set[str]:
        """The words of a span, in small letters."""
        return set(self._text[span[0] - self.start : span[1] - self.start].casefold().split())

    def named(self, token: Token) -> Named | None:
        """The name in which a token stands."""
        return self._names.get(self.start + token.idx)

    def places(self, head: Token, *, alone: bool = False) -> list[Phrase]:
        """The places that a noun names, and those joined to it unless it is taken alone."""
        heads = [head] if alone else joined(antecedent(head))
        found = [self._place(one) for one in heads]
        return [place for place in found if place is not None]

    def actors(self, head: Token) -> list[Phrase]:
        """Who a noun and those joined to it are, or what stands beside it; those who can act."""
        beside = [c for c in head.children if c.dep_ == "appos"]
        found = [self._actor(one) for one in joined(antecedent(head))]
        return [who for who in found if who is not None] or [
            who for who in map(self._actor, beside) if who is not None
        ]

    # --- places ------------------------------------------------------------------------------

    def _place(self, head: Token) -> Phrase | None:
        if head.lower_ in _HERE and head.tag_ in ("PRP", "PRP$"):
            return self._place_before(head)
        inner = _of(head) if head.lemma_.lower() in kinds().quantities else None
        if inner is not None:
            found = self._place(inner)
            return found and Phrase(found.words, found.named, self._up_to(head, inner), found.head)
        return self._named_place(head) or self._described(head)

    def _named_place(self, head: Token) -> Phrase | None:
        """A place by its name, alone or beside its kind: "Aven", "the city of Aven"."""
        name = self.named(head)
        if name is not None:
            return Phrase(name.span, name, head=head.lemma_) if name.kind == "place" else None
        if head.lemma_.lower() in kinds().places:
            return self._beside_kind(head)
        people = head.ent_type_ == "NORP" and head.tag_ == "NNP"
        if head.pos_ != "PROPN" or head.ent_type_ in _NOT_PLACES and not people:
            return None
        certain = head.ent_type_ in _PLACES
        return Phrase(self._own(head), head=head.lemma_, certain=certain)

    def _beside_kind(self, kind: Token) -> Phrase | None:
        """The name beside the kind of a place: "the town of Aven", "Aven province"."""
        after = [c for c in kind.children if c.dep_ == "appos"]
        after += [noun for word, noun in phrases(kind) if word == "of"]
        before = [c for c in kind.children if c.dep_ in ("compound", "nmod", "poss") and c.i < kind.i]
        for other in after + before[::-1]:
            name = self.named(other)
            proper = other.pos_ == "PROPN" and other.ent_type_ not in (*_NOT_PLACES, "PERSON")
            own = other in after or kind.lemma_.lower() in kinds().settlements
            if name is not None and name.kind == "place":
                return Phrase(name.span if own else self._own(kind), name if own else None, head=kind.lemma_)
            if name is None and proper and (other in after or other.ent_type_ != "ORG"):
                words = self._own(other) if other in after else self.span(_left(other), kind)
                return Phrase(words, head=kind.lemma_)
        return None

    def _described(self, head: Token) -> Phrase | None:
        """A place by its kind alone, or several of a kind about a named one, which they are of."""
        lemma = head.lemma_.lower()
        if lemma not in kinds().places or head.ent_type_ in ("DATE", "TIME", "ORG") and head.pos_ == "PROPN":
            return None
        where = self._within(head)
        if where is not None and (head.tag_ == "NNS" or lemma in ("territory", "land", "ground", "terrain")):
            near, place = where
            return Phrase(place.words, place.named, self._up_to(head, near), lemma)
        only = self._only_name_before(head) if _definite(head) and lemma in kinds().settlements else None
        if only is not None:
            return Phrase(self._own(head), only, None, lemma)
        vague = lemma in kinds().vague and where is None and not _told(head)
        return Phrase(self._own(head), None, None, lemma, certain=not vague)

    def _within(self, head: Token) -> tuple[Token, Phrase] | None:
        """The named place in, of or near which something is."""
        after = head.nbor(1) if head.i + 1 < head.sent.end else head
        beside = [(after.lower_, c) for c in after.children if c.dep_ == "pobj" and after.dep_ == "prep"]
        for word, noun in (*phrases(head), *beside):
            place = self._named_place(noun) if word in _WITHIN else None
            if place is not None and place.certain:
                return noun, place
        return None

    def _only_name_before(self, head: Token) -> Named | None:
        """The place that "the town" means: the only one named before it in the sentence."""
        found: dict[Span, Named] = {}
        for token in head.doc[head.sent.start : head.i]:
            name = self.named(token)
            if name is not None and name.kind == "place":
                found[name.span] = name
        return next(iter(found.values())) if len(found) == 1 else None

    def _place_before(self, pronoun: Token) -> Phrase | None:
        """The last place that the sentence names before a pronoun."""
        start = pronoun.sent.start
        for token in reversed(pronoun.doc[start : pronoun.i]):
            found = self._named_place(token) if token.dep_ not in ("compound", "poss") else None
            kind = token.lemma_.lower() in kinds().places and token.dep_ != "compound"
            found = found or (self._described(token) if kind else None)
            if found is not None and found.certain:
                return Phrase(self.span(pronoun, pronoun), found.named or self._as_name(found, "place"), None, found.head)
        return None

    # --- actors ------------------------------------------------------------------------------

    def _actor(self, head: Token) -> Phrase | None:
        lemma, known = head.lemma_.lower(), kinds()
        if head.tag_ in ("PRP", "PRP$"):
            return self._actor_before(head)
        name = self.named(head)
        if name is not None and name.kind == "actor":
            return Phrase(self._own(head), name, head=lemma)
        inner = _of(head)
        if inner is not None and (lemma in known.quantities or lemma in ("member", "element", "ally", "unit", "part", "fighter", "force", "number", "loyalist")):
            found = self._actor(inner)
            if found is not None:
                return Phrase(self._own(head), found.named, head=found.head)
        if lemma in known.civilians and lemma not in known.groups:
            return None
        if lemma in known.armed or lemma in known.groups:
            return Phrase(self._own(head), self._whose(head), head=lemma)
        short = head.is_upper and len(head) > 1
        if head.ent_type_ in _NOT_ACTORS or not (short or head.pos_ == "PROPN" or head.ent_type_ in ("NORP", "ORG", "GPE")):
            return None
        return Phrase(self._own(head), name, head="" if head.ent_type_ != "PERSON" else "person", certain=short or head.ent_type_ in ("ORG", "NORP", "GPE"))

    def _whose(self, head: Token) -> Named | None:
        """The actor named beside armed people: "League fighters", "troops of the League"."""
        beside = [*possessors(head), *(noun for word, noun in phrases(head) if word in ("of", "from"))]
        named = (self.named(token) for token in beside)
        return next((n for n in named if n is not None and n.kind == "actor"), None)

    def _actor_before(self, pronoun: Token) -> Phrase:
        """Whom a pronoun means: the last subject before it that can act, else the last such."""
        words = self.span(pronoun, pronoun)
        if pronoun.lower_ in ("we", "us", "our", "i"):
            return Phrase(words, head="we")
        before = [t for t in reversed(pronoun.doc[: pronoun.i]) if t.pos_ in ("NOUN", "PROPN")]
        for token in sorted(before, key=lambda t: _distance(t, pronoun)):
            found = self._actor(token) if token.dep_ not in ("compound", "npadvmod") else None
            if found is not None and found.head != "person":
                named = found.named or self._as_name(found, "actor")
                return Phrase(words, named, head=found.head)
        return Phrase(words, head="they")

    # --- words -------------------------------------------------------------------------------

    def _as_name(self, found: Phrase, kind: str) -> Named:
        because = "the last words before the pronoun that fit it"
        return Named(found.words, "place" if kind == "place" else "actor", By("control.pronoun", because))

    def _own(self, head: Token) -> Span:
        """A noun with what stands before it, and with the names after it in "forces of the League"."""
        after = [noun for word, noun in phrases(head) if word == "of" and noun.i > head.i]
        last = head
        if after and after[0].dep_ == "pobj" and not any(c.dep_ in ("relcl", "acl") for c in after[0].children):
            last = after[0]
        return self.span(_left(head), last)

    def _up_to(self, head: Token, inner: Token) -> Span | None:
        """The words that say how much of a place: up to the place's own."""
        first, last = _left(head), inner.doc[_left(inner).i - 1]
        return self.span(first, last) if first.i <= last.i else None


def _distance(token: Token, pronoun: Token) -> tuple[int, bool]:
    """How far a noun is from a pronoun: its sentence first, then the one before; subjects first."""
    apart = sum(t.is_sent_start is True for t in token.doc[token.i + 1 : pronoun.i + 1])
    return apart, token.dep_ not in ("nsubj", "nsubjpass", "poss", "dobj")


def _of(head: Token) -> Token | None:
    """What an amount is of: "parts of the town", "18 square miles of land"."""
    found = next((noun for word, noun in phrases(head) if word == "of"), None)
    return found


def _left(head: Token) -> Token:
    """The first word that belongs to a noun, its article apart."""
    first = head
    while True:
        below = [c for c in first.children if c.i < first.i and c.dep_ in _LEFT]
        if not below:
            return first
        nearest = [c for c in below if c.dep_ != "det"] or []
        if not nearest:
            return first
        first = nearest[0]


def _definite(head: Token) -> bool:
    """Whether a noun points back to a place: "the town", with nothing else beside it."""
    return [c.lower_ for c in head.children if c.dep_ != "punct"] == ["the"]


def _told(head: Token) -> bool:
    """Whether anything beside a noun says which one it is."""
    return any(c.dep_ in ("amod", "compound", "nmod", "poss", "relcl", "acl", "prep", "nummod", "appos") for c in head.children)
