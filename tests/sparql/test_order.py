"""Columns sort as the engine does, where it has an order; elsewhere as SPARQL allows."""

from contextlib import suppress
from itertools import permutations, product
from random import Random

import pytest
from pyoxigraph import BlankNode, Store, parse_query_results

from kg.names import Names
from kg.sparql.columns.answer import answer
from kg.sparql.columns.file import open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.columns.ordered import place_of
from kg.sparql.engine import ask_engine
from kg.sparql.prepare import prepare
from kg.sparql.results import SOLUTION_FORMATS, write_result
from kg.sparql.run import execute
from kg.sparql.table import Table
from kg.store import make_store, open_store

NAMES = Names("http://x/")
XSD = "http://www.w3.org/2001/XMLSchema#"
ENDS = ["", "a", "a/", "a-b", "a.b", "A", "b", "é", "\U0001f600", "\ufb01", "a1", "a10", "a2"]
WORDS = [f'"{end}"' for end in (*ENDS, "a b", "a!", "a ", "ا", "ب", '\\"', "\\\\", "a\\nb")]
DAYS = ["0001-01-01", "1914-07-28", "2014-06-10", "2014-06-09", "2014-12-01", "2016-02-29"]
DAYS += ["-0044-03-15", "0000-02-29", "1900-03-01", "9999-12-31", "12014-01-01"]
TIMES = ["2014-06-10T00:00:00", "2014-06-10T00:00:00.5", "2014-06-09T23:59:59.25"]
ZONES = ["Z", "+03:00", "-14:00", "+14:00", "-00:30"]
EXACT = ["9", "10", "-1", "0", "007", "12345678901234567"]


def typed(kind: str, *words: str) -> list[str]:
    return [f'"{word}"^^<{XSD}{kind}>' for word in words]


