"""A parsed paragraph with the names that stand in it, and the words of its noun phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.suggest.control.clauses import phrases
from kg.suggest.control.frames import kinds
from kg.suggest.found import By, Named
from kg.suggest.reading import Paragraph
from kg.suggest.tokens import Token
from kg.text import Span

_BEFORE: Final = frozenset(
    (
        *("amod", "compound", "nmod", "nummod", "poss", "punct", "quantmod", "npadvmod"),
        *("advmod", "case", "predet", "neg"),
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words for somebody or some place, whom they name, and which part of it is meant.

    `head` is the lemma by which it is taken for what it is; `certain` is false where only the
    sentence's verb can tell.
    """

    words: Span
    named: Named | None = None
    extent: Span | None = None
    head: str = ""
    certain: bool = True


class Scene:
    """A parsed paragraph with the names that stand in it."""

    def __init__(self, paragraph: Paragraph, names: Sequence[Named]) -> None:
        self._start = paragraph.start
        self._parsed = paragraph.parsed
        inside = (n for n in names if paragraph.start <= n.span[0] < paragraph.end)
        self._names = {i: n for n in inside for i in range(*n.span)}

    def span(self, first: Token, last: Token) -> Span:
        """From one token to another, in the article."""
        return self._start + first.idx, self._start + last.idx + len(last)

    def words(self, span: Span) -> frozenset[str]:
        """The words of a span, in small letters."""
        start, end = span[0] - self._start, span[1] - self._start
        text = self._parsed.text if self._parsed is not None else ""
        return frozenset(text[start:end].casefold().split())

    def named(self, token: Token, kind: Literal["actor", "place"] | None = None) -> Named | None:
        """The name in which a token stands, if it is of the kind."""
        name = self._names.get(self._start + token.idx)
        return name if name is not None and kind in (None, name.kind) else None

    def own(self, head: Token) -> Span:
        """A noun with what stands before it, and "of the League" right behind it."""
        after = next((n for word, n in phrases(head) if word == "of"), None)
        near = after is not None and after.dep_ == "pobj" and after.head.i == head.i + 1
        described = after and any(c.dep_ in ("relcl", "acl", "conj") for c in after.children)
        return self.span(first_of(head), after if near and after and not described else head)

    def up_to(self, head: Token, inner: Token) -> Span | None:
        """The words that say how much of a place: up to the place's own."""
        first, last = first_of(head), inner.doc[first_of(inner).i - 1]
        return self.span(first, last) if first.i <= last.i else None


def first_of(head: Token) -> Token:
    """The first word that belongs to a noun, articles apart."""
    first = head
    while True:
        below = [c for c in first.children if c.i < first.i and c.dep_ in _BEFORE]
        if not below:
            return first
        first = below[0]


def lemma_of(noun: Token) -> str:
    """The lemma of a noun in small letters; of a plural that the model takes for a name, too."""
    lemma = noun.lemma_.lower()
    plural = noun.tag_ in ("NNP", "NNPS") and not noun.ent_type_ and lemma.endswith("s")
    return lemma.removesuffix("s") if plural else lemma


def kind_of(noun: Token) -> str:
    """The lemma of a noun, in the singular where a model leaves it in the plural: "silos"."""
    lemma = noun.lemma_.lower()
    return lemma if lemma in kinds().places else lemma.removesuffix("s")


def of_what(head: Token) -> Token | None:
    """What an amount is of: "parts of the town", "18 square miles of land"."""
    return next((noun for word, noun in phrases(head) if word == "of"), None)


def as_name(found: Phrase, kind: Literal["actor", "place"]) -> Named:
    """The words that a pronoun stands for, as a name of the kind."""
    if found.named is not None:
        return found.named
    return Named(found.words, kind, By("control.pronoun", "the last words before that fit it"))
