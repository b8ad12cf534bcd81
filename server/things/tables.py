"""The tables on the pages of things, as CSV and JSON: IRIs whole, nothing left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from server.rows import Sheet, write
from server.show.facts import Facts, gather
from server.show.reach import objects, subjects
from server.site import release
from server.things.event import told
from server.things.periods import COLUMNS as PERIODS
from server.things.periods import rows_of_place
from server.things.thing import behind

CLAIM: Final = [
    "eventType",
    "degree",
    "measure",
    "gainedBy",
    "lostBy",
    "agent",
    "affected",
    "supportedBy",
    "controller",
    "place",
    "departure",
    "destination",
    "extent",
    "scope",
    "mode",
    "situation",
    "holdKind",
    "value",
    "number",
    "unit",
    "bound",
    "polarity",
    "completion",
    "factuality",
    "voiceCertainty",
    "beginEarliest",
    "beginLatest",
    "endEarliest",
    "endLatest",
    "timeWords",
    "aboutEvent",
    "accordingTo",
    "denies",
    "corrects",
    "onCondition",
    "voice",
    "inArticle",
]
"""What the table of claims tells of each, beside its IRI and whether it fires."""

Cells = tuple[str, ...]


def table(suffix: str, kind: str, iri: str) -> str | None:
    """The table of a thing's page in one of the forms; None for a kind without one."""
    columns: Cells = PERIODS
    if kind == "place":
        rows = iter(rows_of_place(iri))
    elif kind in CLAIMS:
        columns, rows = ("claim", *CLAIM, "firing"), _claims(CLAIMS[kind](iri))
    else:
        return None
    filled = ({n: cell for n, cell in zip(columns, row, strict=True) if cell} for row in rows)
    return write(suffix, Sheet(columns, list(filled)))


def _claims(claims: list[str]) -> Iterator[Cells]:
    for claim in claims:
        facts = Facts(gather(release().store, [claim]))
        cells = (" ".join(facts.texts(claim, f"wh:{name}")) for name in CLAIM)
        yield claim, *cells, facts.one(claim, "wh:firing") or "false"


def _in_article(article: str) -> list[str]:
    return [one for one in subjects("wh:inArticle", article) if objects(one, "wh:voice")]


def _of_actor(actor: str) -> list[str]:
    roles = ("controller", "gainedBy", "lostBy", "agent", "affected", "accordingTo")
    named = {one for role in roles for one in subjects(f"wh:{role}", actor)}
    return sorted(one for one in named if objects(one, "wh:voice"))


CLAIMS: Final[dict[str, Callable[[str], list[str]]]] = {
    "claim": lambda claim: [claim],
    "event": lambda event: [claim for _, claim in told(event)],
    "article": _in_article,
    "actor": _of_actor,
    "voice": behind,
    "period": behind,
    "question": behind,
    "disagreement": behind,
}
"""How the claims of a thing's page are found, by its kind."""
KINDS: Final = frozenset(("place", *CLAIMS))
"""The kinds of things whose page has a table."""
