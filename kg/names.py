"""IRIs: the vocabulary's, the data's, and how each is minted. Strings only: anything may use it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

WH: Final = "https://w3id.org/whoholds/ns#"
SCHEMES: Final = "https://w3id.org/whoholds/"
DEFAULT_BASE: Final = "https://w3id.org/whoholds/"

KINDS: Final = (
    "article",
    "actor",
    "place",
    "voice",
    "mention",
    "claim",
    "event",
    "period",
    "question",
    "disagreement",
    "span",
    "judgement",
    "evidence",
    "rule",
)

VOCABULARIES: Final = {
    "wh": WH,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "schema": "https://schema.org/",
    "pav": "http://purl.org/pav/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sssom": "https://w3id.org/sssom/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
}

SCHEME_NAMES: Final = (
    "event-type",
    "polarity",
    "completion",
    "factuality",
    "voice-certainty",
    "degree",
    "situation",
    "hold-kind",
    "mode",
    "time-basis",
    "basis",
    "bound",
    "article-part",
    "measure",
    "unit",
    "disagreement-type",
    "effect",
    "end-reason",
    "source-alignment",
    "publication-basis",
    "actor-type",
    "place-type",
)

_PLAIN: Final = re.compile(r"[a-z0-9]+")
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether the text is a local name: lower-case words joined by single hyphens."""
    return SLUG.fullmatch(text) is not None


def slugify(words: str) -> str:
    """The local name that some words make: "Several towns, north" gives several-towns-north.

    Letters without a Latin base (Arabic, say) become their hexadecimal code points, so that
    different words keep different names.
    """
    folded = unicodedata.normalize("NFKD", words).casefold()
    if not folded.isascii():
        folded = "".join(_plain(c) for c in folded if not unicodedata.combining(c))
    return "-".join(_PLAIN.findall(folded)) or "x"


def _plain(char: str) -> str:
    return char if char.isascii() or not char.isalnum() else f"{ord(char):x}"


def concept_name(kebab: str) -> str:
    """The concept that a kebab-case value names: unopposed-takeover gives UnopposedTakeover."""
    return "".join(part[:1].upper() + part[1:] for part in kebab.split("-"))


def concept_key(name: str) -> str:
    """The kebab-case value of a concept: UnopposedTakeover gives unopposed-takeover."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def concept(scheme: str, kebab: str) -> str:
    """The IRI of a scheme's concept, given by its kebab-case value."""
    return f"{SCHEMES}{scheme}/{concept_name(kebab)}"


@dataclass(frozen=True, slots=True)
class Names:
    """Mints the IRIs of one workspace, all of which begin with its base."""

    base: str = DEFAULT_BASE

    def iri(self, kind: str, local: str) -> str:
        """The IRI of a thing: https://w3id.org/whoholds/claim/aven.bridge-taken"""
        return f"{self.base}{kind}/{local}"

    def graph(self, name: str) -> str:
        """The IRI of a named graph: article/aven, authorities, links, ontology, derived/events."""
        return f"{self.base}graph/{name}"

    def release(self, digest: str) -> str:
        """The IRI of the release that a digest names: https://…/release/sha256-b5ab…"""
        return f"{self.base}release/{digest.replace(':', '-')}"

    def prefixes(self) -> dict[str, str]:
        """Every prefix that queries and dumps may use: vocabularies, kinds and schemes."""
        kinds = {kind: f"{self.base}{kind}/" for kind in KINDS}
        schemes = {scheme: f"{SCHEMES}{scheme}/" for scheme in SCHEME_NAMES}
        return VOCABULARIES | kinds | schemes

    def split(self, iri: str) -> tuple[str, str] | None:
        """The kind and local name of one of our IRIs, or None."""
        kind, slash, local = iri.removeprefix(self.base).partition("/")
        if iri.startswith(self.base) and slash and kind in KINDS:
            return kind, local
        return None


def owned(article: str, name: str) -> str:
    """The local name of what belongs to an article: article-slug.id"""
    return f"{article}.{name}"


def span_local(article: str, at: tuple[int, int]) -> str:
    """The local name of a span: aven.30-51"""
    return owned(article, f"{at[0]}-{at[1]}")
