"""Checking a reconciliation service: every probe in its turn, or the reason why it is not run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kg.probe.address import find_endpoint
from kg.probe.check import Wanted, run
from kg.probe.found import Checked, Probe
from kg.probe.reconciliation.ground import Ground, find_ground
from kg.probe.reconciliation.manners import error_probes, manners_probes, strain_probes
from kg.probe.reconciliation.queries import manifest_probes, query_probes
from kg.probe.reconciliation.services import extension_probes, preview_probes, suggest_probes
from kg.probe.wire import Client

VERB: Final = "check-reconciliation"


def check_reconciliation(
    url: str,
    wanted: Wanted,
    queries: Iterable[str] = (),
    note: Callable[[str], None] = lambda _: None,
) -> list[Checked]:
    """What came of every probe of a service. Raises InputError where there is none.

    `queries` are names that the service may know.
    """
    client = Client(find_endpoint(url), wanted.seconds, VERB)
    checked = []
    for probe in _probes(find_ground(client, queries)):
        note(probe.name)
        checked.append(Checked(probe, run(probe, client, wanted)))
    return checked


def _probes(ground: Ground) -> Iterator[Probe]:
    """All probes, those that may hurt last."""
    yield from manifest_probes()
    yield from query_probes(ground)
    yield from suggest_probes(ground)
    yield from preview_probes(ground)
    yield from extension_probes(ground)
    yield from manners_probes()
    yield from error_probes(ground)
    yield from strain_probes()
