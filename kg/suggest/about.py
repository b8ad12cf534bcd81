"""What a figure is about: the places and actors that its measure speaks of.

A figure that a statement of its sentence tells takes them from there: land is held by who holds it,
strikes are flown by who flies them. Else the words of its own clause say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from re import Match
from typing import Final

from kg.suggest.found import Figure, Filled, Named, Proposals, Statement
from kg.suggest.meant.atlas import Atlas
from kg.suggest.meant.told import PLACE_ROLES, Told, is_known, is_parted
from kg.suggest.meant.where import where
from kg.suggest.meant.whom import whom
from kg.suggest.names import Known
from kg.suggest.reading import Reading
from kg.text import Span, overlaps

_LAND: Final = ("territory-area", "territory-share", "place-count")
_FORCES: Final = frozenset(
    {"armed-group", "coalition", "government", "militia", "police", "state-forces"}
)
_TOLD_BY: Final = {
    "air-strikes": ("air-strike",),
    "people-killed": ("killing",),
    "people-displaced": ("displacement",),
    "people-trapped": ("siege",),
    "fighting-duration": ("clash", "siege", "attack", "air-strike"),
}
"""Which types of event a measure counts something of."""
_TAKEN: Final = {"air-strikes": ("agent", "place", "affected"), "people-killed": ("agent", "place")}
"""Which roles of that event the figure has, too; else its place."""
_PASSIVE: Final = ("people-displaced", "people-trapped")
"""Measures that count those to whom it happens."""
_ACTING: Final = ("agent", "controller", "lost-by", "gained-by")
_BEFALLING: Final = ("people-killed", "people-wounded", "people-trapped", "people-force")
"""Measures of people that say where it befell them."""
_CLAUSE: Final = re.compile(
    r"(?:(?![,;:.()]|\b(?:and|but|while|who|which|that|when|where|as|after|before|from|to)\b).)*"
    r"\b(?:in|at|near|inside|around|outside)\s+(?:the\s+(?:[\w-]+\s+)?of\s+)?",
    re.DOTALL,
)
_THE_PLACE: Final = re.compile(
    r"(?P<before>[^,;:.()]{0,80}?\b(?:in|at|near|inside)\s+)(?P<place>the\s+(?:[\w-]+\s+)?[\w-]+)\b"
)
_HARMED: Final = ("people-killed", "people-wounded")
_ANYBODY: Final = frozenset(("people", "persons", "person", "others", "victims", "dead", "lives"))
_WHOM: Final = re.compile(r"\s+(?:of\s+)?(?P<whom>\S.*)", re.DOTALL)
_OF: Final = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:to|in)\s+the\s+)?"
    r"(?:(?:due\s+)?(?:north|south|east|west)[\w-]*\s+)?(?:of|from|outside)\s+(?:the\s+)?"
    r"(?:[a-z-]+\s+){0,3}(?:of\s+)?"
)
"""What stands between a distance and the place that it is from: "12 km (7 miles) west of"."""
_BEFORE: Final = re.compile(r",?\s+(?:which\s+)?(?:(?:is|lies|was|some|about|just)\s+)*")
_NEAR: Final = re.compile(r"[\"”]?\s+(?:of|in)\s+(?:the\s+)?")


def about(found: Proposals, reading: Reading, known: Known) -> dict[Figure, list[Filled]]:
    """The roles of each figure: its holder or agent, whom it counts, and its place or places."""
    told = Told(reading, found.names, Atlas(known), found.statements, list(found.statements))
    return {figure: _roles(figure, told) for figure in found.figures}


def _roles(figure: Figure, told: Told) -> list[Filled]:
    """The roles of a figure, as its measure has them."""
    sentence = told.reading.sentence(figure.span)
    beside = [s for s in told.statements if overlaps(s.span, [sentence])]
    if figure.measure in _LAND:
        return _of_land(figure, told, beside)
    if figure.measure == "hold-duration":
        return _of_hold(figure, told, beside)
    if figure.measure == "distance":
        return list(_ends(figure, told))
    if figure.measure == "revenue":
        return list(_of_country(figure, told))
    return _of_event(figure, told, beside)


# --- land and holding ------------------------------------------------------------------------


def _of_land(figure: Figure, told: Told, beside: Sequence[Statement]) -> list[Filled]:
    """Who holds land, and what it is land of."""
    names = told.in_sentence(figure.span, "actor")
    earlier = [s for s in told.statements if s.span[1] <= figure.span[0]]
    holders = (
        _holders(figure, beside)
        or list(_last_force(names, "controller", figure.span))
        or _holders(figure, earlier)
    )
    places = told.in_sentence(figure.span, "place")
    behind = [n for n in places if n.span[0] >= figure.span[0]]
    held = (
        list(_adjoining(figure, told, behind))
        or _held(figure, beside)
        or list(_nearest(figure, behind or places, 1))
        or list(_of_country(figure, told))
    )
    return [*holders, *held]


def _of_hold(figure: Figure, told: Told, beside: Sequence[Statement]) -> list[Filled]:
    """Who has held what for so long."""
    states = [s for s in beside if s.type is None]
    holders = _holders(figure, states)
    held = _held(figure, states)
    if holders and held:
        return [*holders, *held]
    return list(_nearest(figure, told.in_sentence(figure.span, "place"), 1))


def _holders(figure: Figure, told: Sequence[Statement]) -> list[Filled]:
    """Who holds or took what the figure counts, by the statement nearest to it."""
    for statement in _by_distance(figure, told):
        if held := statement.filling("controller", "gained-by"):
            return [replace(one, role="controller") for one in held]
    return []


def _held(figure: Figure, told: Sequence[Statement]) -> list[Filled]:
    """Where the statement nearest to a figure says that somebody holds or took something."""
    for statement in _by_distance(figure, told):
        held = [f for f in statement.filling("place") if is_known(f)]
        if held and statement.filling("controller", "gained-by"):
            return held
    return []


def _adjoining(figure: Figure, told: Told, behind: Sequence[Named]) -> Iterator[Filled]:
    """The place right behind a figure: "half of Tarn"."""
    for named in behind:
        between = told.reading.text[figure.span[1] : named.span[0]]
        inside = named.span[1] <= figure.span[1]
        if inside or _NEAR.fullmatch(between):
            yield Filled("place", named.span, named)
            return


def _of_country(figure: Figure, told: Told) -> Iterator[Filled]:
    """The country told last before a figure: what "the country" and "the total" are of."""
    country = told.country_named(figure.span[0])
    if country is not None:
        yield Filled("place", country.span, country)


# --- what happened to how many ---------------------------------------------------------------


def _of_event(figure: Figure, told: Told, beside: Sequence[Statement]) -> list[Filled]:
    """The roles of the event that a figure counts something of, else those of its own clause."""
    placed = _placed(figure, told, beside)
    affected = list(_counted(figure, told, placed)) if _befalls(figure) else []
    counted = [s for s in beside if s.type in _TOLD_BY.get(figure.measure or "", ())]
    for statement in _by_distance(figure, counted):
        return [*affected, *statement.filling(*_TAKEN.get(figure.measure or "", ("place",)))]
    agents: list[Filled] = []
    if figure.measure == "people-force":
        agents = _of_force(figure, told, beside, placed)
    if figure.measure == "air-strikes":
        agents = list(_last_force(told.in_sentence(figure.span, "actor"), "agent", figure.span))
        agents = agents or _last_agent(figure, told)
        affected = list(_struck(figure, told))
    return [*agents, *affected, *placed]


def _befalls(figure: Figure) -> bool:
    """Whether a figure says to whom something happens: "12 nuns", and not "12 people"."""
    telling = figure.unit is not None and figure.unit.casefold() not in _ANYBODY
    flees = figure.measure in ("people-displaced", "people-escaped")
    return flees or (figure.measure in (*_PASSIVE, *_HARMED) and telling)


def _last_agent(figure: Figure, told: Told) -> list[Filled]:
    """Who flew the strikes that were told last before a figure."""
    before = (s for s in reversed(told.statements) if s.span[1] <= figure.span[0])
    flown = (s.filling("agent") for s in before if s.type == "air-strike")
    return next((agents for agents in flown if agents), [])


def _of_force(
    figure: Figure, told: Told, beside: Sequence[Statement], placed: Sequence[Filled]
) -> list[Filled]:
    """Whose men are counted: who they are by their words, else the force that has them."""
    counted = [replace(one, role="agent") for one in _counted(figure, told, placed)]
    if any(is_known(one) for one in counted):
        return counted
    near = _by_distance(figure, [s for s in beside if not s.filling("affected")])
    acting = (f for s in near for f in s.filling(*_ACTING) if is_known(f))
    if _is_bare(figure, told) and (who := next(acting, None)) is not None:
        return [replace(who, role="agent")]
    names = told.in_sentence(figure.span, "actor")
    return list(_last_force(names, "agent", figure.span)) or counted


def _is_bare(figure: Figure, told: Told) -> bool:
    """Whether those who are counted are of a side that only their sentence tells: "800 men"."""
    words = told.reading.words(figure.span).casefold().split()
    return words[-1] in ("men", "troops", "soldiers", "fighters") or words[-1].isdigit()


def _struck(figure: Figure, told: Told) -> Iterator[Filled]:
    """Whom strikes are flown against, where an actor's name follows at once."""
    for named in told.in_sentence(figure.span, "actor"):
        between = told.reading.text[figure.span[1] : max(figure.span[1], named.span[0])]
        if re.fullmatch(r"\s+(?:against|on)\s+(?:the\s+)?", between):
            yield Filled("affected", named.span, named)


