"""Web Annotations: what they say as linked data, and what is done to them arrives as that."""

import json
import re

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDFS

from exchange.gate import TEXT
from kg.errors import ExchangeError
from kg.exchange.receive import receive
from kg.exchange.send import send
from kg.exchange.terms import PROPERTIES, Terms
from kg.exchange.web_annotation import CONTEXT
from kg.mapping.write import write
from kg.names import WH, Names
from paths import ROOT

OA = Namespace("http://www.w3.org/ns/oa#")
W = Namespace(WH)
BASE = "https://example.org/valley/"
# The terms that we use of http://www.w3.org/ns/anno.jsonld, which no test fetches, after
# https://www.w3.org/TR/annotation-vocab/#json-ld-context
STANDARD = {
    "oa": str(OA),
    "as": "http://www.w3.org/ns/activitystreams#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    **{
        name: f"oa:{name}"
        for name in (
            *("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector"),
            *("TextPositionSelector", "tagging", "describing", "identifying", "commenting"),
        )
    },
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "first": {"@type": "@id", "@id": "as:first"},
    "last": {"@type": "@id", "@id": "as:last"},
    "partOf": {"@type": "@id", "@id": "as:partOf"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "styleClass": "oa:styleClass",
    "exact": "oa:exact",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
}


@pytest.fixture
def graph(aven, tmp_path):
    send(aven, "aven", "web-annotation", tmp_path / "aven.json")
    found = json.loads((tmp_path / "aven.json").read_text("utf-8"))
    assert found["@context"][0] == CONTEXT
    found["@context"][0] = STANDARD
    return Graph().parse(data=json.dumps(found), format="json-ld")


@pytest.fixture
def edit(gate, tmp_path):
    """Sends the mapping out, lets a test change the annotations by id, and brings it back."""
    file = tmp_path / "gate.json"
    send(gate, "gate", "web-annotation", file)

    def change(how):
        found = json.loads(file.read_text("utf-8"))
        items = found["first"]["items"]
        how({item["id"].partition("#")[2]: item for item in items}, items)
        file.write_text(json.dumps(found, indent=1), "utf-8")
        return receive(gate, "gate", "web-annotation", file)

    return change


def test_a_claim_is_linked_as_the_ontology_says(graph):
    claim = URIRef(f"{BASE}claim/aven.bridge-taken")
    assert (claim, RDF.type, W.Claim) in graph
    assert (claim, W.voice, URIRef(f"{BASE}voice/aven.varro")) in graph
    assert (claim, W.gainedBy, URIRef(f"{BASE}actor/government-troops")) in graph
    assert (claim, W.place, URIRef(f"{BASE}place/aven-bridge")) in graph
    assert (claim, W.aboutEvent, URIRef(f"{BASE}event/aven-bridge-takeover")) in graph
    capture = URIRef("https://w3id.org/whoholds/event-type/Capture")
    assert (claim, W.eventType, capture) in graph
    denied = URIRef(f"{BASE}claim/aven.bridge-denied")
    assert (denied, W.denies, claim) in graph
    unnamed = graph.value(URIRef(f"{BASE}voice/aven.doctors"), W.speaker)
    assert graph.value(unnamed, RDFS.label) == Literal("local doctors")


def test_an_annotation_shows_where_its_words_stand(graph, aven_text):
    annotation = URIRef(f"{BASE}article/aven#claim.bridge-taken")
    assert (annotation, RDF.type, OA.Annotation) in graph
    assert (annotation, OA.hasBody, URIRef(f"{BASE}claim/aven.bridge-taken")) in graph
    assert (annotation, OA.motivatedBy, OA.describing) in graph
    target = graph.value(annotation, OA.hasTarget)
    assert (target, OA.hasSource, URIRef(f"{BASE}article/aven")) in graph
    selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
    position, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
    start, end = (int(graph.value(position, p)) for p in (OA.start, OA.end))
    assert str(graph.value(quote, OA.exact)) == aven_text[start:end] == "took the Aven bridge"


