"""The data of entities: what is kept is read, the rest is asked for, 50 at a time where that goes.

https://www.wikidata.org/w/api.php?action=help&modules=wbgetentities
https://www.mediawiki.org/wiki/Wikibase/EntityData
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from kg.errors import LookUpFailed, SourceDown
from kg.wikidata.cache import Cache
from kg.wikidata.client import Client
from kg.wikidata.record import LANGUAGES, Record, is_id, kept, record_of

BATCH: Final = 50
"""Entities that wbgetentities gives at once."""
MAXLAG: Final = 5
"""Seconds of lag beyond which a Wikibase is left alone; its etiquette asks for this number."""


@dataclass(slots=True)
class Fetched:
    """What became of the ids that were asked for."""

    records: dict[str, Record] = field(default_factory=dict)
    """By the id that was asked for: the record has another one where entities were merged."""
    missing: list[str] = field(default_factory=list)
    """Ids of which there is no entity, or no longer."""
    failed: dict[str, str] = field(default_factory=dict)
    """Why an id's entity could not be had."""
    cached: int = 0
    """How many were on disk."""

    @property
    def merged(self) -> dict[str, str]:
        """The ids that now lead to another one."""
        return {asked: r.id for asked, r in self.records.items() if asked != r.id}


class Entities:
    """A source of entities, and what of it is kept on disk."""

    def __init__(self, address: str, client: Client, cache: Cache) -> None:
        """The address is an api.php, or if it ends in / a folder of ID.json."""
        self._address, self._client, self._cache = address, client, cache

    def fetch(self, ids: Iterable[str], *, again: bool = False) -> Fetched:
        """The records of entities; those kept are not asked for, unless it is to be done again.

        Raises SourceDown, which says how far it came: what came is kept.
        """
        wanted = list(dict.fromkeys(ids))
        found = Fetched(failed={id_: f"'{id_}' is no id." for id_ in wanted if not is_id(id_)})
        open_ = [i for i in wanted if is_id(i) and (again or not self._known(i, found))]
        size = 1 if self._address.endswith("/") else BATCH
        for begin in range(0, len(open_), size):
            try:
                self._ask(open_[begin : begin + size], found)
            except SourceDown as error:
                raise SourceDown(_stopped(f"{error}", len(open_), found)) from None
        return found

    def _known(self, id_: str, found: Fetched) -> bool:
        """Whether an id was answered before; then that is found."""
        entity = self._cache.entity(id_)
        if entity is None:
            return False
        found.cached += 1
        self._sort(id_, entity, found)
        return True

    def _sort(self, id_: str, entity: dict[str, Any], found: Fetched) -> None:
        if entity:
            found.records[id_] = record_of(entity)
        else:
            found.missing.append(id_)

    def _ask(self, ids: Sequence[str], found: Fetched) -> None:
        """Asks for some entities; if that fails, for each half, so that one bad id spoils none."""
        try:
            answer = self._client.ask(self._url(ids))
            entities = _entities(answer, ids)
        except LookUpFailed as error:
            if len(ids) == 1:
                found.failed[ids[0]] = f"{error}"
                return
            for half in (ids[: len(ids) // 2], ids[len(ids) // 2 :]):
                self._ask(half, found)
            return
        for id_ in ids:
            self._keep(id_, entities.get(id_), found)

    def _keep(self, id_: str, entity: Any, found: Fetched) -> None:
        try:
            whole = _whole(entity, id_)
        except LookUpFailed as error:
            found.failed[id_] = f"{error}"
            return
        self._cache.keep_entity(id_, whole)
        self._sort(id_, whole, found)

    def _url(self, ids: Sequence[str]) -> str:
        if self._address.endswith("/"):
            return f"{self._address}{ids[0]}.json"
        asked = {
            "action": "wbgetentities",
            "ids": "|".join(ids),
            "props": "info|labels|aliases|descriptions|claims",
            "languages": "|".join(LANGUAGES),
            "redirects": "yes",
            "format": "json",
            "maxlag": MAXLAG,
        }
        return f"{self._address}?{urlencode(asked)}"


def _entities(answer: Any, ids: Sequence[str]) -> dict[str, Any]:
    """The entities of an answer by the ids asked for. Raises LookUpFailed where there are none.

    A merged one stands under its old id in an api.php's answer, under its new id in a file.
    """
    if answer is None:
        if len(ids) == 1:
            return {ids[0]: {"missing": ""}}
        raise LookUpFailed("nothing is at that address.")
    found = answer.get("entities") if isinstance(answer, dict) else None
    if not isinstance(found, dict):
        raise LookUpFailed(f"{', '.join(ids[:3])}: an answer without entities.")
    if len(ids) == 1 and ids[0] not in found and len(found) == 1:
        return {ids[0]: next(iter(found.values()))}
    return found


def _whole(entity: Any, asked: str) -> dict[str, Any]:
    """What is kept of an answer about one id: nothing where there is no such entity.

    Raises LookUpFailed for what is no answer about it.
    """
    if not isinstance(entity, dict):
        raise LookUpFailed(f"{asked}: left out of the answer.")
    return {} if "missing" in entity else kept(entity)


def _stopped(why: str, open_: int, found: Fetched) -> str:
    """What was done before a source was found to be down, and how to go on."""
    done = len(found.records) + len(found.missing) - found.cached
    return (
        f"{why} Stopped: {done} of the {open_} entities that were still to be asked for are kept, "
        f"beside {found.cached} from before. Run the same command later: it goes on from there."
    )
