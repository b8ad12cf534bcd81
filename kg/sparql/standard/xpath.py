r"""REGEX and REPLACE as XPath has them, where the engine reads what they are given otherwise.

The engine's patterns know no backreference, no subtraction in classes and no blocks; in what takes
a match's place `$1st` is a group called "1st" to it, and a backslash is itself.
https://www.w3.org/TR/xpath-functions/#regex-syntax, https://www.w3.org/TR/xpath-functions/#func-replace
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal

from kg.errors import QueryRefused
from kg.sparql.standard.values import value_of
from kg.sparql.tokens import Token, closing, spliced, spoken

WORDS: Final = frozenset(("REGEX", "REPLACE"))
_FLAGS: Final = frozenset("smix")
_ESCAPED: Final = re.compile(r"\\.", re.DOTALL)
_CLASS: Final = re.compile(r"\[\^?\]?([^\[\]]*)(\[|\])")
_SETS: Final = ("&&", "--", "~~")
"""What joins classes to the engine, and is a sign twice to XPath."""
_PLACE: Final = re.compile(r"\\(.?)|\$(\d*)", re.DOTALL)
"""What is no plain text where a match's place is taken."""


def as_xpath(query: str) -> str:
    r"""The query, its REPLACE in the engine's words. Raises QueryRefused for what it has none for.

    >>> as_xpath(r'SELECT (REPLACE(?x, "(a)b", "$1st \\$") AS ?y) { ?s ?p ?x }')
    'SELECT (REPLACE(?x, "(a)b", "${1}st $$") AS ?y) { ?s ?p ?x }'
    """
    return spliced(query, _edits(spoken(query)))


def _edits(found: list[Token]) -> Iterator[tuple[int, int, str]]:
    for i, token in enumerate(found[:-1]):
        if token.word not in WORDS or found[i + 1].text != "(":
            continue
        given = _arguments(found[i + 2 : closing(found, i + 1)])
        replaces = token.word == "REPLACE"
        pattern, flags = _constant(given, 1), _constant(given, 2 + replaces) or '""'
        text = _checked(pattern, flags, replaces=replaces) if pattern else None
        if replaces and len(given) > 2:
            (new,) = given[2] if len(given[2]) == 1 else (None,)
            if new is None or new.kind != "string":
                raise QueryRefused(
                    "what REPLACE puts in is not given as a string: of one that is computed nobody "
                    "knows beforehand what $ and \\ mean in it. Write the string, or use CONCAT "
                    "with STRBEFORE and STRAFTER."
                )
            yield new.start, new.end, str(Literal(_replacement(_text(new.text), text)))


def _arguments(found: list[Token]) -> list[list[Token]]:
    """What stands between the commas of a call."""
    parts, depth = [list[Token]()], 0
    for token in found:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.text == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _constant(given: Sequence[Sequence[Token]], place: int) -> str:
    """An argument that is a string, as it is written; empty for any other."""
    one = given[place] if place < len(given) else ()
    return one[0].text if len(one) == 1 and one[0].kind == "string" else ""


@lru_cache(maxsize=256)
def _checked(pattern: str, flags: str, *, replaces: bool) -> str:
    """A pattern's text. Raises QueryRefused for one that is read otherwise, or not at all."""
    text = _text(pattern)
    if not set(given := _text(flags)) <= _FLAGS:
        raise QueryRefused(f"the flags '{given}' are not XPath's: these are s, m, i and x.")
    empty = value_of(f'REGEX("", {pattern}, {flags})')
    if empty is None or _has_sets(text) or ("x" in given and "#" in text):
        raise QueryRefused(
            f"the pattern {pattern} is not understood here as XPath has it: it is none, or has a "
            "backreference, a class within a class, names of blocks (\\p{Is…}), or # beside the "
            "flag x. Write it in other words, such as several REGEX with && or ||."
        )
    if replaces and empty.value == "true":
        raise QueryRefused(
            f"the pattern {pattern} of REPLACE matches where there is nothing, which is an error "
            "in XPath. Use + for * , or REGEX in an IF around it."
        )
    return text


def _text(string: str) -> str:
    """What a string of a query says."""
    said = value_of(string)
    return said.value if said is not None else ""


def _has_sets(pattern: str) -> bool:
    """Whether classes stand in classes, or are joined."""
    plain = _ESCAPED.sub("", pattern)
    return any(
        found[2] == "[" or any(sign in found[1] for sign in _SETS)
        for found in _CLASS.finditer(plain)
    )


def _replacement(text: str, pattern: str | None) -> str:
    """What takes a match's place, in the engine's words. Raises QueryRefused for no such thing."""
    groups = None if pattern is None else _groups(pattern)

    def said(found: re.Match[str]) -> str:
        if found[1]:
            return {"\\": "\\", "$": "$$"}.get(found[1]) or _refuse(text)
        return _group(found[2], groups, text) if found[2] else _refuse(text)

    return _PLACE.sub(said, text)


def _groups(pattern: str) -> int:
    """How many groups of a pattern have numbers."""
    plain = re.sub(r"\[[^\]]*\]", "", _ESCAPED.sub("", pattern))
    return len(re.findall(r"\((?!\?)", plain))


def _group(digits: str, groups: int | None, text: str) -> str:
    """A group by its number: of several digits those that are one, the others are text."""
    if groups is None and len(digits) > 1:
        _refuse(text)
    most = len(digits)
    while most > 1 and int(digits[:most]) > (groups or 0):
        most -= 1
    return f"${{{int(digits[:most])}}}{digits[most:]}"


def _refuse(text: str) -> str:
    raise QueryRefused(
        f"what REPLACE puts in, '{text}', has a $ without the number of a group, or a \\ before "
        "neither $ nor \\: an error in XPath. In a query $ is written \\\\$ and \\ is \\\\\\\\."
    )