def test_the_page_lists_every_entry_in_order(graph, aven_mapping):
    collection = URIRef(f"{BASE}article/aven#annotations")
    page = graph.value(collection, URIRef("http://www.w3.org/ns/activitystreams#first"))
    listed = graph.collection(
        graph.value(page, URIRef("http://www.w3.org/ns/activitystreams#items"))
    )
    names = [str(one).partition("#")[2] for one in listed]
    assert names[0] == "part.1" and names[-1] == "nothing.1"
    assert [f"claim.{name}" for name in aven_mapping.claims] == names[6:12]


def test_every_term_is_the_ontologys():
    ontology = Graph().parse(ROOT / "ontology" / "whoholds.ttl")
    terms = {URIRef(name.replace("wh:", WH)) for name in PROPERTIES.values()}
    assert {term for term in terms if (term, RDF.type, None) not in ontology} == set()


def test_no_words_travel_that_the_mapping_does_not_hold(aven, tmp_path):
    for slug in aven.slugs:
        (file,) = send(aven, slug, "web-annotation", tmp_path).files
        assert file == tmp_path / f"{slug}.jsonld"
        text = file.read_text("utf-8")
        source = write(aven.mapping(slug))
        for exact in re.findall(r'"exact": (".*")', text):
            assert exact in source
        assert "prefix" not in text and "suffix" not in text


def test_a_value_that_no_iri_stands_for_stays_what_it_is():
    terms = Terms(Names(), "aven")
    keys = {"type": "x-1", "denies": "aven.own", "voice": "outlet", "corrects": "other.claim"}
    spelt = terms.spelt("claim", keys)
    assert spelt["wh:eventType"] == "x-1" and spelt["wh:denies"] == "aven.own"
    assert spelt["wh:voice"] == "voice/aven.outlet" and spelt["wh:corrects"] == "claim/other.claim"
    assert terms.read(spelt) == keys


def test_iris_that_a_tool_spelt_out_are_read(gate, edit):
    def spell_out(found, _):
        body = found["claim.guard-left"]["body"]
        body["https://w3id.org/whoholds/ns#eventType"] = (
            "https://w3id.org/whoholds/event-type/LossOfControl"
        )
        del body["wh:eventType"]
        body["wh:denies"] = "https://w3id.org/whoholds/claim/gate.gate-held"

    assert edit(spell_out).changes == (
        'changed: claim \'guard-left\': type "withdrawal" is now "loss-of-control"',
    )
    claim = gate.mapping("gate").claims["guard-left"]
    assert (claim.type, claim.denies) == ("loss-of-control", "gate-held")


def place(target, words, nth=1):
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    target["selector"] = [
        {"type": "TextPositionSelector", "start": start, "end": start + len(words)},
        {"type": "TextQuoteSelector", "exact": words},
    ]


def test_a_moved_span_and_one_added_and_one_taken_away(gate, edit):
    def change(found, items):
        place(found["claim.guard-left"]["target"][0], "The Harbour Guard")
        added = json.loads(json.dumps(found["claim.gate-held"]))
        added["id"] = "urn:uuid:0a0b"
        place(added["target"][0], "Salt Gate")
        items.append(added)
        items.remove(found["claim.cafe-burned"])

    assert edit(change).changes == (
        "removed: claim 'cafe-burned'",
        "changed: claim 'guard-left': nth 2 is now 1; at [118, 135] is now [21, 38]",
        "added: claim 'salt-gate'",
    )
    claims = gate.mapping("gate").claims
    assert claims["guard-left"].anchor.nth == (1,)
    assert claims["salt-gate"].degree == "full" and claims["salt-gate"].anchor.nth is None


def test_a_passage_that_gets_words_is_anchored_by_them(gate, edit):
    def change(found, _):
        place(found["part.1"]["target"][0], TEXT[:-2])

    (told,) = edit(change).changes
    assert told == (
        'changed: part 1: from "SALT GATE" is now "SALT GATE, 9 May"; '
        'to "Guard left." is now "The Harbour Guard left."'
    )
    anchor = gate.mapping("gate").parts[0].anchor
    assert (anchor.first, anchor.last) == ("SALT GATE, 9 May", "The Harbour Guard left.")


