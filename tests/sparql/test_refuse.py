"""Nothing leaves the machine, and what the engine would take for a keyword is none."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store
from rdflib.plugins.sparql.parser import parseQuery

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.sparql.tokens import decode, spoken

NAMES = Names("http://e/")
ELSEWHERE = "http://127.0.0.1:9/"
X = f"<{ELSEWHERE}>"
PROLOGUE = f"PREFIX : {X} PREFIX ex: {X} PREFIX SERVICEex: <http://e/> PREFIX service: <http://e/> "


def prepared(query):
    return prepare(query, NAMES)


def run(query):
    return execute(Store(), prepared(query), NAMES)


@pytest.mark.parametrize(
    "pattern",
    [
        f"SERVICE {X} {{ ?a ?b ?c }}",
        f"SERVICESILENT{X} {{ ?a ?b ?c }}",
        "SERVICEex:x { ?a ?b ?c }",
        "service:x { ?a ?b ?c }",
        f"?s ?p trueSERVICE{X} {{ ?a ?b ?c }}",
        f"?s ?p true.SERVICE{X} {{ ?a ?b ?c }}",
        "?s ?p true.SERVICE:x { ?a ?b ?c }",
        f"?s ?p :a.b.SERVICE{X}{{ ?a ?b ?c }}",
        f"?s :p?1SERVICE{X}{{ ?a ?b ?c }}",
        f"?s ?p 1.SERVICE{X}{{ ?a ?b ?c }}",
        f"?s ?p 1e0SERVICE{X}{{ ?a ?b ?c }}",
        f"?s ?p ex:.SERVICE{X}{{ ?a ?b ?c }}",
        f"?s ?p 'a'@en--ltrSERVICE{X}{{ ?a ?b ?c }}",
        f"VALUES ?x {{ ''' ' }} SERVICE {X} {{ ?s ?p ?o }} # \\q ''' }}\n",
        f"\\u0053ERVICE {X} {{ ?a ?b ?c }}",
        f"\\u005Cu0053ERVICE {X} {{ ?a ?b ?c }}",
        f"?s ?p '\\u0027SERVICE {X} {{ ?a ?b ?c }} #'\n",
        f"?s ?p ?o # \rSERVICE {X} {{ ?a ?b ?c }}\r",
        f"?s ?p 'a\\\\'SERVICE {X} {{ ?a ?b ?c }} #'\n",
        f"FILTER(1<2)SERVICE{X}{{ ?a ?b ?c }} FILTER(3>2)",
        "BIND(IRI('http://x/') AS ?x) { { OPTIONAL { sErViCe?x{ ?a ?b ?c } } } }",
        f"LATERAL {{ SERVICE {X} {{ ?a ?b ?c }} }}",
        f"FILTER EXISTS {{ SERVICE SILENT {X} {{ ?a ?b ?c }} }}",
    ],
)
def test_no_spelling_reaches_another_address(pattern):
    """The engine by itself would ask the address in most of these."""
    query = f"{PROLOGUE}SELECT * {{ {pattern} }}"
    try:
        text = prepared(query).text
    except (QueryRefused, SyntaxError):
        return
    assert "SERVICE" not in [token.word for token in spoken(text)]
    try:
        execute(Store(), prepared(query), NAMES)
    except SyntaxError:
        return
    assert ELSEWHERE not in text or ("GRAPH" not in text and not pattern.startswith("SERVICE"))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?load ?from }",
        "PREFIX service: <http://x/> SELECT (service:load AS ?said) {}",
        "SELECT (<http://example.org/SERVICE> AS ?said) {}",
        "# SERVICE <http://x/>\rSELECT ('SERVICE <x> {}'@service AS ?x) {}",
        "\ufeffSELECT ('bom' AS ?x) {}",
        "SELECT (1+1 AS ?x) (2 -1 AS ?y) (+1.e0 AS ?z) { FILTER(?x<1&&?y>2||!BOUND(?z)) }",
        "PREFIX a.b: <http://x/> SELECT * { a.b:c.d.e a.b:f\\,g-%20 true . ?x ^a.b:p?/a.b:q* () }",
        "SELECT * { ?s ?p '''a''b'\\'''', \"\"\"x\"y\"\"\", '', \"\\\\\" }",
        "ASK { _:a.b ?p [] ; ?q (1 2.0 .5 -1e-3) . ?été ?p 'ü'@de-AT-1996 }",
    ],
)
def test_what_is_harmless_runs(query):
    run(query)
    parseQuery(query.removeprefix("\ufeff").replace("\r", "\n"))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("ASK {\n ?s ?p 'open }", "error at 2:8: the string"),
        ("ASK {\r\n\r\n ?s ?p \u00a0 }", "error at 3:8: U\\+00A0"),
        ("ASK {\n\n ?s nowhere:p ?o }", "error at 3:5: the prefix nowhere:"),
        ("ASK { ?s ?p ?o LATERAL { } }", "LATERAL"),
        ("ASK { << ?s ?p ?o >> ?q ?z }", "RDF 1.2"),
        ("ASK { ?s ?p ?o {| ?q ?z |} }", "RDF 1.2"),
        ("ASK { FILTER(ADJUST(NOW()) = 1) }", "ADJUST"),
        ("ASK { ?s ?p ?o ~ ?r }", "U\\+007E"),
        ("ASK { ?s ?p ?o FROM }", "after FROM"),
    ],
)
def test_what_is_no_sparql_says_where(query, says):
    with pytest.raises(SyntaxError, match=says):
        prepared(query)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("ASK { ?s ?p '\\uD800' }", "no character"),
        ("ASK { ?s ?p '\\U00110000' }", "no character"),
        ("ASK { BIND(BNODE('a') AS ?x) }", "BNODE"),
        ("ASK { GRAPH ?g { ?s ?p ?o FILTER(?g = ?s) } }", "not bound yet"),
    ],
)
def test_what_is_refused_says_why(query, says):
    with pytest.raises(QueryRefused, match=says):
        prepared(query)


def test_a_function_that_nobody_has_is_refused():
    with pytest.raises(QueryRefused, match="custom function"):
        run("SELECT (<http://x/f>(1) AS ?x) {}")


def test_names_with_two_dots_are_names():
    query = "PREFIX : <http://e/> SELECT (STR(:a.b.c) AS ?x) (STR(claim:a.b.c.) AS ?y) {}"
    with pytest.raises(SyntaxError):
        run(query)  # the last full stop is none of the name
    assert next(run(query.replace("c.)", "c)")))["y"].value == "http://e/claim/a.b.c"


def test_a_declared_prefix_wins_over_a_given_one_and_bases_resolve():
    query = "BASE <http://b/x/> PREFIX claim: <#> SELECT (STR(claim:a) AS ?x) (STR(<y>) AS ?y) {}"
    row = next(run(query))
    assert (row["x"].value, row["y"].value) == ("http://b/x/#a", "http://b/x/y")


WORST = [
    "é" * 65_000,
    "a-" * 32_000,
    "a." * 32_000,
    ":a" + "." * 65_000,
    "'''" + "\\'" * 32_000,
    '"""' + '""a' * 21_000,
    "<" * 65_000,
    "<a" * 32_000,
    "\\u0061" * 10_900,
    "\\\\" * 32_000,
    "1" * 65_000,
    "1." * 32_000,
    "?" * 65_000,
    "@a-" * 21_000,
    "_:a." * 16_000,
    "#" * 65_000,
    "'" * 65_000,
    "GRAPH ?g " * 7_000,
    "GRAPH ?g { " * 60 + "?s ?p* 1 . " * 500 + "} " * 60,
    "SELECT * { " + "?a ?b ?c ; " * 5_900,
]


