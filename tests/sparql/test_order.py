"""Columns sort as the engine does, what they sort; the rest they leave to it."""

from itertools import permutations, product

import pytest

from kg.names import Names
from kg.sparql.columns.answer import answer
from kg.sparql.columns.file import open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.columns.ordered import comparable
from kg.sparql.run import prepare
from kg.sparql.table import Table
from kg.store import make_store, open_store

NAMES = Names("http://x/")
XSD = "http://www.w3.org/2001/XMLSchema#"
ENDS = ["", "a", "a/", "a-b", "a.b", "A", "b", "é", "\U0001f600", "\ufb01", "a1", "a10", "a2"]
WORDS = [f'"{end}"' for end in (*ENDS, "a b", "a!", "a ", "ا", "ب")]
DAYS = ["0001-01-01", "1914-07-28", "2014-06-10", "2014-06-09", "2014-12-01", "9999-12-31"]
KINDS = {
    "iri": [f"<http://x/{end}>" for end in ENDS],
    "word": WORDS,
    "spoken": [f"{word}@en" for word in WORDS],
    "day": [f'"{day}"^^<{XSD}date>' for day in DAYS],
    "escaped": ['"a\\nb"', '"a\\"b"', '"a b"', '"a!b"'],
    "languages": ['"a"@en', '"b"@ar', '"c"@en'],
    "number": [f'"{n}"^^<{XSD}integer>' for n in (9, 10, -1)],
    "either": ["<http://x/a>", '"a"'],
}
OURS = ("iri", "word", "spoken", "day")
KEYS = ("?v", "DESC(?v)", "ASC(?v)", "(?v)")


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Things that have each two of some terms, some of them a third in another kind."""
    folder = tmp_path_factory.mktemp("order")
    lines = [
        f"<http://x/s{(7 * n + turn) % 11}> <http://x/{kind}> {term} <http://x/g> ."
        for kind, terms in KINDS.items()
        for n, term in enumerate(terms)
        for turn in (0, 3)
    ]
    (folder / "data.nq").write_text("\n".join(lines) + "\n", "utf-8")
    make_store(folder / "store", [folder / "data.nq"])
    make_columns(folder / "columns", folder / "store")
    return open_store(folder / "store"), open_columns(folder / "columns")


def rows(found):
    found = found.solutions() if isinstance(found, Table) else found
    return [tuple(map(str, row)) for row in found]


def both(stored, text):
    """What columns give, and the rows of the engine alone."""
    store, columns = stored
    query = prepare(text, NAMES)
    about = {"base_iri": NAMES.base}
    return answer(columns, query.text, about, query.tokens), rows(store.query(query.text, **about))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", KEYS)
def test_terms_that_are_alike_are_sorted_as_by_the_engine(stored, kind, key):
    for behind in ("", " LIMIT 5", " OFFSET 3", " LIMIT 4 OFFSET 2", " OFFSET 2 LIMIT 0"):
        text = f"SELECT ?v ?s {{ ?s <http://x/{kind}> ?v }} ORDER BY {key} DESC(?s){behind}"
        found, expected = both(stored, text)
        assert isinstance(found, Table) == (kind in OURS), kind
        assert rows(found) == expected, text


@pytest.mark.parametrize(("one", "other"), list(permutations(OURS, 2)))
def test_what_is_not_there_comes_first(stored, one, other):
    where = f"?s <http://x/{one}> ?v OPTIONAL {{ ?s <http://x/{other}> ?w }}"
    for first, second in product(("?w", "DESC(?w)"), ("?v", "DESC(?v)")):
        found, expected = both(stored, f"SELECT * {{ {where} }} ORDER BY {first} {second} ?s")
        assert isinstance(found, Table) and rows(found) == expected
        assert other != "day" or any("None" in row for row in expected)


def test_what_is_sorted_by_need_not_be_shown_unless_rows_are_made_distinct(stored):
    where = "{ ?s <http://x/word> ?v } ORDER BY ?v ?s"
    found, expected = both(stored, f"SELECT ?s {where}")
    assert isinstance(found, Table) and rows(found) == expected
    found, _ = both(stored, f"SELECT DISTINCT ?s {where}")
    assert not isinstance(found, Table)
    found, expected = both(stored, "SELECT DISTINCT ?v { ?s <http://x/word> ?v } ORDER BY DESC(?v)")
    assert isinstance(found, Table) and rows(found) == expected
    assert len(expected) == len(WORDS)


def test_a_variable_that_is_nowhere_sorts_nothing(stored):
    found, expected = both(stored, "SELECT ?v { ?s <http://x/day> ?v } ORDER BY ?no ?v LIMIT 3")
    assert isinstance(found, Table) and rows(found) == expected


@pytest.mark.parametrize(
    "behind",
    [
        "ORDER BY STR(?v)",
        "ORDER BY (YEAR(?v)) STR(?v)",
        "ORDER BY DESC((?v))",
        "ORDER BY ?v LIMIT 1234567890",
        "ORDER BY ?v VALUES ?s { <http://x/s1> }",
    ],
)
def test_whatever_else_is_sorted_by_the_engine(stored, behind):
    found, expected = both(stored, f"SELECT ?v {{ ?s <http://x/day> ?v }} {behind}")
    assert not isinstance(found, Table)
    assert found is None or rows(found) == expected


@pytest.mark.parametrize(
    "behind",
    [
        "ORDER BY",
        "ORDER ?v",
        "ORDER BY DESC ?v",
        "ORDER BY ?v LIMIT",
        "ORDER BY ?v LIMIT -1",
        "ORDER BY ?v LIMIT 1 LIMIT 2",
        "ORDER BY ?v OFFSET 1.0",
        "LIMIT 3 ORDER BY ?v",
        "?v",
    ],
)
def test_what_is_no_order_is_no_sparql(stored, behind):
    with pytest.raises(SyntaxError):
        both(stored, f"SELECT ?v {{ ?s <http://x/day> ?v }} {behind}")


def test_only_terms_of_one_kind_are_comparable():
    for one, other in permutations(("iri", "word", "spoken", "day"), 2):
        assert comparable(KINDS[one]) and not comparable(KINDS[one] + KINDS[other])
    assert comparable(['"a"@en--ltr', '"b"@en--ltr']) is None
    assert comparable(["<<(<http://x/a> <http://x/b> <http://x/c>)>>"]) is None
    assert comparable([f'"2014-02-30"^^<{XSD}date>']) is None
    assert comparable([]) == []
