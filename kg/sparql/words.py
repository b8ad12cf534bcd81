"""The words of a SPARQL 1.1 query: nothing else may stand where the engine looks for a keyword.

The engine reads without blanks what other readers would not (SERVICESILENT<…>, trueSERVICE<…>), and
knows more than the standard has (LATERAL, RDF 1.2, ADJUST). What is not listed here is not run.
https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import itertools
from typing import Final

from kg.sparql.tokens import Token

_CLAUSES: Final = """
    BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT DESCRIBE ASK FROM NAMED WHERE GROUP BY HAVING
    ORDER ASC DESC LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH SERVICE SILENT BIND UNION MINUS FILTER
    EXISTS NOT IN A TRUE FALSE
"""
_FUNCTIONS: Final = """
    COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI
    BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS
    STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID
    MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL
    ISNUMERIC REGEX SUBSTR REPLACE
"""
WORDS: Final = frozenset((*_CLAUSES.split(), *_FUNCTIONS.split()))
_SIGNS: Final = frozenset(
    [
        ".",
        ",",
        ";",
        "=",
        "!",
        "<",
        ">",
        "+",
        "-",
        "*",
        "/",
        "|",
        "^",
        "?",
        "&&",
        "||",
        "!=",
        "<=",
        ">=",
        "^^",
    ]
)
_TWELVE: Final = {("<", "<"), (">", ">"), ("{", "|"), ("-", "-")}
"""Signs that stand side by side in RDF 1.2 only: triple terms, annotations, base directions."""


def check_words(text: str, found: list[Token]) -> None:
    """Raises SyntaxError, with line and column, for what is no part of a SPARQL 1.1 query."""
    for token in found:
        if token.kind == "word" and token.word not in WORDS:
            _stop(text, token.start, f"'{token.text}' is no word of a SPARQL 1.1 query")
        if token.kind == "other" and token.text not in _SIGNS:
            _stop(text, token.start, _unknown(token.text))
    for one, other in itertools.pairwise(found):
        if one.end == other.start and (one.text, other.text) in _TWELVE:
            _stop(text, one.start, f"'{one.text}{other.text}' is RDF 1.2; this is SPARQL 1.1")


def _unknown(sign: str) -> str:
    if sign in "\"'":
        return f"the string that begins with {sign} does not end, or has an escape that is none"
    return f"U+{ord(sign):04X} is no part of a query here"


def stop_at(text: str, start: int, why: str) -> SyntaxError:
    """The error that something at a position is no SPARQL, as the engine words it."""
    before = text[:start].replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, start - max(text.rfind(c, 0, start) for c in "\n\r")
    return SyntaxError(f"error at {line}:{column}: {why}")


def _stop(text: str, start: int, why: str) -> None:
    raise stop_at(text, start, why)
