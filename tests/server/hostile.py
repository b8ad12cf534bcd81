"""Content that somebody wrote to harm, as quads to be added to the invented release, and a place
that thousands of claims name. Serve them with the fixture `altered`:

    create_app(altered(*hostile_quads(BASE), title=SCRIPT)).test_client()
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.names import SCHEMES, VOCABULARIES

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
BIDI = "\u202eevil\u2066"
LONG = "x" * 10_000
SCHEMED = ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x")
LABELS = (
    SCRIPT,
    BIDI,
    LONG,
    "{{ 7 * 7 }}",
    "]]>--><!--",
    "\u0000\u0007".replace("\u0000", "\ufffd"),
)
XSD = VOCABULARIES["xsd"]
CROWDED = "crowded"
"""The local name of the place that thousands of claims name."""

PAGES = (
    "/place/evil.html",
    "/actor/evil.html",
    "/claim/evil.one.html",
    "/claim/evil.two.html",
    "/voice/evil.said.html",
    "/event/evil.html",
    "/disagreement/evil.html",
    "/period/evil.html",
    "/article/evil.html",
    "/disagreements",
    "/disagreements?kind=actor",
    "/links",
    "/links?source=almanac",
)
"""Every kind of page that shows the harmful content."""


def term(curie: str) -> NamedNode:
    """The term of a curie of a vocabulary: wh:place"""
    prefix, _, local = curie.partition(":")
    return NamedNode(VOCABULARIES[prefix] + local)


def text(words: str) -> Literal:
    """Words in English."""
    return Literal(words, language="en")


class Writer:
    """Quads of one graph, written as subject, property and values."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.graph = NamedNode(f"{base}graph/article/evil")
        self.quads: list[Quad] = []

    def iri(self, path: str) -> NamedNode:
        return NamedNode(self.base + path)

    def say(self, path: str, curie: str, *values: NamedNode | Literal) -> None:
        self.quads += [Quad(self.iri(path), term(curie), one, self.graph) for one in values]


def hostile_quads(base: str) -> list[Quad]:
    """An article "evil" of which every label, quotation, role and link is meant to harm."""
    w = Writer(base)
    _authorities(w)
    _article(w)
    for name in ("one", "two"):
        _claim(w, f"evil.{name}")
    _derived(w)
    return w.quads


def _authorities(w: Writer) -> None:
    for path, kind in (("actor/evil", "wh:Actor"), ("place/evil", "wh:Place")):
        w.say(path, "rdf:type", term(kind))
        w.say(path, "skos:altLabel", *(text(one) for one in LABELS))
        w.say(path, "skos:exactMatch", *(NamedNode(one) for one in SCHEMED))
        for n, target in enumerate(SCHEMED):
            judged = f"judgement/link--{path.replace('/', '--')}--almanac--{n}"
            w.say(judged, "rdf:subject", w.iri(path))
            w.say(judged, "rdf:predicate", term("skos:exactMatch"))
            w.say(judged, "rdf:object", NamedNode(target))
            w.say(judged, "sssom:object_source", NamedNode(target))
            w.say(judged, "wh:because", text(SCRIPT))
            w.say(judged, "wh:coder", Literal(SCRIPT))
            w.say(judged, "sssom:confidence", Literal("1.0", datatype=NamedNode(f"{XSD}decimal")))
    w.say("place/evil", "geo:hasGeometry", w.iri("place/evil--geometry"))
    w.say("place/evil--geometry", "geo:asWKT", Literal(f"POINT({SCRIPT})"))
    w.say("place/evil", "wh:partOf", w.iri("place/evil"))
    w.say("mention/evil.name", "rdf:type", term("wh:Mention"))
    w.say("mention/evil.name", "wh:refersTo", w.iri("actor/evil"), w.iri("place/evil"))
    w.say("mention/evil.name", "wh:inArticle", w.iri("article/evil"))
    _span(w, "mention/evil.name", "evil.0-9", SCRIPT)


def _span(w: Writer, path: str, local: str, exact: str) -> None:
    w.say(path, "wh:span", w.iri(f"span/{local}"))
    w.say(f"span/{local}", "oa:hasSelector", w.iri(f"span/{local}--quote"))
    w.say(f"span/{local}", "oa:hasSelector", w.iri(f"span/{local}--position"))
    w.say(f"span/{local}--quote", "oa:exact", text(exact))
    w.say(f"span/{local}--position", "oa:start", Literal(0))
    w.say(f"span/{local}--position", "oa:end", Literal(9))


def _article(w: Writer) -> None:
    w.say("article/evil", "rdf:type", term("wh:Article"))
    w.say("article/evil", "schema:headline", text(SCRIPT))
    w.say("article/evil", "schema:url", *(NamedNode(one) for one in SCHEMED))
    w.say("voice/evil.said", "rdf:type", term("wh:Voice"), term("wh:DirectQuotation"))
    w.say("voice/evil.said", "wh:inArticle", w.iri("article/evil"))
    w.say("voice/evil.said", "wh:speaker", w.iri("actor/evil"))
    w.say("voice/evil.said", "wh:speakerRole", text(f"{SCRIPT}{BIDI}"))
    w.say("voice/evil.said", "schema:text", *(text(one) for one in LABELS))
    w.say("voice/evil.said", "wh:relayedBy", w.iri("voice/evil.said"))
    w.say("voice/evil.said", "wh:sameUtteranceAs", w.iri("voice/evil.said"))


