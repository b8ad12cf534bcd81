"""Columns give what the engine gives, for any query that counts, or leave it to the engine."""

import json
import re
import shutil
from collections import Counter
from contextlib import suppress

import pytest
from pyoxigraph import Literal, QueryBoolean, QueryTriples, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.columns import make
from kg.sparql.columns.answer import answer, solutions
from kg.sparql.columns.file import DIGESTS, FILES, SETS, Columns, open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.columns.meaning import Engine
from kg.sparql.columns.recognise import recognise
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Unrecognised
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.sparql.table import Table
from kg.store import make_store, open_store
from sparql.counting import dirty, queries

NAMES = Names("http://x/")
PREFIXES = "PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
MANY = 600


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> tuple[Store, Columns]:
    folder = tmp_path_factory.mktemp("columns")
    (folder / "data.nq").write_text(dirty(1), "utf-8")
    make_store(folder / "store", [folder / "data.nq"])
    store = open_store(folder / "store")
    make_columns(folder / "columns", folder / "store")
    columns = open_columns(folder / "columns")
    assert columns
    return store, columns


def test_every_query_gives_what_the_engine_gives(stored):
    store, columns = stored
    known = 0
    for text, meant in queries(7, MANY):
        query = prepare(PREFIXES + text, NAMES)
        expected = bag(execute(store, prepare(PREFIXES + meant, NAMES), NAMES))
        about = {"base_iri": NAMES.base, "prefixes": NAMES.prefixes()}
        if (counts := recognise(query.text)) is None:
            continue
        with suppress(Unrecognised):
            found = solutions(Session(columns, Engine(counts.prologue, about)), counts)
            known += 1
            assert bag(found) == expected, text
    assert known > MANY * 0.6, f"{known} of {MANY} queries were answered from columns"


def bag(found):
    """The rows as a multiset, without what is for the engine to choose."""
    if isinstance(found, QueryBoolean):
        return Counter({bool(found): 1})
    if isinstance(found, QueryTriples):
        return Counter(" ".join(re.sub("_:[0-9a-f]+", "_:b", str(t)).split()) for t in found)
    found = found.solutions() if isinstance(found, Table) else found
    names = [variable.value for variable in found.variables]
    return Counter(tuple(_told(n, row[n]) for n in names) for row in found)


def _told(name, term):
    """A term, without what of it depends on an order that nobody sets."""
    if name.startswith("end"):
        return f"{term is None}"
    if not isinstance(term, Literal):
        return str(term)
    kind = term.datatype.value.rpartition("#")[2]
    if name.startswith("words"):
        return "".join(sorted(term.value))
    if name.startswith("sum") and kind in ("double", "float"):
        return f"{float(term.value):.5g} {kind}"
    return str(term)


