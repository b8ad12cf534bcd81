"""The coded variables of claims, without a word of the article.

Agreement is measured on them, and they are what is published of each independent pass.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Final

from kg.errors import InputError
from kg.mapping.anchor import Located
from kg.mapping.codec import Local, Reference
from kg.mapping.document import OUTLET, Claim, Mapping
from kg.text import Span


@dataclass(frozen=True, slots=True)
class Coded:
    """One claim as one coder coded it. Sets are joined by blanks; what does not apply is empty."""

    article: str
    claim: str
    spans: tuple[Span, ...]
    kind: str
    type: str
    place: str
    gainer: str
    loser: str
    polarity: str
    completion: str
    factuality: str
    certainty: str
    degree: str
    mode: str
    speaker: str


VARIABLES: Final = tuple(
    f.name for f in fields(Coded) if f.name not in ("article", "claim", "spans")
)
MATCHED: Final = (
    "type",
    "place",
    "gainer",
    "loser",
    "polarity",
    "completion",
    "factuality",
    "certainty",
)
"""What must be equal for two claims to be the same claim."""


def coded_claims(article: str, mapping: Mapping, located: Located) -> Iterator[Coded]:
    """The coded variables of a mapping's claims."""
    for name, claim in mapping.claims.items():
        spans = located.spans.get(("claim", name), ())
        yield _code(article, name, claim, mapping, spans)


def _code(
    article: str, name: str, claim: Claim, mapping: Mapping, spans: tuple[Span, ...]
) -> Coded:
    default = {"event": "completed", "reply": "unspecified"}.get(claim.kind, "ongoing")
    voice = mapping.voices.get(claim.voice or OUTLET)
    return Coded(
        article=article,
        claim=name,
        spans=spans,
        kind=claim.kind,
        type=claim.type or claim.measure or claim.kind,
        place=_joined(claim.place or claim.destination or claim.departure),
        gainer=_joined(claim.gained_by or claim.controller or claim.agent),
        loser=_joined(claim.lost_by or claim.affected),
        polarity=claim.polarity or ("negative" if claim.denies else "positive"),
        completion=claim.completion or default,
        factuality=claim.factuality or "asserted",
        certainty=claim.certainty or "underspecified",
        degree=claim.degree or "",
        mode=(claim.mode or "unspecified") if claim.kind == "event" else "",
        speaker=_one(voice.speaker) if voice and voice.speaker else OUTLET,
    )


def _joined(references: Iterable[Reference] | None) -> str:
    return " ".join(sorted(map(_one, references or ())))


def _one(reference: Reference) -> str:
    """An id; what only the article knows counts as one thing, whatever its words."""
    return f"({reference.kind})" if isinstance(reference, Local) else reference


def write_coding(coded: Iterable[Coded]) -> str:
    """The claims as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [f.name for f in fields(Coded)]
    writer.writerow(names)
    for one in coded:
        spans = " ".join(f"{start}-{end}" for start, end in one.spans)
        writer.writerow([spans if n == "spans" else getattr(one, n) for n in names])
    return out.getvalue()


def read_coding(source: str, path: str) -> list[Coded]:
    """The claims of a CSV. Raises InputError where it is no such table."""
    names = [f.name for f in fields(Coded)]
    table = csv.DictReader(io.StringIO(source))
    if list(table.fieldnames or ()) != names:
        raise InputError(f"{path}: columns are {table.fieldnames}; expected {', '.join(names)}.")
    return [Coded(**{**row, "spans": _spans(row["spans"])}) for row in table]  # type: ignore[arg-type]


def _spans(text: str) -> tuple[Span, ...]:
    pairs = (pair.split("-") for pair in text.split())
    return tuple((int(start), int(end)) for start, end in pairs)
