"""What a stranger says of itself may be odd, and ends no check."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from kg.probe.description import SD, Description, describe

PREFIXES = f"PREFIX sd: <{SD}> PREFIX void: <http://rdfs.org/ns/void#> "


def described(turtle: str) -> Description | None:
    text = f"{PREFIXES} [] sd:endpoint <http://e/sparql> . {turtle}"
    return describe(tuple(q.triple for q in parse(text, format=RdfFormat.TURTLE)))


def test_graphs_have_the_counts_that_are_said_of_them():
    found = described(
        "[] sd:defaultGraph [ void:triples 5 ] ;"
        " sd:namedGraph [ sd:name <http://e/g> ; sd:graph [ void:triples 3 ] ],"
        " [ sd:name <http://e/h> ] ."
    )
    assert found and found.default == 5
    assert found.graphs == {"http://e/g": 3, "http://e/h": None}


@pytest.mark.parametrize(
    ("odd", "graphs"),
    [
        ('[] sd:namedGraph [ sd:name <http://e/g> ; sd:graph "g" ] .', {"http://e/g": None}),
        ('[] sd:namedGraph "g" . [] sd:name <http://e/g> .', {}),
        ('[] sd:namedGraph [ sd:name "g" ; sd:graph 5 ] .', {}),
        ('[] sd:defaultGraph "d" , 5 .', {}),
        (f'[] sd:defaultGraph [ void:triples {"9" * 5000}, -1, "many" ] .', {}),
    ],
)
def test_what_is_no_graph_and_no_count_is_passed_over(odd, graphs):
    found = described(odd)
    assert found and found.default is None and found.graphs == graphs
