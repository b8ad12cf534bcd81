"""A query's tokens, as the grammar has them (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).

So no comment, string, escape or capital hides a keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN: Final = re.compile(
    r"""
      (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<comment> \#[^\n\r]* )
    | (?P<string>  \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                 | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    [^\W\d_][\w.-]*?:(?:[\w.:%-]|\\.)* | :(?:[\w.:%-]|\\.)* | _:[\w.-]+ )
    | (?P<word>    [A-Za-z_]\w* )
    | (?P<open>    [({\[] )
    | (?P<close>   [)}\]] )
    | (?P<other>   \S )
    """,
    re.VERBOSE | re.DOTALL,
)
_APART: Final = frozenset(("comment", "string", "language"))


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: what it is, its text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The keyword in capitals; empty for what is none."""
        return self.text.upper() if self.kind == "word" else ""


def decode(query: str) -> str:
    r"""The query without the escapes that are read before anything else.

    The engine is given this text: it could otherwise take a string's end for a part of it, and see
    a keyword where we saw none. https://www.w3.org/TR/sparql11-query/#codepointEscape

    >>> decode(r"\u0041SK {}")
    'ASK {}'
    """
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16) % 0x110000), query)


def tokens(query: str) -> Iterator[Token]:
    """All tokens of a decoded query."""
    for match in _TOKEN.finditer(query):
        yield Token(str(match.lastgroup), match[0], match.start(), match.end())


def spoken(query: str) -> list[Token]:
    """The tokens that the engine acts on: not what is commented, quoted or a language."""
    return [token for token in tokens(query) if token.kind not in _APART]


def normal(query: str) -> str:
    r"""The query as every spelling of it that differs in blanks and comments alone.

    >>> normal("ASK  { ?s ?p ' a ' } # whether there is")
    "ASK { ?s ?p ' a ' }"
    """
    parts, last = list[str](), 0
    for token in tokens(query):
        if token.kind != "comment":
            parts.append(" " * (token.start > last and bool(parts)) + token.text)
            last = token.end
    return "".join(parts)