def _claim(w: Writer, local: str) -> None:
    path = f"claim/{local}"
    w.say(path, "rdf:type", term("wh:Claim"), term("wh:EventClaim"))
    w.say(path, "wh:inArticle", w.iri("article/evil"))
    w.say(path, "wh:voice", w.iri("voice/evil.said"))
    w.say(path, "wh:aboutEvent", w.iri("event/evil"))
    w.say(path, "wh:eventType", NamedNode(f"{SCHEMES}event-type/Capture"))
    w.say(path, "wh:gainedBy", w.iri("actor/evil"))
    w.say(path, "wh:lostBy", NamedNode(SCHEMED[0]))
    w.say(path, "wh:place", w.iri("place/evil"))
    w.say(path, "wh:extent", text(f"{SCRIPT}{LONG}"))
    w.say(path, "wh:timeWords", text(f"{BIDI}{SCRIPT}"))
    w.say(path, "wh:because", text(SCRIPT))
    w.say(path, "wh:endLatest", Literal("2026-03-99", datatype=NamedNode(f"{XSD}date")))
    w.say(path, "wh:accordingTo", w.iri("actor/evil"))
    w.say(path, "wh:firing", Literal(True))  # noqa: FBT003 an RDF boolean
    _span(w, path, f"{local}-span", SCRIPT)


def _derived(w: Writer) -> None:
    w.say("event/evil", "rdf:type", term("wh:Event"))
    w.say("event/evil", "skos:prefLabel", text(SCRIPT))
    w.say("period/evil", "rdf:type", term("wh:ControlPeriod"))
    w.say("period/evil", "wh:place", w.iri("place/evil"))
    w.say("period/evil", "wh:controller", w.iri("actor/evil"))
    w.say("period/evil", "wh:accordingTo", NamedNode(SCHEMED[0]))
    for bound in ("beginLatest", "lastAttested"):
        w.say("period/evil", f"wh:{bound}", Literal(SCRIPT, datatype=NamedNode(f"{XSD}date")))
    w.say("disagreement/evil", "rdf:type", term("wh:Disagreement"))
    kind = NamedNode(f"{SCHEMES}disagreement-type/Actor")
    w.say("disagreement/evil", "wh:disagreementType", kind)
    w.say("disagreement/evil", "wh:aboutEvent", w.iri("event/evil"))
    for local in ("evil.one", "evil.two"):
        w.say("disagreement/evil", "wh:compares", w.iri(f"claim/{local}"))
        w.say("period/evil", "prov:wasDerivedFrom", w.iri(f"claim/{local}"))


def crowd(base: str, claims: int = 5_000, periods: int = 600) -> Iterator[Quad]:
    """A place that very many claims name, told by many origins, with many periods."""
    w = Writer(base)
    date = NamedNode(f"{XSD}date")
    w.say(f"place/{CROWDED}", "rdf:type", term("wh:Place"))
    w.say(f"place/{CROWDED}", "skos:prefLabel", text("Crowded"))
    w.say("voice/crowd.said", "rdf:type", term("wh:Voice"), term("wh:OutletVoice"))
    w.say("voice/crowd.said", "wh:inArticle", w.iri("article/aven"))
    for n in range(claims):
        path, day = f"claim/crowd.c{n}", f"20{10 + n % 15}-{1 + n % 12:02}-{1 + n % 28:02}"
        w.say(path, "rdf:type", term("wh:Claim"), term("wh:EventClaim"))
        w.say(path, "wh:inArticle", w.iri("article/aven"))
        w.say(path, "wh:voice", w.iri("voice/crowd.said"))
        w.say(path, "wh:eventType", NamedNode(f"{SCHEMES}event-type/Capture"))
        w.say(path, "wh:place", w.iri(f"place/{CROWDED}"))
        w.say(path, "wh:gainedBy", w.iri(f"actor/crowd-{n % 40}"))
        w.say(path, "wh:endLatest", Literal(day, datatype=date))
        w.say(path, "wh:accordingTo", w.iri(f"actor/crowd-{n % 40}"))
        _span(w, path, f"crowd.{n}-{n + 9}", f"words of claim {n}")
    for n in range(periods):
        path, day = f"period/crowd-{n}", f"20{10 + n % 15}-{1 + n % 12:02}-{1 + n % 28:02}"
        w.say(path, "rdf:type", term("wh:ControlPeriod"))
        w.say(path, "wh:place", w.iri(f"place/{CROWDED}"))
        w.say(path, "wh:controller", w.iri(f"actor/crowd-{n % 12}"))
        w.say(path, "wh:beginLatest", Literal(day, datatype=date))
        w.say(path, "wh:lastAttested", Literal(day, datatype=date))
        w.say(path, "prov:wasDerivedFrom", w.iri(f"claim/crowd.c{n}"))
        if n % 3:
            w.say(path, "wh:accordingTo", w.iri(f"actor/crowd-{n % 40}"))
    yield from w.quads
