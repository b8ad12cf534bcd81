"""Queries that differ in some IRIs and days alone are read once, and as if each were read alone."""

import copy
import re
from contextlib import suppress
from random import Random

import pytest

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql import prepare as preparing
from kg.sparql.columns.answer import answer_plain
from kg.sparql.columns.file import open_columns
from kg.sparql.columns.make import make_columns
from kg.sparql.dataset import Dataset
from kg.sparql.prepare import prepare
from kg.sparql.tokens import spoken
from kg.store import make_store
from sparql.joining import DATED, IRIS, THINGS, choosing, queries, tempting

NAMES = Names("http://x/")
PREFIXES = "PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
MOMENT = "<http://www.w3.org/2001/XMLSchema#dateTime>"
DATE = "<http://www.w3.org/2001/XMLSchema#date>"
MANY = 120
MUTATIONS = 10
PLAIN = ". ; , { } ( ) ?v a true + * / ^ | = < && || !"
SIGNS = (
    *(*THINGS, *IRIS, *DATED, "'2014-06-10'", '"2014-06-10"', f"'2014-06-10'^^{DATE}", "x:p0"),
    *(
        "<http://x/a'b>",
        "<http://x/a/../b>",
        "<http://x/%zz>",
        "<http://[>",
        "<x:y>",
        "<http://x/>",
    ),
    *("<http://hole.invalid/0>", "'9000-07-07'", '"9000-07-07"', "'9001-07-07'^^xsd:date"),
    *(f"{MOMENT}(?v)", f"'1'^^{DATE}", "'see <http://x/a>'", "'''2014-06-10'''", "'", '"', "'''"),
    *("# <http://x/a>\n", "BASE <http://x/b/>", "PREFIX x: <http://x/s>", "PREFIX : <http://x/>"),
    *("FROM <http://x/g>", "GRAPH <http://x/g0>", "SERVICE <http://x/>", "VALUES ?s", "FILTER"),
    *PLAIN.split(),
)


def alone(query, monkeypatch, *given):
    """The query as it is read where none like it was."""
    with monkeypatch.context() as patched:
        patched.setattr(preparing, "hollow", lambda _: None)
        return outcome(query, *given)


def outcome(query, *given):
    """The query as it is read where one like it was."""
    with suppress(QueryRefused, SyntaxError):
        prepare(query, NAMES, *given)
    try:
        return prepare(query, NAMES, *given)
    except (QueryRefused, SyntaxError) as error:
        return type(error), str(error)


