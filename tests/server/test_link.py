import pytest

from kg.names import Names
from server.link import href_of, iris_at, path_of

NAMES = Names("https://example.org/valley/")


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("https://example.org/valley/claim/aven.bridge-taken", "claim/aven.bridge-taken"),
        ("https://example.org/valley/graph/derived/events", "graph/derived/events"),
        ("https://w3id.org/whoholds/event-type/Capture", "event-type/Capture"),
        ("https://w3id.org/whoholds/event-type", "event-type"),
        ("https://w3id.org/whoholds/ns#place", "ns#place"),
        ("https://w3id.org/whoholds/claim/elsewhere", None),
        ("https://example.org/valley/", None),
        ("https://example.org/valley//evil.example/claim/x", None),
        ("https://example.org/other", None),
    ],
)
def test_our_iris_have_a_path_below_the_root(iri, path):
    assert path_of(iri, NAMES) == path


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        ("https://example.org/valley/claim/aven.x", "/below/claim/aven.x.html"),
        ("https://w3id.org/whoholds/ns#place", "/below/ns.html#place"),
        ('https://example.org/valley/actor/a"b?c', "/below/actor/a%22b%3Fc.html"),
        ("https://www.wikidata.org/entity/Q1", "https://www.wikidata.org/entity/Q1"),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("data:text/html,x", None),
        ("urn:isbn:1", None),
        ("file:///etc/passwd", None),
    ],
)
def test_links_lead_to_our_pages_or_to_the_web(iri, href):
    assert href_of(iri, NAMES, "/below") == href


def test_a_path_may_stand_for_data_or_vocabulary():
    assert iris_at("ns", NAMES) == ("https://example.org/valley/ns", "https://w3id.org/whoholds/ns")
    assert iris_at("ns", Names()) == ("https://w3id.org/whoholds/ns",)
