"""What the release is, for catalogues: VoID and DCAT 3 as Turtle, schema.org as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.export.file import File, Written
from kg.export.formats import DATA, count_objects
from kg.files import write_whole
from kg.lift.terms import term, words
from kg.names import VOCABULARIES, WH, Names

FILES: Final = (
    File(
        "dataset.ttl",
        "text/turtle",
        "What the release holds, for catalogues: VoID and DCAT 3, with counts, checksums and the "
        "licence of each graph.",
    ),
    File("dataset.jsonld", "application/ld+json", "The same in short, as a schema.org Dataset."),
)
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
CONTEXT: Final = {
    "@vocab": VOCABULARIES["schema"],
    "license": {"@type": "@id"},
    "url": {"@type": "@id"},
    "contentUrl": {"@type": "@id"},
    "datePublished": {"@type": "Date"},
}
"""Inline, so that nothing is fetched to read the description."""

_SAYS: Final = (
    "Who held which place, when, and who says so: the claims of {articles} articles, "
    "each with its voices and its place in the text, and what versioned rules derive from them."
)
_SHA256: Final = NamedNode(f"{VOCABULARIES['spdx']}checksumAlgorithm_sha256")
_DUMPS: Final = ("application/n-quads", "text/turtle", "application/trig", "application/ld+json")


@dataclass(frozen=True, slots=True)
class About:
    """A release as its description sees it."""

    names: Names
    summary: dict[str, Any]
    place: str
    """The name of its folder, and so where its files are served."""
    previous: str | None
    """The digest of the version before, where that is known."""

    @property
    def node(self) -> NamedNode:
        """The release."""
        return NamedNode(self.names.release(self.summary["digest"]))

    def address(self, name: str) -> str:
        """Where a file of the release is served."""
        return f"{self.names.base}dumps/{self.place}/{name}"


def write(about: About, written: Iterable[Written], folder: Path) -> None:
    """Writes both from metadata.nq and the files that are there.

    They do not list themselves: no file can hold its own checksum.

    <…/release/sha256-…> a dcat:Dataset, void:Dataset ; dcat:version "2026.1" ;
        dcat:distribution <…/dumps/…/data.nq> ; void:triples 5120 ; void:distinctObjects 812 .
    <…/dumps/…/data.nq> a dcat:Distribution ; dcat:byteSize 5676577 ; spdx:checksum <…> .
    https://www.w3.org/TR/vocab-dcat-3/, https://www.w3.org/TR/void/
    """
    files = list(written)
    with TemporaryDirectory(dir=folder.parent) as aside:
        objects = count_objects(folder / DATA.name, Path(aside))
    triples = {*_known(about, folder), *_dataset(about, objects)}
    licences = {t.object for t in triples if t.predicate == term("dcterms:license")}
    for file in files:
        node = NamedNode(about.address(file.file.name))
        triples.update(distribution(about.node, node, file))
        triples.update(Triple(node, term("dcterms:license"), licence) for licence in licences)
    prefixes = about.names.prefixes()
    turtle = folder / "dataset.ttl"
    ordered = sorted(triples, key=str)
    serialize(ordered, output=turtle, format=RdfFormat.TURTLE, prefixes=prefixes)
    described = json.dumps(_schema(about, files), indent=2, ensure_ascii=False) + "\n"
    write_whole(folder / "dataset.jsonld", described.encode())


def _known(about: About, folder: Path) -> Iterator[Triple]:
    """What the release's metadata says of it: counts, licences; not the rules."""
    rules = about.names.iri("rule", "")
    for quad in parse(path=str(folder / "metadata.nq"), format=RdfFormat.N_QUADS):
        if not str(quad.subject).startswith(f"<{rules}"):
            yield quad.triple


def _dataset(about: About, objects: int) -> Iterator[Triple]:
    node, summary = about.node, about.summary
    said: list[tuple[str, NamedNode | Literal]] = [
        ("dcterms:description", words(_SAYS.format(articles=summary["articles"]), "en")),
        ("void:distinctObjects", Literal(objects)),
        ("void:uriSpace", words(about.names.base)),
        ("void:vocabulary", NamedNode(WH)),
    ]
    if about.previous:
        said.append(("dcat:previousVersion", NamedNode(about.names.release(about.previous))))
    yield from (Triple(node, term(curie), value) for curie, value in said)


def distribution(dataset: NamedNode, file: NamedNode, written: Written) -> Iterator[Triple]:
    """A file of a release: what it is, how long, its checksum.

    <…/dumps/…/data.nq> a dcat:Distribution ; dcat:byteSize 5676577 ; spdx:checksum <…#sha256> .
    """
    checksum = NamedNode(f"{file.value}#sha256")
    digest = Literal(written.sha256, datatype=NamedNode(f"{VOCABULARIES['xsd']}hexBinary"))
    yield Triple(dataset, term("dcat:distribution"), file)
    if written.file.media in _DUMPS and written.file.name.startswith("data."):
        yield Triple(dataset, term("void:dataDump"), file)
    said: list[tuple[str, NamedNode | Literal]] = [
        ("rdf:type", term("dcat:Distribution")),
        ("dcterms:title", words(written.file.name)),
        ("dcterms:description", words(written.file.says, "en")),
        ("dcat:downloadURL", file),
        ("dcat:mediaType", NamedNode(MEDIA_TYPES + written.file.media)),
        ("dcat:byteSize", _length(written.bytes)),
        ("spdx:checksum", checksum),
    ]
    yield from (Triple(file, term(curie), value) for curie, value in said)
    yield Triple(checksum, term("rdf:type"), term("spdx:Checksum"))
    yield Triple(checksum, term("spdx:algorithm"), _SHA256)
    yield Triple(checksum, term("spdx:checksumValue"), digest)


def _length(count: int) -> Literal:
    return Literal(str(count), datatype=NamedNode(f"{VOCABULARIES['xsd']}nonNegativeInteger"))


def _schema(about: About, files: Iterable[Written]) -> dict[str, Any]:
    """The release as https://schema.org/Dataset."""
    summary, licences = about.summary, about.summary["licences"]
    version = {"version": summary["version"]} if summary["version"] else {}
    return {
        "@context": CONTEXT,
        "@id": about.node.value,
        "@type": "Dataset",
        "name": summary["title"],
        "description": _SAYS.format(articles=summary["articles"]),
        "identifier": summary["digest"],
        **version,
        "datePublished": summary["date"],
        "license": licences if len(licences) > 1 else summary["licence"],
        "publisher": {"@type": "Organization", "name": summary["publisher"]},
        "creator": {"@type": "Organization", "name": summary["publisher"]},
        "isAccessibleForFree": True,
        "url": about.node.value,
        "distribution": [_download(about, written) for written in files],
    }


def _download(about: About, written: Written) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": written.file.name,
        "description": written.file.says,
        "encodingFormat": written.file.media,
        "contentSize": f"{written.bytes} B",
        "contentUrl": about.address(written.file.name),
        "sha256": written.sha256,
    }
