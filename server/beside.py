"""What stands beside a claim: what denies or corrects it, and what cannot be true with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from server.select import select
from server.site import terms
from server.term import Shown
from server.thing import Behind, views

MANY: Final = 20
"""Claims that are shown beside one."""
_REPLIES: Final = {
    "denies": ("SELECT DISTINCT ?claim ?other { ?claim wh:denies ?other }", "It denies"),
    "denied": ("SELECT DISTINCT ?claim ?other { ?other wh:denies ?claim }", "Denied by"),
    "corrects": ("SELECT DISTINCT ?claim ?other { ?claim wh:corrects ?other }", "It corrects"),
    "corrected": ("SELECT DISTINCT ?claim ?other { ?other wh:corrects ?claim }", "Corrected by"),
}
_COMPETING: Final = """
SELECT DISTINCT ?claim ?other ?disagreement ?kind WHERE {
  ?disagreement wh:compares ?claim, ?other ; wh:disagreementType ?kind .
  FILTER(?other != ?claim)
} ORDER BY ?other ?disagreement ?kind
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim with what it is to the one whose page this is."""

    relation: str
    kinds: tuple[Shown, ...]
    disagreement: Shown | None
    behind: Behind


def beside(claim: str) -> tuple[list[Beside], int]:
    """What stands beside a claim, at most MANY, and how many there are."""
    replies = [
        (row["other"].value, relation)
        for query, relation in _REPLIES.values()
        for row in select(query, claim=claim)
    ]
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


def _competing(claim: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The claims that cannot be true with it, each with the disagreement and its kinds."""
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in select(_COMPETING, claim=claim):
        kinds[row["other"].value, row["disagreement"].value].append(row["kind"].value)
    for (other, disagreement), found in kinds.items():
        yield other, disagreement, tuple(found)


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
