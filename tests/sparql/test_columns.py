"""Columns give what the engine gives, for any query that counts, or leave it to the engine."""

from collections import Counter
from decimal import Decimal

import pytest
from pyoxigraph import Literal, Store

from kg.names import Names
from kg.sparql.columns.answer import answer
from kg.sparql.columns.file import Columns, make_columns, open_columns
from kg.sparql.columns.recognise import recognise
from kg.sparql.run import execute, prepare
from kg.store import UNION, load
from sparql.counting import TERMS, dirty, queries

NAMES = Names("http://x/")
PREFIXES = "PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
MANY = 600
NUMERIC = ("integer", "decimal", "double", "float")


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> tuple[Store, Columns]:
    folder = tmp_path_factory.mktemp("columns")
    (folder / "data.nq").write_text(dirty(1), "utf-8")
    store = Store()
    load(store, folder / "data.nq")
    make_columns(folder / "columns", store)
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
        if (found := answer(columns, query.text, about)) is not None:
            known += 1
            assert bag(found) == expected, text
    assert known > MANY * 0.6, f"{known} of {MANY} queries were answered from columns"


def bag(found):
    """The rows as a multiset, without what is for the engine to choose."""
    names = [variable.value for variable in found.variables]
    return Counter(tuple(_told(n, row[n]) for n in names) for row in found)


def _told(name, term):
    """A term; of the least of several that are equal, of a sum's last digit and of an order less."""
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
