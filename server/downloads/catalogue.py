"""The releases and their files as a catalogue: https://www.w3.org/TR/vocab-dcat-3/"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.export.dataset import distribution
from kg.export.file import Written
from kg.lift.terms import day, term, words
from kg.release.read import licences_of
from server.downloads.editions import Download, Edition
from server.linked.listing import here, state
from server.site import release


def catalogue(
    edition: Edition, files: Sequence[Download], others: Sequence[Edition]
) -> Iterator[Triple]:
    """A release with its files, and the catalogue of all where others are given.

    <…/dumps/> a dcat:Catalog ; dcat:dataset <…/release/sha256-…> .
    <…/release/sha256-…> a dcat:Dataset ; dcterms:title "…"@en ; dcat:distribution <…/data.nq> .
    <…/dumps/…/data.nq> dcat:byteSize 5676577 ; spdx:checksum <…/dumps/…/data.nq#sha256> .
    """
    for one in others:
        yield from state(here("dumps/"), rdf_type=term("dcat:Catalog"), dcat_dataset=_node(one))
    for one in others or [edition]:
        yield from _release(one)
    for file in files:
        if file.sha256:
            written = Written(file.file, file.bytes, file.sha256)
            address = here(f"dumps/{edition.name}/{file.file.name}")
            yield from distribution(_node(edition), address, written)


def _node(edition: Edition) -> NamedNode:
    return NamedNode(release().names.release(str(edition.summary["digest"])))


def _release(edition: Edition) -> Iterator[Triple]:
    summary = edition.summary
    return state(
        _node(edition),
        rdf_type=term("dcat:Dataset"),
        dcterms_title=words(str(summary["title"]), "en"),
        dcterms_identifier=words(str(summary["digest"])),
        dcterms_date=day(dt.date.fromisoformat(str(summary["date"]))),
        dcterms_license=[NamedNode(one) for one in licences_of(summary)],
        dcat_version=[Literal(one) for one in edition.versions],
    )
