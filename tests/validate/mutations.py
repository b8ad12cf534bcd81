"""Ways to break the good graph, each reported by just one shape: SPARQL updates by shape."""

from __future__ import annotations

from typing import Final

from kg.names import Names

NAMES: Final = Names()
Updates = dict[str, tuple[str, ...]]


def drop(subject: str, prop: str) -> str:
    """Takes a property away."""
    return f"DELETE WHERE {{ {subject} {prop} ?gone }}"


def also(subject: str, prop: str, value: str) -> str:
    """Adds a value."""
    return f"INSERT DATA {{ {subject} {prop} {value} }}"


def put(subject: str, prop: str, value: str) -> str:
    """Exchanges all values for another."""
    return f"{drop(subject, prop)} ; {also(subject, prop, value)}"


def at(where: str, prop: str, value: str | None) -> str:
    """Exchanges (or takes away) a property of ?it, which a pattern finds."""
    insert = f"INSERT {{ ?it {prop} {value} }} " if value else ""
    return f"DELETE {{ ?it {prop} ?gone }} {insert}WHERE {{ {where} . ?it {prop} ?gone }}"


def forget_judgement(local: str) -> str:
    """Takes away everything about a judgement."""
    return f"DELETE WHERE {{ <{NAMES.iri('judgement', local)}> ?anything ?gone }}"


def _outlet(voice: str, article: str) -> str:
    return f"INSERT DATA {{ {voice} a wh:OutletVoice, wh:Voice ; wh:inArticle {article} }}"


_SPAN: Final = "claim:courant.tolls-held wh:span ?it"
_POSITION: Final = (
    "claim:courant.tolls-held wh:span/oa:hasSelector ?it . ?it a oa:TextPositionSelector"
)
_QUOTE: Final = "claim:courant.tolls-held wh:span/oa:hasSelector ?it . ?it a oa:TextQuoteSelector"
_RANGE: Final = "claim:courant.holt-taken wh:span/oa:hasSelector ?it . ?it a oa:RangeSelector"

