"""The engine, as it is asked here, against Jena ARQ and rdflib.

WHOHOLDS_SEEDS=3400 draws more. Three differences are then known, and none is a fault here: MIN
and MAX over strings and numbers together, which the standard does not order, and ARQ's path of no
length that begins at a value from elsewhere which is no node of the graph. A FILTER of rdflib's
sees what is bound outside its group.
"""

from __future__ import annotations

import os
import random

import pytest
import rdflib
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    parse,
    parse_query_results,
)

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.columns.answer import answer
from kg.sparql.columns.file import open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.sparql.table import Table
from kg.store import make_store, nquads, open_store
from sparql.arq import HERE, Arq
from sparql.results import as_graph, as_rows, comparable
from sparql.terms import term

NAMES = Names("http://e/")
SEEDS = range(int(os.environ.get("WHOHOLDS_SEEDS", "400")))
PREFIX = "PREFIX : <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
REFUSED = (
    "where it is not bound yet",
    "leaves out the path of no length",
)
GRAPHS = ["g1", "g2", "g3"]
QUADS = [
    """:a :p :b ; :q 1 ; :name "Anna"@en , "Anna" . :b :p :c ; :q 2.5 .""",
    """:a :p :b ; :q 1 , 2 ; :when "2014-05-22"^^xsd:date . :c :p :a ; :q 3e0 ; :name "Karl"@de .
    _:x :p :c ; :q 2 .""",
    """:b :p :b ; :r :a ; :q "x" ; :when "2015-01-01T00:00:00Z"^^xsd:dateTime . :g1 :r :g2 .
    _:y :r "true"^^xsd:boolean .""",
]


def data(node):
    """The quads, whose blank nodes may have names: columns leave results with others alone."""
    for name, line in zip(GRAPHS, QUADS, strict=True):
        text = f"@prefix : <http://e/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . {line}"
        text = text.replace("_:", node)
        for quad in parse(text, format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(f"http://e/{name}"))


