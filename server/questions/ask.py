"""Questions over HTTP: the list, a form for each, and answers as HTML, CSV, JSON or Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode, Triple
from werkzeug.exceptions import BadRequest, NotAcceptable, NotFound

from kg.errors import QuestionError
from kg.lift.terms import words
from kg.names import SCHEME_NAMES
from kg.question import Answer, Parameter, Question, ask, load_question, load_questions
from kg.question.ask import Cell
from kg.question.known import instances, value_of
from kg.question.show import show
from kg.release.read import Release
from server.forms import OFFERS, alternates, graphed, publish, tabled
from server.headers import add_links
from server.linked.listing import about_page, here, state
from server.negotiate import ANSWERS, HTML, Offer, choose, split_suffix
from server.paging import paged
from server.questions.examples import examples
from server.questions.recent import Recent
from server.rows import Sheet
from server.show.term import NAMELESS, Shown, Terms, spoken
from server.site import once, release, terms
from server.things.thing import RESTING

blueprint = Blueprint("ask", __name__)

LONGEST: Final = 200
"""Rows of a page; CSV, JSON and Turtle have all."""
MANY: Final = 500
"""Suggestions that a field offers at most."""
_FORMS: Final = (HTML, *(OFFERS[suffix] for suffix in ("csv", "json", "ttl")))
_INPUTS: Final = {"date": "date", "integer": "number"}
_CLASSES: Final = {"place": "wh:Place", "actor": "wh:Actor", "article": "wh:Article"}


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a field suggests."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question's form."""

    parameter: Parameter
    value: str
    input: str
    options: tuple[Option, ...]
    choice: bool


@dataclass(frozen=True, slots=True)
class Table:
    """An answer for a page: without the columns that are given or empty throughout."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    words: tuple[str | None, ...]
    total: int


def show_questions() -> str:
    """All questions."""
    return render_template(
        "questions.html",
        questions=list(load_questions().values()),
        examples=once("examples", examples),
    )


def question_table() -> Sheet:
    """All questions: what each asks, with which parameters, and the columns of its answer."""
    rows = [
        {
            "question": question.name,
            "title": question.title,
            "asks": question.asks,
            "parameters": " ".join(one.name for one in question.parameters),
            "required": " ".join(one.name for one in question.parameters if one.required),
            "columns": " ".join(one.name for one in question.columns),
        }
        for question in load_questions().values()
    ]
    return Sheet(tuple(rows[0]), rows)


def question_statements() -> Iterator[Triple]:
    """The same as RDF: <…/ask/who-held> dcterms:title "Who held it?"@en ."""
    page = here("ask")
    yield from about_page(page, "schema:CollectionPage", "Questions")
    for question in load_questions().values():
        one = here(f"ask/{question.name}")
        yield from state(page, schema_hasPart=one)
        title, asks = words(question.title, "en"), words(question.asks, "en")
        yield from state(one, dcterms_title=title, dcterms_description=asks)


publish(blueprint, "/ask", show_questions, tabled(question_table) | graphed(question_statements))


@blueprint.get("/ask/<path:name>")
def show_question(name: str) -> Response:
    """A question's form and answer, or the answer alone."""
    stem, offer = split_suffix(name, ANSWERS)
    try:
        question = load_question(stem)
    except QuestionError as error:
        raise NotFound(f"{error}") from None
    negotiated = offer is None
    offer = offer or choose(request.headers.get("Accept"), ANSWERS)
    if offer is None:
        raise NotAcceptable(
            "Answers are served as text/html, text/csv, application/json and text/turtle."
        )
    response = _page(question) if offer == HTML else _table(question, offer)
    if negotiated:
        response.vary.add("Accept")
    return response


def _table(question: Question, offer: Offer) -> Response:
    """The answer as CSV, JSON or Turtle."""
    try:
        answer = ask_here(question, given())
    except QuestionError as error:
        raise BadRequest(f"{error}") from None
    return Response(show(answer, offer.suffix, release().names), content_type=offer.content_type)