def _placed(figure: Figure, told: Told, beside: Sequence[Statement]) -> list[Filled]:
    """The place of a figure's clause, of a statement before it, of the sentence before."""
    places = told.in_sentence(figure.span, "place")
    roles = [f for s in beside for f in s.filling(*PLACE_ROLES) if is_known(f)]
    where = [f for f in roles if _is_where(told, f, figure)]
    if where:
        return [replace(where[-1], role="place")]
    own = list(_in_clause(figure, told, places)) or list(_described(figure, told))
    if own and figure.measure in _BEFALLING:
        return own
    near = [n for n in places if not is_parted(told.reading, figure.span, n.span)]
    near = near or [n for n in places if figure.measure in _HARMED and told.opens(n)]
    if near:
        return list(_nearest(figure, near, 1))
    if figure.measure == "people-displaced":
        return []
    before = [f for f in roles if f.words[1] <= figure.span[0]]
    if before or places or figure.measure not in ("people-killed", "people-wounded"):
        return [replace(before[-1], role="place")] if before else []
    return _in_sentence_before(figure, told)


def _in_clause(figure: Figure, told: Told, places: Sequence[Named]) -> Iterator[Filled]:
    """The place named behind the verb of a figure's own clause: "40 people died in Holm"."""
    for named in places:
        if named.span[0] >= figure.span[1]:
            between = told.reading.text[figure.span[1] : named.span[0]]
            if _CLAUSE.fullmatch(between):
                yield Filled("place", named.span, named)
            return