ARTICLE: Final[Updates] = {
    "ArticleTitle": (
        drop("article:courant", "schema:headline"),
        put("article:courant", "schema:headline", '"League takes Holt"'),
    ),
    "ArticleLanguage": (put("article:courant", "schema:inLanguage", '"in English"'),),
    "ArticleDigest": (
        drop("article:courant", "wh:digest"),
        put("article:courant", "wh:digest", '"sha256:0"'),
    ),
    "ArticlePublisher": (
        also("article:courant", "schema:publisher", "actor:watch"),
        put("article:courant", "schema:publisher", "actor:courant.ferrymen"),
    ),
    "ArticleAuthor": (put("article:courant", "schema:author", "place:holt"),),
    "ArticleUrl": (put("article:courant", "schema:url", "<ftp://example.org/courant>"),),
    "ArticleArchive": (put("article:courant", "schema:archivedAt", '"on a shelf"'),),
    "ArticlePublishedEarliest": (drop("article:courant", "wh:publishedEarliest"),),
    "ArticlePublishedLatest": (
        also("article:courant", "wh:publishedLatest", '"1702-06-30"^^xsd:date'),
    ),
    "ArticlePublishedOrder": (
        put("article:courant", "wh:publishedEarliest", '"1702-06-30"^^xsd:date'),
    ),
    "ArticleBasis": (put("article:courant", "wh:basis", "basis:Guessed"),),
    "ArticleBecause": (put("article:letter", "wh:basis", "basis:Outside"),),
    "ArticleCoder": (put("article:courant", "wh:coder", '"Jane Doe"'),),
    "ArticleReviewer": (put("article:courant", "wh:reviewer", '"Jane Doe"'),),
    "ArticleCodebook": (drop("article:courant", "wh:codebook"),),
    "ArticleCoded": (
        drop("article:courant", "dcterms:date"),
        put("article:courant", "dcterms:date", '"2026-02-30"^^xsd:date'),
    ),
    "ArticleSource": (put("article:letter", "wh:probablyDerivedFrom", "claim:courant.fable"),),
    "ArticleOutlet": (_outlet("voice:courant.press", "article:courant"),),
    "Because": (also("claim:letter.took", "wh:because", '"in no language"'),),
    "InArticle": (_outlet("voice:lost.outlet", "article:lost"),),
    "Span": (also("claim:courant.fable", "wh:span", "span:courant.9-9"),),
    "SpanOfArticle": (
        """
        DELETE { claim:courant.fable wh:span ?own } INSERT { claim:courant.fable wh:span ?other }
        WHERE { claim:courant.fable wh:span ?own . claim:letter.took wh:span ?other }
        """,
    ),
    "SpanSource": (at(_SPAN, "oa:hasSource", "article:letter"),),
    "SpanPart": (at(_SPAN, "wh:inPart", None), at(_SPAN, "wh:inPart", "article-part:Footer")),
    "SpanPurpose": (f"INSERT {{ ?it oa:hasPurpose oa:highlighting }} WHERE {{ {_SPAN} }}",),
    "SpanPosition": (
        f"""
        INSERT {{
          ?it oa:hasSelector span:courant.two .
          span:courant.two a oa:TextPositionSelector ; oa:start 1 ; oa:end 2
        }} WHERE {{ {_SPAN} }}
        """,
    ),
    "SpanQuote": (
        f"DELETE {{ ?span oa:hasSelector ?it }} WHERE {{ {_QUOTE} . ?span oa:hasSelector ?it }}",
    ),
    "PositionStart": (
        at(_POSITION, "oa:start", "-1"),
        at(_POSITION, "oa:start", None),
    ),
    "PositionEnd": (at(_POSITION, "oa:end", None),),
    "PositionOrder": (
        f"""
        DELETE {{ ?it oa:end ?end }} INSERT {{ ?it oa:end ?start }}
        WHERE {{ {_POSITION} . ?it oa:start ?start ; oa:end ?end }}
        """,
    ),
    "QuoteExact": (at(_QUOTE, "oa:exact", None), at(_QUOTE, "oa:exact", '"in no language"')),
    "RangeFirst": (at(_RANGE, "oa:hasStartSelector", None),),
    "RangeLast": (at(_RANGE, "oa:hasEndSelector", None),),
    "RefersTo": (
        drop("mention:courant.venn", "wh:refersTo"),
        also("mention:courant.venn", "wh:refersTo", "place:holt"),
    ),
}

VOICES: Final[Updates] = {
    "VoiceKind": ("DELETE DATA { voice:courant.venn-ours a wh:Quotation }",),
    "Speaker": (
        also("voice:courant.outlet", "wh:speaker", "actor:watch"),
        put("voice:courant.watch", "wh:speaker", '"the Watch"'),
    ),
    "VoiceChain": (
        put("voice:courant.watch", "wh:relayedBy", "voice:courant.ferrymen"),
        put("voice:courant.office", "wh:relayedBy", "voice:courant.office"),
    ),
    "VoiceChainArticle": (put("voice:courant.office", "wh:relayedBy", "voice:letter.outlet"),),
    "SaidTo": (put("voice:courant.venn-ours", "wh:saidTo", "place:holt"),),
    "SpeakerRole": (put("voice:courant.venn", "wh:speakerRole", '"Captain"'),),
    "SpeakerAffiliation": (put("voice:courant.venn", "wh:speakerAffiliation", '"the League"'),),
    "SameUtterance": (put("voice:courant.venn-ours", "wh:sameUtteranceAs", "article:letter"),),
    "VoiceSource": (put("voice:letter.captain", "wh:probablyDerivedFrom", "article:courant"),),
    "OutletRelay": (also("voice:letter.outlet", "wh:relayedBy", "voice:letter.outlet"),),
    "QuotationForm": (
        also("voice:courant.venn-ours", "a", "wh:MixedQuotation"),
        "DELETE DATA { voice:courant.venn a wh:IndirectQuotation }",
    ),
    "QuotationSpeaker": (drop("voice:courant.office", "wh:speaker"),),
    "QuotationRelay": (also("voice:courant.ferrymen", "wh:relayedBy", "voice:courant.outlet"),),
    "DirectText": (drop("voice:courant.venn-ours", "schema:text"),),
    "MixedText": (drop("voice:courant.office", "schema:text"),),
    "IndirectText": (also("voice:courant.venn", "schema:text", '"we took it"@en'),),
    "Inferred": (put("claim:courant.pell", "wh:inferred", '"lost-by"'),),
    "FromOutside": (put("claim:courant.holt-lost", "wh:fromOutside", "article:letter"),),
    "BasisBecause": (
        drop("claim:courant.pell", "wh:because"),
        drop("claim:courant.holt-lost", "wh:because"),
        drop("voice:courant.office", "wh:because"),
    ),
    "SourceBecause": (
        drop("claim:letter.took", "wh:because"),
        drop("voice:letter.captain", "wh:because"),
    ),
}

