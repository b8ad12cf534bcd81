"""A local Oxigraph store that asks us by SERVICE."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from clients import asked

NOTE = NamedNode("http://www.w3.org/2004/02/skos/core#note")


@pytest.fixture
def own():
    store = Store()
    store.add(Quad(NamedNode(asked.PALMYRA), NOTE, Literal("visited")))
    return store


def test_it_joins_its_own_statements_with_ours(own, endpoint):
    query = f"""{asked.PREFIXES}SELECT ?name WHERE {{
      ?place skos:note "visited" . SERVICE <{endpoint}> {{ ?place skos:prefLabel ?name }}
    }}"""
    assert {(row["name"].value, row["name"].language) for row in own.query(query)} == asked.TOLD


def test_types_arrive(own, endpoint):
    inner = asked.DATED.removeprefix(asked.PREFIXES)
    query = f"{asked.PREFIXES}SELECT * WHERE {{ SERVICE <{endpoint}> {{ {inner} }} }}"
    ((day, least),) = [(row["day"], row["least"]) for row in own.query(query)]
    assert day.value == asked.DAY and day.datatype.value.endswith("#date")
    assert least.datatype.value.endswith("#integer")


def test_an_error_of_ours_is_an_error_of_its_query(own, endpoint):
    """We refuse a SERVICE within: a chain of endpoints ends here."""
    inner = asked.LEAVES.removeprefix("SELECT ?s WHERE ")
    with pytest.raises((OSError, RuntimeError, ValueError, SyntaxError), match="400"):
        list(own.query(f"SELECT * WHERE {{ SERVICE <{endpoint}> {inner} }}"))
