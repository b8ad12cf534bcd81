"""The tables on the pages of things, as CSV and JSON: IRIs whole, nothing left out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from server.negotiate import Offer
from server.show.facts import Facts, gather
from server.show.periods import COLUMNS as PERIODS
from server.show.periods import rows_of_place
from server.show.reach import objects, subjects
from server.site import release
from server.things.event import told
from server.things.thing import behind

FORMS: Final = (Offer("text/csv", "csv"), Offer("application/json", "json"))
"""In which forms tables are served."""
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


@dataclass(frozen=True, slots=True)
class Data:
    """A table: the columns' names and rows as text."""

    columns: Cells
    rows: Iterator[Cells]


def table(kind: str, iri: str) -> Data | None:
    """The table of a thing's page; None for a kind without one."""
    if kind == "place":
        return Data(PERIODS, iter(rows_of_place(iri)))
    if kind in CLAIMS:
        return Data(("claim", *CLAIM, "firing"), _claims(CLAIMS[kind](iri)))
    return None


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


def as_csv(data: Data) -> str:
    """CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(data.columns)
    writer.writerows(data.rows)
    return out.getvalue()


def as_json(data: Data) -> str:
    """A list with an object for each row; what is empty is left out."""
    rows = [
        {name: cell for name, cell in zip(data.columns, row, strict=True) if cell}
        for row in data.rows
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
