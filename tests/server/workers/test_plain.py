"""Queries that take a moment are answered without a process, as one answers them; no others are."""

import re
import time
from unittest.mock import Mock

import pytest

from kg.limits import Limits
from kg.names import Names
from kg.release.read import Release, open_release
from kg.sparql.columns import answer as answering
from kg.sparql.columns.answer import answer_plain, learn_wanted
from kg.sparql.columns.file import open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.prepare import Prepared, prepare
from kg.sparql.results import write_result
from kg.sparql.run import execute
from kg.sparql.table import Table
from kg.store import make_store
from server.workers import plain
from server.workers.job import Done, Job
from server.workers.plain import LITTLE, TINY, answered, open_for
from server.workers.pool import Pool

NAMES = Names("http://x/")
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def release(shipped_releases) -> Release:
    found = open_release(shipped_releases)
    open_for(found)
    return found


def asked(release: Release, text: str, form: str = "csv", *, alone: bool = True) -> Done | None:
    job = Job(release.folder, prepared(release, text), form)
    return answered(release, job, alone=alone, largest=Limits().result_bytes)


def soon(release: Release, text: str, form: str = "csv") -> Done | None:
    """The answer, once what it wants is learnt."""
    until = time.monotonic() + 20
    while (found := asked(release, text, form)) is None and time.monotonic() < until:
        time.sleep(0.01)
    return found


def prepared(release: Release, text: str) -> Prepared:
    return prepare(text, release.names)


def test_a_result_beyond_the_limit_is_for_a_process_to_refuse(release):
    whole = soon(release, "SELECT ?s { ?s a wh:Place }")
    job = Job(release.folder, prepared(release, "SELECT ?s { ?s a wh:Place }"), "csv")
    for largest, known in ((whole.size, True), (whole.size - 1, False)):
        assert bool(answered(release, job, alone=True, largest=largest)) == known


def lines(content: bytes) -> list[bytes]:
    head, *rows = content.splitlines()
    return [head, *sorted(rows)]


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?claim wh:place ?place ; wh:polarity ?polarity ; wh:voice ?voice }",
        "SELECT ?p ?o { ?x a wh:Article ; ?p ?o }",
        "SELECT DISTINCT ?who { ?x wh:gainedBy|wh:lostBy ?who }",
        "SELECT * { ?x a wh:Place OPTIONAL { ?x wh:partOf ?in } }",
        "SELECT * { ?place wh:partOf+ ?in . ?x wh:place ?place ; wh:aboutEvent ?event }",
        "SELECT * { ?x wh:beginLatest ?day FILTER(?day >= '2014-06-10'^^xsd:date) }",
        "SELECT ?x { ?x wh:none ?y }",
        "SELECT (COUNT(*) AS ?n) { ?s a wh:Place }",
        "SELECT (COUNT(?o) AS ?n) (SUM(?o) AS ?m) (MIN(?o) AS ?l) { ?s wh:none ?o }",
        (
            "SELECT ?p (COUNT(DISTINCT ?who) AS ?n) (MIN(?d) AS ?first) { ?x wh:place ?p ; "
            "wh:accordingTo ?who ; wh:beginLatest ?d } GROUP BY ?p ORDER BY DESC(?n) ?p"
        ),
        "SELECT ?u (SUM(?n) AS ?all) { ?x wh:measure ?u ; wh:number ?n } GROUP BY ?u",
    ],
)
def test_it_gives_what_the_engine_gives(release, text, form):
    found = soon(release, text, form)
    whole = execute(release.store, prepared(release, text), release.names)
    expected = lines(write_result(whole, form, release.names))
    assert found
    assert lines(found.body.read()) == expected
    assert (found.rows, found.size) == (len(expected) - 1, sum(map(len, expected)) + ends(expected))


