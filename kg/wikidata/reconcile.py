"""Reconciliation: which entities a name may mean, as a service that speaks version 0.2 says.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from kg.errors import LookUpFailed, SourceDown
from kg.wikidata.cache import Cache
from kg.wikidata.client import Client
from kg.wikidata.record import is_id

BATCH: Final = 10
"""Queries of one request."""
LIMIT: Final = 10
"""Candidates of one query."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may mean. How sure the service is says nothing of how sure we are."""

    id: str
    name: str
    score: float
    match: bool = False
    description: str = ""
    types: tuple[tuple[str, str], ...] = ()
    """Id and name of each."""
    features: tuple[tuple[str, float], ...] = ()
    """What the score rests on, where the service tells."""


@dataclass(frozen=True, slots=True)
class Query:
    """A name, and the class that is meant, if one is."""

    name: str
    type: str | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """The query as it is sent."""
        typed = {"type": self.type} if self.type else {}
        return {"query": self.name, "limit": LIMIT, **typed}


class Reconciliation:
    """A reconciliation service, and what of its answers is kept on disk."""

    def __init__(
        self, address: str, client: Client, cache: Cache, types: Mapping[str, str] | None = None
    ) -> None:
        """`types` says which class stands for a type of actors or places."""
        self._address, self._client, self._cache = address, client, cache
        self._types = dict(types or {})

    def search(self, name: str, type: str | None = None) -> tuple[Candidate, ...]:  # noqa: A002
        """The candidates for a name, as the service orders them.

        The type is one of ours: the service is asked for its class where the settings name one.
        Raises LookUpFailed, SourceDown.
        """
        query = Query(name, self._types.get(type or ""))
        if (known := self._known(query)) is not None:
            return known
        found, failed = self._asked([query])
        if query in failed:
            raise LookUpFailed(failed[query])
        return found[query]

    def search_all(
        self, queries: Sequence[Query], *, again: bool = False
    ) -> tuple[dict[Query, tuple[Candidate, ...]], dict[Query, str]]:
        """The candidates of each query, and why some could not be had. Raises SourceDown.

        What is kept is not asked for, unless it is to be done again.
        """
        kept = [] if again else queries
        found = {q: known for q in kept if (known := self._known(q)) is not None}
        open_ = [query for query in dict.fromkeys(queries) if query not in found]
        failed: dict[Query, str] = {}
        before = len(found)
        for begin in range(0, len(open_), BATCH):
            some = open_[begin : begin + BATCH]
            try:
                came, wrong = self._asked(some)
                found |= came
                failed |= wrong
            except LookUpFailed as error:
                failed |= dict.fromkeys(some, f"{error}")
            except SourceDown as error:
                raise SourceDown(
                    f"{error} Stopped: {len(found) - before} of the {len(open_)} names that were "
                    "still to be looked up are kept. Run the same command later: it goes on from "
                    "there."
                ) from None
        return found, failed

    def _known(self, query: Query) -> tuple[Candidate, ...] | None:
        """What is kept, if it makes sense: else it is asked for anew."""
        answer = self._cache.search(self._key(query))
        try:
            return None if answer is None else _candidates(answer, query)
        except LookUpFailed:
            return None

    def _asked(
        self, queries: Sequence[Query]
    ) -> tuple[dict[Query, tuple[Candidate, ...]], dict[Query, str]]:
        """Asks one batch: what was found, and why some of it is no result.

        Raises LookUpFailed, SourceDown.
        """
        batch = {f"q{number}": query.asked for number, query in enumerate(queries)}
        form = urlencode({"queries": json.dumps(batch, ensure_ascii=False)}).encode()
        answer = self._client.ask(self._address, form)
        if not isinstance(answer, dict):
            raise LookUpFailed(f"<{self._address}> answers no batch of results.")
        found, failed = dict[Query, tuple[Candidate, ...]](), dict[Query, str]()
        for number, query in enumerate(queries):
            result = answer.get(f"q{number}")
            try:
                found[query] = _candidates(result, query)
            except LookUpFailed as error:
                failed[query] = f"{error}"
            else:
                self._cache.keep_search(self._key(query), result)
        return found, failed

    def _key(self, query: Query) -> str:
        return f"{self._address} {json.dumps(query.asked, ensure_ascii=False, sort_keys=True)}"


def _candidates(answer: Any, query: Query) -> tuple[Candidate, ...]:
    """The candidates of one result. Raises LookUpFailed for what is none."""
    try:
        return tuple(_candidate(found) for found in answer["result"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise LookUpFailed(
            f"'{query.name}': no result as the specification has it ({type(error).__name__}: "
            f"{error})."
        ) from None


def _candidate(found: Any) -> Candidate:
    given = found.get("type") or ()
    features = found.get("features") or ()
    return Candidate(
        id=_item(found["id"]),
        name=_text(found["name"]),
        score=float(found["score"]),
        match=found.get("match") is True,
        description=_text(found.get("description") or ""),
        types=tuple(_type(each) for each in given),
        features=tuple((_text(each["id"]), float(each["value"])) for each in features),
    )


def _item(found: Any) -> str:
    """The id of an item: a service of anything else would name other things by such words."""
    if not is_id(found) or not found.startswith("Q"):
        raise ValueError(f"{found!r} is no id of an item, such as Q5")
    return str(found)


def _type(found: Any) -> tuple[str, str]:
    """A type by id and name; or by its id alone, which the specification allows."""
    if isinstance(found, str):
        return found, ""
    return _text(found["id"]), _text(found.get("name") or "")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
