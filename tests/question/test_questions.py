"""Every question: its file, its parameters, its examples, its formats."""

import csv
import io
import json
import re

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, Store
from rdflib import Graph
from rdflib.namespace import Namespace
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QuestionError
from kg.names import KINDS, SCHEME_NAMES, Names
from kg.question import ask, load_question, load_questions
from kg.question.read import bind
from kg.question.show import FORMATS, show

NAMES = [
    "attribution-chain",
    "changed-hands",
    "corroboration",
    "degree-of-control",
    "denied",
    "disagreements",
    "evidence",
    "fighting",
    "harm",
    "labels",
    "names",
    "no-evidence",
    "not-completed",
    "panel",
    "place-timeline",
    "quantities",
    "quotations",
    "reporting-delay",
    "unconfirmed",
    "who-held",
    "who-is",
    "wikidata",
    "withdrawals",
]
EMPTY = {"denied"}
"""Questions whose honest answer on the shipped release is that there is nothing."""
KNOWN = NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
EXAMPLES = [(q.name, example) for q in load_questions().values() for example in q.examples]
PARAMETER_KINDS = {*KINDS, *SCHEME_NAMES, "date", "integer", "text", "origin", "thing"}
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")

every_question = pytest.mark.parametrize("name", NAMES)


def parameters(example):
    return dict(word.split("=", 1) for word in example.split())


def test_these_are_the_questions():
    assert sorted(load_questions()) == NAMES


@every_question
def test_the_head_is_whole(name):
    question = load_question(name)
    assert question.name == name
    assert question.title.endswith("?") and question.asks and question.empty.endswith(".")
    assert question.examples
    assert all(column.says for column in question.columns)
    for parameter in question.parameters:
        assert parameter.says, parameter
        assert parameter.kind in PARAMETER_KINDS
    for example in question.examples:
        bind(question, parameters(example), Names())


@every_question
def test_two_engines_parse_it_and_its_columns_are_those_of_its_head(name):
    question, prefixes = load_question(name), Names().prefixes()
    found = Store().query(question.query, prefixes=prefixes)
    assert isinstance(found, QuerySolutions)
    columns = [column.name for column in question.columns]
    assert {parameter.name for parameter in question.parameters} <= set(columns)
    assert [variable.value for variable in found.variables] == columns
    prepared = prepareQuery(question.query, initNs=prefixes)
    assert [str(variable) for variable in prepared.algebra.PV] == columns


@every_question
def test_its_order_is_total_enough_to_be_repeated(name, asked):
    given = parameters(load_question(name).examples[0])
    assert asked(name, **given).rows == asked(name, **given).rows
    assert "ORDER BY" in load_question(name).query


@every_question
def test_one_of_its_examples_is_answered(name, asked, shipped):
    answers = [asked(name, **parameters(e)) for e in load_question(name).examples]
    if name in EMPTY:
        empty = f"{load_question(name).empty}\n"
        assert [show(answer, "table", shipped.names) for answer in answers] == [empty]
    else:
        assert any(answer.rows for answer in answers)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_another_release_knows_other_things(name, example, asked_aven):
    given, question = parameters(example), load_question(name)
    if any(p.name in given and p.kind in {*KINDS, "thing"} for p in question.parameters):
        with pytest.raises(QuestionError, match="is not known to this release"):
            asked_aven(name, **given)
    else:
        answer = asked_aven(name, **given)
        assert answer.columns == tuple(column.name for column in question.columns)


@every_question
def test_an_empty_release_knows_nothing(name):
    question, store = load_question(name), Store()
    given = parameters(question.examples[0])
    bound = bind(question, given, Names()).values()
    store.extend(Quad(term, KNOWN, term) for term in bound if isinstance(term, NamedNode))
    answer = ask(store, question, given, Names())
    assert answer.rows == ()
    assert show(answer, "table", Names()) == f"{question.empty}\n"


# --- parameters ---

WRONG = [
    ("who-held", {"place": "ramadi", "date": "22 May 2015"}, "a day like 2015-05-22"),
    ("who-held", {"place": "ramadi", "date": "2015-02-30"}, "a day like 2015-05-22"),
    ("who-held", {"place": "ramadi", "date": "2015-05-22", "horizon": "long"}, "a whole number"),
    ("who-held", {"place": "ramadi", "date": "2015-05-22", "horizon": "-1"}, "a whole number"),
    ("who-held", {"place": "ramadi", "date": "2015-05-22", "horizon": "1e9"}, "a whole number"),
    ("who-held", {"place": "ramadi", "date": "2015-05-22", "origin": "A"}, "the id or IRI of a"),
    ("withdrawals", {"place": "Ramadi"}, "the id or IRI of a place"),
    ("withdrawals", {"place": "actor/ramadi"}, "the id or IRI of a place"),
    ("withdrawals", {"place": "الرمادي"}, "the id or IRI of a place"),
    ("evidence", {"thing": "ramadi"}, "the id or IRI of a thing"),
    ("evidence", {"thing": "town/ramadi"}, "the id or IRI of a thing"),
    ("evidence", {"thing": "event/"}, "the id or IRI of a thing"),
    ("quantities", {"measure": "Territory Share"}, "the id or IRI of a measure"),
]


