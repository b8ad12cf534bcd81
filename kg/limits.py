"""What a query may cost, and how the server that runs it is run: the table `[endpoint]`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from typing import Any, Final

from kg.address import is_service
from kg.errors import WorkspaceError, suggest

MEBIBYTE: Final = 2**20
_BOUNDS: Final[dict[str, tuple[int, int | None]]] = {
    "memory-bytes": (16 * MEBIBYTE, None),
    "workers": (1, 1_000),
    "queue": (0, 9_999),
}
"""What may be set at least and at most: with less no query runs, with more no machine goes on."""


def size_in_words(size: int) -> str:
    """So many bytes, in MiB where there is one.

    >>> size_in_words(64 * 2**20), size_in_words(300)
    ('64 MiB', '300 bytes')
    """
    return f"{size // MEBIBYTE:,} MiB" if size >= MEBIBYTE else f"{size:,} bytes"


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
    spool_bytes: int = 1024 * MEBIBYTE
    """Bytes of all results that lie on the disk until their clients have taken them."""
    workers: int = field(default_factory=_two_a_core)
    """Queries that run at once."""
    queue: int = 64
    """Queries that wait."""
    budget_seconds: float = 120
    """Seconds of query time that one client may spend in a minute."""
    reconcile_seconds: float = 30
    """Seconds of computing that one client may spend in a minute on matching its tables."""
    services: tuple[str, ...] = ()
    """Other endpoints that a query may ask by SERVICE, each spelt as queries have to."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What queries may cost, whether the log has them, and whom the server believes."""

    limits: Limits = field(default_factory=Limits)
    log_queries: bool = False
    """Whether the log has the text of each query."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies that say truly for whom they ask."""


def endpoint_of(found: dict[str, Any], where: str) -> Endpoint:
    """What a table sets, the rest as it is. Raises WorkspaceError."""
    numbers = {_written(f.name): f.name for f in fields(Limits) if f.name != "services"}
    for key, value in found.items():
        if key == "log-queries":
            _expect(type(value) is bool, where, key, value, "true or false")
        elif key == "services":
            good = isinstance(value, list) and all(map(is_service, value))
            _expect(good, where, key, value, "a list of endpoints' http addresses, in ASCII")
        elif key == "trusted-proxies":
            good = isinstance(value, list) and all(map(_is_network, value))
            _expect(good, where, key, value, "a list of addresses, such as 127.0.0.1 or 10.0.0.0/8")
        elif key in numbers:
            least, most = _BOUNDS.get(key, (1, None))
            good = type(value) is int and least <= value and (most is None or value <= most)
            span = f" from {least:,} to {most:,}" if most else f", {least:,} or more"
            _expect(good, where, key, value, f"a whole number{span}")
        else:
            near = suggest(key, SETTINGS, "settings of the endpoint")
            raise WorkspaceError(f"{where}: unknown setting 'endpoint.{key}'; {near}.")
    costs = {name: found[key] for key, name in numbers.items() if key in found}
    return Endpoint(
        Limits(**costs, services=tuple(found.get("services", ()))),
        found.get("log-queries", False),
        tuple(found.get("trusted-proxies", ())),
    )


def _written(name: str) -> str:
    return name.replace("_", "-")


SETTINGS: Final = tuple(
    _written(f.name) for f in (*fields(Limits), *fields(Endpoint)) if f.name != "limits"
)
"""What the table may set."""


def _expect(good: bool, where: str, key: str, value: object, expected: str) -> None:  # noqa: FBT001
    if not good:
        raise WorkspaceError(f"{where}: endpoint.{key} is {value!r}; expected {expected}.")


def _is_network(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(ip_network(value, strict=False))
    except ValueError:
        return False
