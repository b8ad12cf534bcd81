"""The reconciliation service over HTTP: version 0.2 of its API, as OpenRefine speaks it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

All answers are of server.site.release(), whichever that is for an address. What older clients ask
for with `callback` comes as a script (JSONP); all others read from other origins by CORS.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

from flask import Blueprint, Response, g, render_template, request
from werkzeug.exceptions import BadRequest, NotFound, RequestEntityTooLarge

from kg.errors import InputError
from kg.gazetteer.lookup import load
from kg.reconcile.answer import Elsewhere, reconcile
from kg.reconcile.asked import TooManyError, known_type, read_batch, read_extension, unknown
from kg.reconcile.elsewhere import by_gazetteer
from kg.reconcile.extend import extend
from kg.reconcile.index import Index
from kg.reconcile.properties import PROPERTIES, properties_of, shown
from kg.reconcile.read import read_things
from kg.reconcile.thing import Thing
from kg.reconcile.written import (
    candidate,
    feature_says,
    full_type,
    properties_beginning,
    property_of,
    suggestion,
    types_beginning,
)
from server.headers import of_release
from server.link import href_of
from server.negotiate import HTML
from server.problem import unsupported
from server.reconcile.holders import holders
from server.reconcile.manifest import manifest
from server.site import once, release, site
from server.sparql.protocol import FORM, Given, read_parameters, sent_body
from server.workers.client import client_of, gone_of

blueprint = Blueprint("reconcile", __name__)

MEDIA: Final = "application/json"
SCRIPT: Final = "application/javascript"
PAGE: Final = 20
"""Suggestions at once."""
_CALLBACK: Final = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)


@blueprint.route("/reconcile", methods=["GET", "POST"])
def answer() -> Response:
    """The results of a batch, the values of data extension, or the manifest of the service."""
    given = _given()
    if "queries" in given and "extend" in given:
        raise BadRequest("Both queries and extend are given. Send one of them.")
    if "queries" in given:
        return _written(lambda: _results(_one(given, "queries")))
    if "extend" in given:
        return _written(lambda: _extended(_one(given, "extend")))
    if request.method == "POST" or set(given) - {"callback"}:
        raise BadRequest(
            'Neither queries nor extend is given. Send queries={"q0": {"query": "…"}}, encoded '
            "as a form; without parameters, GET tells what the service offers."
        )
    return _written(lambda: manifest(release(), _index().things, request.base_url, _root()))


@blueprint.get("/reconcile/suggest/<any(entity,type,property):what>")
def suggest(what: str) -> Response:
    """Things, types or properties that begin with `prefix`, after the first `cursor` of them."""
    prefix, start = request.args.get("prefix", ""), _whole("cursor", 0)
    return _written(lambda: {"result": _suggested(what, prefix)[start : start + PAGE]})


@blueprint.get("/reconcile/flyout/<any(entity,type,property):what>")
def flyout(what: str) -> Response:
    """A few words in HTML about what was suggested."""
    identifier = request.args.get("id", "")
    title, says = _titled(what, identifier)
    html = render_template("reconcile/flyout.html", title=title, says=says)
    return _written(lambda: {"id": identifier, "html": html})


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """A page about a thing, small enough to be shown in a frame of the client's."""
    thing = _thing(request.args.get("id", ""))
    g.framed = True
    return of_release(HTML.suffix, lambda: _page(thing.name, *_known(thing), thing=thing))


@blueprint.get("/reconcile/feature")
def feature() -> Response:
    """A page about a feature: what it says of a candidate."""
    identifier = request.args.get("id", "")
    says = feature_says(identifier)
    if says is None:
        raise NotFound(f"There is no feature {shown(identifier)}.")
    g.framed = True
    return of_release(HTML.suffix, lambda: _page(identifier, says))


@blueprint.get("/reconcile/properties")
def propose() -> Response:
    """The properties that things of a type can have: what data extension can fetch."""
    asked, most = request.args.get("type", ""), _whole("limit", len(PROPERTIES))
    types = _index().things.types
    found = _checked(lambda: known_type(asked, "type", types)) if asked else ""
    kind = types[found].broader or found if found else ""
    proposed = [property_of(one) for one in properties_of(kind)][:most]
    limit = {"limit": most} if "limit" in request.args else {}
    return _written(lambda: {"type": asked, "properties": proposed, **limit})


def _index() -> Index:
    """The names of the release, made ready once."""
    return once("reconcile", lambda of: Index(read_things(of.store, of.names)))


def _elsewhere() -> Elsewhere:
    return once("reconcile elsewhere", lambda _: by_gazetteer(load(), _index().things))


