"""Periods of control as pages show them: by origin, all sources together first, drawn and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.store import UNION
from server.show import dates
from server.show.claim import bounds
from server.show.colours import GREY, colours_of
from server.show.facts import Facts, gather
from server.show.reach import subjects, value
from server.show.term import Shown, Terms
from server.site import once, release, terms
from server.things import timeline
from server.things.timeline import Known, Piece, Scale, Tick

MOST: Final = 150
"""Periods that a page shows; the table as data has all."""
COLUMNS: Final = (
    "period",
    "place",
    "origin",
    "holder",
    "degree",
    "situation",
    "extent",
    "beginEarliest",
    "beginLatest",
    "endEarliest",
    "endLatest",
    "lastAttested",
    "endsBecause",
    "disputed",
)
"""The columns of the table as data: what the release states of each period."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A period before anything is looked up for showing it."""

    iri: str
    holder: str
    origin: str
    when: tuple[str, str]


@dataclass(frozen=True, slots=True)
class PeriodView:
    """One period: who held it, how, when, drawn as pieces in the holder's colour."""

    shown: Shown
    holder: Shown
    colour: int
    when: str
    attested: str
    degrees: tuple[Shown, ...]
    situations: tuple[Shown, ...]
    form: str
    claims: int
    disputed: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The periods by one origin's account; of all sources together where there is no origin."""

    origin: Shown | None
    periods: tuple[PeriodView, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is drawn for a place."""

    accounts: tuple[Account, ...]
    ticks: tuple[Tick, ...]
    total: int
    shown: int


def of_place(place: str) -> list[Listed]:
    """The periods of a place: all sources together first, then the origins with most to tell."""
    found = [
        Listed(
            one,
            value(one, "wh:controller"),
            value(one, "wh:accordingTo"),
            (
                value(one, "wh:beginLatest", "wh:lastAttested", "wh:endLatest"),
                value(one, "wh:lastAttested"),
            ),
        )
        for one in subjects("wh:place", place, "period")
    ]
    told = Counter(one.origin for one in found)
    return sorted(
        found,
        key=lambda p: (p.origin != "", -told[p.origin], p.origin, p.when, p.holder, p.iri),
    )


def timeline_of(place: str) -> Timeline:
    """The timeline of a place."""
    everything = of_place(place)
    listed = everything[:MOST]
    facts = Facts(gather(release().store, [one.iri for one in listed]))
    horizon = int(release().summary.get("horizon", 30))
    spans = {
        one.iri: timeline.known(
            bounds(one.iri, facts), facts.one(one.iri, "wh:lastAttested"), horizon
        )
        for one in listed
    }
    on = timeline.scale(spans.values())
    return Timeline(
        tuple(_accounts(listed, facts, spans, on)),
        timeline.ticks(on) if on else (),
        len(everything),
        len(listed),
    )


def _accounts(
    listed: Sequence[Listed], facts: Facts, spans: dict[str, Known | None], on: Scale | None
) -> list[Account]:
    shows, colours = terms(), once("colours", colours_of)
    grouped: dict[str, list[PeriodView]] = {}
    for one in listed:
        span = spans[one.iri]
        drawn = timeline.pieces(span, on) if span and on else ()
        shown = period_view(one.iri, facts, shows, colours.get(one.holder, GREY), drawn)
        grouped.setdefault(one.origin, []).append(shown)
    return [
        Account(shows.account(origin) if origin else None, tuple(periods))
        for origin, periods in grouped.items()
    ]


def period_view(
    iri: str, facts: Facts, shows: Terms, colour: int = GREY, drawn: tuple[Piece, ...] = ()
) -> PeriodView:
    """One period; the facts must hold it."""
    degrees = facts.texts(iri, "wh:degree")
    holder = facts.one(iri, "wh:controller")
    return PeriodView(
        shows.thing(iri),
        shows.thing(holder) if holder else Shown("somebody unnamed"),
        colour,
        dates.held(bounds(iri, facts)),
        facts.one(iri, "wh:lastAttested") or "",
        tuple(shows.thing(one) for one in degrees),
        tuple(shows.thing(one) for one in facts.texts(iri, "wh:situation")),
        _form([one.rpartition("/")[2] for one in degrees]),
        sum("/claim/" in one for one in facts.texts(iri, "prov:wasDerivedFrom")),
        facts.one(iri, "wh:disputed") is not None,
        drawn,
    )


def _form(degrees: list[str]) -> str:
    """How thick the bar is: by the highest degree that somebody states."""
    order = ("Full", "Dominant", "Partial", "Presence", "None")
    return next((one.lower() for one in order if one in degrees), "unknown")


def rows_of_place(place: str) -> list[tuple[str, ...]]:
    """The table of all periods of a place, in COLUMNS."""
    rows = []
    for one in of_place(place):
        facts = Facts(release().store.quads_for_pattern(NamedNode(one.iri), None, None, UNION))
        known = {"period": one.iri, "place": place, "origin": one.origin, "holder": one.holder}
        rows.append(tuple(known.get(name) or _stated(one.iri, name, facts) for name in COLUMNS))
    return rows


def _stated(iri: str, name: str, facts: Facts) -> str:
    """What is stated of a period; several values one after the other."""
    return " ".join(facts.texts(iri, f"wh:{name}"))
