"""ORDER BY, LIMIT and OFFSET, as a query has them.

https://www.w3.org/TR/sparql11-query/#rSolutionModifier
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from kg.sparql.columns.reader import Reader
from kg.sparql.columns.tree import After, Key, Unrecognised

DIGITS: Final = 9
"""Of a LIMIT or OFFSET, at most."""
_SLICE: Final = ("LIMIT", "OFFSET")


def read_after(reader: Reader) -> After:
    """What stands up to VALUES or the end. Raises Unrecognised for what is not understood."""
    begin = reader.at
    said = reader.expression("VALUES", "", counts=True)
    end, reader.at = reader.at, begin
    with suppress(Unrecognised):
        keys, numbers = tuple(_keys(reader)), dict(_numbers(reader))
        if reader.at == end:
            limit, offset = numbers.get("LIMIT"), numbers.get("OFFSET", 0)
            return After(said.text, said.variables, keys, offset, limit)
    reader.at = end
    return After(said.text, said.variables)


def _keys(reader: Reader) -> Iterator[Key]:
    """The variables of ORDER BY. Raises Unrecognised for anything else."""
    if reader.accept("ORDER"):
        reader.expect("BY")
        yield _key(reader)
        while reader.next.word not in _SLICE and reader.next.kind != "end":
            yield _key(reader)


def _key(reader: Reader) -> Key:
    descending = reader.accept("DESC")
    if not descending and not reader.accept("ASC") and reader.next.text != "(":
        return Key(reader.variable())
    reader.expect("(")
    name = reader.variable()
    reader.expect(")")
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
