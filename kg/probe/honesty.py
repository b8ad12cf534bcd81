"""Whether a 200 can be believed: tables that are known before they are asked for.

Most of it needs no data: VALUES gives the endpoint what it has to give back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.probe.answer import answer, guarded, number, sent, table
from kg.probe.facts import JSON, ask
from kg.probe.found import PASSED, Found, Probe, failed, inapplicable
from kg.probe.results import Row, UnreadableError, read_answer
from kg.probe.stated import OURS
from kg.probe.wire import Client

FORMS: Final = {
    "json": (JSON, "https://www.w3.org/TR/sparql11-results-json/"),
    "xml": ("application/sparql-results+xml", "https://www.w3.org/TR/rdf-sparql-XMLres/"),
    "csv": ("text/csv", "https://www.w3.org/TR/sparql11-results-csv-tsv/#csv"),
    "tsv": ("text/tab-separated-values", "https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv"),
}
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
TERMS: Final = (
    (NamedNode("http://example.org/a?b=1&c=%20"), Literal('a "quoted", \\ and\nbroken\tline')),
    (Literal("été", language="fr"), Literal("\U0001f600")),
    (None, Literal("<&>'")),
    (Literal("true", datatype=NamedNode(f"{XSD}boolean")), Literal(5)),
    (Literal("عرب", language="ar"), Literal("2015-05-22", datatype=NamedNode(f"{XSD}date"))),
)
"""Rows that are easily broken: quotes, line ends, signs of markup, other scripts, nothing."""
SIDE: Final = 22
"""So many values, three times, are more than 10,000 rows, where some servers stop silently."""
SOME: Final = "SELECT ?s { ?s ?p ?o } LIMIT 137"


def honesty_probes() -> Iterator[Probe]:
    """Probes of results."""
    for form, (media, spec) in FORMS.items():
        says = f"A table comes back as {form.upper()} as it was given"
        why = "The forms of one result have to agree, down to quotes and line ends."
        yield _probe(f"result-as-{form}", says, why, spec, partial(_as_given, media))
    query = "https://www.w3.org/TR/sparql11-query/"
    yield from (
        _probe(
            "all-rows",
            f"A table of {SIDE**3:,} rows has them all",
            "Part of a result that looks like all of it is a wrong result.",
            f"{query}#select",
            _all_rows,
        ),
        _probe(
            "order-and-limit",
            "ORDER BY, OFFSET and LIMIT cut the right piece",
            "Clients read long results piece by piece.",
            f"{query}#solutionModifiers",
            _ordered,
        ),
        _probe(
            "count-equals-rows",
            "COUNT says how many rows there are",
            "A count and a table about the same thing have to agree.",
            f"{query}#aggregates",
            _counted,
        ),
        _probe(
            "ask-agrees-with-select",
            "ASK says yes where SELECT has a row, and no where it has none",
            "Two forms of one question have to agree.",
            f"{query}#ask",
            _agreed,
        ),
    )


def _probe(name: str, says: str, why: str, spec: str, look: Callable[[Client], Found]) -> Probe:
    return Probe(f"{OURS}{name}", "honesty", says, why, spec, guarded(look))


def _as_given(media: str, client: Client) -> Found:
    rows = " ".join(f"({' '.join(_spelt(term) for term in row)})" for row in TERMS)
    request = ask(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {rows} }} }}", media)
    reply = sent(client, request)
    if reply.status in (406, 415):
        return inapplicable(f"it does not offer {media} (status {reply.status})")
    if not reply.ok or reply.media != media:
        found = f"status {reply.status}, {reply.media or 'no type'}"
        return failed(f"a table as {media}", found, request)
    try:
        found_rows = read_answer(reply)
    except UnreadableError as error:
        return failed(f"a table as {media}", f"{error}", request)
    expected = Counter(_row(row, words=media == "text/csv") for row in TERMS)
    rows_found = Counter(() if isinstance(found_rows, bool) else found_rows.rows)
    other = list((rows_found - expected) or (expected - rows_found))
    return failed("the rows as given", f"otherwise: {other[0]}", request) if other else PASSED


def _spelt(term: NamedNode | Literal | None) -> str:
    return "UNDEF" if term is None else f"{term}"


def _row(row: tuple[NamedNode | Literal | None, ...], *, words: bool) -> Row:
    return tuple("" if t is None else t.value if words else f"{t}" for t in row)


def _all_rows(client: Client) -> Found:
    values = " ".join(map(str, range(SIDE)))
    query = "".join(f" VALUES ?{name} {{ {values} }}" for name in "abc")
    request = ask(f"SELECT * {{{query} }}")
    reply = sent(client, request)
    if not reply.ok:
        refused = 400 <= reply.status < 600
        return PASSED if refused else failed("all rows", f"status {reply.status}", request)
    rows = table(client, request).rows
    right = len(set(rows)) == len(rows) == SIDE**3
    return PASSED if right else failed(f"{SIDE**3:,} rows", f"{len(rows):,} rows", request)


def _ordered(client: Client) -> Found:
    query = "SELECT ?n { VALUES ?n { 3 1 10 2 20 } } ORDER BY DESC(?n) LIMIT 3 OFFSET 1"
    request = ask(query)
    found = [row[0] for row in table(client, request).rows]
    right = found == [f"{Literal(n)}" for n in (10, 3, 2)]
    return PASSED if right else failed("10, 3, 2", ", ".join(found) or "nothing", request)


def _counted(client: Client) -> Found:
    rows = len(table(client, ask(SOME)).rows)
    request = ask(f"SELECT (COUNT(*) AS ?n) {{ {{ {SOME} }} }}")
    count = number(client, request)
    return PASSED if count == rows else failed(f"{rows}, as rows", f"{count}", request)


def _agreed(client: Client) -> Found:
    for pattern in ("?s ?p ?o", "?s <urn:whoholds:probe:nothing> ?o"):
        rows = table(client, ask(f"SELECT * {{ {pattern} }} LIMIT 1")).rows
        request = ask(f"ASK {{ {pattern} }}")
        says = answer(client, request)
        if says is not bool(rows):
            return failed(f"{bool(rows)}, since SELECT has {len(rows)} rows", f"{says}", request)
    return PASSED
