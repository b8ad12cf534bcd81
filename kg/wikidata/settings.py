"""Where identities are looked up elsewhere: the table `[wikidata]` of whoholds.toml."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from kg.address import is_address
from kg.errors import WorkspaceError, suggest
from kg.vocabulary import load_vocabulary

_ID: Final = re.compile(r"Q[1-9][0-9]*")
_LEAST: Final = {"delay": 0, "seconds": 1, "failures": 1}
_EXPECTED: Final = {
    str: "words in quotation marks",
    int: "a whole number",
    dict: 'a table such as { town = "Q…" }',
}


@dataclass(frozen=True, slots=True)
class Wikidata:
    """Two addresses, each of which may be missing, and how patiently they are asked."""

    reconcile: str = ""
    """A reconciliation service that speaks version 0.2."""
    entities: str = ""
    """An api.php, asked for 50 entities at a time; or, if it ends in /, the folder of ID.json."""
    delay: int = 1
    """Seconds between two requests."""
    seconds: int = 30
    """Seconds that an answer may take."""
    failures: int = 3
    """Look-ups that fail one after the other before the source counts as down."""
    types: dict[str, str] = field(default_factory=dict)
    """Which class stands for a type of actors or places, so that reconciliation can ask for it."""


def wikidata_of(found: dict[str, Any], contact: str, where: str) -> Wikidata:
    """What a table sets, the rest as it is. Raises WorkspaceError."""
    known = asdict(Wikidata())
    for key, value in found.items():
        if key not in known:
            near = suggest(key, known, "settings of wikidata")
            raise WorkspaceError(f"{where}: unknown setting 'wikidata.{key}'; {near}.")
        least = _LEAST.get(key)
        if type(value) is not type(known[key]) or (least is not None and value < least):
            expected = _EXPECTED[type(known[key])] + (f", {least} or more" if key in _LEAST else "")
            raise WorkspaceError(f"{where}: wikidata.{key} is {value!r}; expected {expected}.")
    made = Wikidata(**found)
    _check(made, contact, where)
    return made


def _check(made: Wikidata, contact: str, where: str) -> None:
    for key in ("reconcile", "entities"):
        address = getattr(made, key)
        if address and (not is_address(address) or set("?#") & set(address)):
            raise WorkspaceError(
                f"{where}: wikidata.{key} is '{address}'; expected the http address of a service, "
                "without ? and #."
            )
        if address and not contact:
            raise WorkspaceError(
                f"{where}: wikidata.{key} names a service, which wants to know who asks. Set "
                "contact, too: it is sent with each request."
            )
    _check_types(made.types, where)


def _check_types(types: dict[str, Any], where: str) -> None:
    values = load_vocabulary().values if types else {}
    known = [one for scheme in ("actor-type", "place-type") for one in values.get(scheme, ())]
    for type_, id_ in types.items():
        if type_ not in known:
            near = suggest(type_, known, "types of actors and places")
            raise WorkspaceError(f"{where}: wikidata.types.{type_} is of no such type; {near}.")
        if not _ID.fullmatch(f"{id_}"):
            raise WorkspaceError(
                f"{where}: wikidata.types.{type_} is {id_!r}; expected the id of a class, such as "
                "Q5."
            )