CLAIMS: Final[Updates] = {
    "ClaimKind": (drop("claim:courant.fable", "wh:denies"),),
    "ClaimVoice": (also("claim:courant.holt-taken", "wh:voice", "voice:courant.outlet"),),
    "ClaimVoiceArticle": (put("claim:courant.pell", "wh:voice", "voice:letter.outlet"),),
    "Polarity": (
        drop("claim:courant.pell", "wh:polarity"),
        put("claim:courant.pell", "wh:polarity", "polarity:Neutral"),
    ),
    "Completion": (
        drop("claim:courant.pell", "wh:completion"),
        also("claim:courant.pell", "wh:completion", "completion:Failed"),
    ),
    "Factuality": (
        drop("claim:courant.pell", "wh:factuality"),
        put("claim:courant.pell", "wh:factuality", "factuality:Hoped"),
    ),
    "VoiceCertainty": (
        drop("claim:courant.pell", "wh:voiceCertainty"),
        put("claim:courant.pell", "wh:voiceCertainty", "voice-certainty:Ours"),
    ),
    "AboutEvent": (
        also("claim:courant.shot", "wh:aboutEvent", "event:holt-takeover"),
        put("claim:courant.shot", "wh:aboutEvent", "event:courant.shot"),
    ),
    "Extent": (put("claim:courant.holt-lost", "wh:extent", '"nearly all of"'),),
    "Denies": (also("claim:letter.no-rider", "wh:denies", "claim:courant.pell"),),
    "Corrects": (put("claim:letter.twelve", "wh:corrects", "event:ford-killing"),),
    "OnCondition": (put("claim:courant.closed", "wh:onCondition", '"if joined"'),),
    "ClaimSource": (put("claim:letter.took", "wh:probablyDerivedFrom", "article:courant"),),
    "GainedBy": (put("claim:courant.holt-taken", "wh:gainedBy", "place:holt"),),
    "LostBy": (put("claim:courant.holt-taken", "wh:lostBy", '"the foot"'),),
    "Agent": (put("claim:courant.fire", "wh:agent", "place:holt"),),
    "Affected": (put("claim:courant.fire", "wh:affected", "claim:courant.camp"),),
    "SupportedBy": (put("claim:courant.fire", "wh:supportedBy", "place:holt"),),
    "Controller": (put("claim:courant.tolls-held", "wh:controller", "place:holt"),),
    "AtPlace": (put("claim:courant.tolls-held", "wh:place", "actor:duke"),),
    "Departure": (put("claim:courant.powder", "wh:departure", "actor:duke"),),
    "Destination": (put("claim:courant.powder", "wh:destination", '"Pell"@en'),),
    "BeginEarliest": (
        also("claim:courant.holt-taken", "wh:beginEarliest", '"1702-06-01"^^xsd:date'),
    ),
    "BeginLatest": (
        also("claim:courant.holt-taken", "wh:beginLatest", '"1702-06-30"^^xsd:date'),
        put("claim:courant.pell", "wh:beginLatest", '"1702-06-31"^^xsd:date'),
    ),
    "EndEarliest": (also("claim:courant.holt-taken", "wh:endEarliest", '"1702-06-01"^^xsd:date'),),
    "EndLatest": (
        also("claim:courant.holt-taken", "wh:endLatest", '"1702-06-30"^^xsd:date'),
        put("claim:courant.pell", "wh:endLatest", '"in June"'),
    ),
    "BeginOrder": (put("claim:courant.siege", "wh:beginEarliest", '"1702-06-03"^^xsd:date'),),
    "EndOrder": (put("claim:courant.holt-taken", "wh:endEarliest", '"1702-06-06"^^xsd:date'),),
    "TimeOrder": (put("claim:courant.siege", "wh:endLatest", '"1702-06-01"^^xsd:date'),),
    "TimeGiven": (
        """
        DELETE WHERE { claim:courant.pell wh:beginLatest ?begin } ;
        DELETE WHERE { claim:courant.pell wh:endLatest ?end }
        """,
    ),
    "TimeBasis": (
        drop("claim:courant.pell", "wh:timeBasis"),
        put("claim:courant.pell", "wh:timeBasis", "time-basis:Guessed"),
    ),
    "TimeAnchor": (put("claim:courant.pell-left", "wh:timeAnchor", "voice:courant.venn"),),
    "TimeAnchored": (
        drop("claim:courant.pell-left", "wh:timeAnchor"),
        drop("claim:courant.holt-taken", "wh:timeAnchor"),
    ),
    "TimeBecause": (drop("claim:courant.shot", "wh:because"),),
    "TimeWords": (put("claim:courant.siege", "wh:timeWords", '"since 2 June"'),),
    "ControlController": (drop("claim:courant.tolls-held", "wh:controller"),),
    "ControlPlace": (drop("claim:courant.tolls-held", "wh:place"),),
    "Degree": (put("claim:courant.orrin-held", "wh:degree", "degree:Total"),),
    "OneDegree": (also("claim:courant.orrin-held", "wh:degree", "degree:Full"),),
    "Situation": (put("claim:courant.orrin-held", "wh:situation", "situation:Tense"),),
    "OneSituation": (also("claim:courant.orrin-held", "wh:situation", "situation:Contested"),),
    "HoldKind": (
        put("claim:courant.orrin-held", "wh:holdKind", "hold-kind:Spiritual"),
        also("claim:courant.orrin-held", "wh:holdKind", "hold-kind:Military"),
    ),
    "ControlOther": (also("claim:courant.orrin-held", "wh:agent", "actor:duke"),),
    "EventType": (
        drop("claim:courant.camp", "wh:eventType"),
        put("claim:courant.camp", "wh:eventType", "event-type:Picnic"),
    ),
    "OneEventType": (also("claim:courant.camp", "wh:eventType", "event-type:Destruction"),),
    "Mode": (put("claim:courant.camp", "wh:mode", "mode:ByMagic"),),
    "OneMode": (
        drop("claim:courant.camp", "wh:mode"),
        also("claim:courant.camp", "wh:mode", "mode:ByForce"),
    ),
    "EventOther": (also("claim:courant.camp", "wh:degree", "degree:Full"),),
}

