"""Claims side by side: what each says of the same aspects, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.show.claim import ClaimView
from server.show.term import Shown

WHO: Final = ("gainedBy", "lostBy", "agent", "affected", "supportedBy", "controller")
WHERE: Final = ("place", "departure", "destination", "extent", "scope")
HOW: Final = ("mode", "situation", "holdKind")


@dataclass(frozen=True, slots=True)
class Aspect:
    """What each claim says of one aspect, in the order of the claims."""

    label: str
    cells: tuple[tuple[Shown, ...], ...]
    differs: bool


def aspects(claims: Sequence[ClaimView]) -> Iterator[Aspect]:
    """What the claims say: what, who, where, how, when and how sure; what none says is left out."""
    yield _aspect("says", [(Shown(_what(one)),) for one in claims])
    labels = {r.label.iri: r.label.text for one in claims for r in one.roles}
    for name in (*WHO, *WHERE, *HOW):
        for iri, label in labels.items():
            if iri and iri.rpartition("#")[2] == name:
                yield _aspect(label, [role(one, name) for one in claims])
    yield _aspect("when", [(Shown(one.when),) if one.when else () for one in claims])
    yield _aspect("standing", [(Shown(one.standing),) for one in claims])


def _what(claim: ClaimView) -> str:
    return f"{claim.what.text}: {claim.figure}" if claim.figure else claim.what.text


def _aspect(label: str, cells: Sequence[tuple[Shown, ...]]) -> Aspect:
    told = {tuple(one.text for one in cell) for cell in cells if cell}
    return Aspect(label, tuple(cells), len(told) > 1)


def role(claim: ClaimView, *names: str) -> tuple[Shown, ...]:
    """Whom or what a claim names in some roles."""
    return tuple(
        value
        for name in names
        for found in claim.roles
        if (found.label.iri or "").rpartition("#")[2] == name
        for value in found.values
    )
