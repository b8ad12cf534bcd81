"""The first page, and the list of articles."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from kg.cite.citation import cite
from kg.names import WH
from kg.question import Answer
from kg.release.read import Release
from kg.store import UNION
from server.negotiate import HTML
from server.questions.ask import Table, table
from server.questions.examples import SHOWN, Example, shown
from server.rows import FORMS, write
from server.show.facts import Facts, property_of
from server.site import once, release, terms
from server.things import article

blueprint = Blueprint("pages", __name__)

FEW: Final = 4
"""Rows of an answer on the first page."""
_ARTICLE: Final = ("article", "title", "publisher", "published", "claims")
_MAP: Final = "server.map"
_COUNTED: Final = {
    "Article": "articles",
    "Claim": "claims",
    "Quotation": "quotations",
    "Event": "events",
    "ControlPeriod": "periods of control",
    "Disagreement": "disagreements",
}


@dataclass(frozen=True, slots=True)
class Live:
    """A question of the first page with the begin of its answer."""

    example: Example
    table: Table
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A day's map."""

    day: str
    drawing: Markup


@blueprint.get("/")
def home() -> str:
    """One sentence, a map, three questions with their answers, the release, how to use it."""
    live = [_live(example, answer) for example, answer in once("home", shown)]
    address = f"{request.host_url.rstrip('/')}{request.script_root}/"
    return render_template(
        "home.html",
        live=live,
        map=once(f"home map {request.script_root}", lambda _: _map(live)),
        counts=once("counts", counts),
        files=once("files", files),
        citation=cite(release().summary, release().names.release(release().digest)),
        address=address,
    )


@blueprint.get("/article")
def articles() -> str:
    """All articles."""
    return render_template("articles.html", articles=article.listed())


@blueprint.get("/article.<suffix>")
def article_table(suffix: str) -> Response:
    """All articles as CSV or JSON."""
    if suffix == HTML.suffix:
        return Response(articles(), content_type=HTML.content_type)
    if suffix not in FORMS:
        raise NotFound("The list of articles is served as .html, .csv and .json.")
    rows = [
        {
            "article": one.shown.iri or "",
            "title": one.shown.text,
            "publisher": one.publisher.text if one.publisher else "",
            "published": one.published,
            "claims": one.claims,
        }
        for one in article.listed()
    ]
    return Response(write(suffix, _ARTICLE, rows, total=len(rows)), content_type=FORMS[suffix])


def _live(example: Example, answer: Answer) -> Live:
    """The question, what it is asked about, and its first rows."""
    about = (
        terms().show(term).text for name, term in answer.given.items() if name in example.given
    )
    return Live(
        example,
        table(answer, terms(), answer.rows[:FEW], SHOWN[example.question.name]),
        tuple(about),
    )


def _map(live: list[Live]) -> Map | None:
    """The map of the day that the first question is asked about."""
    day = next((one.example.given["date"] for one in live if "date" in one.example.given), None)
    if day is None or find_spec(_MAP) is None:
        return None
    return Map(day, import_module(_MAP).svg_of(dt.date.fromisoformat(day)))


def files(release: Release) -> list[dict[str, Any]]:
    """The files of the release as it lists them; none where it has no list."""
    path = release.folder / "files.json"
    found: list[dict[str, Any]] = json.loads(path.read_bytes()) if path.is_file() else []
    return found


def counts(release: Release) -> dict[str, int]:
    """How many things of the main kinds the release holds, as its metadata states."""
    store = release.store
    quads = store.quads_for_pattern(None, property_of("void:class"), None, UNION)
    found = {}
    for quad in quads:
        facts = Facts(store.quads_for_pattern(quad.subject, None, None, UNION))
        entities = next(iter(facts.texts(str(quad.subject)[1:-1], "void:entities")), "0")
        found[str(quad.object)[1:-1].removeprefix(WH)] = int(entities)
    return {label: found[name] for name, label in _COUNTED.items() if name in found}