def _described(figure: Figure, told: Told) -> Iterator[Filled]:
    """The place described there, where it is known which: "40 people died in the town"."""
    found = _THE_PLACE.match(told.reading.text, figure.span[1])
    if found is not None and _CLAUSE.fullmatch(found["before"]):
        filled = Filled("place", found.span("place"))
        statement = Statement(figure.span, figure.by, roles=(filled,))
        yield from (one for one in where(told, statement, filled) if is_known(one))


def _is_where(told: Told, filled: Filled, figure: Figure) -> bool:
    """Whether a figure stands in the clause that tells what happened at a place: "where"."""
    between = told.reading.text[filled.words[1] : figure.span[0]]
    return filled.words[1] <= figure.span[0] and bool(re.search(r"\bwhere\b", between))


def _in_sentence_before(figure: Figure, told: Told) -> list[Filled]:
    """The places of the last statement of the sentence before a figure's."""
    start = told.reading.sentence(figure.span)[0]
    earlier = [s for s in told.reading.sentences if s[1] <= start]
    for statement in reversed(told.statements):
        inside = bool(earlier) and earlier[-1][0] <= statement.span[0] < earlier[-1][1]
        places = [f for f in statement.filling(*PLACE_ROLES) if is_known(f)]
        if inside and places:
            return [replace(place, role="place") for place in places]
    return []


def _counted(figure: Figure, told: Told, placed: Sequence[Filled]) -> Iterator[Filled]:
    """Whom a figure counts: "150 soldiers"."""
    words = told.reading.words(figure.span)
    found = _whom(words, figure.value)
    if found is None:
        return
    start = figure.span[0] + found.start("whom")
    filled = Filled("affected", (start, figure.span[1]))
    statement = Statement(figure.span, figure.by, roles=(filled, *placed))
    yield replace(filled, named=whom(told, statement, filled))


def _whom(words: str, value: str) -> Match[str] | None:
    """What follows a number and "of", at the first place where anything does."""
    start = words.find(value)
    while start >= 0:
        if found := _WHOM.match(words, start + len(value)):
            return found
        start = words.find(value, start + 1)
    return None


# --- near and far ----------------------------------------------------------------------------


def _last_force(names: Sequence[Named], role: str, span: Span) -> Iterator[Filled]:
    """The last of the forces that a sentence names before a figure."""
    forces = [n for n in names if n.type in _FORCES and n.span < span]
    if forces:
        yield Filled(role, forces[-1].span, forces[-1])


def _ends(figure: Figure, told: Told) -> Iterator[Filled]:
    """What a distance lies between: the place it is of, and the one told right before it."""
    places = told.in_sentence(figure.span, "place")
    behind = [n for n in places if n.span[0] >= figure.span[1]]
    text = told.reading.text
    of = next((n for n in behind if _OF.fullmatch(text[figure.span[1] : n.span[0]])), None)
    if of is None:
        yield from _nearest(figure, places, 2)
        return
    before = [n for n in places if n.span[1] <= figure.span[0]][-1:]
    near = [n for n in before if _BEFORE.fullmatch(text[n.span[1] : figure.span[0]])]
    yield from (Filled("place", n.span, n) for n in (*near, of))


def _nearest(figure: Figure, places: Sequence[Named], wanted: int) -> Iterator[Filled]:
    """The places nearest to a figure, in the order of the text."""
    nearest = sorted(places, key=lambda n: (_apart(n.span, figure.span), n.span))[:wanted]
    for named in sorted(nearest, key=lambda n: n.span):
        yield Filled("place", named.span, named)


def _by_distance(figure: Figure, told: Sequence[Statement]) -> list[Statement]:
    return sorted(told, key=lambda s: (_apart(s.span, figure.span), s.span))


def _apart(one: Span, other: Span) -> int:
    """How many characters lie between two spans."""
    return max(0, one[0] - other[1], other[0] - one[1])
