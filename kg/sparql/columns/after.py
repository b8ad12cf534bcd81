"""ORDER BY, LIMIT and OFFSET, as a query has them.

https://www.w3.org/TR/sparql11-query/#rSolutionModifier
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.sparql.columns.reader import Reader
from kg.sparql.columns.tree import After, Bind, Key, Unrecognised

DIGITS: Final = 9
"""Of a LIMIT or OFFSET, at most."""
_SLICE: Final = ("LIMIT", "OFFSET")
_ENDS: Final = (*_SLICE, "VALUES", "}", "")


def read_after(reader: Reader) -> After:
    """What stands behind the groups of a query. Raises Unrecognised for what is not understood."""
    computed = list[Bind]()
    keys, numbers = tuple(_keys(reader, computed)), dict(_numbers(reader))
    return After(keys, tuple(computed), numbers.get("OFFSET", 0), numbers.get("LIMIT"))


def _keys(reader: Reader, computed: list[Bind]) -> Iterator[Key]:
    """The variables of ORDER BY; of anything else one of ours, which is computed."""
    if reader.accept("ORDER"):
        reader.expect("BY")
        yield _key(reader, computed)
        while (reader.next.word or reader.next.text) not in _ENDS:
            yield _key(reader, computed)


def _key(reader: Reader, computed: list[Bind]) -> Key:
    descending = reader.accept("DESC")
    bracketed = descending or reader.accept("ASC")
    if reader.next.kind == "variable" and not bracketed:
        return Key(reader.variable())
    if bracketed and reader.next.text != "(":
        raise Unrecognised
    expression = reader.constraint(counts=True)
    name = expression.named
    if not name:
        computed.append(Bind(expression, name := reader.unnamed()))
    return Key(name, descending)


def _numbers(reader: Reader) -> Iterator[tuple[str, int]]:
    """LIMIT and OFFSET, each once at most, in any order."""
    left = list(_SLICE)
    while reader.next.word in left:
        left.remove(word := reader.take().word)
        number = reader.take().text
        if not (number.isascii() and number.isdigit() and len(number) <= DIGITS):
            raise Unrecognised
        yield word, int(number)
