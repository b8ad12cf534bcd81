"""What stands beside a claim: what denies or corrects it, and what cannot be true with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from server.show.reach import objects, subjects
from server.show.term import Shown
from server.site import terms
from server.things.thing import Behind, views

MANY: Final = 20
"""Claims that are shown beside one."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim with what it is to the one whose page this is."""

    relation: str
    kinds: tuple[Shown, ...]
    disagreement: Shown | None
    behind: Behind


def beside(claim: str) -> tuple[list[Beside], int]:
    """What stands beside a claim, at most MANY, and how many there are."""
    replies = list(_related(claim))
    competing = list(_competing(claim))
    others = [*(other for other, _ in replies), *(other for other, _, _ in competing)]
    shown = {one.claim.iri.iri: one for one in views(others[:MANY])}
    found = list(_replies(replies[:MANY], shown))
    found += _competitors(competing[: MANY - len(found)], shown)
    return found, len(replies) + len(competing)


def _replies(
    replies: Iterable[tuple[str, str]], shown: dict[str | None, Behind]
) -> Iterator[Beside]:
    for other, relation in replies:
        yield Beside(relation, (), None, shown[other])


def _related(claim: str) -> Iterator[tuple[str, str]]:
    """The claims that it denies or corrects, and those that deny or correct it."""
    for curie, doing, done in (
        ("wh:denies", "It denies", "Denied by"),
        ("wh:corrects", "It corrects", "Corrected by"),
    ):
        yield from ((other, doing) for other in objects(claim, curie))
        yield from ((other, done) for other in subjects(curie, claim, "claim"))


def _competing(claim: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The claims that cannot be true with it, each with the disagreement and its kinds."""
    for disagreement in subjects("wh:compares", claim):
        kinds = tuple(objects(disagreement, "wh:disagreementType"))
        for other in objects(disagreement, "wh:compares"):
            if other != claim:
                yield other, disagreement, kinds


def _competitors(
    competing: Iterable[tuple[str, str, tuple[str, ...]]], shown: dict[str | None, Behind]
) -> Iterator[Beside]:
    shows = terms()
    for other, disagreement, kinds in competing:
        yield Beside(
            "Cannot both be true with",
            tuple(shows.thing(kind) for kind in kinds),
            shows.thing(disagreement),
            shown[other],
        )
