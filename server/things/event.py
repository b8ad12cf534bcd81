"""The page of an event: its claims side by side by origin, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import render_template

from server.paging import paged, shown_as
from server.show import comparison
from server.show.claim import ClaimView
from server.show.facts import Facts, gather
from server.show.reach import objects, subjects, typed
from server.show.term import Shown
from server.site import release, terms
from server.things.origin import rests_on
from server.things.thing import Behind, behind, head, views


@dataclass(frozen=True, slots=True)
class Conflict:
    """Of what kind the disagreement is that a claim is part of."""

    kind: Shown
    disagreement: Shown


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of the event in the table: by whose account, what, when, where, who."""

    origin: Shown | None
    behind: Behind
    who: tuple[Shown, ...]
    where: tuple[Shown, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def claim(self) -> ClaimView:
        """What it says."""
        return self.behind.claim


def page(iri: str, path: str) -> str:
    """The page as HTML."""
    facts = Facts(gather(release().store, [iri]))
    claims = told(iri)
    asked = paged([claim for _, claim in claims])
    origins = {claim: origin for origin, claim in claims}
    return render_template(
        "event.html",
        head=head(iri, path, facts),
        tellings=shown_as(asked, list(_tellings(asked.found, origins))),
        rests=rests_on(iri),
    )


def told(event: str) -> list[tuple[str, str]]:
    """Its claims, each after its origin (empty where nobody named vouches for it), by origin."""
    claims = {*subjects("wh:aboutEvent", event), *behind(event)}
    claims = {one for one in claims if typed(one, "wh:Claim")}
    first = ((next(iter(objects(one, "wh:accordingTo")), ""), one) for one in claims)
    return sorted(first, key=lambda one: (one[0] == "", one))


def _tellings(claims: Iterable[str], origins: dict[str, str]) -> Iterator[Telling]:
    shows = terms()
    for one in views(claims):
        iri = one.claim.iri.iri or ""
        origin = origins[iri]
        yield Telling(
            shows.account(origin) if origin else None,
            one,
            comparison.role(one.claim, *comparison.WHO),
            comparison.role(one.claim, *comparison.WHERE),
            tuple(_conflicts(iri)),
        )


def _conflicts(claim: str) -> Iterator[Conflict]:
    """The disagreements that a claim is part of."""
    shows = terms()
    for one in subjects("wh:compares", claim):
        for kind in objects(one, "wh:disagreementType"):
            yield Conflict(shows.thing(kind), shows.thing(one))
