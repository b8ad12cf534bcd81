"""The journal of a review: every judgement as it was made, one line each, never changed.

A line is on the disk before its judgement is shown as made. Undoing is a line too. A reviewer who
comes back, or whose machine went down, reads the journal from its start.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from kg.errors import InputError
from kg.files import Lines
from kg.review.entry import Table

Verdict = Literal["positive", "negative", "unsure"]
VERDICTS: Final = ("positive", "negative", "unsure")
_CHANGES: Final = ("judge", "edit", "add")


@dataclass(frozen=True, slots=True)
class Record:
    """One line: who did what, when, to which entry, and what the entry said before and after."""

    do: str
    """begin, judge, edit, add, undo or finish."""
    who: str
    when: str
    path: str = ""
    judgement: str | None = None
    table: Table | None = None
    was: Table | None = None
    because: str = ""
    undoes: int | None = None
    """The line (from 0) that an undo takes back."""
    digest: str = ""
    """Of the proposals where a review begins, of the mapping where it ends."""


class Journal:
    """The open journal of one reviewer: only one process has it at a time."""

    def __init__(self, path: Path) -> None:
        busy = "another review of this article is open. End it (quit, or Ctrl-C) first."
        self.path = path
        self._lines = Lines(path, busy)
        self.records = [self._record(n, line) for n, line in enumerate(self._lines.read(), 1)]

    def append(self, record: Record) -> None:
        """Keeps a record. Raises InputError where the disk does not take it."""
        said = {k: v for k, v in asdict(record).items() if v not in (None, "")}
        self._lines.add(json.dumps(said, ensure_ascii=False).encode("utf-8"))
        self.records.append(record)

    def standing(self) -> list[Record]:
        """The changes that have not been undone, in order."""
        undone = {record.undoes for record in self.records if record.do == "undo"}
        changes = ((n, r) for n, r in enumerate(self.records) if r.do in _CHANGES)
        return [record for n, record in changes if n not in undone]

    def latest(self) -> int | None:
        """The line of the latest change that can be undone."""
        undone = {record.undoes for record in self.records if record.do == "undo"}
        lines = range(len(self.records) - 1, -1, -1)
        changes = (n for n in lines if self.records[n].do in _CHANGES and n not in undone)
        return next(changes, None)

    def close(self) -> None:
        """Lets others open it."""
        self._lines.close()

    def _record(self, number: int, line: bytes) -> Record:
        try:
            found: Any = json.loads(line)
            return Record(**found)
        except (ValueError, TypeError):
            raise InputError(
                f"{self.path}:{number}: is no record of a judgement. Restore the file: it is "
                "only ever added to."
            ) from None
