"""How a row of the day is drawn: colour by holder, form by degree, fading with age. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.map.day import ATTESTED, CARRIED, Row
from server.show.colours import GREY

AGES: Final = 4
"""Steps of fading."""
_FORMS: Final = {"Full": "full", "Dominant": "ring", "Presence": "dot", "Partial": "half"}
_STATES: Final = (ATTESTED, CARRIED)
_DEGREES: Final = ("full", "ring", "half", "dot", "unsaid")


@dataclass(frozen=True, slots=True)
class Mark:
    """One holder at one place: the number of its colour, its form, and how sure and old it is."""

    holder: str
    colour: int
    form: str
    fading: str
    situation: str

    @property
    def classes(self) -> str:
        """The classes that give it colour and fading."""
        return f"h{self.colour} {self.fading}"


def marks_of(rows: Sequence[Row], colours: dict[str, int], horizon: int) -> tuple[Mark, ...]:
    """One mark a holder, of its surest and fullest row; the surest holder first."""
    best: dict[str, Row] = {}
    for row in sorted(rows, key=_rank):
        best.setdefault(row.holding.holder, row)
    return tuple(_mark(row, colours, horizon) for row in sorted(best.values(), key=_rank))


def _rank(row: Row) -> tuple[int, int, int, str]:
    state = _STATES.index(row.state) if row.state in _STATES else len(_STATES)
    return state, row.age or 0, _DEGREES.index(form_of(row)), row.holding.holder


def _mark(row: Row, colours: dict[str, int], horizon: int) -> Mark:
    holder = row.holding.holder
    situation = (row.situation or "").rpartition("/")[2].lower()
    return Mark(holder, colours.get(holder, GREY), form_of(row), _fading(row, horizon), situation)


def form_of(row: Row) -> str:
    """full, ring (dominant), half (partial, or said of a part only), dot (presence), or unsaid."""
    form = _FORMS.get((row.degree or "").rpartition("/")[2], "unsaid")
    return "half" if row.extent and form in ("full", "ring") else form


def _fading(row: Row, horizon: int) -> str:
    if row.state == ATTESTED:
        return "attested"
    if row.state == CARRIED:
        step = min(AGES, 1 + AGES * max(0, (row.age or 0) - 1) // max(1, horizon))
        return f"age-{step}"
    return "uncertain"