def _page(question: Question) -> Response:
    """The form, with the answer where the parameters are given, or with what is wrong with them."""
    asked, answer, wrong = {}, None, None
    try:
        asked = given()
        asked.pop("page", None)
        if asked or not any(p.required for p in question.parameters):
            answer = ask_here(question, asked)
    except QuestionError as error:
        wrong = f"{error}"
    part = paged(answer.rows, LONGEST) if answer else None
    place = f"{request.script_root}/ask/{question.name}"
    links = alternates(place, _FORMS, HTML, urlencode(asked)) if answer else ()
    page = render_template(
        "question.html",
        question=question,
        fields=[_field(p, asked.get(p.name) or p.default or "") for p in question.parameters],
        answer=answer,
        table=table(answer, terms(), part.found) if answer and part else None,
        part=part,
        wrong=wrong,
        example=None if answer else once("examples", examples).get(question.name),
        suffix=(suffix := f"?{urlencode(asked)}" if asked else ""),
        permalink=f"{request.host_url.rstrip('/')}{request.script_root}/ask/{question.name}.html{suffix}",
    )
    response = Response(page, 400 if wrong else 200, content_type=HTML.content_type)
    return add_links(response, *links)


def given() -> dict[str, str]:
    """The parameters of the address; empty ones count as not given. Raises QuestionError."""
    for name, values in request.args.lists():
        if len(values) > 1:
            raise QuestionError(f"{name} is given {len(values)} times. Give it once.")
    return {name: text.strip() for name, text in request.args.items() if text.strip()}


def ask_here(question: Question, asked: dict[str, str]) -> Answer:
    """The answer of the current release."""
    recent = once("answers", lambda _: Recent())
    key = question.name, tuple(sorted(asked.items()))
    return recent.get(key, lambda: ask(release().store, question, asked, release().names))


def table(
    answer: Answer,
    shows: Terms,
    rows: Sequence[Sequence[Cell]],
    wanted: Sequence[str] | None = None,
) -> Table:
    """Some rows of an answer, with the columns wanted; else what people read first first.

    Columns that are given, or empty throughout, are left out.
    """
    columns = wanted or dict.fromkeys((*answer.question.shown, *answer.columns))
    places = [answer.columns.index(name) for name in columns if name not in answer.given]
    filled = [i for i in places if any(row[i] is not None for row in answer.rows)]
    return Table(
        tuple(answer.columns[i] for i in filled),
        tuple(tuple(_cell(answer.columns[i], row[i], shows) for i in filled) for row in rows),
        tuple(_words_of(row, shows) for row in rows),
        len(answer.rows),
    )


def _cell(column: str, cell: Cell, shows: Terms) -> Shown:
    """A cell; what has no name is shown by its id or kind, since the row tells the rest."""
    if isinstance(cell, NamedNode) and column.lower().endswith("origin"):
        return shows.account(cell.value)
    split = shows.names.split(cell.value) if isinstance(cell, NamedNode) else None
    shown = shows.show(cell)
    if not split or split[0] not in NAMELESS:
        return shown
    kind, local = split
    if kind == "question":
        return shown
    return replace(shown, text=spoken(local) if kind == "voice" else kind, language=None)


def _words_of(row: Iterable[Cell], shows: Terms) -> str | None:
    """Where the words behind a row are shown: at the last thing in it that rests on claims."""
    for cell in reversed(list(row)):
        split = shows.names.split(cell.value) if isinstance(cell, NamedNode) else None
        if isinstance(cell, NamedNode) and split and split[0] in RESTING:
            return f"{shows.href(cell.value)}#words"
    return None


def _field(parameter: Parameter, value: str) -> Field:
    kind = parameter.kind
    found = once(f"options {kind}", lambda one: options(kind, one, terms()))
    return Field(
        parameter, value, _INPUTS.get(kind, "text"), tuple(found[:MANY]), kind in SCHEME_NAMES
    )


def options(kind: str, release: Release, shows: Terms) -> list[Option]:
    """What a parameter of a kind can be: things by id, values of a scheme; of others, nothing."""
    found = {iri: shows.thing(iri).text for iri in instances(kind, release.store)}
    made = (Option(value_of(iri, kind, release.names), label) for iri, label in found.items())
    return sorted(made, key=lambda option: (option.label.casefold(), option.value))
