"""One mapped article as quads: its spans, voices, claims and mentions in a graph of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.lift.quantity import interval
from kg.lift.terms import Quads, day, decimal, term, value, words
from kg.lift.time import bounds
from kg.mapping.anchor import Located
from kg.mapping.codec import Local, Reference
from kg.mapping.document import (
    OUTLET,
    PLACE_ROLES,
    ROLES,
    Anchor,
    Basis,
    Claim,
    Cue,
    Implied,
    Mapping,
    Mention,
    Path,
    Voice,
)
from kg.names import Names, owned, slugify, span_local
from kg.text import Span
from kg.vocabulary import Vocabulary

PROPERTIES: Final = {
    "voice": "wh:voice",
    "event": "wh:aboutEvent",
    "type": "wh:eventType",
    "gained_by": "wh:gainedBy",
    "lost_by": "wh:lostBy",
    "agent": "wh:agent",
    "affected": "wh:affected",
    "supported_by": "wh:supportedBy",
    "controller": "wh:controller",
    "place": "wh:place",
    "departure": "wh:departure",
    "destination": "wh:destination",
    "mode": "wh:mode",
    "degree": "wh:degree",
    "situation": "wh:situation",
    "hold": "wh:holdKind",
    "measure": "wh:measure",
    "value": "wh:value",
    "number": "wh:number",
    "unit": "wh:unit",
    "bound": "wh:bound",
    "scope": "wh:scope",
    "extent": "wh:extent",
    "polarity": "wh:polarity",
    "completion": "wh:completion",
    "factuality": "wh:factuality",
    "certainty": "wh:voiceCertainty",
    "denies": "wh:denies",
    "corrects": "wh:corrects",
    "on_condition": "wh:onCondition",
    "when": "wh:timeBasis",
    "speaker": "wh:speaker",
    "role": "wh:speakerRole",
    "affiliation": "wh:speakerAffiliation",
    "said_to": "wh:saidTo",
    "relayed_by": "wh:relayedBy",
    "refers_to": "wh:refersTo",
    "probably_derived_from": "wh:probablyDerivedFrom",
    "same_utterance_as": "wh:sameUtteranceAs",
}
"""The property that each field of a mapping becomes; reports read it backwards to name the key."""

_CONCEPTS: Final = {
    "type": "event-type",
    "degree": "degree",
    "situation": "situation",
    "hold": "hold-kind",
    "measure": "measure",
    "bound": "bound",
}
_CLASSES: Final = {
    "event": ("wh:EventClaim", "wh:Claim"),
    "control": ("wh:ControlClaim", "wh:Claim"),
    "quantity": ("wh:QuantityClaim", "wh:Claim"),
    "reply": ("wh:Claim",),
}
_FORMS: Final = {
    "direct": "wh:DirectQuotation",
    "mixed": "wh:MixedQuotation",
    "indirect": "wh:IndirectQuotation",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What lifting needs beside the mapping: how IRIs are minted, units, which ids are places."""

    names: Names
    vocabulary: Vocabulary
    places: Collection[str]


def lift_article(slug: str, mapping: Mapping, located: Located, context: Context) -> list[Quad]:
    """The quads of a checked mapping.

    claim:aven.bridge-taken a wh:EventClaim, wh:Claim ; wh:voice voice:aven.varro ;
        wh:span span:aven.30-51 ; wh:eventType event-type:Capture ; wh:place place:aven-bridge .
    voice:aven.varro a wh:IndirectQuotation ; wh:speaker actor:ines-varro ;
        wh:relayedBy voice:aven.outlet .
    """
    graph = NamedNode(context.names.graph(f"article/{slug}"))
    lifting = _Lifting(slug, mapping, located, context, Quads(graph))
    lifting.article()
    for name, voice in mapping.voices.items():
        lifting.voice(name, voice)
    for name, claim in mapping.claims.items():
        lifting.claim(name, claim)
    for name, mention in mapping.mentions.items():
        lifting.mention(name, mention)
    return list(dict.fromkeys(lifting.quads.found))


