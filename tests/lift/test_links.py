"""Link tables: each row a judgement, the positive ones stated too."""

import pytest
from pyoxigraph import NamedNode

from goldens import as_turtle, assert_golden
from kg.lift.links import lift_links
from kg.lift.terms import term
from kg.links.reading import read_table


@pytest.fixture
def table(aven) -> str:
    return (aven.root / "links" / "almanac.sssom.tsv").read_text("utf-8")


def lifted(aven, table):
    return lift_links(read_table(table, "links/almanac.sssom.tsv"), aven.names)


def test_the_golden_links(aven, table):
    assert_golden("links.ttl", as_turtle(lifted(aven, table), aven.names))


def test_a_negative_row_is_judged_and_not_stated(aven, table):
    matches = [q for q in lifted(aven, table) if q.predicate == term("skos:exactMatch")]
    assert {q.object.value for q in matches} == {
        "https://example.org/almanac/2",
        "https://example.org/almanac/3",
    }


UNSURE = (
    "place:holm\tHolm\trdfs:seeAlso\t\talmanac:5\tHolm\tsemapv:ManualMappingCuration\teditor-1\t"
    "2026-03-06\t0.5\tan islet of the name\n"
)
NONE = (
    "place:holm\tHolm\tskos:exactMatch\t\tsssom:NoTermFound\t\tsemapv:ManualMappingCuration\t"
    "editor-1\t2026-03-06\t0.9\tthe almanac leaves islets out\n"
)


@pytest.mark.parametrize("row", [UNSURE, NONE])
def test_what_is_open_or_absent_is_judged_and_not_stated(aven, table, row):
    holm = f"{aven.names.base}place/holm"
    quads = lifted(aven, _with_prefixes(table) + row)
    assert [q for q in quads if q.subject.value == holm] == []
    (node,) = [q.subject for q in quads if q.object == NamedNode(holm)]
    said = {q.predicate: q.object for q in quads if q.subject == node}
    assert said[term("sssom:object_source")].value == "https://example.org/almanac/"
    if row == NONE:
        assert node.value.endswith("judgement/link--place--holm--almanac--none")
        assert said[term("rdf:object")] == term("sssom:NoTermFound")
    else:
        assert said[term("rdf:predicate")] == term("rdfs:seeAlso")


def test_links_stand_in_a_graph_of_their_own_and_none_is_same_as(aven, table):
    quads = lifted(aven, table)
    assert {q.graph_name.value for q in quads} == {aven.names.graph("links")}
    assert not [q for q in quads if "sameAs" in q.predicate.value]


def _with_prefixes(table):
    more = "#  rdfs: http://www.w3.org/2000/01/rdf-schema#\n#  sssom: https://w3id.org/sssom/\n"
    return table.replace("#curie_map:\n", f"#curie_map:\n{more}", 1)