def asked(stored, text):
    """What columns answer, or None."""
    _, columns = stored
    query = prepare(PREFIXES + text, NAMES)
    about = {"base_iri": NAMES.base, "prefixes": NAMES.prefixes()}
    return answer(columns, query.text, about, dataset=query.dataset)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s x:p1 ?v } LIMIT 2",
        "SELECT (COUNT(*) AS ?n) { ?s (x:to/x:p2)+ ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s (x:to|!x:p2)* ?o }",
        "SELECT ?s { ?s x:p1 ?o } GROUP BY ?s HAVING (EXISTS { ?s x:p2 ?v })",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER EXISTS { ?s x:p2 ?v BIND(?v AS ?w) } }",
        "SELECT * { ?s x:p1 ?o FILTER EXISTS { ?s x:p2 ?v OPTIONAL { ?v ?p ?o } } }",
        "SELECT * { ?s x:p1 ?o FILTER EXISTS { ?s x:to ?v { ?v x:p1 1 OPTIONAL { ?v ?p ?o } } } }",
        (
            "SELECT * { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b }"
            " FILTER EXISTS { ?t x:to ?s ; x:p2 ?v FILTER(?v > ?b) } }"
        ),
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?s x:p1 ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o BIND(RAND() AS ?r) }",
        "SELECT ?o (COUNT(*) AS ?n) { ?s x:p3 ?o FILTER(isBlank(?o)) } GROUP BY ?o",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH x:none { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s x:to+ x:s1 } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { SELECT (COUNT(?s) AS ?m) { ?s x:p1 1 } } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { VALUES ?s { x:s1 } OPTIONAL { ?s x:p1 ?o } } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { { ?s x:p1 ?o } UNION { VALUES ?s { x:s1 } } } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s x:p1 ?o OPTIONAL { ?g x:to ?t } } }",
        "SELECT * { GRAPH ?g { SELECT ?s (BOUND(?g) AS ?b) { ?s x:p1 1 } } }",
        "SELECT * { GRAPH ?g { SELECT ?s (COUNT(?g) AS ?n) { ?s x:p1 ?v } GROUP BY ?s } }",
        "SELECT * { GRAPH ?g { SELECT ?s { ?s x:p1 1 } VALUES ?g { x:g0 } } }",
        (
            "SELECT * { GRAPH ?g { SELECT ?s (COUNT(*) AS ?n) { ?s x:p1 ?v }"
            " GROUP BY ?s HAVING(!BOUND(?g)) } }"
        ),
        "SELECT ?v (MAX(?v) AS ?n) { ?s x:p1 ?v } GROUP BY (STR(?s) AS ?v)",
        "ASK { ?s x:p1 ?o }",
        "CONSTRUCT { ?s x:made ?o } { ?s x:p1 ?o }",
    ],
)
def test_what_columns_do_not_know_is_left_to_the_engine(stored, text):
    store, columns = stored
    assert asked(stored, text) is None
    found = execute(store, prepare(PREFIXES + text, NAMES), NAMES, columns)
    assert found if isinstance(found, QueryBoolean) else len(list(found)) > 0