ROLES: Final = {
    "Capture": ("holt-taken", "agent", ("place",)),
    "UnopposedTakeover": ("pell", "agent", ("place",)),
    "LossOfControl": ("weir", "agent", ("place",)),
    "Withdrawal": ("pell-left", "gainedBy", ("lostBy",)),
    "Advance": ("advance", "gainedBy", ("agent",)),
    "Attack": ("attack", "destination", ("agent", "affected", "place")),
    "Clash": ("clash", "affected", ("agent", "place")),
    "Siege": ("siege", "lostBy", ("affected", "place")),
    "CounterOffensive": ("win-back", "gainedBy", ("agent", "place", "destination")),
    "BaseEstablished": ("camp", "gainedBy", ("place",)),
    "AirStrike": ("fire", "destination", ("agent", "affected", "place")),
    "Killing": ("shot", "lostBy", ("agent", "affected", "place")),
    "Displacement": ("flight", "place", ("affected", "departure")),
    "Destruction": ("granary", "affected", ("place",)),
    "Movement": ("powder", "affected", ("agent", "place", "departure", "destination")),
    "RouteCut": ("road", "gainedBy", ("place",)),
    "Rivalry": ("vie", "affected", ("place",)),
    "ForceBuildup": ("massing", "destination", ("agent", "place")),
    "Linkup": ("joined", "gainedBy", ("agent", "place")),
}
"""By event type: a claim of it, a role it may not have, and the roles of which it needs one."""


