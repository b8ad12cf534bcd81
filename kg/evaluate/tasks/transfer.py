"""Whether a snippet tells that territory changed hands (CASE 2021, task 2).

A snippet is wanted where its class is one of the three territorial ones. It is proposed where at
least one statement is of a type that opens or closes a hold (capture, unopposed takeover, loss of
control, withdrawal), positive, completed, and asserted. So a snippet counts once, whatever number
of places it names; precision by rule counts snippets in which the rule fires.
https://github.com/emerging-welfare/case-2021-shared-task
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.errors import TextError
from kg.evaluate.counts import Counts, Measured
from kg.gazetteer.lookup import load
from kg.suggest.control import state
from kg.suggest.found import Statement
from kg.suggest.model import load_model, parse
from kg.suggest.names import know, name
from kg.suggest.reading import read_text

CLASSES: Final = (
    "GOV_REGAINS_TERIT",
    "NON_STATE_ACTOR_OVERTAKES_TER",
    "NON_VIOL_TERRIT_TRANSFER",
)
TRANSFERS: Final = ("capture", "unopposed-takeover", "loss-of-control", "withdrawal")


def measure(folder: Path) -> list[Measured]:
    """The snippets found, in one measure. Raises TextError where the set is not there."""
    measured = Measured("territorial transfer found")
    snippets = list(read(folder / "case2021" / "snippets_dev.tsv"))
    known = know(None, load())
    readings = parse(load_model(), (read_text(text) for text, _ in snippets))
    for reading, (_, wanted) in zip(readings, snippets, strict=True):
        rules = sorted(
            {s.by.rule for s in state(reading, name(reading, known), [], []) if is_transfer(s)}
        )
        judged = [(rule, wanted) for rule in rules]
        measured.add(judged[:1], int(wanted and bool(rules)), int(wanted))
        for rule, verdict in judged[1:]:
            measured.rules[rule] += Counts(right=int(verdict), proposed=1)
    return [measured]


def is_transfer(statement: Statement) -> bool:
    """Whether a statement tells that a place did change hands."""
    standing = (statement.polarity, statement.completion, statement.factuality)
    return statement.type in TRANSFERS and standing == ("positive", "completed", "asserted")


def read(path: Path) -> Iterator[tuple[str, bool]]:
    """Each snippet and whether its class is a territorial one."""
    if not path.is_file():
        raise TextError(f"{path} is not there. Give the folder of the gold sets (--gold).")
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["EventSnippet"], row["SubType"] in CLASSES