def mutated(text, random):
    """The query with other things and days, and a sign or two that may make nonsense of it."""
    words = [token.text for token in spoken(text)]
    iris = [i for i, word in enumerate(words) if word.startswith("<http")]
    for i in random.sample(iris, len(iris) // 2):
        words[i] = random.choice(THINGS)
    for _ in range(random.randrange(3)):
        at = random.randrange(len(words))
        words[at : at + random.randrange(2)] = [random.choice(SIGNS)]
    return " ".join(words)


def drawn(seed):
    random = Random(seed)
    for text in (*(text for text, _ in queries(seed, MANY)), *choosing(seed, MANY)):
        whole = re.sub(r"x:([ps]\d)", r"<http://x/\1>", text)
        yield PREFIXES + whole
        for _ in range(MUTATIONS):
            yield PREFIXES + mutated(whole, random)


def test_each_is_read_as_if_it_were_alone(monkeypatch):
    planned = 0
    for query in drawn(11):
        found = outcome(query)
        assert found == alone(query, monkeypatch), query
        planned += getattr(found, "plan", None) is not None
    assert planned > MANY, f"{planned} were read with holes"


@pytest.fixture(scope="module")
def columns(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template")
    (folder / "data.nq").write_text(tempting(3), "utf-8")
    make_store(folder / "store", [folder / "data.nq"])
    make_columns(folder / "columns", folder / "store")
    return open_columns(folder / "columns")


def test_each_has_the_solutions_that_it_has_alone(columns):
    about, bound = {"base_iri": NAMES.base}, 0
    for query in drawn(12):
        found = outcome(query)
        if getattr(found, "plan", None) is None:
            continue
        planned = answer_plain(columns, found.text, about, 3_000, plan=found.plan)
        read = answer_plain(columns, found.text, about, 3_000)
        assert (planned and sorted_rows(planned)) == (read and sorted_rows(read)), query
        bound += bool(read and read.rows)
    assert bound > MANY // 4, f"{bound} had solutions"


def sorted_rows(table):
    return table.head, sorted(map(repr, zip(*table.columns, strict=True)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT ?o { <http://x/a> x:p ?o }", "SELECT ?o { <http://x/b#c> x:p ?o }"),
        (
            f"SELECT ?s {{ ?s x:p ?d FILTER(?d < '2014-06-10'^^{DATE}) }}".replace(
                DATE, "xsd:date"
            ),
            "SELECT ?s { ?s x:p ?d FILTER(?d < '2015-01-28'^^xsd:date) }",
        ),
        ('SELECT ?s { ?s x:p "2014-06-10" }', 'SELECT ?s { ?s x:p "2015-01-28" }'),
        (
            "SELECT * { <http://x/a> x:p+ ?b OPTIONAL { ?b x:q <http://x/c> } }",
            "SELECT * { <http://x/d> x:p+ ?b OPTIONAL { ?b x:q <http://x/d> } }",
        ),
    ],
)
def test_those_that_are_alike_are_read_once(one, other):
    first, second = (outcome(PREFIXES + text) for text in (one, other))
    assert first.plan and second.plan and first.plan.query is second.plan.query
    assert first.digest != second.digest and first.text != second.text


def test_what_nobody_asks_again_is_read_once(monkeypatch):
    read, real = [], preparing._read
    monkeypatch.setattr(preparing, "_read", lambda *given: read.append(given[0]) or real(*given))
    for number in range(4):
        prepare(f"{PREFIXES}SELECT ?new {{ <http://x/{number}> x:p ?new }}", NAMES)
    assert len(read) == 2 and "<http://x/0>" in read[0] and "<http://x/1>" not in read[1]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { ?s x:p ?d FILTER(?d < 'see <http://x/a>') }",
        "SELECT ?s { ?s x:p ?d FILTER(REGEX(?d, 'on 2014-06-10')) } # <http://x/a>",
        f"SELECT ?s {{ ?s x:p ?d FILTER({MOMENT}(?d) < '2014-06-10'^^{MOMENT}) }}",
        f"SELECT ?s {{ ?s x:p ?d FILTER(?d < '1'^^{DATE}) }}",
        "SELECT ?s { ?s x:p <http://x/a>, 'at <http://x/b>' }",
        "SELECT ?s { ?s x:p '''2014-06-10''' }",
        "BASE <http://x/b/> SELECT ?s { ?s x:p <http://x/a> }",
        "# none\nPREFIX y: <http://x/y> SELECT ?s { ?s y:p y:p, y:q }",
        "SELECT ?s { ?s x:p <http://x/a> ; x:q ?v FILTER(?v = <http://x/a>) }",
        "SELECT ?s FROM <http://x/g> { ?s x:p ?o }",
        "SELECT ?s { GRAPH <http://x/g> { ?s x:p ?o } }",
        "SELECT ?s { VALUES ?s { <http://x/a> } ?s x:p ?o }",
        r"SELECT ?s { ?s x:p <http://x/\u0061> }",
        "SELECT ?s { ?s x:p <http://x/a/../b> }",
        "PREFIX h: <http://hole.invalid/> SELECT ?s { ?s x:p <http://x/a>, h:0 }",
        "PREFIX h: <http://hole.invalid/> SELECT ?s { ?s x:p h:0 }",
        "SELECT ?s { ?s x:p <http://x/service/a> ; ?p <http://x/SERVICE> }" + " " * 4_096,
    ],
)
def test_what_says_more_than_a_thing_or_a_day_is_read_alone(query, monkeypatch):
    found = outcome(PREFIXES + query)
    assert found.plan is None and found == alone(PREFIXES + query, monkeypatch)


HOLES = "PREFIX h: <http://hole.invalid/> PREFIX g: <http://hole.invalid/0>"
LATE = " ".join(f"PREFIX a{n}: <http://x/{'abcdefghijk'[n]}>" for n in range(11))
NAMED = " . ".join(f"?s{n} a{n}: ?o" for n in range(10))


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("SELECT ?s { ?s <http://hole.invalid/7> <http://hole.invalid/0> }", ["x"]),
        (f"{HOLES} SELECT ?d {{ h:0 ?p ?d # {{}}\n}}", THINGS),
        (f"{HOLES} SELECT ?s {{ ?s ?p g: # {{}}\n}}", THINGS),
        (f"{HOLES} SELECT ?s {{ ?s <http://x/p> h:1 # {{}}\n}}", THINGS),
        (f"{HOLES} SELECT (COUNT(*) AS ?n) {{ ?s ?p h:0 # {{}}\n}}", THINGS),
        (f"# none\n{LATE} SELECT * {{ {NAMED} . ?z a1:0 {{}} }}", THINGS),
        ("SELECT ?s { ?s x:p '9000-07-07' # {}\n}", ["'2014-06-10'", "'2015-06-10'"]),
        ("SELECT ?s { ?s x:p {}, '9001-07-07' }", ["'9001-07-07'", "'9000-07-07'"]),
        ("SELECT ?s { ?s <http://x/'9000-07-07'> {} }", ["'2014-06-10'", "'2015-06-10'"]),
        ("SELECT ?s { <http://x/{}> ?p ?s }", ["urn:whoholds:function:x", "a", "b"]),
    ],
)
def test_whatever_looks_like_a_hole_is_read_as_it_is(query, terms, monkeypatch):
    for term in (*terms, *terms):
        text = f"{PREFIXES}{query.replace('{}', term)}"
        assert outcome(text) == alone(text, monkeypatch), text


def test_graphs_and_endpoints_that_may_be_asked_are_told_apart(monkeypatch):
    query = f"{PREFIXES}SELECT ?s {{ ?s x:p <http://x/a> }}"
    for given in ((Dataset(("http://x/g",), ()),), (None, ("http://x/sparql",))):
        assert outcome(query, *given) == alone(query, monkeypatch, *given)
    with pytest.raises(QueryRefused, match="SERVICE"):
        prepare(
            f"{PREFIXES}SELECT * {{ SERVICE <http://x/sparql> {{ ?s ?p <http://x/a> }} }}", NAMES
        )


def test_a_wrong_iri_is_told_with_its_place(monkeypatch):
    for query in (
        "SELECT ?s { ?s x:p <http://x/a> . <http://x/b> }",
        "ASK { ?s y:p <http://x/a> }",
    ):
        told = outcome(PREFIXES + query)
        assert told == alone(PREFIXES + query, monkeypatch)


def test_another_process_is_sent_the_text_alone():
    found = outcome(f"{PREFIXES}SELECT ?o {{ <http://x/a> x:p ?o }}")
    sent = copy.copy(found)  # as pickle makes it
    assert found.plan and sent == found and sent.plan is None
