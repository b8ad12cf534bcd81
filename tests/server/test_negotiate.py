import pytest

from server.negotiate import (
    ANSWERS,
    DESCRIPTIONS,
    GRAPHS,
    HTML,
    TABLES,
    Offer,
    choose,
    read_accept,
    split_suffix,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


def chosen(accept, offers):
    offer = choose(accept, offers)
    return offer and offer.suffix


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("TEXT/Turtle", "ttl"),
        ("text/turtle;charset=utf-8", "ttl"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml, text/turtle;q=0.9, */*;q=0.1", "rdf"),
        ("text/turtle;q=0.5, text/html;q=0.4", "ttl"),
        ("text/turtle;q=0.5,text/html ; q=0.6", "html"),
        ("text/*;q=0.3, text/turtle;q=0.2", "html"),
        ("text/html;q=0, */*", "ttl"),
        ("text/html;q=0.0, text/*;q=0, */*;q=0.1", "jsonld"),
        ("text/*, text/html;q=0", "ttl"),
        ("application/ld+json, */*", "jsonld"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/turtle;q=0", None),
        ("nonsense", "html"),
        ("text/turtle;q=7", "html"),
        ("text/turtle;q=0.5;q=0.1, image/png", "ttl"),
        ('image/png;title="a, text/turtle"', None),
        ("*/turtle", "html"),
    ],
)
def test_a_description_is_served_in_the_best_form_that_is_accepted(accept, suffix):
    assert chosen(accept, DESCRIPTIONS) == suffix


@pytest.mark.parametrize(
    ("accept", "table", "graph"),
    [
        (None, "json", "ttl"),
        ("*/*", "json", "ttl"),
        ("application/json", "json", "jsonld"),
        ("application/xml", "xml", "rdf"),
        ("text/csv", "csv", None),
        ("text/tab-separated-values", "tsv", None),
        ("application/sparql-results+xml;q=0.9,application/sparql-results+json;q=0.8", "xml", None),
        ("application/sparql-results+json, text/turtle", "json", "ttl"),
        ("text/turtle", None, "ttl"),
        (BROWSER, "html", "html"),
    ],
)
def test_a_result_is_served_in_a_form_of_its_kind(accept, table, graph):
    assert chosen(accept, TABLES) == table
    assert chosen(accept, GRAPHS) == graph


def test_text_says_that_it_is_utf8():
    assert HTML.content_type == "text/html; charset=utf-8"
    assert Offer("application/ld+json", "jsonld").content_type == "application/ld+json"


@pytest.mark.parametrize(
    ("path", "stem", "suffix"),
    [
        ("who-held.csv", "who-held", "csv"),
        ("who-held", "who-held", None),
        ("who-held.exe", "who-held.exe", None),
        (".csv", ".csv", None),
        ("voice/aven.varro.ttl", "voice/aven.varro.ttl", "ttl"),
    ],
)
def test_a_suffix_is_split_off_if_it_is_offered(path, stem, suffix):
    found, offer = split_suffix(path, ANSWERS if "/" not in path else DESCRIPTIONS)
    assert (found, offer and offer.suffix) == (stem.removesuffix(".ttl"), suffix)


def test_ranges_keep_their_order_and_malformed_ones_are_passed_over():
    assert read_accept("a/b;q=0.1, ;;, c/*") == [("a", "b", 0.1), ("c", "*", 1.0)]
