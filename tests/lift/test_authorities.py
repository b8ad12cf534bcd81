"""Actors and places as quads, and the judgement behind each typing, part-of and alignment."""

from pyoxigraph import NamedNode

from goldens import as_turtle, assert_golden
from kg.lift.authorities import lift_authorities
from kg.lift.terms import term
from kg.vocabulary import load_vocabulary


def lifted(aven):
    return lift_authorities(aven.authorities, aven.names, load_vocabulary())


def test_the_golden_authorities(aven):
    assert_golden("authorities.ttl", as_turtle(lifted(aven), aven.names))


def test_every_judged_statement_is_stated_too(aven):
    quads = lifted(aven)
    triples = {(q.subject, q.predicate, q.object) for q in quads}
    judgements = {q.subject for q in quads if q.object == term("wh:Judgement")}
    for judgement in judgements:
        about = {
            q.predicate.value.rpartition("#")[2]: q.object for q in quads if q.subject == judgement
        }
        assert (about["subject"], about["predicate"], about["object"]) in triples
    assert len(judgements) == 15 + 8 + 9, "types, part-ofs, alignments"


def test_a_point_puts_longitude_first(aven):
    geometry = NamedNode(aven.names.iri("place", "aven-bridge--geometry"))
    (wkt,) = [
        q.object for q in lifted(aven) if q.subject == geometry and q.predicate == term("geo:asWKT")
    ]
    assert wkt.value == "POINT(-24.5125 -48.25)"


def test_two_lifts_are_equal(aven):
    assert lifted(aven) == lifted(aven)
