"""Expressions said in the engine's words: REGEX, REPLACE, and what may compare booleans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.errors import QueryRefused
from kg.sparql.standard.order import ORDERS, are_booleans, compared, may_be_booleans
from kg.sparql.standard.values import value_of
from kg.sparql.standard.xpath import WORDS, Argument, in_words
from kg.sparql.tokens import Token, spoken

LONGEST: Final = 2**18
"""Characters of a query whose expressions are written out, at most."""
_ENDS: Final = frozenset((",", ";", "&&", "||", "AS", "DISTINCT"))
"""What ends a side of a comparison, beside brackets."""


def say_expressions(query: str) -> str:
    r"""The query with them in the engine's words. Raises QueryRefused for what it has none for.

    >>> say_expressions('ASK { ?s ?p ?a, ?b FILTER(REGEX(?a, "[&]") && ?a < ?b) }')[26:]
    'REGEX(?a, "[\\\\&]") && COALESCE(?a < ?b, <urn:whoholds:before>(?a, ?b))) }'
    """
    found = spoken(query)
    ends = _ends(found) if has_expressions(found) else None
    return query if ends is None else _Writing(query, found, ends).text()


def has_expressions(found: Sequence[Token]) -> bool:
    """Whether there is such an expression among a query's tokens."""
    return any(token.word in WORDS or may_be_booleans(found, i) for i, token in enumerate(found))


def _ends(found: Sequence[Token]) -> dict[int, int] | None:
    """Where the bracket ends that begins at a token; None where that is not clear."""
    ends, begun = dict[int, int](), list[int]()
    for i, token in enumerate(found):
        if token.kind == "open":
            begun.append(i)
        elif token.kind == "close":
            if not begun:
                return None
            ends[begun.pop()] = i
    return None if begun else ends


class _Writing:
    """Writes a query's tokens anew, from one to another; what stands between them as it is."""

    def __init__(self, query: str, found: list[Token], ends: dict[int, int]) -> None:
        self._query, self._found, self._ends = query, found, ends

    def text(self) -> str:
        """The whole query. Raises QueryRefused."""
        return self._span(0, len(self._found)) + self._query[self._found[-1].end :]

    def _span(self, begin: int, end: int) -> str:
        """The tokens of an expression or of anything else, brackets whole."""
        parts, at = list[str](), begin
        for left, sign, right in self._comparisons(begin, end):
            sides = self._span(left, sign).strip(), self._span(sign + 1, right).strip()
            said = compared(sides[0], self._found[sign].text, sides[1])
            parts += (self._plain(at, left), self._before(left), said)
            at = right
        return self._checked("".join((*parts, self._plain(at, end))))

    def _comparisons(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Where a comparison of what may be booleans begins, has its sign, and ends."""
        left = sign = begin
        for i in (*self._outside(begin, end), end):
            text = "" if i == end else self._found[i].word or self._found[i].text
            if text in ORDERS:
                sign = i
            elif i == end or text in _ENDS:
                if sign > left and are_booleans(self._found[left:sign], self._found[sign + 1 : i]):
                    yield left, sign, i
                left = sign = i + 1

    def _outside(self, begin: int, end: int) -> Iterator[int]:
        """The tokens that stand in no brackets of a span, and each that opens one."""
        i = begin
        while i < end:
            yield i
            i = self._ends.get(i, i) + 1

    def _plain(self, begin: int, end: int) -> str:
        """Tokens among which nothing is compared."""
        parts = list[str]()
        for i in self._outside(begin, end):
            parts += (self._before(i), self._found[i].text)
            if i in self._ends:
                called = self._found[i - 1].word if i > begin else ""
                inside = self._call if called in WORDS else self._inside
                parts.append(inside(i, called))
        return "".join(parts)

    def _inside(self, opening: int, _: str) -> str:
        """What stands in brackets, with the one that ends them."""
        end = self._ends[opening]
        return f"{self._span(opening + 1, end)}{self._before(end)}{self._found[end].text}"

    def _call(self, opening: int, word: str) -> str:
        """What a function of XPath is given, with the bracket that ends it."""
        given = [self._argument(*span) for span in self._arguments(opening)]
        said = in_words(word, given)
        if said == [one.text for one in given]:
            return self._inside(opening, word)
        return f"{', '.join(said)})"

    def _arguments(self, opening: int) -> Iterator[tuple[int, int]]:
        begin, end = opening + 1, self._ends[opening]
        for i in self._outside(begin, end):
            if self._found[i].text == ",":
                yield begin, i
                begin = i + 1
        yield begin, end

    def _argument(self, begin: int, end: int) -> Argument:
        text, string = self._span(begin, end).strip(), None
        if end - begin == 1 and self._found[begin].kind == "string":
            string = getattr(value_of(text), "value", None)
        return Argument(text, string)

    def _before(self, i: int) -> str:
        """What stands between a token and the one before it."""
        return self._query[self._found[i - 1].end if i else 0 : self._found[i].start]

    def _checked(self, text: str) -> str:
        if len(text) > LONGEST:
            raise QueryRefused(
                "comparisons stand within comparisons too deep. BIND them to variables, and "
                "compare these."
            )
        return text
