"""How a probe of a reconciliation service is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.probe.answer import guarded
from kg.probe.found import Found, Probe, inapplicable
from kg.probe.reconciliation.ground import Known
from kg.probe.stated import OURS
from kg.probe.wire import Client

SPEC: Final = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
NOTHING: Final = "nothing was found that it knows: name something with --query"
UNDECLARED: Final = "the manifest does not declare it"


def probe(
    name: str,
    group: str,
    says: str,
    why: str,
    section: str,
    look: Callable[[Client], Found],
) -> Probe:
    """One probe; `section` is the specification's."""
    return Probe(f"{OURS}{name}", group, says, why, f"{SPEC}#{section}", guarded(look))


def of_known(
    known: Known | None, look: Callable[[Client, Known], Found]
) -> Callable[[Client], Found]:
    """A probe that needs something which the service knows."""
    return lambda client: inapplicable(NOTHING) if known is None else look(client, known)
