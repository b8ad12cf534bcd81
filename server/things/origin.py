"""Origins: on how many a thing rests, and what rests on one alone.

What is reused without credit counts with its source, as in the question "corroboration".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from server.show.reach import has, objects, subjects, typed
from server.show.term import Shown
from server.site import terms

LOOKED_AT: Final = 300
"""Events, and periods, of an origin that are looked at."""
FEW: Final = 50
"""Of those that rest on it alone, how many a page names."""


@dataclass(frozen=True, slots=True)
class Rests:
    """On how many named origins, in how many articles, on how many claims something rests."""

    origins: int
    articles: int
    claims: int


@dataclass(frozen=True, slots=True)
class Alone:
    """Events and periods that rest on one origin alone; `all` where every one was looked at."""

    events: tuple[Shown, ...]
    periods: tuple[Shown, ...]
    further: int
    all: bool


def rests_on(event: str) -> Rests:
    """On what an event rests: its claims that fire."""
    claims = _firing(subjects("wh:aboutEvent", event))
    return Rests(
        len({origin for claim in claims for origin in _counted(claim, event)}),
        len({article for claim in claims for article in objects(claim, "wh:inArticle")}),
        len(claims),
    )


def alone(origin: str) -> Alone:
    """What rests on an origin alone."""
    own = [one for one in subjects("wh:accordingTo", origin) if typed(one, "wh:Claim")]
    own = [one for one in own if has(one, "wh:firing")]
    events = dict.fromkeys(e for one in own for e in objects(one, "wh:aboutEvent"))
    periods = dict.fromkeys(p for one in own for p in _periods(one))
    found = [e for e in islice(events, LOOKED_AT) if _event_rests_on(e, origin)]
    held = [p for p in islice(periods, LOOKED_AT) if _period_rests_on(p, origin)]
    shows = terms()
    return Alone(
        tuple(shows.thing(one) for one in found[:FEW]),
        tuple(shows.thing(one) for one in held[:FEW]),
        max(0, len(found) - FEW) + max(0, len(held) - FEW),
        len(events) <= LOOKED_AT and len(periods) <= LOOKED_AT,
    )


def _firing(claims: Iterable[str]) -> list[str]:
    return [one for one in claims if typed(one, "wh:EventClaim") and has(one, "wh:firing")]


def _counted(claim: str, event: str) -> list[str]:
    """The origin that a claim counts for: none where it is reused from elsewhere."""
    reused = "wh:probablyDerivedFrom"
    voices = objects(claim, "wh:voice")
    if has(claim, reused) or any(has(voice, reused) for voice in voices):
        return []
    if any(typed(voice, "wh:OutletVoice") for voice in voices) and _told_there(claim, event):
        return []
    return objects(claim, "wh:accordingTo")


def _told_there(claim: str, event: str) -> bool:
    """Whether an article that the claim's own derives from tells of the event too."""
    sources = {
        source
        for article in objects(claim, "wh:inArticle")
        for source in objects(article, "wh:probablyDerivedFrom")
    }
    return bool(sources) and any(
        sources & set(objects(told, "wh:inArticle")) for told in subjects("wh:aboutEvent", event)
    )


def _event_rests_on(event: str, origin: str) -> bool:
    if not typed(event, "wh:Event"):
        return False
    claims = _firing(subjects("wh:aboutEvent", event))
    return {one for claim in claims for one in _counted(claim, event)} == {origin}


def _periods(claim: str) -> Iterator[str]:
    """The periods, all sources taken together, that rest on a claim."""
    for one in subjects("prov:wasDerivedFrom", claim):
        if typed(one, "wh:ControlPeriod") and not has(one, "wh:accordingTo"):
            yield one


def _period_rests_on(period: str, origin: str) -> bool:
    claims = objects(period, "prov:wasDerivedFrom")
    return {one for claim in claims for one in objects(claim, "wh:accordingTo")} == {origin}
