"""Every page that the application has is also data: in its head, in its headers, and really."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from server.forms import NAMES
from server.rows import Sheet, write

BASE = "https://example.org/valley/"
PARAMETERS = {
    "/search": "?q=aven",
    "/map": "?day=2026-03-05&origin=all",
}
EXAMPLES = {
    "/<path:path>": [
        "/actor/ines-varro.html",
        "/article/aven.html",
        "/claim/aven.bridge-taken.html",
        "/degree.html",
        "/degree/Full.html",
        "/graph/authorities.html",
        "/ns.html",
        "/place/aven-bridge.html",
        "/voice/aven.varro.html",
    ],
    "/ask/<path:name>": ["/ask/who-held?place=aven-bridge&date=2026-03-05", "/ask/quotations"],
    "/dumps/<name>/": ["/dumps/current/"],
    "/dumps/<name>/<file>": [],  # not pages but files
    "/cite": [],  # leads to a cited result
    "/graphs": [],  # whole graphs, for programs
    "/q/<code>": [],  # a cited result, which has the forms of results
    "/v/<version>/": [],  # leads to /dumps/<name>/
    "/v/<version>/graphs": [],  # as /graphs
    "/v/<version>/sparql": [],  # as /sparql
    "/v/<version>/sparql/terms.json": [],  # what its editor completes
    "/v/<version>/cite": [],  # leads to a cited result
    "/static/<path:filename>": [],
}
"""Addresses of each kind of page whose address has parts that vary."""
TABLES = {
    "/article",
    "/ask",
    "/disagreements",
    "/dumps/",
    "/links",
    "/map",
    "/search",
    "/withdrawals",
}
ELSEWHERE = {
    "/sparql": "the form of an endpoint, whose results have forms of their own",
}
"""Pages that are exempt, and why."""
STATES = {"/readyz"}
"""What says how the server is, to programs: in these tests no worker is ready."""
SERVICE = "/reconcile"
"""What stands below is for clients of the Reconciliation API, which says the forms."""
RDF = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
LINK = re.compile(r'<([^>]*)>; rel="alternate"; type="([^"]+)"')


class Head(HTMLParser):
    """The alternates that a page has in its head."""

    def __init__(self, html):
        super().__init__()
        self.found = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "link" and said.get("rel") == "alternate":
            self.found[said["type"]] = said["href"]


def pages(app):
    """An address of every kind of page, from the rules themselves."""
    for rule in app.url_map.iter_rules():
        shown = "GET" in rule.methods and rule.rule not in STATES and SERVICE not in rule.rule
        if shown and not rule.rule.endswith((":suffix>", ".<suffix>")):
            known = rule.rule + PARAMETERS.get(rule.rule, "")
            assert not rule.arguments or rule.rule in EXAMPLES, (
                f"{rule.rule} is new: name an address in EXAMPLES, and publish its forms"
            )
            yield from EXAMPLES.get(rule.rule, [known])


def derived(release):
    """A page of each kind of thing that rules derive."""
    for kind in ("Event", "ControlPeriod", "Disagreement"):
        node = NamedNode(f"https://w3id.org/whoholds/ns#{kind}")
        typed = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        quads = release.store.quads_for_pattern(None, typed, node, None)
        yield next(quads).subject.value.replace(BASE, "/") + ".html"


def read(answer):
    """The statements of an RDF answer."""
    return {q.triple for q in parse(answer.data, format=RDF[answer.mimetype], base_iri=BASE)}


def test_every_page_is_also_json_and_turtle_and_csv_where_it_is_a_table(client, release):
    seen = 0
    for address in [*pages(client.application), *derived(release)]:
        answer = client.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
        path = answer.request.path
        assert answer.status_code == 200, address
        if answer.mimetype != "text/html" or path in ELSEWHERE:
            continue
        seen += 1
        found = Head(answer.text).found
        sent = {media: to for to, media in LINK.findall(", ".join(answer.headers.getlist("Link")))}
        assert found == sent, address
        assert "text/turtle" in found, f"{address} has no Turtle"
        stem = path.removesuffix(".html").rstrip("/") or "/release"
        query = f"?{address.partition('?')[2]}"
        data = client.get(f"{stem}.json{query}", follow_redirects=True)
        assert data.status_code == 200 and "json" in data.mimetype, address
        assert data.json is not None, address
        if path in TABLES:
            assert "text/csv" in found, f"{address} has no CSV"
        for media, to in found.items():
            form = client.get(to, follow_redirects=True)
            assert form.status_code == 200 and form.mimetype == media, (address, to)
            assert media in NAMES
            if media in RDF:
                assert read(form), to
            if media == "text/csv":
                header, *rows = csv.reader(io.StringIO(form.text))
                assert header and all(len(row) == len(header) for row in rows), to
    assert seen > 25


@pytest.mark.parametrize("stem", ["/release", "/limits", "/search", "/map", "/dumps", "/article"])
def test_the_graph_forms_of_a_page_say_the_same(client, stem):
    query = PARAMETERS.get(stem, "")
    ttl, *others = (read(client.get(f"{stem}.{s}{query}")) for s in ("ttl", "jsonld", "nt", "rdf"))
    assert ttl and others == [ttl] * 3


def test_a_page_is_negotiated(client):
    answer = client.get("/limits", headers={"Accept": "text/turtle"})
    assert answer.mimetype == "text/turtle" and "Accept" in answer.headers["Vary"]
    assert client.get("/limits", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/limits").mimetype == "text/html"
    assert "Vary" not in client.get("/limits.html").headers


def test_forms_lead_below_the_prefix_and_keep_what_is_asked_for(client):
    answer = client.get("/search?q=aven+b&page=1", environ_overrides={"SCRIPT_NAME": "/below"})
    assert Head(answer.text).found["text/csv"] == "/below/search.csv?q=aven+b"


def test_the_first_page_as_data_is_the_release(client, release):
    found = client.get("/release.json").json
    assert found["digest"] == release.digest and found["counts"]["articles"] == 3
    assert {one["name"] for one in found["files"]} >= {"data.nq", "claims.csv"}


def test_a_care_page_as_data_has_its_text(client):
    found = client.get("/limits.json").json
    assert found["title"] == "Limits"
    assert {"kind": "heading", "text": "What the sample is"} in found["blocks"]
    assert "This is evidence of who said what." in client.get("/limits.ttl").text
    assert "Corrections and withdrawal" not in [one["text"] for one in found["blocks"]]


def test_a_search_as_turtle_says_what_was_found_and_why(client):
    graph = rdflib.Graph().parse(data=client.get("/search.ttl?q=aven+bridge").data, format="ttl")
    schema = rdflib.Namespace("https://schema.org/")
    found = {
        str(graph.value(one, schema.item)): str(graph.value(one, schema.description))
        for one in graph.objects(None, schema.itemListElement)
    }
    assert found[f"{BASE}place/aven-bridge"] == "name, exact"
    label = (rdflib.URIRef(f"{BASE}place/aven-bridge"), rdflib.SKOS.prefLabel, None)
    assert label in graph


def test_a_map_as_turtle_has_the_periods_of_its_rows_as_the_release_states_them(client, release):
    query = PARAMETERS["/map"]
    stated = read(client.get(f"/map.ttl{query}"))
    rows = client.get(f"/map.json{query}").json["rows"]
    about = {t.object.value for t in stated if t.predicate.value.endswith("/about")}
    assert about == {row["period"] for row in rows} != set()
    for row in rows:
        of = {t.object.value for t in stated if t.subject.value == row["period"]}
        assert {row["place"], row["holder"]} <= of
    known = {quad.triple for quad in release.store}
    assert {t for t in stated if "/map?" not in t.subject.value} <= known
    assert '"2026-03-05"' in client.get(f"/map.ttl{query}").text


def test_the_catalogue_of_releases_has_the_files_with_their_checksums(client, release):
    graph = rdflib.Graph().parse(data=client.get("/dumps.ttl").data, format="ttl")
    node = rdflib.URIRef(release.names.release(release.digest))
    listed = client.get("/dumps.json").json["files"]
    sums = {one["name"]: one["sha256"] for one in listed if one["sha256"]}
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    found = {}
    for file in graph.objects(node, rdflib.DCAT.distribution):
        checksum = graph.value(graph.value(file, spdx.checksum), spdx.checksumValue)
        found[str(file).rpartition("/")[2]] = checksum.toPython().hex()
    assert found == sums


def test_a_table_in_both_forms():
    sheet = Sheet(("name", "count"), [{"name": "Aven, bridge", "count": 2}], {"total": 1})
    assert write("csv", sheet) == 'name,count\r\n"Aven, bridge",2\r\n'
    assert '"total": 1' in write("json", sheet)


@pytest.mark.parametrize(
    "address",
    [
        "/ask/who-held.html",
        "/ask/who-held.html?place=aven-bridge&date=yesterday",
        "/map?day=2026-13-45",
        "/disagreements?kind=nothing",
        "/article?page=9",
        "/links?source=nobody",
    ],
)
def test_a_page_that_answers_nothing_leads_to_no_data_that_would_not_either(client, address):
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.mimetype == "text/html" and 'rel="alternate"' not in answer.text
    assert 'rel="alternate"' not in " ".join(answer.headers.getlist("Link"))
    assert "As data" not in answer.text


@pytest.mark.parametrize("address", ["/shapes.html.ttl", "/article.html.ttl", "/limits.html.ttl"])
def test_two_suffixes_are_none(client, address):
    assert client.get(address).status_code == 404


def test_the_well_known_address_leads_to_void_and_dcat_with_one_count(client, release):
    answer = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303 and "Accept" in answer.headers["Vary"]
    graph = rdflib.Graph().parse(data=client.get(answer.location).data, format="ttl")
    node = rdflib.URIRef(release.names.release(release.digest))
    assert set(graph.objects(node, rdflib.RDF.type)) == {rdflib.DCAT.Dataset, rdflib.VOID.Dataset}
    (count,) = graph.objects(node, rdflib.VOID.triples)
    own = rdflib.Graph().parse(data=client.get(f"{_page(client)}.ttl").data, format="ttl")
    assert list(own.objects(node, rdflib.VOID.triples)) == [count]
    assert list(own.objects(node, rdflib.DCAT.distribution)), "its own address tells its files"
    shared = {t for t in own if t[0] == node}
    assert shared <= {t for t in graph if t[0] == node}, "the two descriptions contradict"


def _page(client):
    place = client.get("/.well-known/void", headers={"Accept": "text/html"}).location
    assert place.startswith("/release/sha256-")
    return place.removesuffix(".html")
