"""Permalinks: results that are cited, at addresses that hold the query, the release and a digest.

/cite?query=… leads to the permalink of a result; /q/… asks again, and answers only with the very
result that was cited.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.exceptions import BadRequest, Conflict, Gone, NotFound
from werkzeug.wrappers import Response as BaseResponse

from kg.cite.citation import Citation, cite_result
from kg.cite.permalink import PATH, Permalink, read_code
from kg.cite.result import format_of
from kg.errors import CitationError, OtherResult
from kg.sparql.dataset import Dataset
from kg.sparql.leeway import leeways
from kg.sparql.prepare import Prepared
from kg.worker.job import DIGEST, LEEWAY
from server.headers import of_release
from server.negotiate import GRAPHS, HTML, TABLES, Offer
from server.site import release
from server.sparql import page
from server.sparql.endpoint import offer_of, prepared, run, sent
from server.sparql.protocol import Asked, asked
from server.sparql.version import answer_from, editions_of
from server.workers.errors import TooLarge, TooMuchMemory, TooSlow
from server.workers.job import Done

blueprint = Blueprint("permalink", __name__)
citing = Blueprint("cite", __name__)
"""Also below /v/<version>/, of whose release the result then is."""

WARNING: Final = (
    "The query leaves its result open: others, who answer it rightly, may find another."
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A result that was cited, for people."""

    asked: Asked
    link: Permalink
    address: str
    citation: Citation
    open: tuple[str, ...]
    """What the query leaves open."""


@citing.get("/cite")
def cite() -> BaseResponse:
    """303 to the permalink of a query's result over the release that the address names.

    Who reads more of it than where it leads is told what the query leaves open.
    """
    found = asked(request)
    if found is None:
        raise BadRequest("There is no query. Send query=…")
    query = _citable(found.query, found.dataset)
    here, (digest, rows) = release(), _digest(query)
    link = Permalink(found.query, found.dataset, here.digest, digest, here.edition)
    response = redirect(_address(link), 303)
    if leaves := _left_open(query, rows):
        response.set_data("\n".join((_address(link), WARNING, *leaves, "")))
        response.content_type = "text/plain; charset=utf-8"
    return response


@blueprint.get(f"/{PATH}/<code>")
@blueprint.get(f"/{PATH}/<code>.<suffix>")
def show(code: str, suffix: str | None = None) -> Response:
    """The result that was cited: 200 with it, or what became of it."""
    link = _read(code)
    _choose_release(link)
    query = _citable(link.query, link.dataset)
    offer = offer_of(GRAPHS if query.graph else TABLES, suffix)
    response = of_release(offer.suffix, lambda: _checked(link, query, offer))
    response.vary.add("Accept")
    return response


def _checked(link: Permalink, query: Prepared, offer: Offer) -> Response:
    """The result in a form. Raises Conflict where it is not the one that was cited."""
    try:
        if offer != HTML:
            return sent(run(query, offer.suffix, link.result), offer)
        return _shown(link, query, run(query, "ttl" if query.graph else "json", link.result))
    except OtherResult as error:
        leaves = _left_open(query)
        raise Conflict(
            f"The result cited is {link.result}; asked again, it is {error}. "
            + "".join(f"{one} " for one in ((WARNING, *leaves) if leaves else ()))
            + f"Ask anew at {request.script_root}/sparql, and cite what you find."
        ) from None


def _shown(link: Permalink, query: Prepared, done: Done) -> Response:
    """The page of a result that was cited."""
    address = _address(link)
    citation = cite_result(release().summary, link.result, address)
    leaves = _left_open(query, done.rows)
    cited = Cited(Asked(link.query, link.dataset), link, address, citation, leaves)
    result = page.shown(done, graph=query.graph)
    body = render_template(
        "permalink.html", cited=cited, page=result, edition=g.edition, warning=WARNING
    )
    return Response(body, content_type=HTML.content_type)


def _citable(text: str, dataset: Dataset) -> Prepared:
    """A query whose result its release alone decides. Raises BadRequest for others."""
    query = prepared(text, dataset)
    with _uncitable():
        format_of(query)
    return query


def _digest(query: Prepared) -> tuple[str, int]:
    """The digest of a query's result, and how many rows it has."""
    with _uncitable():
        done = run(query, DIGEST)
    return done.body.read().decode(), done.rows


def _left_open(query: Prepared, rows: int | None = None) -> tuple[str, ...]:
    """What a query leaves open; what it may leave open, where it takes too much to find out."""
    known = leeways(query.text, rows)
    if not known:
        return ()
    try:
        return tuple(json.loads(run(query, LEEWAY).body.read()))
    except (TooSlow, TooLarge, TooMuchMemory):
        return tuple(one.says for one in known)


def _read(code: str) -> Permalink:
    try:
        return read_code(code)
    except CitationError as error:
        said = f"{error}"
        raise BadRequest(said[:1].upper() + said[1:]) from None


def _choose_release(link: Permalink) -> None:
    """Lets the request be answered from the release that is cited, and from no other.

    Where several have its data: from the first that gives the result, else the first of all.
    """
    known, replaced = editions_of(link.release, link.edition)
    if not known:
        raise NotFound(f"Release {link.release}, which the permalink cites, is not here.")
    if replaced:
        raise Gone(
            f"Release {link.release} is no longer served: something was withdrawn from it "
            f"(see {request.script_root}/withdrawals). What took its place can be asked at "
            f"{request.script_root}/v/{known[0].name}/sparql"
        )
    for edition in known if len(known) > 1 else ():
        answer_from(edition)
        if _digest(_citable(link.query, link.dataset))[0] == link.result:
            return
    answer_from(known[0])


def _address(link: Permalink) -> str:
    with _uncitable():
        return f"{request.host_url.rstrip('/')}{request.script_root}/{PATH}/{link.code}"


@contextmanager
def _uncitable() -> Iterator[None]:
    """Whoever cites what cannot be cited is told why."""
    try:
        yield
    except CitationError as error:
        raise BadRequest(f"It cannot be cited: {error}") from None