@pytest.mark.parametrize(
    ("around", "inner"),
    [
        ("?s x:p1 ?o", "?s x:p2 ?v MINUS { ?s x:p3 ?o }"),
        ("?s x:p1 ?o", "BIND(1 AS ?o)"),
        ("VALUES ?s { x:none }", "?s x:to* ?t"),
        ("?s x:p1 ?o", "GRAPH x:g1 { ?s x:to* ?t }"),
        ("?s x:p1 ?o", "OPTIONAL { GRAPH x:g1 { ?s x:to? ?t } }"),
    ],
)
def test_what_neither_knows_is_refused(stored, around, inner):
    text = f"SELECT (COUNT(*) AS ?n) {{ {around} FILTER EXISTS {{ {inner} }} }}"
    assert asked(stored, text) is None
    with pytest.raises(QueryRefused, match="within EXISTS"):
        execute(stored[0], prepare(PREFIXES + text, NAMES), NAMES, stored[1])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { _:a x:to _:b . _:b x:p1 ?v }",
        "SELECT ?v (COUNT(?s) AS ?n) { ?s x:p0 'a'@EN; x:to/^x:to ?o ; x:p1 ?v, ?w; } GROUP BY ?v",
        "SELECT (COUNT(*) AS ?n) { <s1> x:to ?o. ?o x:p1 1.}",
        "SELECT (COUNT(*) AS ?n) { ?s x:p0 '''a''' OPTIONAL { ?s x:p0 \"A\", 01 } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:to ?s }",
        "SELECT ?v { ?s x:p1 ?v } GROUP BY ?v HAVING (COUNT(*) > 2) (MAX(?s) != x:s1)",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?v FILTER(?v-1 >= 0&&?v<3) }",
        "SELECT (COUNT(*) AS ?n) { ?s x:to ?o { ?o x:p1 ?v FILTER(!BOUND(?s)) } }",
        "SELECT (COUNT(?v)*2-1 AS ?n) { ?s x:to ?o OPTIONAL { ?o x:p1 ?v FILTER(?v > 1) } }",
        "SELECT (COUNT(*) AS ?n) (SUM(?v) AS ?m) (MIN(?v) AS ?l) { ?s x:none ?v }",
        "SELECT ?v (COUNT(*) AS ?n) { ?s x:none ?v } GROUP BY ?v",
        "SELECT (COUNT(*) AS ?n) { VALUES (?s ?v) { (x:s1 UNDEF) (UNDEF 1) } BIND(?v + 1 AS ?w) }",
        "SELECT ?v (COUNT(*) AS ?n) { ?s x:p1 ?v MINUS { ?s x:p2 ?v } . } GROUP BY ?v",
        "SELECT (COUNT(*) AS ?n) { MINUS { ?s x:p1 ?v } ?s x:p1 ?v MINUS { ?a ?p ?b } MINUS {} }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?v . MINUS { ?s x:p2 ?w FILTER(BOUND(?v) || ?w > 2) } }",
        "SELECT ?v (COUNT(*) AS ?n) { FILTER NOT EXISTS { ?s x:p2 ?v } ?s x:p1 ?v } GROUP BY ?v",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?v FILTER EXISTS { ?a x:p2 ?b FILTER(?b > 2) } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?v FILTER NOT EXISTS { ?a x:none ?b } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?v FILTER NOT EXISTS { } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:to ?o FILTER EXISTS { ?o x:to*/x:p0 'a' } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:to ?o FILTER EXISTS {?o x:p1|x:p2 1 OPTIONAL {?o ?p ?a}}}",
        "SELECT (COUNT(?v) AS ?n) { ?s x:to ?o OPTIONAL { ?o x:p1 ?v FILTER EXISTS {?o x:p2 ?v }}}",
        "SELECT (COUNT(*) AS ?n) { ?s x:to ?o { ?o x:p1 ?v FILTER NOT EXISTS { ?o x:none ?w } } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:to ?o { ?o x:p1 ?v FILTER NOT EXISTS { ?s x:none ?v } } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b MINUS { ?s x:p3 ?a } } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b MINUS { ?c x:to ?d } } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER(?o > 1 && NOT EXISTS { ?s x:p2 ?o }) }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER(EXISTS {?s x:p0 ?v} && EXISTS {?o ?p ?v}) }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER EXISTS { ?s x:p2 ?v FILTER(?v > ?o) } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER NOT EXISTS { ?t x:p1 ?v FILTER(?v > ?o) } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER EXISTS {?s x:p2 ?v FILTER(?v>?o||?no=1)} }",
        "SELECT ?s (COUNT(?no) AS ?n) (SUM(?no) AS ?m) { ?s x:p1 1 } GROUP BY ?s ?no",
        "SELECT (COUNT(*) AS ?n) { x:s1 x:to? ?o . ?o x:to?/x:p1 ?v }",
        "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s { ?s ?p ?o } } }",
        (
            "SELECT ?n (COUNT(*) AS ?m) { { SELECT ?v (COUNT(*) AS ?n) { ?s x:p1 ?v }"
            " GROUP BY ?v } } GROUP BY ?n"
        ),
        "SELECT * { { SELECT ?s { ?s x:p1 ?v } ORDER BY ?s LIMIT 5 OFFSET 2 } ?s x:p2 ?v }",
        "SELECT * { { SELECT ?s (?v + 1 AS ?w) { ?s x:p1 ?v } } UNION { ?s x:to ?v } }",
        (
            "SELECT * { ?s x:p1 ?v OPTIONAL { SELECT ?s (MAX(?o) AS ?end) { ?s x:p2 ?o }"
            " GROUP BY ?s HAVING(COUNT(*) > 1) } }"
        ),
        "SELECT (COUNT(*) AS ?n) { { SELECT * { ?s x:to ?o { SELECT ?o { ?o x:p1 ?v } } } } }",
        "SELECT (COUNT(*) AS ?n) { { SELECT (COUNT(*) AS ?m) { ?s x:none ?o } } ?s x:p1 ?m }",
        "SELECT DISTINCT * { ?s x:p1 ?v }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER(?o > 1 || NOT EXISTS { ?s x:p2 ?o }) }",
        "SELECT * { ?s x:p1 ?o BIND(EXISTS { ?s x:p2 ?o } AS ?e) FILTER(!?e || ?o > 2) }",
        "SELECT * { ?s x:p1 ?o BIND(IF(NOT EXISTS { ?s x:p2 ?v }, 'no', ?o) AS ?e) ?s x:to ?t }",
        "SELECT * { ?s x:p1 ?o FILTER(!(EXISTS { ?s x:p2 ?v } && EXISTS { ?s x:p3 ?v })) }",
        "SELECT * { ?s x:p1 ?o FILTER(EXISTS {?s x:p2 ?v} = EXISTS {?s x:to ?v . ?v x:p3 ?o}) }",
        (
            "SELECT * { ?s x:p1 ?o OPTIONAL { ?s x:to ?t . ?t x:p2 ?v"
            " FILTER(?v > ?o || EXISTS { ?t x:p3 ?o }) } }"
        ),
        "SELECT (COUNT(*) AS ?n) { ?s x:to+ ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s x:to* ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s x:to+ ?s }",
        "SELECT (COUNT(*) AS ?n) { ?s (x:to|x:p2|^a)+ ?o . ?o ^(x:p1)* ?v }",
        "SELECT (COUNT(*) AS ?n) { x:s1 (^(x:to)|((x:to)))? ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s !x:p1 ?o . ?o !(x:p0|^x:to|^a) ?v }",
        (
            "SELECT ?t (COUNT(?b) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:to ?t . ?t x:p2 ?b"
            " FILTER(?a<?b) } } GROUP BY ?t"
        ),
        "SELECT * { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b FILTER NOT EXISTS {?t x:p1 ?b; x:p2 ?a} } }",
        (
            "SELECT * { ?s x:to ?o OPTIONAL { ?o x:p1 ?b FILTER(?s = ?o || ?b > 1) "
            "FILTER NOT EXISTS { ?o x:p2 ?b } FILTER EXISTS { ?s x:p1 ?c } } }"
        ),
        "SELECT * { ?s x:p1 ?v } VALUES ?v { 1 7 x:none }",
        "SELECT ?v (COUNT(*) AS ?n) { ?s x:p1 ?v } GROUP BY ?v VALUES (?v ?m) { (1 2) (1 4) }",
        "SELECT * { { SELECT ?s (?w+1 AS ?m) { ?s x:p1 ?v } values (?v ?w) { (1 UNDEF) (2 1) } } }",
        "ASK { { SELECT ?v { ?s x:p1 ?v } GROUP BY ?v HAVING(COUNT(*) > 3) } }",
        "ASK { { SELECT ?v { ?s x:p1 ?v } GROUP BY ?v HAVING(COUNT(*) > 999) } }",
        (
            "CONSTRUCT { ?v x:often ?n ; x:like [ x:of ?none ] } {"
            " { SELECT ?v (COUNT(*) AS ?n) { ?s x:p2 ?v } GROUP BY ?v } }"
        ),
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        "SELECT ?g ?v (COUNT(*) AS ?n) { GRAPH ?g { ?s x:p1 ?v ; x:p2 ?w } } GROUP BY ?g ?v",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s x:p1 ?v } GRAPH ?h { ?s x:p2 ?w } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s x:p1 ?v } GRAPH ?g { ?s x:p2 ?w } ?s x:to ?o }",
        "SELECT ?g (COUNT(?w) AS ?n) { GRAPH ?g { ?s x:p1 ?v OPTIONAL {?s x:p2 ?w} } } GROUP BY ?g",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s x:p1 ?v MINUS { ?s x:p2 ?w } } } GROUP BY ?g",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s x:p1 ?v MINUS { ?t x:p2 ?w } } } GROUP BY ?g",
        (
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s x:p1 ?v FILTER NOT EXISTS"
            " { ?s x:p2 ?w } } } GROUP BY ?g"
        ),
        "SELECT * { GRAPH ?g { SELECT ?v (COUNT(*) AS ?n) { ?s x:p1 ?v } GROUP BY ?v } }",
        "SELECT * { GRAPH ?g { SELECT DISTINCT ?v { ?s x:p1 ?v } } }",
        "SELECT (COUNT(*) AS ?n) { VALUES ?g { x:g0 x:none } GRAPH ?g { ?s x:p1 ?v } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?v FILTER EXISTS { GRAPH x:g1 { ?s x:p2 ?w } } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s x:p1 ?v } MINUS { GRAPH ?g { ?s x:p2 1 } } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH x:g0 { ?s x:p1 ?v } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH x:g { x:s1 x:to+ ?v } ?v x:p1 ?w }",
        "SELECT (COUNT(*) AS ?n) { GRAPH x:g1 { ?s x:p1 ?v OPTIONAL { ?s x:p2 ?w } } }",
        "SELECT (COUNT(*) AS ?n) FROM x:g { ?s x:p1 ?o }",
        "SELECT ?p (COUNT(*) AS ?n) FROM x:g0 FROM x:g { ?s ?p ?o } GROUP BY ?p",
        (
            "SELECT ?g (COUNT(*) AS ?n) FROM x:g0 FROM NAMED x:g1 FROM NAMED x:g {"
            " ?s x:p1 ?v GRAPH ?g { ?s x:p1 ?w } } GROUP BY ?g"
        ),
        "SELECT (COUNT(*) AS ?n) FROM NAMED x:g1 { ?s x:p1 ?v }",
        "SELECT (COUNT(*) AS ?n) FROM x:g1 { GRAPH ?g { ?s x:p1 ?v } }",
        "SELECT (COUNT(*) AS ?n) FROM x:g1 { VALUES ?g { x:g0 x:g1 } GRAPH ?g { ?s x:p1 ?v } }",
        (
            "SELECT ?g (COUNT(*) AS ?n) FROM NAMED x:g1 {"
            " VALUES ?g { x:g0 x:g1 } GRAPH ?g { ?s x:p1 ?v } } GROUP BY ?g"
        ),
        (
            "SELECT ?g (COUNT(*) AS ?n) FROM NAMED x:g1 FROM NAMED x:g1 {"
            " GRAPH ?g { ?s x:p1 ?v } } GROUP BY ?g"
        ),
        "SELECT * { { SELECT ?s ?no { ?s x:p1 ?v } } }",
    ],
)
def test_odd_spellings_and_shapes_are_answered_alike(stored, text):
    found = asked(stored, text)
    assert found is not None
    assert bag(found) == bag(execute(stored[0], prepare(PREFIXES + text, NAMES), NAMES))


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("?s x:p1|x:p2 ?o", "{ ?s x:p1 ?o } UNION { ?s x:p2 ?o }"),
        (
            "?s ^x:to/(x:p1|^x:to/x:p1) ?o",
            "?t x:to ?s { ?t x:p1 ?o } UNION { ?u x:to ?t . ?u x:p1 ?o }",
        ),
        ("x:s1 x:to* ?s . ?s (x:p1|x:p1) ?o", "x:s1 x:to* ?s { ?s x:p1 ?o } UNION { ?s x:p1 ?o }"),
    ],
)
def test_each_way_of_a_path_has_its_solutions(stored, path, meant):
    store, _ = stored
    for form in ("SELECT ?s ?o {{ {} }}", "SELECT ?o (COUNT(*) AS ?n) {{ {} }} GROUP BY ?o"):
        expected = bag(execute(store, prepare(PREFIXES + form.format(meant), NAMES), NAMES))
        assert bag(asked(stored, form.format(path))) == expected
        assert expected


