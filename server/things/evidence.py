"""The pages of a claim, and of what is derived from claims: words, voices, what competes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import render_template

from server.show.claim import ClaimView
from server.show.facts import Facts, gather
from server.show.reach import objects, subjects
from server.show.term import Shown
from server.site import release, terms
from server.things.beside import beside
from server.things.periods import period_view
from server.things.thing import behind, head, paged_views, views

FEW: Final = 30
"""Things that follow from a claim and are named on its page."""


def claim_page(iri: str, path: str) -> str:
    """The page of a claim."""
    facts = Facts(gather(release().store, [iri]))
    found = next(views([iri]))
    near, total = beside(iri)
    origin = facts.one(iri, "wh:accordingTo")
    return render_template(
        "claim.html",
        head=head(iri, path, facts, title(found.claim)),
        one=found,
        beside=near,
        further=total - len(near),
        origin=terms().account(origin) if origin else None,
        firing=facts.one(iri, "wh:firing") is not None,
        follows=list(_follows(iri)),
        few=FEW,
        policy=release().summary.get("excerpt", "none"),
    )


def title(claim: ClaimView) -> str:
    """What a claim says, as short as a heading: "Capture: Government troops, Aven bridge"."""
    first = claim.what.text + (f", {claim.figure}" if claim.figure else "")
    roles = [value.text for role in claim.roles for value in role.values if _leading(role.label)]
    return f"{first}: {', '.join(roles[:3])}" if roles else first


def _leading(label: Shown) -> bool:
    """Whether a role tells who and where, not how or why."""
    name = (label.iri or "").rpartition("#")[2]
    return name in ("gainedBy", "lostBy", "agent", "controller", "affected", "place", "departure")


def period_page(iri: str, path: str) -> str:
    """The page of a period of control."""
    facts = Facts(gather(release().store, [iri]))
    shows = terms()
    place, origin = facts.one(iri, "wh:place"), facts.one(iri, "wh:accordingTo")
    reasons = facts.texts(iri, "wh:endsBecause")
    return render_template(
        "period.html",
        head=head(iri, path, facts),
        period=period_view(iri, facts, shows),
        place=shows.thing(place) if place else None,
        origin=shows.account(origin) if origin else None,
        reasons=[shows.thing(one) for one in reasons],
        disagreements=disagreements(iri),
        behind=paged_views(behind(iri)),
    )


def derived_page(iri: str, path: str) -> str:
    """The page of a question that figures answer, or of what one report says of a hold."""
    facts = Facts(gather(release().store, [iri]))
    return render_template(
        "derived.html",
        head=head(iri, path, facts),
        disagreements=disagreements(iri),
        behind=paged_views(behind(iri)),
    )


def _follows(claim: str) -> Iterator[tuple[str, Shown]]:
    """The events, periods and questions that are derived from a claim, each with its kind."""
    shows = terms()
    for kind in ("event", "period"):
        for one in subjects("prov:wasDerivedFrom", claim, kind):
            yield kind, shows.thing(one)
    yield from (("question", shows.thing(one)) for one in objects(claim, "wh:answers"))


def disagreements(iri: str) -> list[Shown]:
    """The disagreements of the claims behind a thing; FEW at most."""
    found = {one for claim in behind(iri) for one in subjects("wh:compares", claim)}
    return [terms().thing(one) for one in sorted(found)[:FEW]]
