"""A state's own: "the government", "the army", "regime troops", by the country spoken of."""

from __future__ import annotations

from typing import Final

from kg.suggest.found import Statement
from kg.suggest.meant.describing import Description
from kg.suggest.meant.lexicon import load_lexicon
from kg.suggest.meant.told import Told
from kg.suggest.names.lexicon import fold

ARMIES: Final = ("army", "military", "loyalist", "garrison")
TROOPS: Final = (
    *("force", "troop", "soldier", "unit", "men", "battalion", "brigade", "regiment", "column"),
    *("convoy", "position", "staff", "infantry", "cavalry", "artillery", "marine", "sailor"),
    *("commando", "paratrooper", "gunner", "battery", "company", "division", "corps", "patrol"),
    *("tank", "armour", "vehicle", "boat", "gunboat", "warship", "ship", "fleet", "dragoon"),
    *("horse", "foot", "sapper", "conscript", "reinforcement", "guard"),
)
_SOLDIERS: Final = ("soldier", "troop")
_NONE: Final = frozenset(("not", "no", "one", "single"))
_ALONE: Final = ("federal", "imperial", "royal", "loyalist")
"""What a state's own are called without a noun, in a list."""
GOVERNING: Final = ("government", "regime", "authority")


def organ(told: Told, statement: Statement, described: Description) -> str | None:
    """The government or the forces of the state of which a description speaks."""
    governs, flies = described.head in GOVERNING, described.head in load_lexicon().flying
    if not governs and not is_of_state(described):
        return None
    for country in _countries(told, statement, described):
        government = told.atlas.government(country)
        own = government if governs else told.atlas.forces_under(government, aloft=flies)
        if own is not None:
            return own
    return None


def is_of_state(described: Description) -> bool:
    """Whether a description is of a state's forces: "regime troops", "the army", "loyalists"."""
    if described.head in ARMIES or (described.head in _ALONE and not described.before):
        return True
    if described.head in _SOLDIERS and set(described.untold) <= _NONE:
        return True
    of_state = bool(set(described.before) & load_lexicon().state)
    loyal = described.rest[:1] == ("loyal",)
    fighting = described.head in (*TROOPS, *load_lexicon().flying)
    return fighting and (of_state or loyal or described.demonym is not None)


def _countries(told: Told, statement: Statement, described: Description) -> list[str]:
    """The country that a description says, else where what is told happens, else the last told.

    One whose state nobody knows, such as a neighbour's, gives way to that which the article is of.
    """
    state = load_lexicon().state | {"security", "armed"}
    others = [word for word in described.untold if word not in state and not word.endswith("ly")]
    known = told.atlas.known
    seats = [known.seats.get(fold(w)) or known.demonyms.get(fold(w)) for w in others]
    if seats or described.demonym is not None:
        countries = {one for one in (described.demonym, *seats) if one is not None}
        return list(countries) if len(countries) == 1 and None not in seats else []
    first = told.country(statement) or told.country_before(statement.span[0])
    return [country for country in (first, told.main_country) if country is not None]
