"""The map of a day over HTTP. All that it shows is in the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup
from pyoxigraph import NamedNode, Triple
from werkzeug.exceptions import BadRequest, NotFound

from kg.errors import QuestionError
from kg.lift.terms import day
from server.forms import graphed, no_alternates, publish
from server.linked.listing import about_page, here, state, stated, with_labels
from server.map.atlas import ALL, Atlas, View, presets, read_atlas, value_of, view_of
from server.map.day import ATTESTED, CARRIED, UNCERTAIN, Row
from server.map.forms import FORMS, written_as
from server.map.frame import fit
from server.map.picture import paint
from server.negotiate import HTML
from server.questions.ask import given
from server.show.colours import GREY
from server.show.term import Shown
from server.site import once, terms

blueprint = Blueprint("map", __name__)

SIZES: Final = {"wide": (960, 640), "narrow": (400, 460)}
"""The pictures of a page, for screens and for phones: style shows one."""
STATED: Final = (
    "rdf:type",
    "wh:place",
    "wh:controller",
    "wh:accordingTo",
    "wh:degree",
    "wh:situation",
    "wh:beginEarliest",
    "wh:beginLatest",
    "wh:lastAttested",
    "wh:endEarliest",
    "wh:endLatest",
    "wh:disputed",
)
"""What the map as RDF has of each period."""
_PARAMETERS: Final = ("day", "origin", "extent")
_SCRIPTED: Final = "script-src 'self'; connect-src 'self'"


@dataclass(frozen=True, slots=True)
class Key:
    """A holder in the legend."""

    shown: Shown
    colour: int
    places: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table below the map."""

    place: Shown
    holder: Shown
    degree: Shown
    situation: Shown
    state: str
    extent: str
    remark: str
    words: str


def show_map() -> Response:
    """The page of a day: the map, the form to choose another, and the same rows as a table."""
    atlas = once("map", read_atlas)
    try:
        asked = _asked()
        view, wrong = view_of(atlas, **asked), None
    except QuestionError as error:
        view, wrong = view_of(atlas), f"{error}"
        no_alternates()
    page = render_template(
        "map.html", wrong=wrong, view=view, **(_shown(atlas, view) if view else {})
    )
    response = Response(page, 400 if wrong else 200, content_type=HTML.content_type)
    response.headers["Content-Security-Policy"] = _SCRIPTED
    return response


def show_data(form: str) -> str:
    """The rows as JSON, CSV or GeoJSON."""
    return written_as(form, _viewed(), _label)


def statements() -> list[Triple]:
    """The periods that the map shows, as the release states them.

    <…/map?day=2015-05-22&origin=all> a schema:Map ; dcterms:date "2015-05-22"^^xsd:date ;
        schema:about period:… .
    period:… wh:place place:… ; wh:controller actor:… ; wh:degree degree:Full .
    """
    view = _viewed()
    page = here(f"map?{query(once('map', read_atlas), view, view.day)}")
    periods = [NamedNode(one) for one in dict.fromkeys(r.holding.period for r in view.picture.rows)]
    about = state(page, dcterms_date=day(view.day), schema_about=periods)
    title = f"Who held which place on {view.day}"
    return with_labels(
        [*about_page(page, "schema:Map", title), *about, *stated(periods, *STATED)],
    )


def _viewed() -> View:
    """The view that the address asks for. Raises BadRequest, NotFound."""
    try:
        view = view_of(once("map", read_atlas), **_asked())
    except QuestionError as error:
        raise BadRequest(f"{error}") from None
    if view is None:
        raise NotFound("No report of this release says who held anything: there is no map.")
    return view


publish(
    blueprint,
    "/map",
    show_map,
    {form: partial(show_data, form) for form in FORMS} | graphed(statements),
)


def svg_of(
    day: dt.date | None = None, origin: str | None = None, extent: str | None = None
) -> Markup:
    """The map alone, for other pages: of the telling day, where none is given.

    Empty where nothing was ever held. The page that shows it links static/map.css.
    """
    atlas = once("map", read_atlas)
    view = view_of(atlas, day.isoformat() if day else None, origin, extent)
    if view is None:
        return Markup()
    return Markup(render_template("_map.html", view=view, **_drawing(view)))  # noqa: S704 escaped


def _asked() -> dict[str, str]:
    """The parameters of the address. Raises QuestionError for others."""
    asked = given()
    for name in asked:
        if name not in _PARAMETERS:
            raise QuestionError(f"the map has no parameter '{name}'; day, origin and extent.")
    return asked


def _shown(atlas: Atlas, view: View) -> dict[str, object]:
    return _drawing(view) | {
        "lines": [_line(row, view) for row in view.picture.rows],
        "counts": _counts(view),
        "origins": _origins(atlas, view),
        "presets": _presets(atlas, view),
        "address": lambda day: f"{request.script_root}/map?{query(atlas, view, day)}",
        "query": query(atlas, view, view.day),
        "first": min((days[0] for days in atlas.changes.values() if days), default=view.day),
        "last": max((days[-1] for days in atlas.changes.values() if days), default=view.day),
    }