@dataclass(slots=True)
class _Lifting:
    """What lifting one article needs at every step."""

    slug: str
    mapping: Mapping
    located: Located
    context: Context
    quads: Quads
    labels: dict[NamedNode, str] = field(default_factory=dict)
    ranges: dict[NamedNode, Anchor] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.mapping.article.language or "und"

    def iri(self, kind: str, local: str) -> NamedNode:
        return NamedNode(self.context.names.iri(kind, local))

    def own(self, kind: str, name: str) -> NamedNode:
        """What belongs to this article, or (article.name) to another."""
        return self.iri(kind, name if "." in name else owned(self.slug, name))

    def words(self, text: str | None) -> Literal | None:
        return words(text, self.language) if text else None

    @property
    def node(self) -> NamedNode:
        return self.iri("article", self.slug)

    def article(self) -> None:
        about, coding, add = self.mapping.article, self.mapping.coding, self.quads.add
        node, outlet = self.node, self.own("voice", OUTLET)
        add(node, "rdf:type", term("wh:Article"))
        add(node, "schema:headline", self.words(about.title))
        add(node, "schema:inLanguage", words(self.language))
        add(node, "wh:digest", words(about.digest) if about.digest else None)
        add(node, "schema:url", NamedNode(about.url) if about.url else None)
        add(node, "schema:archivedAt", NamedNode(about.archived) if about.archived else None)
        add(node, "schema:author", *(self.iri("actor", a) for a in about.authors or ()))
        add(node, "wh:coder", words(coding.coder or ""))
        add(node, "wh:reviewer", words(coding.reviewer) if coding.reviewer else None)
        add(node, "wh:codebook", words(coding.codebook or ""))
        add(node, "dcterms:date", day(coding.coded) if coding.coded else None)
        add(node, "dcterms:dateAccepted", day(coding.reviewed) if coding.reviewed else None)
        add(node, "pav:retrievedOn", day(about.accessed) if about.accessed else None)
        self.publication(node)
        sources = (self.iri("article", a) for a in about.probably_derived_from or ())
        add(node, "wh:probablyDerivedFrom", *sources)
        add(node, "wh:because", self.because(about.because))
        add(outlet, "rdf:type", term("wh:OutletVoice"), term("wh:Voice"))
        add(outlet, "wh:inArticle", node)
        if about.publisher and about.publisher != "unstated":
            add(node, "schema:publisher", self.iri("actor", about.publisher))
            add(outlet, "wh:speaker", self.iri("actor", about.publisher))

    def publication(self, node: NamedNode) -> None:
        published = self.mapping.article.published
        if published is None:
            return
        first, last = published.bounds
        self.quads.add(node, "wh:publishedEarliest", day(first))
        self.quads.add(node, "wh:publishedLatest", day(last))
        self.quads.add(node, "wh:basis", value("basis", published.basis or "stated"))
        self.quads.add(node, "wh:because", self.because(published.because))

    def because(self, text: str | None) -> Literal | None:
        """The mapper's own words, which are English."""
        return words(text, "en") if text else None

    def voice(self, name: str, voice: Voice) -> None:
        add, node = self.quads.add, self.own("voice", name)
        add(node, "rdf:type", term(_FORMS[voice.form or "indirect"]))
        add(node, "rdf:type", term("wh:Quotation"), term("wh:Voice"))
        add(node, "wh:inArticle", self.node)
        self.spans(node, ("voice", name), voice.anchor, voice.cue)
        add(node, "wh:speaker", self.reference(voice.speaker, "speaker"))
        add(node, "wh:speakerRole", self.words(voice.role))
        if voice.affiliation:
            add(node, "wh:speakerAffiliation", self.iri("actor", voice.affiliation))
        if voice.said_to:
            add(node, "wh:saidTo", self.reference(voice.said_to, "said_to"))
        add(node, "wh:relayedBy", self.own("voice", voice.relayed_by or OUTLET))
        if voice.form in ("direct", "mixed"):
            add(node, "schema:text", *(self.words(w) for w in voice.anchor.words or ()))
        same = (self.own("voice", v) for v in voice.same_utterance_as or ())
        add(node, "wh:sameUtteranceAs", *same)
        derived = (self.own("voice", v) for v in voice.probably_derived_from or ())
        add(node, "wh:probablyDerivedFrom", *derived)
        self.basis(node, voice.basis, voice.because)

    def claim(self, name: str, claim: Claim) -> None:
        add, node = self.quads.add, self.own("claim", name)
        add(node, "rdf:type", *(term(c) for c in _CLASSES[claim.kind]))
        add(node, "wh:inArticle", self.node)
        add(node, "wh:voice", self.own("voice", claim.voice or OUTLET))
        self.spans(node, ("claim", name), claim.anchor)
        if claim.event:
            add(node, "wh:aboutEvent", self.iri("event", claim.event))
        for role in ROLES:
            for one in getattr(claim, role) or ():
                add(node, PROPERTIES[role], self.reference(one, role))
        for key, scheme in _CONCEPTS.items():
            if (found := getattr(claim, key)) is not None:
                add(node, PROPERTIES[key], value(scheme, found))
        add(node, "wh:scope", self.words(claim.scope))
        add(node, "wh:extent", self.words(claim.extent))
        self.standing(node, claim)
        self.quantity(node, claim)
        self.time(node, claim)
        for link in ("denies", "corrects", "on_condition"):
            if target := getattr(claim, link):
                add(node, PROPERTIES[link], self.own("claim", target))
        derived = (self.own("claim", c) for c in claim.probably_derived_from or ())
        add(node, "wh:probablyDerivedFrom", *derived)
        self.basis(node, claim.basis, claim.because)

    def standing(self, node: NamedNode, claim: Claim) -> None:
        add, kind = self.quads.add, claim.kind
        default = {"event": "completed", "reply": "unspecified"}.get(kind, "ongoing")
        polarity = claim.polarity or (
            "negative" if kind == "reply" and claim.denies else "positive"
        )
        add(node, "wh:polarity", value("polarity", polarity))
        add(node, "wh:completion", value("completion", claim.completion or default))
        add(node, "wh:factuality", value("factuality", claim.factuality or "asserted"))
        certainty = claim.certainty or "underspecified"
        add(node, "wh:voiceCertainty", value("voice-certainty", certainty))
        if kind == "event":
            add(node, "wh:mode", value("mode", claim.mode or "unspecified"))

    def quantity(self, node: NamedNode, claim: Claim) -> None:
        if claim.kind != "quantity" or claim.number is None or claim.unit is None:
            return
        implied = isinstance(claim.unit, Implied)
        printed = claim.unit.unit if isinstance(claim.unit, Implied) else claim.unit
        unit = self.context.vocabulary.unit(printed)
        if unit is None:
            raise ValueError(f"unit {printed!r} passed the check and has no concept")
        add = self.quads.add
        add(node, "wh:value", words(claim.value or ""))
        add(node, "wh:number", decimal(claim.number))
        add(node, "wh:unit", words(printed))
        add(node, "wh:inferred", term("wh:unit") if implied else None)
        add(node, "wh:normalisedUnit", NamedNode(unit.base_iri))
        least, most = interval(claim.number, claim.bound or "exactly", unit.factor)
        add(node, "wh:minValue", None if least is None else decimal(least))
        add(node, "wh:maxValue", None if most is None else decimal(most))

    def time(self, node: NamedNode, claim: Claim) -> None:
        published = self.mapping.article.published
        if published is None:
            return
        add, when = self.quads.add, claim.when
        lasting = claim.kind in ("control", "quantity")
        real = claim.factuality in (None, "asserted")
        found = bounds(when, published.bounds, lasting=lasting, real=real)
        for name, days in (("begin", found.begin), ("end", found.end)):
            for edge, date in zip(("Earliest", "Latest"), days, strict=True):
                add(node, f"wh:{name}{edge}", None if date is None else day(date))
        basis = (when.basis if when else None) or "publication"
        add(node, "wh:timeBasis", value("time-basis", basis))
        add(node, "wh:timeWords", self.words(when.words) if when else None)
        if basis.startswith("relative") or basis == "publication" or (when and when.anchor):
            add(node, "wh:timeAnchor", self.time_anchor(when.anchor if when else None))
        if when and when.because:
            add(node, "wh:because", self.because(when.because))

    def time_anchor(self, anchor: str | None) -> NamedNode:
        """The claim or event that a relative time hangs on; else the article's publication."""
        if anchor is None or anchor == "publication":
            return self.node
        if anchor in self.mapping.claims or "." in anchor:
            return self.own("claim", anchor)
        return self.iri("event", anchor)

    def mention(self, name: str, mention: Mention) -> None:
        add, node = self.quads.add, self.own("mention", name)
        add(node, "rdf:type", term("wh:Mention"))
        add(node, "wh:inArticle", self.node)
        self.spans(node, ("mention", name), mention.anchor)
        if mention.refers_to:
            add(node, "wh:refersTo", self.reference(mention.refers_to, "refers_to"))
        add(node, "wh:speakerRole", self.words(mention.role))
        if mention.affiliation:
            add(node, "wh:speakerAffiliation", self.iri("actor", mention.affiliation))

    def basis(self, node: NamedNode, basis: Basis | None, because: str | None) -> None:
        """Which properties are not in the words, and why."""
        for key, kind in basis.fields if basis else ():
            link = "wh:inferred" if kind == "inferred" else "wh:fromOutside"
            self.quads.add(node, link, term(PROPERTIES[key.replace("-", "_")]))
        self.quads.add(node, "wh:because", self.because(basis.because if basis else None))
        self.quads.add(node, "wh:because", self.because(because))

    def reference(self, one: Reference | None, role: str) -> NamedNode | None:
        """An authority's actor or place, or one that only this article knows."""
        if one is None:
            return None
        if isinstance(one, Local):
            thing = role == "affected" and one.kind == "described"
            return self.local(one, "place" if role in PLACE_ROLES or thing else "actor")
        return self.iri("place" if one in self.context.places else "actor", one)

    def local(self, one: Local, kind: str) -> NamedNode:
        """What only this article knows; the first of the wordings that make one id is its label."""
        node = self.own(kind, slugify(one.words))
        label = self.labels.setdefault(node, one.words)
        self.quads.add(node, "rdf:type", term("wh:Place" if kind == "place" else "wh:Actor"))
        self.quads.add(node, "skos:prefLabel", self.words(label))
        self.quads.add(node, "skos:altLabel", None if label == one.words else self.words(one.words))
        self.quads.add(node, "wh:inArticle", self.node)
        return node

    def spans(self, node: NamedNode, path: Path, anchor: Anchor, cue: Cue | None = None) -> None:
        """Each piece of an entry's words as a text span; a cue's identify who speaks."""
        for i, at in enumerate(self.located.spans.get(path, ())):
            self.quads.add(node, "wh:span", self.span(at, anchor, i))
        if cue and cue.words:
            for i, at in enumerate(self.located.spans.get((*path, "cue"), ())):
                span = self.span(at, cue.anchor(), i)
                self.quads.add(node, "wh:span", span)
                self.quads.add(span, "oa:hasPurpose", term("oa:identifying"))

    def span(self, at: Span, anchor: Anchor, piece: int) -> NamedNode:
        add, local = self.quads.add, span_local(self.slug, at)
        node, position = self.iri("span", local), self.iri("span", f"{local}--position")
        add(node, "rdf:type", term("wh:TextSpan"), term("oa:SpecificResource"))
        add(node, "wh:inArticle", self.node)
        add(node, "oa:hasSource", self.node)
        add(node, "wh:inPart", *self.parts_of(at))
        add(node, "oa:hasSelector", position, self.quote(local, anchor, piece))
        add(position, "rdf:type", term("oa:TextPositionSelector"))
        add(position, "oa:start", Literal(at[0]))
        add(position, "oa:end", Literal(at[1]))
        return node

    def quote(self, local: str, anchor: Anchor, piece: int) -> NamedNode:
        """The selector of the words: one quote, or a range from the first words to the last.

        Where two entries find one range by different words, the first one's serve.
        """
        add = self.quads.add
        if anchor.words:
            return self.exact(self.iri("span", f"{local}--quote"), anchor.words[piece])
        node = self.iri("span", f"{local}--range")
        ends = self.ranges.setdefault(node, anchor)
        first = self.exact(self.iri("span", f"{local}--first"), ends.first or "")
        last = self.exact(self.iri("span", f"{local}--last"), ends.last or "")
        add(node, "rdf:type", term("oa:RangeSelector"))
        add(node, "oa:hasStartSelector", first)
        add(node, "oa:hasEndSelector", last)
        return node

    def exact(self, node: NamedNode, found: str) -> NamedNode:
        self.quads.add(node, "rdf:type", term("oa:TextQuoteSelector"))
        self.quads.add(node, "oa:exact", self.words(found))
        return node

    def parts_of(self, at: Span) -> list[Any]:
        """The parts of the page that a span stands in."""
        return [
            value("article-part", part.kind or "body")
            for number, part in enumerate(self.mapping.parts, 1)
            for low, high in self.located.spans.get(("part", str(number)), ())
            if low <= at[0] and at[1] <= high
        ]
