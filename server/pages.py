"""The first page, and the list of articles."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from kg.names import WH
from kg.question import Answer
from kg.release.read import Release
from server import article
from server.ask import Table, table
from server.examples import Example, shown
from server.facts import Facts, property_of
from server.site import once, terms

blueprint = Blueprint("pages", __name__)

FEW = 12
"""Articles on the first page."""
_COUNTED = {
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
    about: str


@blueprint.get("/")
def home() -> str:
    """One sentence, three questions with their answers, the release, how to query."""
    articles = article.listed()
    return render_template(
        "home.html",
        live=[_live(example, answer) for example, answer in once("home", shown)],
        counts=once("counts", counts),
        articles=articles[:FEW],
        total=len(articles),
    )


@blueprint.get("/article")
def articles() -> str:
    """All articles."""
    return render_template("articles.html", articles=article.listed())


def _live(example: Example, answer: Answer) -> Live:
    """The question, what it is asked about, and its first rows."""
    about = (
        terms().show(term).text for name, term in answer.given.items() if name in example.given
    )
    return Live(example, table(answer, terms()), ", ".join(about))


def counts(release: Release) -> dict[str, int]:
    """How many things of the main kinds the release holds, as its metadata states."""
    store = release.store
    quads = store.quads_for_pattern(None, property_of("void:class"), None, None)
    found = {}
    for quad in quads:
        facts = Facts(store.quads_for_pattern(quad.subject, None, None, None))
        entities = next(iter(facts.texts(str(quad.subject)[1:-1], "void:entities")), "0")
        found[str(quad.object)[1:-1].removeprefix(WH)] = int(entities)
    return {label: found[name] for name, label in _COUNTED.items() if name in found}