def _break_roles(claim: str, forbidden: str, needed: tuple[str, ...]) -> tuple[str, ...]:
    node = f"claim:courant.{claim}"
    at_place = forbidden in ("place", "departure", "destination")
    extra = also(node, f"wh:{forbidden}", "place:vey" if at_place else "actor:watch")
    return extra, " ; ".join(drop(node, f"wh:{role}") for role in needed)


QUANTITIES: Final[Updates] = {
    "Measure": (
        drop("claim:courant.miles", "wh:measure"),
        put("claim:courant.miles", "wh:measure", "measure:Wind"),
    ),
    "OneMeasure": (also("claim:courant.miles", "wh:measure", "measure:Revenue"),),
    "Value": (
        drop("claim:courant.miles", "wh:value"),
        put("claim:courant.miles", "wh:value", "3"),
    ),
    "Number": (
        drop("claim:courant.miles", "wh:number"),
        put("claim:courant.miles", "wh:number", '"3"'),
    ),
    "Unit": (
        drop("claim:courant.miles", "wh:unit"),
        put("claim:courant.miles", "wh:unit", '"miles"@en'),
    ),
    "NormalisedUnit": (
        drop("claim:courant.miles", "wh:normalisedUnit"),
        put("claim:courant.miles", "wh:normalisedUnit", "unit:Mile"),
    ),
    "Bound": (also("claim:courant.foot", "wh:bound", "bound:Exactly"),),
    "MinValue": (also("claim:courant.foot", "wh:minValue", "1.0"),),
    "MaxValue": (also("claim:courant.foot", "wh:maxValue", "1000.0"),),
    "ValueOrder": (put("claim:courant.foot", "wh:minValue", "1000.0"),),
    "ClosedInterval": (
        drop("claim:courant.eleven", "wh:maxValue"),
        drop("claim:courant.foot", "wh:minValue"),
    ),
    "OpenAbove": (
        drop("claim:courant.miles", "wh:minValue"),
        also("claim:courant.half", "wh:maxValue", "100.0"),
    ),
    "OpenBelow": (
        drop("claim:courant.strikes", "wh:maxValue"),
        also("claim:courant.days", "wh:minValue", "0.5"),
    ),
    "Scope": (put("claim:courant.half", "wh:scope", '"the valley"'),),
    "QuantityOther": (also("claim:courant.half", "wh:degree", "degree:Partial"),),
}

# In full: pyoxigraph 0.5.13 reads no local name with two dots.
_LINK: Final = f"<{NAMES.iri('judgement', 'link--place--holt--almanac--8')}>"