COUNT = "SELECT ?v (COUNT(*) AS ?n) { ?s x:p1 ?v } GROUP BY ?v"


def test_releases_open_beside_each_other_answer_each_for_itself(stored, tmp_path):
    (tmp_path / "data.nq").write_text(dirty(2), "utf-8")
    make_store(tmp_path / "store", [tmp_path / "data.nq"])
    make_columns(tmp_path / "columns", tmp_path / "store")
    other = open_store(tmp_path / "store"), open_columns(tmp_path / "columns")
    counts = []
    for pair in (stored, other, stored, other):
        counts.append(bag(asked(pair, COUNT)))
        assert counts[-1] == bag(execute(pair[0], prepare(PREFIXES + COUNT, NAMES), NAMES))
    assert counts[0] == counts[2] != counts[1] == counts[3]


@pytest.mark.parametrize("name", [*FILES, DIGESTS])
def test_of_a_damaged_file_nothing_is_believed(stored, tmp_path, name):
    shutil.copytree(stored[1].folder, tmp_path / "columns")
    whole = (tmp_path / "columns" / name).read_bytes()
    turned = bytearray(whole)
    turned[len(whole) * 2 // 3] ^= 4
    for damaged in (bytes(turned), whole[:-1], whole + b" ", b""):
        (tmp_path / "columns" / name).write_bytes(damaged)
        if name != DIGESTS or damaged != whole + b" ":
            assert open_columns(tmp_path / "columns") is None
    (tmp_path / "columns" / name).unlink()
    assert open_columns(tmp_path / "columns") is None


def test_numbers_of_hundreds_of_digits_are_not_added_up_as_if_they_were_round(tmp_path):
    lines = [
        f'<http://x/s> <http://x/p> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer>'
        for number in (f"1{'0' * 300}", f"-1{'0' * 300}", "1")
    ]
    (tmp_path / "data.nq").write_text(" <http://x/g> .\n".join([*lines, ""]), "utf-8")
    make_store(tmp_path / "store", [tmp_path / "data.nq"])
    make_columns(tmp_path / "columns", tmp_path / "store")
    pair = open_store(tmp_path / "store"), open_columns(tmp_path / "columns")
    for function in ("SUM", "AVG"):
        text = f"SELECT ({function}(?v) AS ?n) {{ ?s x:p ?v }}"
        assert bag(asked(pair, text)) == bag(
            execute(pair[0], prepare(PREFIXES + text, NAMES), NAMES)
        )


def test_columns_of_another_version_are_not_read(stored, tmp_path):
    shutil.copytree(stored[1].folder, tmp_path / "columns")
    digests = json.loads((tmp_path / "columns" / DIGESTS).read_text("utf-8"))
    del digests[SETS]
    (tmp_path / "columns" / DIGESTS).write_text(json.dumps(digests), "utf-8")
    assert open_columns(tmp_path / "columns") is None


def test_where_little_memory_is_not_enough_more_is_taken(stored, tmp_path, monkeypatch):
    monkeypatch.setattr(make, "LITTLE", "1MB")
    make_columns(tmp_path / "columns", stored[1].folder.parent / "store")
    assert {one.name for one in (tmp_path / "columns").iterdir()} == {*FILES, DIGESTS}
    made = open_columns(tmp_path / "columns")
    assert bag(asked((None, made), COUNT)) == bag(asked(stored, COUNT))


def test_what_is_no_sparql_is_refused_as_the_engine_refuses_it(stored):
    with pytest.raises(SyntaxError):
        asked(stored, "SELECT ?o (COUNT(*) AS ?n) { ?s x:p1 ?o }")


def test_capitals_tell_variables_apart(stored):
    text = "SELECT (COUNT(?v) AS ?n) (COUNT(?V) AS ?N) { VALUES (?v ?V) { (1 UNDEF) } }"
    (row,) = asked(stored, text).solutions()
    assert [int(n.value) for n in row] == [1, 0]


def test_an_error_in_an_expression_is_not_counted(stored):
    (row,) = asked(stored, "SELECT (COUNT(?v + 1) AS ?n) { VALUES ?v { 1 'a' 2 } }").solutions()
    assert int(row[0].value) == 2


@pytest.mark.parametrize(
    "where",
    [
        "{ ?s x:p1 ?o FILTER EXISTS { { ?s x:p2 ?o } UNION { } } }",
        "{ ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } MINUS { ?s x:p3 ?b } }",
        "{ ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } MINUS { ?c x:p3 ?b } }",
        "{ ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } FILTER EXISTS { ?t x:p1 ?b}}",
        "{ ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } ?c x:p2 ?b }",
        "{ ?s x:p1 ?a OPTIONAL { ?s x:to ?o } OPTIONAL { ?o x:p0 ?b } OPTIONAL {?b ?p ?s} }",
        "{ ?s x:p1 1 OPTIONAL { ?s x:to ?o } OPTIONAL { ?o x:p0 ?b } { ?t x:p2 ?b ; ?p ?o }}",
        "{ ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } OPTIONAL {?s x:p3 ?b} OPTIONAL {?t x:p2 ?b} }",
        "{ ?s x:p1 1 OPTIONAL { ?s x:p2 ?b } { ?t x:p1 2 OPTIONAL { ?t x:p2 ?b } } }",
        "{ VALUES (?s ?v) { (x:s1 UNDEF) (UNDEF 1) (UNDEF UNDEF) } ?s x:p1 ?v }",
        "{ ?s x:p1 ?v VALUES (?s ?v) { (x:s1 UNDEF) (UNDEF 1) (UNDEF UNDEF) } }",
        "{ ?s x:to ?o OPTIONAL { ?s x:none ?v } ?o x:p1 ?a MINUS { ?o x:p2 ?v } }",
        "{ ?s x:to ?o OPTIONAL { ?s x:none ?v } MINUS { ?t x:none ?w OPTIONAL {?s ?p ?v} }}",
        "{ GRAPH ?g { ?s x:p1 ?a } OPTIONAL { GRAPH ?h { ?s x:p2 ?b } } GRAPH ?h {?t ?p ?b} }",
        "{ GRAPH ?g { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } MINUS { ?s x:p3 ?b } } }",
    ],
)
def test_what_is_unbound_agrees_with_anything(stored, where):
    counts = " ".join(
        f"(COUNT(?{name}) AS ?{name}s)" for name in "abghopstv" if f"?{name}" in where
    )
    text = f"SELECT (COUNT(*) AS ?n) {counts} {where}"
    found = asked(stored, text)
    assert found is not None
    assert bag(found) == bag(execute(stored[0], prepare(PREFIXES + text, NAMES), NAMES))


def test_sums_are_exact_and_none_where_the_engine_has_none(stored):
    (row,) = asked(stored, "SELECT (SUM(?v) AS ?n) { VALUES ?v { 0.1 0.1 0.1 } }").solutions()
    assert row[0].value == "0.3"
    large = "9223372036854775807"
    found = asked(stored, f"SELECT (SUM(?v) AS ?n) {{ VALUES ?v {{ {large} 1 }} }}")
    assert found is None or next(found.solutions())[0] is None


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ("9007199254740991 1 1", "9007199254740993"),  # no floating-point number is that
        ("4503599627370497 4503599627370496 -1 -1", "9007199254740991"),
        ("-9007199254740993 -9007199254740993 1", "-18014398509481985"),
        ("9007199254740993 0.5", "9007199254740993.5"),
        ("-3 3", "0"),
    ],
)
def test_sums_of_each_group_are_exact_whatever_their_size(stored, values, total):
    table = " ".join(f"({key} {value})" for key in (1, 2) for value in values.split())
    sums = "SELECT ?k (SUM(?v) AS ?n) (AVG(?v) AS ?mean)"
    found = asked(stored, f"{sums} {{ VALUES (?k ?v) {{ {table} (3 7) }} }} GROUP BY ?k")
    got = {row["k"].value: (row["n"].value, row["mean"].value) for row in found.solutions()}
    assert got["1"] == got["2"] and got["1"][0] == total and got["3"] == ("7", "7")


@pytest.mark.parametrize("number", range(3))
def test_the_least_and_the_most_are_such_as_nothing_is_less_or_more(stored, number):
    """Of what can be compared; where SPARQL leaves it open, columns have an order of their own."""
    text = f"?s x:to ?k . ?t x:to ?k ; x:p{number} ?v"
    ends = f"SELECT ?k (MIN(?v) AS ?least) (MAX(?v) AS ?most) {{ {text} }} GROUP BY ?k"
    found = asked(stored, ends)
    assert found.rows > 20 and len(set(found.columns[1])) > 3
    beyond = f"{found.values()} {text} FILTER(?v < ?least || ?v > ?most)"
    assert not bag(execute(stored[0], prepare(f"{PREFIXES} SELECT * {{ {beyond} }}", NAMES), NAMES))
    there = f"{found.values()} {text} FILTER(sameTerm(?v, ?least) || sameTerm(?v, ?most))"
    known = execute(
        stored[0], prepare(f"{PREFIXES} SELECT DISTINCT ?k {{ {there} }}", NAMES), NAMES
    )
    assert len(bag(known)) == found.rows