def ends(found: list[bytes]) -> int:
    """The bytes of line ends, of which CSV has two."""
    return len(found) * (2 if b"," in found[0] or b"?" not in found[0] else 1)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s a wh:Place } HAVING (COUNT(*) > 2)",
        "SELECT (COUNT(*) + 1 AS ?n) { ?s a wh:Place }",
        "SELECT (GROUP_CONCAT(?t) AS ?n) { ?s wh:placeType ?t }",
        "SELECT (COUNT(*) AS ?n) { ?s a wh:Place } ORDER BY (COUNT(*) + 1)",
        "SELECT ?t { ?s wh:placeType ?t } GROUP BY ?t VALUES ?t { wh:none }",
        "SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s a wh:Place } } }",
        "ASK { { SELECT (COUNT(*) AS ?n) { ?s a wh:Place } } }",
        "SELECT ?s { ?s a wh:Place } LIMIT 1",
        "SELECT (STR(?s) AS ?t) { ?s a wh:Place }",
        "SELECT ?s { ?s a wh:Place } ORDER BY DESC(STR(?s))",
        "SELECT ?s { ?s a wh:Place BIND(REPLACE('a', 'a', 'aaaa') AS ?t) }",
        "SELECT ?s { ?s skos:prefLabel ?l FILTER(REGEX(REPLACE(?l, 'a', 'aaaa'), 'a')) }",
        "SELECT ?s FROM <http://example.org/none> { ?s a wh:Place }",
        "SELECT ?g { GRAPH ?g { ?s a wh:Place } }",
        "SELECT ?s { ?s a wh:Place MINUS { ?s wh:partOf ?o } }",
        "SELECT * { ?s ?p ?o . ?t ?q ?r }",
        "SELECT * {" + " ".join(f"?s wh:place ?o{n} ." for n in range(30)) + "}",
    ],
)
def test_whatever_else_is_for_a_process(release, text):
    assert asked(release, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {" + " ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 }}" for n in range(9)) + "}",
        "SELECT * {" + "{ {} UNION {} }" * 15 + "}",
        "SELECT * {" + "{ wh:a wh:p* wh:a } UNION { wh:b wh:p* wh:b } " * 8 + "}",
    ],
)
def test_the_engine_is_not_asked_for_products(release, text, monkeypatch):
    def never() -> None:
        raise AssertionError("The engine would work out the product at once.")

    monkeypatch.setattr(answering, "check_syntax", never)
    assert asked(release, text) is None


def test_where_others_wait_it_answers_less(release):
    many = "SELECT ?kind { ?mention wh:refersTo ?thing . ?thing a ?kind }"
    whole = asked(release, many)
    assert whole and TINY < whole.rows < LITTLE
    assert asked(release, many, alone=False) is None
    assert asked(release, "SELECT ?p { wh:None ?p ?o }", alone=False)


def test_until_columns_are_open_processes_answer(shipped_releases):
    new = open_release(shipped_releases)
    assert asked(new, "SELECT ?s { ?s a wh:Place }") is None


def test_what_is_learnt_first_is_answered_then(shipped_releases):
    new = open_release(shipped_releases)
    open_for(new)
    search = "SELECT ?s ?l { ?s skos:prefLabel ?l FILTER(CONTAINS(LCASE(STR(?l)), 'mosul')) }"
    assert asked(new, search) is None
    found = soon(new, search)
    assert found and found.rows > 0


def test_it_takes_no_process_and_is_charged(release):
    pool = Pool(Limits(budget_seconds=10))
    query = prepared(release, "SELECT ?s { ?s a wh:Place }")
    job = Job(release.folder, query, "csv")
    steps = pool.steps(job, "a", lambda: False, lambda: Done(None, 1, 1, 11.0))
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value.rows == 1 and pool.counts().running == 0
    with pytest.raises(Exception, match="seconds"):
        next(pool.steps(job, "a", lambda: False, lambda: Done(None, 1, 1, 1.0)))
    pool.close()


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    """A long cycle, wide texts, much to search: what may take a process long."""
    folder = tmp_path_factory.mktemp("bad")
    lines = [f"<c{n}> <next> <c{(n + 1) % 2900}>" for n in range(2900)]
    lines += [f'<e{n}> <short> "{n}"' for n in range(2900)]
    lines += [f'<e{n}> <day> "2014-01-{n % 28 + 1:02}"^^<{XSD}date>' for n in range(2900)]
    lines += [f'<l{n}> <text> "{"a" * 60}{n:03}{"a" * 20}"' for n in range(700)]
    lines += [f'<l{n}> <long> "{"a" * 1_000_000}{n}"' for n in range(9)]
    whole = "".join(f"{line} <g> .\n" for line in lines)
    (folder / "data.nq").write_text(re.sub(r"<(?!http)", "<http://x/", whole), "utf-8")
    make_store(folder / "store", [folder / "data.nq"])
    make_columns(folder / "columns", folder / "store")
    return open_columns(folder / "columns")


