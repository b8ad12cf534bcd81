"""The questions as anybody may send them to the endpoint, answered alike by two engines."""

from __future__ import annotations

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, parse_query_results

from kg.question import load_questions
from kg.question.read import bind
from kg.release.read import open_release
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from sparql.arq import HERE, Arq
from sparql.results import comparable

EXAMPLES = [(q.name, e) for q in load_questions().values() for e in q.examples]


@pytest.fixture(scope="module")
def release(shipped_releases):
    return open_release(shipped_releases)


@pytest.fixture(scope="module")
def arq(release):
    if not HERE:
        pytest.skip('needs the extra "arq": Jena ARQ')
    return Arq(release.store.dump(format=RdfFormat.N_QUADS).decode())


def filled(question, example, names):
    """A question's text with its parameters as values at its begin."""
    given = dict(word.split("=", 1) for word in example.split())
    head, where, body = question.query.partition("\nWHERE")
    bound = bind(question, given, names).items()
    values = " ".join(f"VALUES ?{name} {{ {term} }}" for name, term in bound)
    prefixes = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in names.prefixes().items())
    return prefixes + head + where + body.replace("{", f"{{ {values}", 1)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_arq_answers_a_question_alike(name, example, release, arq):
    query = filled(load_questions()[name], example, release.names)
    ours = comparable(execute(release.store, prepare(query, release.names), release.names))
    found = arq.ask(query)
    assert ours == comparable(parse_query_results(found, format=QueryResultsFormat.JSON))