KINDS = {
    "iri": [f"<http://x/{end}>" for end in ENDS],
    "word": WORDS,
    "spoken": [f"{word}@en" for word in WORDS],
    "day": typed("date", *DAYS),
    "zoned-day": typed("date", *(f"{day}{zone}" for day in DAYS[:6] for zone in ZONES)),
    "time": typed("dateTime", *(f"{time}Z" for time in TIMES), "2014-06-09T21:00:00-03:00"),
    "year": typed("gYear", "-0500", "-0044", "0001", "0999", "2014", "2015", "12014"),
    "month": typed("gYearMonth", "-0044-03", "-0044-12", "0999-01", "2014-05", "12014-01"),
    "span": typed("dayTimeDuration", "P10D", "P2D", "PT36H", "P1D", "PT0S", "-P3D", "PT0.5S"),
    "age": typed("yearMonthDuration", "P10Y", "P2Y", "P1Y11M", "P13M", "-P1M", "P100Y"),
    "exact": typed("integer", *EXACT) + typed("decimal", "9.5", "-1.0", "10.0", "0.25"),
    "double": typed("double", "9.5", "1e3", "-2E-3", "INF", "-INF", "10"),
    "truth": typed("boolean", "true", "false"),
    "either": ["<http://x/a>", '"a"', "<http://x/b>", '"b"'],
}
"""What the engine has a whole order of."""
MIXED = {
    "languages": [f"{word}@{language}" for word in WORDS for language in ("en", "ar", "en-GB")],
    "zones": typed("date", *(f"{day}{zone}" for day in DAYS for zone in ("", *ZONES))),
    "moments": typed("dateTime", *(f"{time}{zone}" for time in TIMES for zone in ("", *ZONES))),
    "numbers": KINDS["exact"]
    + KINDS["double"]
    + typed("float", "9.5", "0.1", "NaN")
    + typed("double", "0.1"),
    "spans": KINDS["span"]
    + KINDS["age"]
    + typed("duration", "P1Y2M3DT4H5M6.7S", "P365D", "P28D", "P32D", "P1M", "-P1M", "P400Y"),
    "all": [term for kind in KINDS.values() for term in kind],
    "wrong": [
        *typed("integer", "x", ""),
        *typed("date", "2014-02-30", "2014-13-01", "soon", f"{'9' * 5000}-01-01"),
        *typed("dateTime", "2014-01-01"),
        *typed("boolean", "maybe"),
        '"x"^^<http://x/kind>',
    ],
}
KEYS = ("?v", "DESC(?v)", "ASC(?v)", "(?v)", "DESC((?v))")


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Things that have each two of some terms, and not each of every kind."""
    folder = tmp_path_factory.mktemp("order")
    lines = [
        f"<http://x/s{(7 * n + turn) % 37}> <http://x/{kind}> {term} <http://x/g> ."
        for kind, terms in (KINDS | MIXED).items()
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


def from_columns(stored, text):
    query = prepare(text, NAMES)
    return answer(stored[1], query.text, {"base_iri": NAMES.base}, query.tokens)


def from_engine(stored, text):
    return rows(ask_engine(stored[0], prepare(text, NAMES).text, base_iri=NAMES.base))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", KEYS)
def test_terms_that_are_alike_are_sorted_as_by_the_engine(stored, kind, key):
    for behind in ("", " LIMIT 5", " OFFSET 3", " LIMIT 4 OFFSET 2", " OFFSET 2 LIMIT 0"):
        text = f"SELECT ?v ?s {{ ?s <http://x/{kind}> ?v }} ORDER BY {key} DESC(?s){behind}"
        found = from_columns(stored, text)
        assert isinstance(found, Table)
        assert [s for _, s in rows(found)] == [s for _, s in from_engine(stored, text)], text


@pytest.mark.parametrize("kind", MIXED)
def test_terms_of_several_kinds_are_sorted_as_sparql_allows(stored, kind):
    """Of two that can be compared the lesser comes first; of more the engine would have ended."""
    text = f"SELECT DISTINCT ?v {{ ?s <http://x/{kind}> ?v }} ORDER BY ?v"
    terms = [term for (term,) in rows(from_columns(stored, text))]
    assert len(terms) == len(set(terms)) > 5
    numbered = " ".join(f"({number} {term})" for number, term in enumerate(terms))
    wrong = Store().query(
        f"SELECT ?v ?w {{ VALUES (?n ?v) {{ {numbered} }} VALUES (?m ?w) {{ {numbered} }} "
        "FILTER(?n < ?m && (?w < ?v || (isIRI(?w) && isLiteral(?v)))) }"
    )
    assert rows(wrong) == []
    down = from_columns(stored, text.replace("ORDER BY ?v", "ORDER BY DESC(?v)"))
    assert [place_of(term) for (term,) in rows(down)] == [place_of(t) for t in reversed(terms)]


def test_what_is_equal_is_sorted_by_what_comes_next(stored):
    where = "VALUES (?v ?w) { (1.0 3) (1 1) (1e0 2) (01 4) } VALUES ?s { <http://x/s1> }"
    found = from_columns(stored, f"SELECT ?w {{ {where} ?s ?p ?o }} ORDER BY DESC(?v) DESC(?w)")
    shown = [row[0].split('"')[1] for row in rows(found)]
    assert isinstance(found, Table) and shown == sorted(shown, reverse=True)
    assert len(set(shown)) == 4


@pytest.mark.parametrize(("one", "other"), list(permutations(("iri", "word", "day"), 2)))
def test_what_is_not_there_comes_first(stored, one, other):
    where = f"?s <http://x/{one}> ?v OPTIONAL {{ ?s <http://x/{other}> ?w }}"
    for first, second in product(("?w", "DESC(?w)"), ("?v", "DESC(?v)")):
        text = f"SELECT * {{ {where} }} ORDER BY {first} {second} ?s"
        found, expected = from_columns(stored, text), from_engine(stored, text)
        assert isinstance(found, Table) and rows(found) == expected
        assert other != "day" or any("None" in row for row in expected)


def test_what_is_sorted_by_need_not_be_shown_unless_rows_are_made_distinct(stored):
    text = "SELECT ?s { ?s <http://x/word> ?v } ORDER BY ?v ?s"
    found = from_columns(stored, text)
    assert isinstance(found, Table) and rows(found) == from_engine(stored, text)
    assert not isinstance(from_columns(stored, text.replace("?s {", "DISTINCT ?s {")), Table)
    text = "SELECT DISTINCT ?v { ?s <http://x/word> ?v } ORDER BY DESC(?v)"
    found = from_columns(stored, text)
    assert isinstance(found, Table) and rows(found) == from_engine(stored, text)
    assert found.rows == len(WORDS)


@pytest.mark.parametrize("behind", ["?no ?v LIMIT 3", "?v ?v LIMIT 9", "?v OFFSET 999"])
def test_a_key_may_be_of_no_use(stored, behind):
    text = f"SELECT ?v {{ ?s <http://x/day> ?v }} ORDER BY {behind}"
    found = from_columns(stored, text)
    assert isinstance(found, Table) and rows(found) == from_engine(stored, text)


@pytest.mark.parametrize(
    "keys",
    [
        *("STR(?v)", "(YEAR(?v)) STR(?v)", "DESC(YEAR(?v)) ?v", "?n DESC(xsd:string(?v))"),
        *("(-?n) ?v", "IF(?n > 14, 1, 2) ?v"),
    ],
)
def test_what_is_computed_is_sorted_by_as_the_engine_does(stored, keys):
    text = f"""PREFIX xsd: <{XSD}> SELECT ?v ?s (STRLEN(STR(?s)) AS ?n)
        {{ ?s <http://x/day> ?v }} ORDER BY {keys} ?s"""
    found = from_columns(stored, text)
    assert isinstance(found, Table) and rows(found) == from_engine(stored, text)


@pytest.mark.parametrize("key", ["DESC(COUNT(?s))", "?n", "(MIN(?s))", "DESC(?n + 1)"])
def test_groups_are_sorted_by_what_is_counted(stored, key):
    text = f"""SELECT ?k (COUNT(?s) AS ?n)
        {{ ?s <http://x/day> ?v BIND(SUBSTR(STR(?v), 1, 4) AS ?k) }}
        GROUP BY ?k ORDER BY {key} ?k LIMIT 7"""
    found = from_columns(stored, text)
    assert isinstance(found, Table) and rows(found) == from_engine(stored, text)


@pytest.mark.parametrize(
    "behind",
    [
        "ORDER BY ?v LIMIT 1234567890",
    ],
)
def test_whatever_else_is_sorted_by_the_engine(stored, behind):
    text = f"SELECT ?v {{ ?s <http://x/day> ?v }} {behind}"
    found = from_columns(stored, text)
    assert not isinstance(found, Table)
    assert found is None or rows(found) == from_engine(stored, text)


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
def test_what_is_no_order_is_the_engines_to_refuse(stored, behind):
    with suppress(SyntaxError):
        assert from_columns(stored, f"SELECT ?v {{ ?s <http://x/day> ?v }} {behind}") is None


def test_any_two_terms_have_an_order():
    terms = [None, "_:b", "<<( <http://x/a> <http://x/b> <http://x/c> )>>", '"a"@en--ltr']
    terms += [term for kind in (KINDS | MIXED).values() for term in kind]
    Random(3).shuffle(terms)
    places = sorted(map(place_of, terms))
    assert places[0] == place_of(None) and len(places) == len(terms)


def written(folder, lines):
    """The store and columns of some statements."""
    (folder / "data.nq").write_text(" <http://x/g> .\n".join([*lines, ""]), "utf-8")
    make_store(folder / "store", [folder / "data.nq"])
    make_columns(folder / "columns", folder / "store")
    return open_store(folder / "store"), open_columns(folder / "columns")


def numbers_of(found):
    return [int(term.split('"')[1]) for _, term in rows(found) if "integer" in term]


def mixed(many):
    """Numbers and words, of which the engine would put 95x behind 9 and 10 behind 95x."""
    draw = Random(2)
    for n in range(many):
        number = draw.randrange(2000)
        (term,) = typed("integer", f"{number}") if n % 4 else (f'"{number}x"',)
        yield f"_:s{n} <http://x/p> {term}"


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_nodes_without_a_name_are_sorted_with_the_others(tmp_path, form):
    stored = written(tmp_path, mixed(60))
    found = from_columns(stored, "SELECT ?s ?v { ?s ?p ?v } ORDER BY DESC(?v)")
    assert isinstance(found, Table) and len(numbers_of(found)) == 45
    assert numbers_of(found) == sorted(numbers_of(found), reverse=True)
    again = parse_query_results(write_result(found, form, NAMES), SOLUTION_FORMATS[form])
    assert [term for _, term in rows(again)] == [term for _, term in rows(found)]
    assert {type(row["s"]) for row in found.solutions()} == {BlankNode}


def test_many_of_several_kinds_are_sorted_by_the_engine(tmp_path, monkeypatch):
    stored = written(tmp_path, mixed(200))
    text = "SELECT ?s ?v { ?s ?p ?v FILTER(isLiteral(?v)) } ORDER BY ?v"
    from_both = numbers_of(from_columns(stored, text))
    monkeypatch.setattr("kg.sparql.columns.answer.CELLS", 100)
    assert from_columns(stored, text) is None
    found = execute(stored[0], prepare(text, NAMES), NAMES, stored[1])
    numbers = numbers_of(found)
    assert numbers == sorted(numbers) == from_both and len(numbers) == 150
    assert len(rows(from_columns(stored, f"{text} LIMIT 50"))) == 50
