"""A parsed paragraph as plain values: its tokens with what the model says of each, and its names.

Attributes are called as spaCy calls them (https://spacy.io/api/token). Rules ask for the words
below a word a hundred times a sentence, which a list answers in a fraction of spaCy's time; and
what is read keeps nothing of the model alive.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, repeat
from typing import Final, NamedTuple, overload

_QUOTES: Final = frozenset((*"'\"`«»‘’‚‛“”„‟‹›❮❯", "''", "``"))  # noqa: RUF001 - as spaCy has them


@dataclass(slots=True, eq=False)
class Token:
    """A word or sign: where it stands, how it is written, and what the model says of it.

    `i` is its number in the paragraph, `idx` where it begins there; the head of a root is itself.
    """

    sent: Sentence = field(repr=False)
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    head: Token = field(init=False, repr=False)
    children: list[Token] = field(init=False, repr=False, default_factory=list)
    """The words that hang on it, in their order."""

    def __len__(self) -> int:
        return len(self.text)

    @property
    def doc(self) -> Parsed:
        """The paragraph in which it stands."""
        return self.sent.doc

    @property
    def is_sent_start(self) -> bool:
        """Whether its sentence begins with it."""
        return self.i == self.sent.start

    @property
    def lefts(self) -> list[Token]:
        """The words before it that hang on it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        """The word that it hangs on, the one which that hangs on, and so on up to the root."""
        above = self
        while above.head is not above:
            above = above.head
            yield above

    @property
    def left_edge(self) -> Token:
        """The first of itself and the words that hang on it, at any depth."""
        return min(self._below(), key=_number)

    @property
    def right_edge(self) -> Token:
        """The last of itself and the words that hang on it, at any depth."""
        return max(self._below(), key=_number)

    def _below(self) -> list[Token]:
        """Itself and the words that hang on it, at any depth."""
        found = [self]
        for token in found:
            found += token.children
        return found

    def nbor(self, by: int) -> Token:
        """The word so many places on. Raises IndexError beyond the paragraph."""
        if self.i + by < 0:
            raise IndexError(self.i + by)
        return self.doc[self.i + by]

    def is_ancestor(self, other: Token) -> bool:
        """Whether another word hangs on it, at any depth."""
        return any(above is self for above in other.ancestors)

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """Whether it is made of signs of punctuation alone."""
        return all(unicodedata.category(sign).startswith("P") for sign in self.text)

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return self.text in _QUOTES


@dataclass(slots=True, eq=False)
class Sentence:
    """The tokens of a paragraph from `start` up to `end`."""

    doc: Parsed = field(repr=False)
    start: int
    end: int

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    def __getitem__(self, at: int) -> Token:
        return self.doc[self.start : self.end][at]


class Name(NamedTuple):
    """What the model takes for a name: its label, and from where to where it stands."""

    label: str
    start: int
    end: int


class Columns(NamedTuple):
    """What a model says of the tokens of a paragraph: a list for each attribute of theirs.

    From the third on they are in the order of a token's own.
    """

    starts: list[bool]
    heads: list[int]
    begins: list[int]
    texts: list[str]
    lower: list[str]
    lemmas: list[str]
    parts_of_speech: list[str]
    tags: list[str]
    labels: list[str]
    names: list[str]


class Parsed(Sequence[Token]):
    """The tokens of a paragraph in their order, its text, and its names.

    The tokens are made when the first is asked for: no rule looks at those of many a paragraph.
    """

    def __init__(self, text: str, columns: Columns, names: tuple[Name, ...] = ()) -> None:
        self.text = text
        self.names = names
        self._columns = columns

    def having(self, lemmas: frozenset[str]) -> list[Token]:
        """The tokens whose lemma, in small letters, is among some, in their order."""
        own = self._columns.lemmas
        return [self._tokens[i] for i, lemma in enumerate(own) if lemma.lower() in lemmas]

    def at(self, position: int) -> Token | None:
        """The token that stands at a position, or before the space there."""
        after = bisect_right(self._columns.begins, position)
        return self._tokens[after - 1] if after else None

    def __len__(self) -> int:
        return len(self._columns.texts)

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        return self._tokens[at]

    @cached_property
    def _tokens(self) -> list[Token]:
        told, sentences = self._columns, self._sentences(self._columns.starts)
        made = list(map(Token, sentences, range(len(self)), *told[2:]))
        for token, at in zip(made, told.heads, strict=True):
            token.head = head = made[at]
            if head is not token:
                head.children.append(token)
        return made

    def _sentences(self, starts: Sequence[bool]) -> Iterator[Sentence]:
        """The sentence of each token, by which of them begin one."""
        first = [0, *(i for i, begins in enumerate(starts) if begins and i), len(starts)]
        for start, end in pairwise(first):
            yield from repeat(Sentence(self, start, end), end - start)


def _number(token: Token) -> int:
    return token.i
