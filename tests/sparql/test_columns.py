"""Columns give what the engine gives, for any query that counts, or leave it to the engine."""

import shutil
from collections import Counter
from contextlib import suppress

import pytest
from pyoxigraph import Literal, Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.columns import make
from kg.sparql.columns.answer import answer, solutions
from kg.sparql.columns.file import DIGESTS, FILES, Columns, open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.columns.meaning import Engine
from kg.sparql.columns.recognise import recognise
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Unrecognised
from kg.sparql.run import execute, prepare
from kg.sparql.table import Table
from kg.store import make_store, open_store
from sparql.counting import dirty, queries

NAMES = Names("http://x/")
PREFIXES = "PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
MANY = 600
NUMERIC = ("integer", "decimal", "double", "float")


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
    found = found.solutions() if isinstance(found, Table) else found
    names = [variable.value for variable in found.variables]
    return Counter(tuple(_told(n, row[n]) for n in names) for row in found)


def _told(name, term):
    """A term, without what of it depends on an order that nobody sets."""
    if not isinstance(term, Literal):
        return str(term)
    kind = term.datatype.value.rpartition("#")[2]
    if name.startswith("words"):
        return "".join(sorted(term.value))
    if name.startswith("end") and kind in NUMERIC and term.value != "not":
        return str(float(term.value))
    if name.startswith("sum") and kind in ("double", "float"):
        return f"{float(term.value):.5g} {kind}"
    return str(term)


def asked(stored, text):
    """What columns answer, or None."""
    _, columns = stored
    query = prepare(PREFIXES + text, NAMES)
    return answer(columns, query.text, {"base_iri": NAMES.base, "prefixes": NAMES.prefixes()})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s x:p1 ?v } LIMIT 2",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        "SELECT (COUNT(*) AS ?n) { ?s x:to+ ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s !x:p1 ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s (x:to|x:p2)+ ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER(?o > 1 && NOT EXISTS { ?s x:p2 ?o }) }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER EXISTS { ?s x:p2 ?v FILTER(?v > ?o) } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b MINUS { ?s x:p3 ?a } } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b MINUS { ?c x:to ?d } } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o FILTER NOT EXISTS { { ?s x:p2 ?o } UNION { } } }",
        "SELECT (COUNT(*) AS ?n) { VALUES ?s { x:none } FILTER EXISTS { ?s x:to* ?t } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } MINUS { ?s x:p3 ?b } }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } FILTER EXISTS { ?t x:p1 ?b}}",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?t x:p2 ?b FILTER EXISTS { ?b x:to ?a }}}",
        "SELECT (COUNT(*) AS ?n) { ?s x:to ?o { ?o x:p1 ?v FILTER NOT EXISTS { ?s x:none ?v } } }",
        "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s { ?s ?p ?o } } }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?s x:p1 ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?o BIND(RAND() AS ?r) }",
        "SELECT (COUNT(*) AS ?n) { ?s x:p1 ?a OPTIONAL { ?s x:p2 ?b } ?c x:p2 ?b }",
        "SELECT ?o (COUNT(*) AS ?n) { ?s x:p3 ?o FILTER(isBlank(?o)) } GROUP BY ?o",
        "SELECT (COUNT(*) AS ?n) FROM x:g { ?s x:p1 ?o }",
    ],
)
def test_what_columns_do_not_know_is_left_to_the_engine(stored, text):
    store, columns = stored
    if "FROM" not in text:
        assert asked(stored, text) is None
    query = prepare(PREFIXES + text, NAMES)
    assert len(list(execute(store, query, NAMES, columns))) > 0


@pytest.mark.parametrize("inner", ["?s x:p2 ?v MINUS { ?s x:p3 ?o }", "BIND(1 AS ?o)"])
def test_what_neither_knows_is_refused(stored, inner):
    text = f"SELECT (COUNT(*) AS ?n) {{ ?s x:p1 ?o FILTER EXISTS {{ {inner} }} }}"
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
    ],
)
def test_odd_spellings_and_shapes_are_answered_alike(stored, text):
    store, _ = stored
    found = asked(stored, text)
    assert found is not None
    assert bag(found) == bag(execute(store, prepare(PREFIXES + text, NAMES), NAMES))


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
    (row,) = asked(
        stored, "SELECT (COUNT(?v) AS ?n) (COUNT(?V) AS ?N) { VALUES (?v ?V) { (1 UNDEF) } }"
    )
    assert [int(n.value) for n in row] == [1, 0]


def test_an_error_in_an_expression_is_not_counted(stored):
    (row,) = asked(stored, "SELECT (COUNT(?v + 1) AS ?n) { VALUES ?v { 1 'a' 2 } }")
    assert int(row[0].value) == 2


def test_sums_are_exact_and_none_where_the_engine_has_none(stored):
    (row,) = asked(stored, "SELECT (SUM(?v) AS ?n) { VALUES ?v { 0.1 0.1 0.1 } }")
    assert row[0].value == "0.3"
    large = "9223372036854775807"
    found = asked(stored, f"SELECT (SUM(?v) AS ?n) {{ VALUES ?v {{ {large} 1 }} }}")
    assert found is None or next(found)[0] is None
