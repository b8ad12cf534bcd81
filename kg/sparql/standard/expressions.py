"""Expressions said in the engine's words, wherever it reads or works out something else.

REGEX and REPLACE, comparisons, what is true, empty lists, GROUP_CONCAT.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kg.errors import QueryRefused
from kg.names import VOCABULARIES
from kg.sparql.ours.names import TRIMMED
from kg.sparql.standard.comparisons import ORDERS, Side, compared, is_odd, side
from kg.sparql.standard.concat import plain_concat
from kg.sparql.standard.truths import (
    BOTH,
    CLAUSES,
    GIVING,
    is_asked,
    is_doubtful,
    operand_end,
    told,
)
from kg.sparql.standard.values import value_of
from kg.sparql.standard.xpath import WORDS, Argument, in_words
from kg.sparql.tokens import Token, spoken

LONGEST: Final = 2**18
"""Characters of a query whose expressions are written out, at most."""
_ENDS: Final = frozenset((",", ";", "AS", "DISTINCT", *BOTH))
"""What ends a part of an expression, beside brackets."""
_NAMED: Final = WORDS | {"GROUP_CONCAT"}
_MOMENT: Final = f"<{VOCABULARIES['xsd']}dateTime>"
"""The cast to it alone is the engine's own, which wants a string without blanks around it."""
_NOTHING: Final = "<urn:none>"
"""Nothing is equal to it. In an empty list the engine has an error for IRIs, days and others."""


class Place(NamedTuple):
    """What becomes of an expression: if it is asked for its truth, and if an error is no false."""

    asked: bool
    errs: bool


_VALUE: Final = Place(asked=False, errs=True)
_TRUTH: Final = Place(asked=True, errs=True)
_TEST: Final = Place(asked=True, errs=False)


def say_expressions(query: str) -> str:
    r"""The query with them in the engine's words. Raises QueryRefused for what it has none for.

    >>> say_expressions('ASK { ?s ?p ?a, ?b FILTER(REGEX(?a, "[&]") && ?a < ?b) }')[26:64]
    'REGEX(?a, "[\\\\&]") && COALESCE(?a < ?b'
    """
    query = plain_concat(query)
    found = spoken(query)
    ends = _ends(found)
    return _Writing(query, found, ends).text() if found and ends is not None else query


def has_expressions(found: Sequence[Token]) -> bool:
    """Whether there may be such an expression among a query's tokens."""
    kinds = ((_SAID.get(token.kind), i) for i, token in enumerate(found))
    return any(is_one(found, i) for is_one, i in kinds if is_one)


def _is_word(found: Sequence[Token], at: int) -> bool:
    word = found[at].word
    if word in GIVING and is_asked(found, at):
        return True
    return word in _NAMED or (word == "IN" and [t.text for t in found[at + 2 : at + 3]] == [")"])


def _is_cast(found: Sequence[Token], at: int) -> bool:
    return found[at].text == _MOMENT and [t.text for t in found[at + 1 : at + 2]] == ["("]


_SAID: Final = {
    "iri": _is_cast,
    "word": _is_word,
    "other": is_odd,
    "variable": is_asked,
    "string": is_asked,
}
"""By the kind of a token: whether such an expression may begin there, or have it in it."""


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
        return self._plain(0, len(self._found), _VALUE) + self._query[self._found[-1].end :]

    def _span(self, begin: int, end: int, place: Place) -> str:
        """The parts of an expression, with what divides them."""
        parts, joined = list[str](), False
        for i in (*self._outside(begin, end), end):
            text = "" if i == end else self._found[i].word or self._found[i].text
            if i < end and text not in _ENDS:
                continue
            asked = place.asked or joined or text in BOTH
            parts.append(self._part(begin, i, Place(asked, place.errs)))
            if i < end:
                parts += (self._before(i), self._found[i].text)
            begin, joined = i + 1, text in BOTH
            place = place if joined else _VALUE
        return self._checked("".join(parts))

    def _part(self, begin: int, end: int, place: Place) -> str:
        """What stands between two of them: a comparison, or an operand."""
        for sign in self._outside(begin, end):
            if self._found[sign].text in ORDERS:
                left, right = self._side(begin, sign), self._side(sign + 1, end)
                said = compared(left, self._found[sign].text, right, errs=place.errs)
                return f"{self._before(begin)}{said}"
        return self._operand(begin, end, place)

    def _side(self, begin: int, end: int) -> Side:
        return side(self._plain(begin, end, _VALUE).strip(), self._found[begin:end])

    def _operand(self, begin: int, end: int, place: Place) -> str:
        said = self._plain(begin, end, place)
        if place.asked and self._is_single(begin, end) and is_doubtful(self._found[begin:end]):
            return f"{self._before(begin)}{told(said.strip())}"
        return said

    def _plain(self, begin: int, end: int, place: Place) -> str:
        """Tokens among which nothing is compared."""
        parts, i = list[str](), begin
        while i < end:
            parts += (self._before(i), self._found[i].text)
            if i in self._ends:
                whole = i == begin and self._ends[i] == end - 1
                parts.append(self._inside(i, begin, place if whole else _VALUE))
            i = self._ends.get(i, i) + 1
            if i < end and (place_of := self._place_behind(i)):
                behind = min(operand_end(self._found, i), end)
                parts.append(self._operand(i, behind, place_of))
                i = behind
        return "".join(parts)

    def _place_behind(self, i: int) -> Place | None:
        """What becomes of the operand at a token, if the token before it says so."""
        before = self._found[i - 1]
        if before.text == "!":
            return _TRUTH
        return _TEST if before.word in CLAUSES and self._found[i].kind == "word" else None

    def _inside(self, opening: int, begin: int, place: Place) -> str:
        """What stands in brackets, with the one that ends them."""
        end = self._ends[opening]
        before = self._found[opening - 1] if opening > begin else Token("none", "", 0, 0)
        if before.word in WORDS:
            return self._call(opening, before.word)
        if before.word == "IN" and end == opening + 1:
            return f"{_NOTHING})"
        if before.word in CLAUSES:
            place = _TEST
        elif before.word or before.kind in ("iri", "name"):
            place = _TRUTH if before.word == "IF" else _VALUE
        write = self._span if self._found[opening].text == "(" else self._plain
        said = write(opening + 1, end, place)
        if before.text == _MOMENT and said.strip():
            said = f"<{TRIMMED}>({said})"
        return f"{said}{self._before(end)}{self._found[end].text}"

    def _call(self, opening: int, word: str) -> str:
        """What a function of XPath is given, with the bracket that ends it."""
        given = [self._argument(*span) for span in self._arguments(opening)]
        return f"{', '.join(in_words(word, given))})"

    def _arguments(self, opening: int) -> Iterator[tuple[int, int]]:
        begin, end = opening + 1, self._ends[opening]
        for i in self._outside(begin, end):
            if self._found[i].text == ",":
                yield begin, i
                begin = i + 1
        yield begin, end

    def _argument(self, begin: int, end: int) -> Argument:
        text, string = self._span(begin, end, _VALUE).strip(), None
        if end - begin == 1 and self._found[begin].kind == "string":
            string = getattr(value_of(text), "value", None)
        return Argument(text, string)

    def _outside(self, begin: int, end: int) -> Iterator[int]:
        """The tokens that stand in no brackets of a span, and each that opens one."""
        i = begin
        while i < end:
            yield i
            i = self._ends.get(i, i) + 1

    def _is_single(self, begin: int, end: int) -> bool:
        return begin < end and operand_end(self._found, begin) == end

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