def plainly(columns, text):
    """The solutions of a query once all that it wants is learnt, or None."""
    text = prepare(f"PREFIX xsd: <{XSD}> PREFIX : <http://x/> {text}", NAMES).text
    answer_plain(columns, text, {"base_iri": NAMES.base}, LITTLE)
    learn_wanted(columns)
    found = answer_plain(columns, text, {"base_iri": NAMES.base}, LITTLE)
    return found.solutions() if isinstance(found, Table) else found


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT * { :c0 :next/:next ?c }", 1),
        ("SELECT * { ?e :short ?o } ORDER BY ?o ?e", 2900),
        ("SELECT ?s { ?s :text ?o FILTER(REGEX(?o, '0.*a$')) }", 214),
        ("SELECT ?s { ?s :long ?o FILTER(CONTAINS(?o, 'b')) }", 0),
        ("SELECT ?s { ?s :day ?d FILTER(?d > '2014-01-20'^^xsd:date) }", 824),
        ("SELECT ?d (COUNT(*) AS ?n) { ?s :day ?d ; :short ?o } GROUP BY ?d ORDER BY ?d", 28),
        ("SELECT (MIN(?o) AS ?l) (MAX(?o) AS ?m) (COUNT(DISTINCT ?o) AS ?n) {?s :short ?o}", 1),
    ],
)
def test_of_bad_data_too_a_process_is_not_asked_for_little(bad, text, rows):
    assert len(list(plainly(bad, text))) == rows


@pytest.mark.parametrize(
    "text",
    [
        # Each step of a path takes time, though it leads to one thing.
        "SELECT * { :c0 :next+ ?c }",
        "SELECT * {" + " ".join(f":c{n} :none* ?c ." for n in range(9)) + "}",
        # The result has a cell for each variable that is shown, bound or not.
        f"SELECT {' '.join(f'?v{n}' for n in range(500))} {{ ?e :short ?o }}",
        "SELECT * { ?e :short ?a ; :short ?b ; :short ?c ; :day ?d ; :day ?f ; :day ?h }",
        f"SELECT * {{ ?e :short ?o }} ORDER BY {'?o ' * 500}",
        # A test is made of each solution, a piece looked for in all texts.
        "SELECT ?s { ?s :day ?o FILTER("
        + " && ".join(f"?o < '20{n}-01-01'^^xsd:date" for n in range(20, 50))
        + ") }",
        "SELECT ?s { ?s :long ?o FILTER(CONTAINS(?o, 'ab') && CONTAINS(?o, 'ac')) }",
        f"SELECT ?s {{ ?s :text ?o FILTER(REGEX(?o, '0{'.*.' * 200}a.$')) }}",
        f"SELECT ?s {{ ?s :short '{'a' * 5_000}' }}",
        # What is counted is spelt where it is shown; more is counted than is given, but not all.
        (
            "SELECT ?e ?o ?d ?m (COUNT(*) AS ?n) { ?e :short ?o ; :day ?d ; :day ?m }"
            " GROUP BY ?e ?o ?d ?m"
        ),
        "SELECT (COUNT(*) AS ?n) { ?e :day ?d . ?f :day ?d }",
        f"SELECT {' '.join(f'(COUNT(?v{n}) AS ?w{n})' for n in range(20))} {{ ?e :short ?o }}",
    ],
)
def test_what_may_take_longer_is_for_a_process(bad, text):
    assert plainly(bad, text) is None


def test_one_learns_at_a_time(shipped_releases, monkeypatch):
    new = open_release(shipped_releases)
    open_for(new)
    begun = list[object]()
    monkeypatch.setattr(plain, "Thread", lambda **_: begun.append(_) or Mock())
    search = "SELECT ?s ?l { ?s skos:prefLabel ?l FILTER(CONTAINS(?l, 'Mosul')) }"
    assert asked(new, search) is None and len(begun) == 1
    with new.columns.turn:
        assert asked(new, search) is None and len(begun) == 1
