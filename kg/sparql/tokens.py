r"""A query's tokens, as the grammar has them (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).

So no comment, string, escape or capital hides a keyword. The classes of characters and the escapes
are exactly the grammar's: where the engine would see the end of a string, so do we. Each expression
reads a character a fixed number of times at most, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from kg.errors import QueryRefused

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST: Final = f"{_BASE}_0-9"
_MARKS: Final = "\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS: Final = rf"{_FIRST}{_MARKS}\-"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_LOCAL: Final = rf"(?:[{_FIRST}:]|{_PLX})(?:[{_CHARS}:]|{_PLX}|\.++(?=[{_CHARS}:%\\]))*+"
_RUN: Final = rf"[{_BASE}](?:[{_CHARS}]|\.++(?=[{_CHARS}]))*+"
_IRI: Final = r"""<[^<>"{}|^`\\\x00-\x20]*+>"""
_ECHAR: Final = r"""\\[tbnrf"'\\]"""
_TOKEN: Final = re.compile(
    rf"""
      (?P<iri>      {_IRI} )
    | (?P<comment>  \#[^\n\r]*+ )
    | (?P<string>   \"{{3}}(?:\"{{0,2}}(?:[^"\\]|{_ECHAR}))*+\"{{3}}
                  | '{{3}}(?:'{{0,2}}(?:[^'\\]|{_ECHAR}))*+'{{3}}
                  | "(?:[^"\\\n\r]|{_ECHAR})*+" | '(?:[^'\\\n\r]|{_ECHAR})*+' )
    | (?P<variable> [?$][{_FIRST}][{_FIRST}{_MARKS}]*+ )
    | (?P<language> @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
    | (?P<blank>    _:[{_FIRST}](?:[{_CHARS}]|\.++(?=[{_CHARS}]))*+ )
    | (?P<name>     :(?:{_LOCAL})? )
    | (?P<run>      {_RUN}(?P<local>:(?:{_LOCAL})?)? )
    | (?P<number>   [+-]?(?:[0-9]++(?:\.[0-9]*(?=[Ee][+-]?[0-9])|\.[0-9]++)?|\.[0-9]++)
                    (?:[Ee][+-]?[0-9]++)? )
    | (?P<open>     [({{\[] )
    | (?P<close>    [)}}\]] )
    | (?P<other>    \^\^ | && | \|\| | != | <= | >= | [^ \t\r\n] )
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANK: Final = r"[ \t\r\n]"
_DECLARED: Final = rf"PREFIX{_BLANK}++((?:{_RUN})?:){_BLANK}*+({_IRI})"
DECLARED: Final = re.compile(_DECLARED, re.IGNORECASE | re.ASCII)
"""The declaration of a prefix: the prefix with its colon, and its IRI between its signs."""
_HEAD: Final = re.compile(rf"(?:{_BLANK}*+{_DECLARED})*+", re.IGNORECASE | re.ASCII)
_ESCAPE: Final = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PIECE: Final = re.compile(r"[.-]|[^.-]+")
FORMS: Final = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
"""The words that say what a query is to give."""
MOST: Final = 12_000
"""Words and signs of a query that somebody sends, at most: they are read in some 30 ms."""
_LAST: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)


class Token(NamedTuple):
    """A piece of a query: what it is, its text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int
    word: str = ""
    """The keyword in capitals; empty for what is none."""


def decode(query: str) -> str:
    r"""The query without the escapes that are read before anything else, and without a BOM.

    The engine is given this text: it could otherwise take a string's end for a part of it, and see
    a keyword where we saw none. Raises QueryRefused for an escape that makes another one, or no
    character. https://www.w3.org/TR/sparql11-query/#codepointEscape

    >>> decode(r"\u0041SK {}")
    'ASK {}'
    """
    text = query.removeprefix("\ufeff")
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_character, text).removeprefix("\ufeff")
    if any(found[1] or found[2] for found in _ESCAPE.finditer(text)):
        raise QueryRefused(
            r"an escape makes another escape (\u005Cu…). Write the character itself."
        )
    return text


def _character(found: re.Match[str]) -> str:
    if found[0] == r"\\":
        return found[0]
    code = int(found[1] or found[2], 16)
    if code > _LAST or code in _SURROGATES:
        raise QueryRefused(f"the escape {found[0]} names no character.")
    return chr(code)


def head_of(query: str) -> str:
    """The declarations of prefixes that a decoded query begins with, and nothing else.

    >>> head_of("PREFIX x: <http://x/> ASK { ?s x:a 'PREFIX' }")
    'PREFIX x: <http://x/>'
    """
    return str(_HEAD.match(query)[0])  # type: ignore[index]


def tokens(query: str, begin: int = 0) -> Iterator[Token]:
    """All tokens of a decoded query from some place on, up to a string that does not end."""
    for match in _TOKEN.finditer(query, begin):
        kind, text, (start, end) = str(match.lastgroup), match[0], match.span()
        if kind != "run":
            yield Token(kind, text, start, end)
            if kind == "other" and text in "\"'":
                return
        elif match["local"] is not None:
            yield Token("name", text, start, end)
        elif text.isalpha():
            yield Token("word", text, start, end, _capitals(text))
        else:
            yield from _words(text, start)


def _capitals(word: str) -> str:
    """A word as keywords are spelt: of ASCII alone, of which other letters' capitals may be."""
    return word.upper() if word.isascii() else ""


def _words(run: str, start: int) -> Iterator[Token]:
    """The words of a run such as true.FILTER, which is a prefix only before a colon."""
    for piece in _PIECE.finditer(run):
        where = start + piece.start(), start + piece.end()
        if piece[0] in ".-":
            yield Token("other", piece[0], *where)
        else:
            yield Token("word", piece[0], *where, _capitals(piece[0]))


def spoken(query: str) -> list[Token]:
    """The tokens that the engine acts on: all but comments."""
    return [token for token in tokens(query) if token.kind != "comment"]


def spoken_of(query: str, begin: int = 0) -> list[Token]:
    """The tokens of a query that somebody sent. Raises QueryRefused for more than MOST."""
    found = list(islice((t for t in tokens(query, begin) if t.kind != "comment"), MOST + 1))
    if len(found) > MOST:
        raise QueryRefused(f"the query has more than {MOST:,} words and signs.")
    return found


def form_at(found: list[Token]) -> int:
    """The index of the word that says what a query is to give. Raises StopIteration for no query.

    >>> form_at(spoken("BASE <http://x/> ASK { { SELECT * {} } }"))
    2
    """
    return next(i for i, token in enumerate(found) if token.word in FORMS)


def head_at(found: list[Token]) -> int:
    """The same index; that behind the template of a CONSTRUCT, if it has one.

    >>> head_at(spoken("CONSTRUCT { ?s ?p ?o } WHERE { ?o ?p ?s }"))
    6
    """
    i = form_at(found)
    templated = found[i].word == "CONSTRUCT" and found[i + 1].text == "{"
    return closing(found, i + 1) + 1 if templated else i


def closing(found: Sequence[Token], opening: int) -> int:
    """The index of the bracket that closes the one at an index; the text's end if none does."""
    depth = 0
    for i in range(opening, len(found)):
        depth += (found[i].kind == "open") - (found[i].kind == "close")
        if depth == 0:
            return i
    return len(found) - 1


def divided(found: Sequence[Token]) -> list[Sequence[Token]]:
    """What commas divide, but for those in brackets.

    >>> ["".join(t.text for t in part) for part in divided(spoken("?a, IF(?b, 1, 2)"))]
    ['?a', 'IF(?b,1,2)']
    """
    parts, depth, begin = list[Sequence[Token]](), 0, 0
    for i, token in enumerate(found):
        depth += (token.kind == "open") - (token.kind == "close")
        if token.text == "," and not depth:
            parts.append(found[begin:i])
            begin = i + 1
    return [*parts, found[begin:]]


def spliced(query: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The query with other text in some places, given by where they begin and end, in any order.

    >>> spliced("ASK { ?s ?p ?o }", [(14, 14, " ?x a ?s"), (0, 3, "SELECT *")])
    'SELECT * { ?s ?p ?o ?x a ?s }'
    """
    parts, last = list[str](), 0
    for begin, end, text in sorted(edits):
        parts += (query[last:begin], text)
        last = end
    return "".join([*parts, query[last:]])
