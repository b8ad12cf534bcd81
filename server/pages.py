"""The first page, which is about the release, and the list of articles."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from flask import Blueprint, render_template, request
from markupsafe import Markup
from pyoxigraph import NamedNode, Triple

from kg.cite.citation import cite
from kg.names import WH
from kg.question import Answer
from kg.release.read import Release
from kg.store import UNION
from server.forms import graphed, publish, tabled
from server.linked.dataset import dataset
from server.linked.listing import about_list, about_page, here, stated, with_labels
from server.paging import ALL, paged, shown_as
from server.questions.ask import Table, table
from server.questions.examples import SHOWN, Example, shown
from server.rows import Sheet
from server.show.facts import Facts, property_of
from server.site import once, release, terms
from server.things import article

blueprint = Blueprint("pages", __name__)

FEW: Final = 4
"""Rows of an answer on the first page."""
_ARTICLE: Final = ("article", "title", "publisher", "published", "claims")
_STATED: Final = (
    "rdf:type",
    "schema:publisher",
    "wh:publishedEarliest",
    "wh:publishedLatest",
)
"""What the list of articles as RDF has of each, beside its title."""
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


def home_json() -> str:
    """The release in short: what release.json says, how many things of each kind, its files."""
    found = {**release().summary, "counts": once("counts", counts), "files": once("files", files)}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def articles() -> str:
    """A page of the list of articles."""
    part = paged(article.listed())
    return render_template("articles.html", part=shown_as(part, article.shown(part.found)))


def article_table() -> Sheet:
    """All articles, 1,000 a page."""
    part = paged(article.listed(), ALL)
    rows = [
        {
            "article": one.shown.iri or "",
            "title": one.shown.text,
            "publisher": one.publisher.text if one.publisher else "",
            "published": one.published,
            "claims": one.claims,
        }
        for one in article.shown(part.found)
    ]
    return Sheet(_ARTICLE, rows, part.counted)


def article_statements() -> list[Triple]:
    """The articles, 1,000 a page: their titles, publishers and days."""
    part = paged(article.listed(), ALL)
    found = [NamedNode(one.iri) for one in part.found]
    page = here("article")
    return with_labels(
        [
            *about_page(page, "schema:CollectionPage", "Articles"),
            *about_list(page, shown_as(part, found)),
            *stated(found, *_STATED),
        ]
    )


publish(blueprint, "/", home, {"json": home_json, **graphed(dataset)}, "/release")
publish(blueprint, "/article", articles, tabled(article_table) | graphed(article_statements))


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