AUTHORITIES: Final[Updates] = {
    "Label": (
        drop("actor:league", "skos:prefLabel"),
        also("place:holt", "skos:prefLabel", '"Holtham"@en'),
        put("actor:courant.raiders", "skos:prefLabel", '"Raiders"'),
    ),
    "AlternativeLabel": (put("place:holt", "skos:altLabel", '"Holtham"'),),
    "OwnArticle": (also("actor:courant.raiders", "wh:inArticle", "article:letter"),),
    "Match": (also("place:holt", "skos:closeMatch", '"Holtham"'),),
    "ActorClass": (
        also("actor:league", "wh:inArticle", "article:courant"),
        "DELETE DATA { actor:maro-venn a wh:Person }",
    ),
    "ActorPartOf": (
        put("actor:dukes-foot", "wh:partOf", "place:orrin"),
        also("actor:dukes-foot", "wh:partOf", "actor:league"),
    ),
    "SourceAlignment": (put("actor:league", "wh:sourceAlignment", "source-alignment:Evil"),),
    "ActorTypeJudged": (forget_judgement("actor--league--type"),),
    "AlignmentJudged": (forget_judgement("actor--league--alignment"),),
    "PersonType": (put("actor:maro-venn", "wh:actorType", "actor-type:Company"),),
    "PersonBasis": (
        drop("actor:maro-venn", "wh:publicationBasis"),
        put("actor:maro-venn", "wh:publicationBasis", "publication-basis:Gossip"),
    ),
    "OrganizationType": (drop("actor:watch", "wh:actorType"),),
    "GovernmentType": (put("actor:duke", "wh:actorType", "actor-type:Leader"),),
    "ArmedActorType": (put("actor:league", "wh:actorType", "actor-type:Government"),),
    "PlaceOrigin": (
        drop("place:pell", "wh:placeType"),
        also("place:pell", "wh:inArticle", "article:courant"),
    ),
    "PlaceType": (
        put("place:pell", "wh:placeType", "place-type:Moon"),
        also("place:pell", "wh:placeType", "place-type:Town"),
    ),
    "PlacePartOf": (put("place:holt", "wh:partOf", "actor:duke"),),
    "PlaceMember": (put("place:toll-houses", "skos:member", "actor:duke"),),
    "PlaceMembers": (also("place:pell", "skos:member", "place:quay"),),
    "PlaceGeometry": (also("place:orrin", "geo:hasGeometry", "place:orrin.shape"),),
    "PlaceTypeJudged": (forget_judgement("place--holt--type"),),
    "PartOfJudged": (
        forget_judgement("place--holt--part-of"),
        forget_judgement("actor--dukes-foot--part-of"),
    ),
    "Point": (
        drop("place:orrin--geometry", "geo:asWKT"),
        put("place:orrin--geometry", "geo:asWKT", '"POINT(51.5, -0.25)"^^geo:wktLiteral'),
    ),
    "PointSource": (put("place:orrin--geometry", "dcterms:source", '"an almanac"'),),
    "MatchJudged": (also("place:quay", "skos:exactMatch", "<https://example.org/almanac/9>"),),
    "JudgedSubject": (put(_LINK, "rdf:subject", "claim:courant.fable"),),
    "JudgedPredicate": (put(_LINK, "rdf:predicate", "wh:place"),),
    "JudgedObject": (drop(_LINK, "rdf:object"), put(_LINK, "rdf:object", '"8"')),
    "JudgedBy": (put(_LINK, "wh:coder", '"Jane Doe"'),),
    "JudgedOn": (put(_LINK, "dcterms:date", '"yesterday"'),),
    "JudgedBasis": (put(_LINK, "wh:basis", "basis:Guessed"),),
    "JudgedBecause": (drop(_LINK, "wh:because"),),
    "Confidence": (put(_LINK, "sssom:confidence", "1.5"),),
    "ObjectSource": (
        put(_LINK, "sssom:object_source", '"an almanac"'),
        also(_LINK, "sssom:object_source", "<https://example.org/yearbook/>"),
    ),
    "Modifier": (put(_LINK, "sssom:predicate_modifier", '"Maybe"'),),
}

_AUDIT: Final = "https://w3id.org/whoholds/audit#"
_ASSESSED: Final = f"<{NAMES.iri('audit', 'link--place--holt--almanac--7')}>"
_COVERED: Final = f"<{NAMES.iri('audit', 'place--holt--almanac')}>"


def audit(name: str) -> str:
    """A term of the graph of an audit."""
    return f"<{_AUDIT}{name}>"


def _link(kind: str, name: str, value: str) -> str:
    """Another link, of which one thing was measured."""
    return f"INSERT DATA {{ <urn:x-link> a {audit(kind)} ; {audit(name)} {value} }}"


