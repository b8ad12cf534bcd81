"""Addresses of what is no longer there: where it went, or why it was withdrawn; and the log.

What was merged leads by 301 to what it became. What was split answers 410 with the list of its
parts, not 300: its parts are things of their own, and no choice among forms of one thing
(https://www.rfc-editor.org/rfc/rfc9110#name-300-multiple-choices).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode, Triple

from kg.lift.terms import day, words
from kg.release.retired import retired_as
from kg.release.withdrawals import LOG, read_withdrawals
from kg.retired import Retired, is_id
from server.forms import graphed, publish
from server.link import href_of
from server.linked.listing import about_page, here, state
from server.negotiate import DESCRIPTIONS, HTML, PROBLEM, split_suffix
from server.problem import for_people
from server.rows import Sheet, write
from server.site import release

blueprint = Blueprint("retired", __name__)

RELEASE: Final = "release/sha256-"
"""How the addresses of releases begin."""


def answer(path: str) -> Response | None:
    """301 or 410 where the thing at a path is retired; None where it is not.

    {"type": "about:blank", "title": "Gone", "status": 410, "detail": "claim/aven.taken was
    withdrawn on 2026-11-21: …", "into": []}
    """
    stem, offer = split_suffix(path, DESCRIPTIONS)
    if path.startswith(RELEASE):
        return _successor(path.removeprefix(RELEASE))
    entry = _entry(path) or (_entry(stem) if offer else None)
    if entry is None:
        return None
    if entry.state == "merged":
        place = f"{quote(entry.into[0])}{f'.{offer.suffix}' if offer else ''}"
        return Response(status=301, headers={"Location": f"{request.script_root}/{place}"})
    response = _gone(entry)
    response.vary.add("Accept")
    return response


def _successor(named: str) -> Response | None:
    """301 from a masked release to what now stands in its place."""
    digest, dot, suffix = named.partition(".")
    log = read_withdrawals(release().folder.parent)
    next_of = {pair.digest: pair.successor_digest for one in log for pair in one.replaced}
    last = f"sha256:{digest}"
    while last in next_of:
        last = next_of[last]
    if last == f"sha256:{digest}":
        return None
    place = f"{request.script_root}/{RELEASE}{last.removeprefix('sha256:')}{dot}{suffix}"
    return Response(status=301, headers={"Location": place})


def _entry(path: str) -> Retired | None:
    """What became of the thing at a path; of what a withdrawn article said, its own end."""
    store, names = release().store, release().names
    if not is_id(path):
        return None
    if found := retired_as(store, names, names.base + path):
        return found
    article, dot, _ = path.partition("/")[2].partition(".")
    owner = retired_as(store, names, names.iri("article", article)) if dot else None
    if owner and owner.state == "withdrawn":
        return Retired(path, owner.state, owner.on, owner.because)
    return None


def _gone(entry: Retired) -> Response:
    status = HTTPStatus.GONE
    if for_people():
        page = render_template("retired.html", entry=entry, title=status.phrase)
        return Response(page, status, content_type=HTML.content_type)
    found = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status,
        "detail": f"{entry.id} {entry.said}",
        "into": [release().names.base + one for one in entry.into],
    }
    body = json.dumps(found, ensure_ascii=False) + "\n"
    return Response(body, status, content_type=PROBLEM.media)


def withdrawals() -> str:
    """What was withdrawn, when and why, and which releases were replaced."""
    log = tuple(reversed(read_withdrawals(release().folder.parent)))
    links = {one.withdrawn: href_of(one.withdrawn, release().names, "") for one in log}
    ours = {iri: href for iri, href in links.items() if href and href.startswith("/")}
    return render_template("withdrawals.html", log=log, ours=ours)


def log_json() -> bytes:
    """The log as it is written: [{"withdrawn": "…", "on": "…", "because": "…", "replaced": […]}]"""
    path = release().folder.parent / LOG
    return path.read_bytes() if path.is_file() else b"[]\n"


def log_csv() -> str:
    """A row for each release that was replaced."""
    rows = [
        {
            "withdrawn": one.withdrawn,
            "on": one.on,
            "because": one.because,
            "replaced": pair.digest,
            "by": pair.successor_digest,
        }
        for one in read_withdrawals(release().folder.parent)
        for pair in one.replaced
    ]
    return write("csv", Sheet(("withdrawn", "on", "because", "replaced", "by"), rows))


def log_statements() -> Iterator[Triple]:
    """The log as RDF.

    <…/claim/aven.taken> prov:wasInvalidatedBy <…/withdrawals#1> .
    <…/withdrawals#1> dcterms:date "2026-11-21"^^xsd:date ; dcterms:description "…" .
    <…/release/sha256-…> dcterms:isReplacedBy <…/release/sha256-…> .
    """
    page, names = here("withdrawals"), release().names
    yield from about_page(page, "schema:WebPage", "Withdrawals")
    for number, one in enumerate(read_withdrawals(release().folder.parent), 1):
        act = NamedNode(f"{page.value}#{number}")
        yield from state(page, schema_hasPart=act)
        yield from state(NamedNode(one.withdrawn), prov_wasInvalidatedBy=act)
        on = day(dt.date.fromisoformat(one.on))
        yield from state(act, dcterms_date=on, dcterms_description=words(one.because))
        for pair in one.replaced:
            old, new = (NamedNode(names.release(d)) for d in (pair.digest, pair.successor_digest))
            yield from state(old, dcterms_isReplacedBy=new)


publish(
    blueprint,
    "/withdrawals",
    withdrawals,
    {"json": log_json, "csv": log_csv, **graphed(log_statements)},
)