def _drawing(view: View) -> dict[str, object]:
    """What the picture needs: one of each size, the legend, and whose account it is."""
    frames = {name: fit(view.extent, *size) for name, size in SIZES.items()}
    pictures = {name: paint(view.picture, frame) for name, frame in frames.items()}
    return {
        "pictures": pictures,
        "patterns": next(iter(pictures.values())).patterns,
        "places": any(place.drawn for place in view.picture.places.values()),
        "keys": _legend(view),
        "by": terms().account(view.origin) if view.origin else None,
        "link": lambda place: terms().href(place.iri) or "",
        "label": _label,
        "says": lambda spot: _says(spot.place.iri, view),
    }


def query(atlas: Atlas, view: View, day: dt.date) -> str:
    """The query of the same map on a day."""
    origin = value_of(view.origin, atlas.names) if view.origin else ALL
    asked = {"day": day.isoformat(), "origin": origin, "extent": view.asked}
    return urlencode({name: text for name, text in asked.items() if text}, safe="/,")


def _label(iri: str) -> str:
    return terms().thing(iri).text


def _legend(view: View) -> list[Key]:
    """The holders of the day that have a colour, who holds most first; the others follow."""
    held: dict[str, set[str]] = {}
    for row in view.picture.rows:
        held.setdefault(row.holding.holder, set()).add(row.holding.place)
    keys = [
        Key(terms().thing(holder), view.picture.colours.get(holder, GREY), len(places))
        for holder, places in held.items()
    ]
    return sorted(keys, key=lambda key: (key.colour == GREY, key.colour, key.shown.text))


def _counts(view: View) -> dict[str, int]:
    """How many places stand how, each counted where it is surest."""
    found = dict.fromkeys((ATTESTED, CARRIED, UNCERTAIN), 0)
    states: dict[str, set[str]] = {}
    for row in view.picture.rows:
        states.setdefault(row.holding.place, set()).add(row.state)
    for of in states.values():
        found[next(state for state in found if state in of)] += 1
    lost = [place for iri in states if not (place := view.picture.places[iri]).drawn]
    return found | {"unknown": len(view.unknown), "elsewhere": len(lost)}


def _line(row: Row, view: View) -> Line:
    shows, one = terms(), row.holding
    remarks = (
        (row.conflicting, "another is said to hold it too"),
        (one.place in view.picture.disagree and not row.conflicting, "origins disagree"),
        (one.disputed, "rests on claims that cannot all hold"),
    )
    return Line(
        shows.thing(one.place),
        shows.thing(one.holder),
        shows.thing(row.degree) if row.degree else Shown(""),
        shows.thing(row.situation) if row.situation else Shown(""),
        said(row),
        row.extent or "",
        "; ".join(text for true, text in remarks if true),
        f"{shows.href(one.period)}#words",
    )


def said(row: Row) -> str:
    """How sure a row is, in words.

    attested; carried, last report 3 days old; begins or ends about then
    """
    if row.state == CARRIED:
        return f"carried, last report {row.age} {'day' if row.age == 1 else 'days'} old"
    return {ATTESTED: "attested"}.get(row.state, "begins or ends about then")


def _says(place: str, view: View) -> list[str]:
    """The rows of a place in words, for whoever points at its mark or hears it read."""
    found = []
    for row in view.picture.rows:
        if row.holding.place == place:
            values = (row.degree, row.situation)
            words = [_label(value).lower() for value in values if value]
            extent = [f"“{row.extent}”"] if row.extent else []
            found.append(", ".join([_label(row.holding.holder), *words, *extent, said(row)]))
    if place in view.picture.disagree:
        found.append("origins disagree")
    return found or ["unknown: this account does not say"]


def _origins(atlas: Atlas, view: View) -> list[tuple[str, str, bool]]:
    """The choices of an origin: value, text, whether it is the one shown."""
    found = [(ALL, "All sources taken together", view.origin is None)]
    for one in view.spoken:
        places = f"{one.places} {'place' if one.places == 1 else 'places'}"
        text = f"{terms().account(one.iri).text} ({places})"
        found.append((one.value, text, one.iri == view.origin))
    if view.origin and not any(current for *_, current in found):
        text = f"{terms().account(view.origin).text} (silent on this day)"
        found.append((value_of(view.origin, atlas.names), text, True))
    return found


def _presets(atlas: Atlas, view: View) -> list[tuple[str, str, bool]]:
    """The choices of an extent: value, text, whether it is the one shown."""
    return [
        (value, _label(text) if text.startswith(atlas.names.base) else text, value == view.asked)
        for value, text in presets(atlas, view).items()
    ]
