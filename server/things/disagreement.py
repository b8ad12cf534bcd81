"""What cannot all hold: the page of a disagreement, and all of them by kind, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotFound

from kg.names import SCHEMES, concept, concept_key
from kg.release.read import Release
from server.forms import publish
from server.paging import Paged, paged, shown_as
from server.show.comparison import Aspect, aspects
from server.show.facts import Facts, gather
from server.show.reach import objects, subjects
from server.show.term import Shown
from server.site import once, release, terms
from server.things.thing import Behind, head, views

blueprint = Blueprint("disagreement", __name__)

FEW: Final = 3
"""Disagreements of each kind on the page of all kinds."""
SIZE: Final = 20
"""Disagreements of one kind on a page."""
_SCHEME: Final = "disagreement-type"


@dataclass(frozen=True, slots=True)
class Compared:
    """A disagreement: of which kinds, about what, and its claims side by side."""

    shown: Shown
    kinds: tuple[Shown, ...]
    about: tuple[Shown, ...]
    claims: tuple[Behind, ...]
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of disagreement, what it means, and how many there are of it."""

    shown: Shown
    key: str
    says: str
    total: int


def page(iri: str, path: str) -> str:
    """The page of one disagreement."""
    facts = Facts(gather(release().store, [iri]))
    found = next(iter(compare([iri])))
    called = " and ".join(kind.text for kind in found.kinds)
    return render_template(
        "disagreement.html",
        head=head(iri, path, facts, f"Disagreement: {called}"),
        one=found,
        kinds=[kind for kind in kinds() if kind.shown in found.kinds],
    )


def show() -> str:
    """All kinds with a few of each, or all of one kind in pages."""
    given = request.args.get("kind")
    known = kinds()
    if given is None:
        few = {kind.key: compare(_of_kind(kind.key)[:FEW]) for kind in known}
        return render_template("disagreements.html", kinds=known, few=few, kind=None, page=None)
    kind = next((one for one in known if one.key == given), None)
    if kind is None:
        raise NotFound(f"No disagreement is of such a kind. Kinds: {_listed(known)}.")
    asked: Paged[str] = paged(_of_kind(kind.key), SIZE)
    shown = shown_as(asked, compare(asked.found))
    return render_template("disagreements.html", kinds=known, few={}, kind=kind, page=shown)


def data(suffix: str) -> Response:
    """303 to the same as data: the answer to the question."""
    query = request.query_string.decode("ascii", "replace")
    address = f"{request.script_root}/ask/disagreements.{suffix}{'?' if query else ''}{query}"
    return Response(status=303, headers={"Location": address})


publish(
    blueprint,
    "/disagreements",
    show,
    {suffix: partial(data, suffix) for suffix in ("csv", "json", "ttl")},
)


def _listed(known: Sequence[Kind]) -> str:
    return ", ".join(kind.key for kind in known) or "none"


def kinds() -> list[Kind]:
    """The kinds that occur, the most frequent first."""
    return [
        Kind(terms().thing(iri), key, says, total)
        for total, iri, key, says in once("disagreement kinds", _kinds)
    ]


def _kinds(release: Release) -> list[tuple[int, str, str, str]]:
    store, found = release.store, []
    for iri in subjects("skos:inScheme", SCHEMES + _SCHEME):
        says = Facts(gather(store, [iri])).one(iri, "skos:definition") or ""
        total = len(subjects("wh:disagreementType", iri))
        if total:
            found.append((total, iri, concept_key(iri.rpartition("/")[2]), says))
    return sorted(found, key=lambda one: (-one[0], one[1]))


def _of_kind(key: str) -> list[str]:
    return subjects("wh:disagreementType", concept(_SCHEME, key))


def compare(disagreements: Sequence[str]) -> list[Compared]:
    """Some disagreements, with their claims side by side."""
    pairs = {one: objects(one, "wh:compares") for one in disagreements}
    shown = {v.claim.iri.iri: v for v in views({c for pair in pairs.values() for c in pair})}
    return [_compared(one, [shown[c] for c in pair]) for one, pair in pairs.items()]


def _compared(iri: str, claims: Sequence[Behind]) -> Compared:
    shows = terms()
    about = [t for c in ("wh:aboutEvent", "wh:answers", "wh:place") for t in objects(iri, c)]
    return Compared(
        shows.thing(iri),
        tuple(shows.thing(kind) for kind in objects(iri, "wh:disagreementType")),
        tuple({shown.text: shown for shown in map(shows.thing, about)}.values()),
        tuple(claims),
        tuple(aspects([one.claim for one in claims])),
    )