def _results(text: str) -> Any:
    index, elsewhere = _index(), _elsewhere()
    with _turn():
        queries = read_batch(text, index.things.types)
        found = {one: reconcile(index, query, elsewhere) for one, query in queries.items()}
        return {
            one: {"result": [candidate(index.things, each) for each in candidates]}
            for one, candidates in found.items()
        }


def _extended(text: str) -> Any:
    asked, things = read_extension(text), _index().things
    missing = [one for one in asked.ids if things.find(one) is None]
    if missing:
        raise NotFound(unknown(missing))
    with _turn():
        return extend(things, asked, holders(things))


def _turn() -> AbstractContextManager[None]:
    """The client's turn to compute for its table."""
    return site().turns.turn(client_of(request.remote_addr), gone_of(request.environ))


def _suggested(what: str, prefix: str) -> Sequence[Any]:
    index = _index()
    if what == "type":
        return [full_type(index.things, one) for one in types_beginning(index.things, prefix)]
    if what == "property":
        return [property_of(one) for one in properties_beginning(prefix)]
    return [suggestion(index.things, one) for one in index.beginning(prefix)]


def _titled(what: str, identifier: str) -> tuple[str, Iterable[str]]:
    """What a type, a property or a thing is called, and what is to be said of it."""
    index = _index()
    if what == "entity":
        thing = _thing(identifier)
        return thing.name, _known(thing)
    known: dict[str, Any] = dict(index.things.types if what == "type" else PROPERTIES)
    if identifier not in known:
        raise NotFound(f"There is no {what} {shown(identifier)}.")
    return known[identifier].name, filter(None, [known[identifier].description])


def _known(thing: Thing) -> list[str]:
    """Lines about a thing: what it is, its other names, where it lies."""
    others = [name for name in thing.names if name != thing.name]
    point = f"{thing.point[0]:.4f}, {thing.point[1]:.4f}" if thing.point else ""
    return [
        line for line in (_index().things.describe(thing), " · ".join(others[:12]), point) if line
    ]


def _page(title: str, *says: str, thing: Thing | None = None) -> Response:
    iri = f"{release().names.base}{thing.id}" if thing else ""
    href = href_of(iri, release().names, request.script_root) if thing else None
    body = render_template("reconcile/preview.html", title=title, says=says, href=href, iri=iri)
    return Response(body, content_type=HTML.content_type)


def _thing(identifier: str) -> Thing:
    found = _index().things.find(identifier)
    if found is None:
        raise NotFound(unknown([identifier]))
    return found


def _given() -> Given:
    """The parameters of the address, or of the form that is sent. Raises what is due."""
    if request.method != "POST":
        return read_parameters(request.query_string)
    if request.mimetype != FORM:
        raise unsupported(f"The request is sent as '{request.mimetype}'. Send {FORM}.", FORM)
    return read_parameters(sent_body(request))


def _one(given: Given, name: str) -> str:
    if len(given[name]) > 1:
        raise BadRequest(f"{name} is given {len(given[name])} times. Send one.")
    return given[name][0]


def _whole(name: str, usual: int) -> int:
    given = request.args.get(name, "")
    if given and not re.fullmatch(r"[0-9]{1,6}", given):
        raise BadRequest(f"{name} is {shown(given)}; expected a whole number, 0 or more.")
    return int(given or usual)


def _root() -> str:
    return f"{request.host_url.rstrip('/')}{request.script_root}"


def _checked(make: Callable[[], Any]) -> Any:
    """What is made. Raises the status that is due where the client asks what cannot be."""
    try:
        return make()
    except TooManyError as error:
        raise RequestEntityTooLarge(f"{error}") from None
    except InputError as error:
        raise BadRequest(f"{error}") from None


def _written(make: Callable[[], Any]) -> Response:
    """An answer as JSON, or as the script that an older client asks for."""
    callback = request.args.get("callback")
    if callback is not None and not (len(callback) <= 100 and _CALLBACK.fullmatch(callback)):
        raise BadRequest(f"callback is {shown(callback)}; expected the name of a function.")

    def made() -> Response:
        body = json.dumps(_checked(make), ensure_ascii=False)
        if callback is None:
            return Response(body, content_type=MEDIA)
        return Response(f"/**/{callback}({_in_script(body)});", content_type=SCRIPT)

    return of_release(MEDIA, made) if request.method != "POST" else made()


def _in_script(body: str) -> str:
    """JSON as JavaScript: two ends of lines that are none in JSON."""
    return body.replace("\u2028", r"\u2028").replace("\u2029", r"\u2029")