@pytest.mark.parametrize("text", WORST, ids=lambda text: text[:12])
def test_the_worst_texts_are_refused_or_read_at_once(text):
    """50 ms on a machine with nothing else to do; what grows with the square takes minutes."""
    assert min(seconds_to_prepare(text) for _ in range(3)) < 1


def seconds_to_prepare(text):
    begin = time.process_time()
    with contextlib.suppress(QueryRefused, SyntaxError):
        prepared(text)
    return time.process_time() - begin


PIECES = st.sampled_from(
    [
        "SERVICE",
        "service",
        "SILENT",
        "?x",
        ":x",
        "ex:x",
        "service:x",
        "{",
        "}",
        "#",
        "'",
        '"',
        "'''",
        "\\",
        "\\u0053",
        "\\u0027",
        "\\u005C",
        "a",
        "true",
        ".",
        "1",
        "@en",
        "--ltr",
        "_:b",
        "FILTER(",
        ")",
        "<",
        ">",
        "GRAPH",
        "VALUES",
        "UNION",
        "OPTIONAL",
        "*",
        "|",
        "^",
        "[",
        ";",
        X,
        " ",
        "\n",
        "\r",
        "?s ?p ?o",
        '"""',
    ]
)


@given(st.lists(PIECES, max_size=14))
@settings(max_examples=400, deadline=None)
def test_whatever_is_run_asks_no_other_address(pieces):
    """The engine cannot be reached by a SERVICE: asking port 9 is an OSError, SILENT or not."""
    try:
        query = prepared(f"{PROLOGUE}SELECT * {{ {''.join(pieces)} }}")
    except (QueryRefused, SyntaxError):
        return
    words = [token.word for token in spoken(query.text)]
    assert not {"SERVICE", "LOAD"} & set(words)
    try:
        execute(Store(), query, NAMES)
    except (QueryRefused, SyntaxError):
        return
    assert "ServiceGraphPattern" not in str(parseQuery(query.text)[1])


@pytest.mark.parametrize(
    "query",
    ["ASK { ?s <p:a> ?", "ASK { ?s [ <p:a> | <p:b> * (", "ASK { ; <p:a> * , }", "ASK { ) <p:a>* ("],
)
def test_what_breaks_off_in_a_path_is_no_sparql(query):
    with pytest.raises(SyntaxError):
        run(query)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_answered_or_refused(text):
    try:
        run(text)
    except (QueryRefused, SyntaxError):
        return


def test_a_query_is_one_in_all_its_spellings():
    one, other = "ASK {?s ?p claim:a}#c", "PREFIX a: <http://e/claim/>\nASK  # so\n{?s\t?p a:a}"
    assert prepared(one).digest == prepared(other).digest
    for different in (
        "ASK {?s ?p claim:b}",
        "ASK {?s ?p 'claim:a'}",
        "ASK FROM <x:y> {?s ?p claim:a}",
    ):
        assert prepared(one).digest != prepared(different).digest
    assert decode("ASK\\u0020{}") == "ASK {}"


def test_preparing_is_quick():
    query = "SELECT * { " + "?claim wh:place place:palmyra ; wh:eventType ?t . " * 20 + "}"
    times = []
    for _ in range(20):
        begin = time.process_time()
        prepared(query)
        times.append(time.process_time() - begin)
    assert min(times) < 0.005  # 1 ms on a machine with nothing else to do