LINKS: Final[Updates] = {
    "LinkLabel": (
        put(_ASSESSED, audit("label"), "0.69"),
        drop(_ASSESSED, audit("label")),
    ),
    "LinkType": (put(_ASSESSED, audit("type"), "0.59"),),
    "LinkDistance": (put(_ASSESSED, audit("kilometres"), "10.1"),),
    "LinkConflict": (also(_ASSESSED, audit("conflict"), '"yearbook:8"'),),
    "CloseLinkType": (_link("CloseLink", "type", "0.0"),),
    "CloseLinkDistance": (_link("CloseLink", "kilometres", "50.1"),),
    "CarriedLink": (
        also(_ASSESSED, "a", audit("CarriedLink"))
        + " ; "
        + put(_ASSESSED, "sssom:confidence", "0.91"),
    ),
    "SecondSource": (also(_ASSESSED, "a", audit("MatchedLink")),),
    "OneSubject": (also("<urn:x-link>", audit("record"), "<https://example.org/almanac/7>"),),
    "Settled": (drop(_COVERED, audit("settledBy")),),
    "OneRecord": (also(_COVERED, audit("exact"), "<https://example.org/almanac/8>"),),
}

_ENDS: Final = "evidence:courant_holt-taken--ends--duke--holt"
_PERIOD: Final = "period:orrin--duke--actor_orrin-courant-press--open"
_DISAGREEMENT: Final = "disagreement:quantity--courant_eleven--letter_twelve"

DERIVED: Final[Updates] = {
    "DerivedFromClaim": (
        drop("event:holt-takeover", "prov:wasDerivedFrom"),
        put(_PERIOD, "prov:wasDerivedFrom", "claim:courant.never-made"),
    ),
    "DerivedFrom": (also("event:holt-takeover", "prov:wasDerivedFrom", "article:courant"),),
    "GeneratedBy": (
        drop(_PERIOD, "prov:wasGeneratedBy"),
        put(_PERIOD, "prov:wasGeneratedBy", "rule:periods"),
    ),
    "Firing": (put("claim:courant.holt-taken", "wh:firing", "false"),),
    "Origin": (
        also("claim:courant.holt-taken", "wh:accordingTo", "actor:watch"),
        put(_PERIOD, "wh:accordingTo", "actor:courant.ferrymen"),
    ),
    "Answers": (put("claim:courant.eleven", "wh:answers", "event:ford-killing"),),
    "Effect": (put(_ENDS, "wh:effect", "effect:Wavers"),),
    "EffectReason": (drop(_ENDS, "wh:endsBecause"),),
    "EndReason": (put(_ENDS, "wh:endsBecause", "end-reason:Bored"),),
    "OneController": (drop(_PERIOD, "wh:controller"), also(_ENDS, "wh:controller", "actor:league")),
    "OnePlace": (drop(_PERIOD, "wh:place"), also(_ENDS, "wh:place", "place:pell")),
    "LastAttested": (also(_PERIOD, "wh:lastAttested", '"1702-06-10"^^xsd:date'),),
    "Disputed": (also(_PERIOD, "wh:disputed", "false"),),
    "QuestionSubject": (drop("question:peoplekilled--event.ford-killing", "wh:aboutEvent"),),
    "Compares": (
        also(
            _DISAGREEMENT,
            "wh:compares",
            "claim:courant.miles ; prov:wasDerivedFrom claim:courant.miles",
        ),
    ),
    "DisagreementSource": (put(_DISAGREEMENT, "prov:wasDerivedFrom", "claim:courant.eleven"),),
    "DisagreementType": (
        drop(_DISAGREEMENT, "wh:disagreementType"),
        put(_DISAGREEMENT, "wh:disagreementType", "disagreement-type:Taste"),
    ),
}

MUTATIONS: Final[Updates] = {
    **ARTICLE,
    **VOICES,
    **CLAIMS,
    **{f"{name}Roles": _break_roles(*how) for name, how in ROLES.items()},
    **QUANTITIES,
    **AUTHORITIES,
    **DERIVED,
    **LINKS,
}
