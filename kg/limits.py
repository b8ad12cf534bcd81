"""What a query may cost: the table `[endpoint]` of the workspace file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from typing import Any, Final

from kg.address import is_service
from kg.errors import WorkspaceError, suggest

MEBIBYTE: Final = 2**20


def _two_a_core() -> int:
    return max(4, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, how many run and wait, and what one client may have."""

    seconds: float = 30
    """Seconds from a query's begin to its end."""
    cpu_seconds: float = 30
    """Seconds of computing."""
    memory_bytes: int = 1024 * MEBIBYTE
    """Bytes beside those that an idle worker has."""
    result_bytes: int = 64 * MEBIBYTE
    """Bytes of a result."""
    workers: int = field(default_factory=_two_a_core)
    """Queries that run at once."""
    queue: int = 64
    """Queries that wait."""
    budget_seconds: float = 120
    """Seconds of query time that one client may spend in a minute."""
    services: tuple[str, ...] = ()
    """Other endpoints that a query may ask by SERVICE, each spelt as queries have to."""


def limits_of(found: dict[str, Any], where: str) -> Limits:
    """The limits that a table sets, the others as they are. Raises WorkspaceError."""
    known = {f.name.replace("_", "-"): f.name for f in fields(Limits)}
    for key, value in found.items():
        if key == "services":
            _check_services(value, where)
            continue
        if key not in known:
            near = suggest(key, known, "settings of the endpoint")
            raise WorkspaceError(f"{where}: unknown setting 'endpoint.{key}'; {near}.")
        least = 0 if key == "queue" else 1
        if type(value) is not int or value < least:
            raise WorkspaceError(
                f"{where}: endpoint.{key} is {value!r}; expected a whole number, {least} or more."
            )
    set_ = {known[key]: value for key, value in found.items()}
    return Limits(**set_ | {"services": tuple(found.get("services", ()))})


def _check_services(value: Any, where: str) -> None:
    """Raises WorkspaceError for a list that names something else than endpoints."""
    if not isinstance(value, list):
        raise WorkspaceError(f"{where}: endpoint.services is {value!r}; expected a list.")
    for one in value:
        if not isinstance(one, str) or not is_service(one):
            raise WorkspaceError(
                f"{where}: endpoint.services has {one!r}; expected the http address of an "
                "endpoint, in ASCII, without a user's name and without #."
            )