class Writer:
    """Writes a query, drawn from a seed."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.named = 0

    def choice(self, ways):
        """One of some ways to write it."""
        return self.draw.choice(ways)

    def fresh(self):
        """A variable of its own, which the whole query gives if it is a table."""
        self.named += 1
        return f"n{self.named}"

    def query(self):
        form = self.choice(["select"] * 6 + ["group", "group", "ask", "construct"])
        source = self.source()
        if form == "ask":
            return f"ASK {source} {{ {self.group(2)} }}"
        if form == "construct":
            return f"CONSTRUCT {{ ?x :made ?y . ?y :of ?z }} {source} WHERE {{ {self.group(2)} }}"
        if form == "group":
            return self.grouped(source, self.group(2))
        distinct = self.choice(["", "DISTINCT "])
        ending = self.choice(["", "", " ORDER BY ?x ?y ?z ?g ?w", " ORDER BY DESC(?y) ?x"])
        group = self.group(3)
        fresh = "".join(f" ?n{i + 1}" for i in range(self.named))
        return f"SELECT {distinct}?x ?y ?z ?g ?w{fresh} {source} WHERE {{ {group} }}{ending}"

    def source(self):
        return self.choice(
            [""] * 6
            + [
                "FROM :g1",
                "FROM :g1 FROM :g2",
                "FROM NAMED :g1 FROM NAMED :g3",
                "FROM :g2 FROM :g1 FROM NAMED :g2",
            ]
        )

    def grouped(self, source, group):
        key = self.choice(["?x", "?y", "?g"])
        count = self.choice(
            [
                "COUNT(*)",
                "COUNT(?y)",
                "COUNT(DISTINCT ?y)",
                "SUM(?z)",
                "MIN(?z)",
                "MAX(?z)",
                "AVG(?z)",
            ]
        )
        having = self.choice(["", f" HAVING({count} > 1)"])
        return f"SELECT {key} ({count} AS ?sum) {source} WHERE {{ {group} }} GROUP BY {key}{having}"

    def term(self):
        return self.choice(["?x", "?x", "?y", "?z", ":a", ":b", ":c"])

    def triple(self):
        verb = self.choice(
            [
                ":p",
                ":p",
                ":q",
                ":r",
                "?w",
                ":name",
                ":when",
                ":p+",
                ":p/:q",
                "^:p",
                ":p|:r",
                ":p*",
                "(:p|:r)?",
                "!:q",
            ]
        )
        subject = self.choice(["?x", "?x", "?y", ":a", ":b"])
        thing = self.choice(["?y", "?y", "?z", "?z", ":b", "1"])
        return f"{subject} {verb} {thing} ."

    def group(self, depth):
        parts = [self.triple() for _ in range(self.draw.randint(1, 2))]
        for _ in range(self.draw.randint(0, 2 if depth > 1 else 1)):
            parts += [self.part(depth)]
        if self.draw.random() < 0.15:
            parts = parts[1:] or parts
        return " ".join(parts)

    def part(self, depth):
        if depth == 0:
            return self.filter()
        inner = self.group(depth - 1)
        return self.choice(
            [
                f"OPTIONAL {{ {inner} }}",
                f"{{ {inner} }} UNION {{ {self.group(depth - 1)} }}",
                f"MINUS {{ {inner} }}",
                f"FILTER EXISTS {{ {self.triple()} }}",
                f"FILTER NOT EXISTS {{ {self.triple()} {self.filter()} }}",
                "VALUES ?y { :b :c 1 }",
                "VALUES (?x ?z) { (:a UNDEF) (:b 1) (UNDEF 2.5) }",
                f"{{ SELECT ?x (COUNT(*) AS ?{self.fresh()}) {{ {inner} }} GROUP BY ?x }}",
                f"{{ SELECT DISTINCT ?x ?y {{ {inner} }} }}",
                f"{{ SELECT (COUNT(*) AS ?{self.fresh()}) {{ {inner} }} }}",
                f"GRAPH :g2 {{ {inner} }}",
                f"GRAPH ?g {{ {inner} }}",
                f"GRAPH ?g {{ {inner} }}",
                f"GRAPH ?g {{ SELECT (COUNT(*) AS ?{self.fresh()}) {{ {inner} }} }}",
                f"GRAPH ?g {{ SELECT ?x (MAX(?z) AS ?{self.fresh()}) {{ {inner} }} GROUP BY ?x }}",
                f"GRAPH ?g {{ {self.triple()} MINUS {{ {self.triple()} }} }}",
                f"GRAPH ?g {{ VALUES ?x {{ :a :b }} {self.triple()} }}",
                f"GRAPH ?g {{ {self.triple()} FILTER NOT EXISTS {{ {self.triple()} }} }}",
                f"GRAPH ?g {{ OPTIONAL {{ {inner} }} }}",
                f"GRAPH ?g {{ {{ {inner} }} UNION {{ {self.triple()} }} }}",
                self.filter(),
            ]
        )

    def filter(self):
        return self.choice(
            [
                "FILTER(?z > 1)",
                "FILTER(?y = ?z)",
                "FILTER(!BOUND(?z) || ?z != 2)",
                "FILTER(isIRI(?y) && STR(?y) < 'http://e/c')",
                "FILTER(LANG(?y) = 'en')",
                "FILTER(?x IN (:a, :b))",
                "FILTER(DATATYPE(?z) = xsd:integer)",
                "FILTER(COALESCE(?z * 2, 0) < 5)",
            ]
        )


@pytest.fixture(scope="module", params=["_:", ":node-"])
def release(tmp_path_factory, request):
    """A store and its columns."""
    folder = tmp_path_factory.mktemp("differential")
    (folder / "data.nq").write_bytes(nquads(data(request.param)))
    make_store(folder / "store", [folder / "data.nq"])
    make_columns(folder / "columns", folder / "store")
    return open_store(folder / "store"), open_columns(folder / "columns")


@pytest.fixture(scope="module")
def store(release):
    return release[0]


@pytest.fixture(scope="module")
def arq(store):
    if not HERE:
        pytest.skip('needs the extra "arq": Jena ARQ')
    return Arq(store.dump(format=RdfFormat.N_QUADS).decode())


def answered(query, store, columns=None):
    """Our answer; None where it is refused for one of the reasons that are known."""
    try:
        found = execute(store, prepare(query, NAMES), NAMES, columns)
        return comparable(found.solutions() if isinstance(found, Table) else found)
    except QueryRefused as refused:
        if any(reason in str(refused) for reason in REFUSED):
            return None
        raise


@pytest.mark.parametrize("seed", SEEDS)
def test_arq_answers_alike(seed, release, arq):
    """The engine alone, and columns where they know the query."""
    store, columns = release
    query = PREFIX + Writer(seed).query()
    found, ours = arq.ask(query), [answered(query, store), answered(query, store, columns)]
    if "CONSTRUCT" in query:
        theirs = as_graph(q.triple for q in parse(found, format=RdfFormat.N_TRIPLES))
    else:
        theirs = comparable(parse_query_results(found, format=QueryResultsFormat.JSON))
    assert all(one == theirs for one in ours if one is not None), query


def test_columns_know_many_of_them(release):
    _, columns = release
    queries = [prepare(PREFIX + Writer(seed).query(), NAMES) for seed in SEEDS]
    about = {"base_iri": NAMES.base}
    found = [answer(columns, one.text, about, dataset=one.dataset) for one in queries]
    assert sum(one is not None for one in found) > len(SEEDS) * 0.2, "few are known"


class Plain(Writer):
    """Writes what rdflib answers as ARQ and we do.

    Not paths of no length, negated paths, the graphs of a variable, values, groups without rows,
    what is not bound in EXISTS, and words greater than numbers, all of which it answers otherwise;
    nor times, which it respells, nor FROM, which it loads.
    """

    NOT = (
        *(":p*", ")?", "!:q", "?w", "FROM", "construct", "group", "GRAPH", "VALUES", "EXISTS"),
        *(":when", "(COUNT(*)", "> 1"),
    )

    def choice(self, ways):
        return super().choice([way for way in ways if not any(no in way for no in self.NOT)])


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_rdflib_answers_alike(seed, store, other):
    query = PREFIX + Plain(seed).query()
    found = other.query(query)
    theirs = found.askAnswer
    if found.type == "SELECT":
        rows = [[term(row.get(name)) for name in found.vars] for row in found.bindings]
        theirs = as_rows(map(str, found.vars), rows)
    ours = answered(query, store)
    assert ours is None or ours == theirs, query


@pytest.fixture(scope="module")
def other(store):
    made = rdflib.Dataset(default_union=False)
    made.parse(data=store.dump(format=RdfFormat.N_QUADS).decode(), format="nquads")
    return made
