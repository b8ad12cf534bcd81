"""Running a query that somebody else wrote: what may be asked of a release, and in which formats.

Nothing may read a file or leave the machine: SERVICE and LOAD are refused, and FROM may only name
graphs that are published. The query is taken apart into tokens first, as the grammar does
(https://www.w3.org/TR/sparql11-query/#sparqlGrammar), so that no comment, string, escape or capital
hides a keyword.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urljoin

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kg.errors import QueryRefused
from kg.names import Names

SOLUTION_FORMATS: Final = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
GRAPH_FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
FORMATS: Final = (*SOLUTION_FORMATS, *GRAPH_FORMATS)
_NOT_XML: Final = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What an XML document cannot hold, or not as it is (https://www.w3.org/TR/xml/#charsets)."""

LONGEST: Final = 64 * 1024
DEEPEST: Final = 64
MOST: Final = {
    "UNION": 100,
    "MINUS": 100,
    "BIND": 200,
    "OPTIONAL": 200,
    "FILTER": 200,
    "VALUES": 100,
    "SELECT": 50,
}
OPERATORS: Final = 300
PATTERNS: Final = 600
"""How many characters, nested brackets, clauses of a kind, operators and patterns a query may have.

A chain of thousands of them crashes the engine, or keeps it planning for ever.
"""

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
Token = tuple[str, str]


def refuse(query: str, published: frozenset[str], base: str) -> None:
    """Raises QueryRefused for what leaves the machine, names other graphs, or is too large."""
    if len(query) > LONGEST:
        raise QueryRefused(f"the query has {len(query):,} characters; at most {LONGEST:,} are run.")
    tokens = [t for t in _tokens(query) if t[0] not in ("comment", "string", "language")]
    _refuse_chains(tokens)
    _refuse_depth(tokens)
    for kind, text in tokens:
        if kind == "word" and text.upper() in ("SERVICE", "LOAD"):
            raise QueryRefused(
                f"{text.upper()} is not run here: nothing may read another address. "
                "Ask that endpoint yourself, or let it ask this one."
            )
    for graph in _dataset(tokens, base):
        if graph not in published:
            raise QueryRefused(f"FROM names <{graph}>, which is no graph of this release.")


def _refuse_depth(tokens: list[Token]) -> None:
    depth = 0
    for kind, _ in tokens:
        depth += (kind == "open") - (kind == "close")
        if depth > DEEPEST:
            raise QueryRefused(f"the query nests more than {DEEPEST} brackets deep. Simplify it.")


def _refuse_chains(tokens: list[Token]) -> None:
    counts = Counter(text.upper() if kind == "word" else text for kind, text in tokens)
    limits = MOST | {".": PATTERNS, ";": PATTERNS, ",": PATTERNS}
    limits |= dict.fromkeys("!+-*/|^&=<>", OPERATORS)
    for text, limit in limits.items():
        if counts[text] > limit:
            raise QueryRefused(f"the query has {counts[text]:,} {text}; at most {limit} are run.")


def _tokens(query: str) -> Iterator[Token]:
    """The query's tokens, after the escapes that SPARQL decodes before it reads anything."""
    decoded = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16) % 0x110000), query)
    for match in _TOKEN.finditer(decoded):
        yield str(match.lastgroup), match[0]


def _dataset(tokens: list[Token], base: str) -> Iterator[str]:
    """The graphs that FROM and FROM NAMED name, prefixes and base resolved."""
    prefixes: dict[str, str] = {}
    for i, (kind, text) in enumerate(tokens):
        word = text.upper() if kind == "word" else ""
        after = [t[1] for t in tokens[i + 1 : i + 4]] + ["", "", ""]
        if word == "BASE":
            base = urljoin(base, after[0].strip("<>"))
        elif word == "PREFIX":
            prefixes[after[0]] = urljoin(base, after[1].strip("<>"))
        elif word == "FROM":
            named = after[1] if after[0].upper() == "NAMED" else after[0]
            if named.startswith("<"):
                yield urljoin(base, named.strip("<>"))
            else:
                prefix, colon, local = named.partition(":")
                yield prefixes.get(prefix + colon, named) + re.sub(r"\\(.)", r"\1", local)


def execute(store: Store, query: str, names: Names) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The result of a query over the union of all graphs. Raises QueryRefused, SyntaxError."""
    published = frozenset(str(getattr(g, "value", "")) for g in store.named_graphs())
    refuse(query, published, names.base)
    return store.query(
        query,
        base_iri=names.base,
        prefixes=names.prefixes(),
        use_default_graph_as_union=not _names_dataset(query),
    )


def _names_dataset(query: str) -> bool:
    """Whether a query chooses its graphs itself: then the union would override its choice."""
    return any(kind == "word" and text.upper() == "FROM" for kind, text in _tokens(query))


def write_result(
    found: QuerySolutions | QueryBoolean | QueryTriples, form: str, names: Names
) -> bytes:
    """A result in one of SOLUTION_FORMATS (tables, yes or no) or GRAPH_FORMATS (graphs)."""
    if isinstance(found, QueryTriples):
        return write_graph(found, form, names.prefixes())
    body = found.serialize(format=SOLUTION_FORMATS.get(form, QueryResultsFormat.JSON)) or b""
    return _sound_xml(body) if form == "xml" else body


def write_graph(triples: Iterable[Triple], form: str, prefixes: dict[str, str]) -> bytes:
    """Triples in one of GRAPH_FORMATS."""
    graph_format = GRAPH_FORMATS.get(form, RdfFormat.TURTLE)
    body = serialize(triples, format=graph_format, prefixes=prefixes) or b""
    return _sound_xml(body) if graph_format == RdfFormat.RDF_XML else body


def _sound_xml(body: bytes) -> bytes:
    """XML that every parser reads: line ends of words kept, what XML has no sign for replaced."""
    text = _NOT_XML.sub(lambda found: "&#13;" if found[0] == "\r" else "\ufffd", body.decode())
    return text.encode()