@pytest.mark.parametrize(("name", "given", "expected"), WRONG)
def test_a_malformed_parameter_is_refused_with_what_was_expected(name, given, expected):
    with pytest.raises(QuestionError, match=re.escape(f"expected {expected}")) as caught:
        bind(load_question(name), given, Names())
    assert str(caught.value).startswith(f"{name}: ")


@pytest.mark.parametrize(
    "value",
    [
        "x> . ?s ?p ?o",
        "x> } DELETE WHERE { ?s ?p ?o } #",
        "two words",
        'x"',
        "x'",
        "x{y}",
        "x\n",
        "x\\u003e",
        "../actor/x",
        "https://example.org/x> . ?s ?p ?o",
        "https://example.org/two words",
        "https://example.org/x{y}",
        'https://example.org/"',
        "https://example.org/\x00",
        "urn:x",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_id_is_not_asked(value):
    with pytest.raises(QuestionError, match="expected the id or IRI of a place"):
        bind(load_question("withdrawals"), {"place": value}, Names())


def test_a_name_leads_to_the_id_that_it_would_have():
    with pytest.raises(QuestionError, match="perhaps al-tanf-crossing"):
        bind(load_question("withdrawals"), {"place": "Al-Tanf crossing"}, Names())


def test_an_unknown_parameter_is_refused_with_the_nearest():
    with pytest.raises(QuestionError, match=r"no parameter 'plce'.*place"):
        bind(load_question("withdrawals"), {"plce": "ramadi"}, Names())


def test_a_missing_parameter_is_named_with_an_example():
    with pytest.raises(QuestionError, match=r"who-held needs date=….*For example: place="):
        bind(load_question("who-held"), {"place": "ramadi"}, Names())


def test_an_unknown_question_is_refused_with_the_nearest():
    with pytest.raises(QuestionError, match=r"no question 'who-hold'.*who-held"):
        load_question("who-hold")


def test_an_iri_is_as_good_as_an_id():
    question, names = load_question("withdrawals"), Names()
    by_id = bind(question, {"place": "palmyra"}, names)
    assert by_id == bind(question, {"place": names.iri("place", "palmyra")}, names)


# --- optional parameters: open when they are not given, strict when they are ---

OPTIONAL = [
    ("changed-hands", "place", "palmyra"),
    ("corroboration", "event", "palmyra-takeover"),
    ("disagreements", "kind", "quantity"),
    ("disagreements", "place", "syria"),
    ("fighting", "actor", "islamic-state"),
    ("fighting", "affected", "islamic-state"),
    ("fighting", "place", "deir-ez-zor-governorate"),
    ("harm", "place", "palmyra"),
    ("labels", "actor", "islamic-state"),
    ("not-completed", "place", "habbaniya"),
    ("quantities", "measure", "territory-share"),
    ("quotations", "speaker", "barack-obama"),
    ("reporting-delay", "article", "grip-on-border"),
    ("withdrawals", "actor", "syrian-armed-forces"),
    ("withdrawals", "place", "palmyra"),
]


@pytest.mark.parametrize(("name", "parameter", "value"), OPTIONAL)
def test_an_optional_parameter_picks_the_rows_that_have_it(name, parameter, value, asked):
    first = parameters(load_question(name).examples[0])
    given = {key: text for key, text in first.items() if key in ("from", "to")}
    every = asked(name, **given)
    column = every.columns.index(parameter)
    some = asked(name, **given, **{parameter: value})
    wanted = some.given[parameter]
    assert 0 < len(some.rows) < len(every.rows)
    assert set(some.rows) == {row for row in every.rows if row[column] == wanted}


@pytest.mark.parametrize(
    "name", ["disagreements", "fighting", "harm", "not-completed", "withdrawals"]
)
def test_a_place_that_the_release_does_not_know_is_an_error_and_not_silence(name, asked):
    with pytest.raises(QuestionError, match=r"place 'palmira' is not known.*nearest.*palmyra"):
        asked(name, place="palmira")


# --- formats ---


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_answer_has_every_format(name, example, asked, shipped):
    answer = asked(name, **parameters(example))
    shown = {form: show(answer, form, shipped.names) for form in FORMATS}
    rows = list(csv.reader(io.StringIO(shown["csv"], newline="")))
    assert rows[0] == list(answer.columns) and len(rows) == 1 + len(answer.rows)
    found = json.loads(shown["json"])
    assert found["head"]["vars"] == list(answer.columns)
    assert len(found["results"]["bindings"]) == len(answer.rows)
    assert shown["table"].endswith("\n") and shown["table"].strip()
    if len(answer.rows) < 60:
        graph = Graph().parse(data=shown["ttl"], format="turtle")
        assert len(set(graph.objects(predicate=RS.solution))) == len(answer.rows)
