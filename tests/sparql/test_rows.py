"""Columns give the rows that the engine gives, for any query without aggregates, or leave it."""

import json
from collections import Counter
from contextlib import suppress
from functools import partial

import pytest

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.columns import answer as answering
from kg.sparql.columns.answer import answer_plain, learn_wanted, solutions
from kg.sparql.columns.file import open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.columns.meaning import Engine
from kg.sparql.columns.recognise import recognise
from kg.sparql.columns.session import Session
from kg.sparql.columns.tree import Unrecognised
from kg.sparql.engine import only_known
from kg.sparql.prepare import prepare
from kg.sparql.results import write_result
from kg.sparql.run import execute
from kg.sparql.table import Table
from kg.store import make_store, open_store
from sparql.joining import choosing, queries, tempting

NAMES = Names("http://x/")
PREFIXES = "PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
MANY = 400
ENDLESS = (54, 258, 366)
"""Queries for which the engine takes minutes, and columns a moment: paths between open ends."""


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rows")
    (folder / "data.nq").write_text(tempting(2), "utf-8")
    make_store(folder / "store", [folder / "data.nq"])
    make_columns(folder / "columns", folder / "store")
    columns = open_columns(folder / "columns")
    assert columns
    return open_store(folder / "store"), columns


@pytest.fixture(autouse=True)
def nothing_is_few(monkeypatch):
    """So that all is selected, whatever the number of rows."""
    monkeypatch.setattr(answering, "CELLS", 5_000)
    monkeypatch.setattr(answering, "Session", partial(Session, most=10_000))


def from_columns(columns, text):
    """The header and rows from columns. Raises Unrecognised."""
    query = recognise(prepare(PREFIXES + text, NAMES).text)
    if query is None:
        raise Unrecognised
    about = {"base_iri": NAMES.base}
    with only_known():
        return rows(solutions(Session(columns, Engine(query.prologue, about)), query))


def from_engine(store, text):
    """The header and rows of the engine alone."""
    return rows(execute(store, prepare(PREFIXES + text, NAMES), NAMES))


def rows(found):
    if isinstance(found, Table):
        assert_written(found)
        found = found.solutions()
    names = [variable.value for variable in found.variables]
    return names, [tuple(str(row[name]) for name in names) for row in found]


def assert_written(table):
    """Its JSON says what the engine's does."""
    whole = write_result(table.solutions(), "json", NAMES)
    assert json.loads(write_result(table, "json", NAMES)) == json.loads(whole)


def test_every_query_gives_the_rows_that_the_engine_gives(stored):
    store, columns = stored
    known = full = 0
    for number, (text, ordered) in enumerate(queries(11, MANY)):
        if number in ENDLESS or is_refused(text):
            continue
        with suppress(Unrecognised):
            names, found = from_columns(columns, text)
            known += 1
            with suppress(QueryRefused):
                expected = from_engine(store, text)
                assert names == expected[0], text
                assert Counter(found) == Counter(expected[1]), text
                assert not ordered or found == expected[1], text
                full += bool(found)
    assert known > MANY * 0.6, f"{known} of {MANY} queries were answered from columns"
    assert full > MANY * 0.12, f"{full} of {MANY} have rows"


def test_what_filters_choose_beforehand_has_every_row(stored):
    """Days, pieces and begins of texts, in any group: in a process, and in the server's own."""
    store, columns = stored
    chosen = plain = 0
    for text in choosing(11, MANY):
        if is_refused(text):
            continue
        expected = from_engine(store, text)
        with suppress(Unrecognised):
            names, found = from_columns(columns, text)
            assert names == expected[0], text
            assert Counter(found) == Counter(expected[1]), text
            chosen += bool(found)
        if hurried := plainly(columns, text):
            assert Counter(hurried[1]) == Counter(expected[1]), text
            plain += bool(hurried[1])
    assert chosen > MANY * 0.12, f"{chosen} of {MANY} queries have rows from columns"
    assert plain > MANY * 0.06, f"{plain} of {MANY} queries have rows at once"


def is_refused(text):
    """Whether nobody is asked, such as of a REGEX whose pattern is none."""
    try:
        prepare(PREFIXES + text, NAMES)
    except QueryRefused:
        return True
    return False


def plainly(columns, text):
    """The header and rows of what takes a moment, once what it wants is learnt; else None."""
    text = prepare(PREFIXES + text, NAMES).text
    with only_known():
        answer_plain(columns, text, {"base_iri": NAMES.base}, 3_000)
        learn_wanted(columns)
        found = answer_plain(columns, text, {"base_iri": NAMES.base}, 3_000)
        return rows(found) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?v { ?s x:p0 ?v FILTER(STRSTARTS(?v, '\uffff')) }",
        # A letter of Garay has cases that Python may not know yet.
        "SELECT ?v { ?s x:p0 ?v FILTER(REGEX(?v, '\U00010d70b', 'i')) }",
        "SELECT ?v { ?s x:p0 ?v FILTER(CONTAINS(LCASE(?v), '\U00010d70b')) }",
        # Between variables a path of no length stands at nodes of the data alone.
        "SELECT * { VALUES ?s { x:nowhere x:seldom x:c1 } ?s x:to* ?t }",
        "SELECT * { ?s ?p ?s . ?p x:to* ?t }",
        # The begin of an IRI is that of a text; with m any line's is.
        "SELECT * { ?s x:to ?o FILTER(STRSTARTS(STR(?o), 'http')) }",
        "SELECT ?v { ?s x:p0 ?v FILTER(REGEX(?v, '^[a-z]', 'm')) }",
        "SELECT * { VALUES ?s { x:nowhere x:c1 } OPTIONAL { ?t ^x:to* ?s } }",
        "SELECT * { VALUES (?s ?t) { (x:nowhere x:nowhere) (x:c1 x:c1) } ?s x:to* ?t }",
    ],
)
def test_what_once_differed_is_alike(stored, text):
    store, columns = stored
    found, expected = from_columns(columns, text), from_engine(store, text)
    assert found[0] == expected[0] and Counter(found[1]) == Counter(expected[1])
    assert found[1]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { {",
        "SELECT (COUNT",
        "SELECT * { ?s x:p0 ?o FILTER(COUNT",
        "SELECT * { ?s x:p0 ?o } ORDER BY COUNT",
        "SELECT * { ?s x:p0 'a'^^",
        "SELECT * { VALUES (?s",
    ],
)
def test_a_query_that_breaks_off_is_no_sparql(stored, text):
    store, columns = stored
    with pytest.raises(SyntaxError):
        execute(store, prepare(PREFIXES + text, NAMES), NAMES, columns)


@pytest.mark.parametrize("others", range(12))
def test_a_path_leads_from_one_to_many_however_many_begin(stored, others):
    """Also where as many things begin as there are ends."""
    store, columns = stored
    begins = " ".join(["x:c1", *(f"x:none{number}" for number in range(others))])
    text = f"SELECT * {{ VALUES ?s {{ {begins} }} ?s x:to+ ?t }}"
    found, expected = from_columns(columns, text), from_engine(store, text)
    assert Counter(found[1]) == Counter(expected[1])
    assert 1 < len(found[1]) <= 12