def test_a_new_address_for_every_annotation_is_told_as_the_loss_of_names(gate, edit):
    def change(found, _):
        for number, one in enumerate(found.values()):
            one["id"] = f"urn:uuid:{number}"

    before = gate.source("gate")
    with pytest.raises(ExchangeError) as raised:
        edit(change)
    assert len(raised.value.findings) == 4
    assert "stands where claim 'guard-left' stood, without its name" in str(raised.value)
    assert gate.source("gate") == before


def test_a_voice_that_got_lost_is_missed_by_what_refers_to_it(aven, tmp_path):
    send(aven, "aven", "web-annotation", tmp_path / "aven.jsonld")
    found = json.loads((tmp_path / "aven.jsonld").read_text("utf-8"))
    items = found["first"]["items"]
    items[:] = [item for item in items if not item["id"].endswith("#voice.monitor")]
    (tmp_path / "aven.jsonld").write_text(json.dumps(found), "utf-8")
    with pytest.raises(ExchangeError, match="'doctors' is relayed-by 'monitor', which is no voice"):
        receive(aven, "aven", "web-annotation", tmp_path / "aven.jsonld")


@pytest.mark.parametrize("pieces", [[0], [1]])
def test_positions_in_utf_16_are_named_as_that(gate, edit, pieces):
    def change(found, _):
        for piece in pieces:
            position = found["claim.cafe-burned"]["target"][piece]["selector"][0]
            for key in ("start", "end"):
                position[key] = len(TEXT[: position[key]].encode("utf-16-le")) // 2

    before = gate.source("gate")
    with pytest.raises(ExchangeError, match="Count code points, not UTF-16 units"):
        edit(change)
    assert gate.source("gate") == before


def test_every_mistake_of_form_is_told_with_its_line(edit, tmp_path):
    def change(found, _):
        found["part.1"]["target"][0]["source"] = "https://example.org/another"
        found["voice.governor"]["body"] = "a comment"
        del found["claim.guard-left"]["target"][0]["selector"][0]
        found["claim.gate-held"]["body"]["type"] = "Person"
        found["claim.cafe-burned"]["target"][1]["selector"][0]["type"] = ["TextPositionSelector"]

    with pytest.raises(ExchangeError) as raised:
        edit(change)
    lines = (tmp_path / "gate.json").read_text("utf-8").splitlines()
    told = {finding.line: finding.message for finding in raised.value.findings}
    assert len(told) == 5 and all(lines[line - 1].strip().endswith("{") for line in told)
    assert "expected https://w3id.org/whoholds/article/gate" in "\n".join(told.values())
    assert "the body is a 'Person'; expected wh:Claim" in "\n".join(told.values())


def test_wrong_values_are_told_with_the_line_of_their_annotation(edit, tmp_path):
    def change(found, _):
        found["claim.gate-held"]["body"]["when"] = {"on": "soon"}
        found["claim.guard-left"]["body"]["wh:gainedBy"] = "actor/harbour-guard"

    with pytest.raises(ExchangeError) as raised:
        edit(change)
    lines = (tmp_path / "gate.json").read_text("utf-8").splitlines()
    for finding, name in zip(raised.value.findings, ("gate-held", "guard-left"), strict=True):
        assert f"#claim.{name}" in lines[finding.line]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", r"gate\.json:1: not valid JSON"),
        ('{\n"a": 1,\n}', r"gate\.json:3: not valid JSON"),
        ('{"first": "https://example.org/page1"}', "no annotations"),
        ('{"items": [1]}', "no annotations"),
        ('{"digest": "sha256:00", "items": []}', "made on the text 'sha256:00'"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_collection_is_refused(gate, tmp_path, text, said):
    (tmp_path / "gate.json").write_text(text, "utf-8")
    with pytest.raises(ExchangeError, match=said):
        receive(gate, "gate", "web-annotation", tmp_path / "gate.json")


def test_a_file_that_is_missing_or_not_utf_8_is_refused(gate, tmp_path):
    with pytest.raises(ExchangeError, match="cannot be read"):
        receive(gate, "gate", "web-annotation", tmp_path / "none.json")
    (tmp_path / "gate.json").write_bytes(b"{\n\xff")
    with pytest.raises(ExchangeError, match=r"gate\.json:2: byte 2 is not UTF-8"):
        receive(gate, "gate", "web-annotation", tmp_path / "gate.json")
