"""The journal of a review: every judgement as it was made, one line each, never changed.

A line is on the disk before its judgement is shown as made. Undoing is a line too. A reviewer who
comes back, or whose machine went down, reads the journal from its start.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

from kg.errors import InputError
from kg.files import Lines
from kg.review.entry import Table

Verdict = Literal["positive", "negative", "unsure"]
VERDICTS: Final = ("positive", "negative", "unsure")
_CHANGES: Final = ("judge", "edit", "add", "rename")


@dataclass(frozen=True, slots=True)
class Record:
    """One line: who did what, when, to which entry, and what the entry said before and after."""

    do: str
    """begin, judge, edit, add, rename, undo or finish."""
    who: str
    when: str
    path: str = ""
    judgement: str | None = None
    table: Table | None = None
    was: Table | None = None
    because: str = ""
    undoes: int | None = None
    """The line (from 0) that an undo takes back, with those that were judged along with it."""
    along: int | None = None
    """The line (from 0) of the first of those that one key judged."""
    name: str = ""
    """The id that a renamed entry has from then on."""
    digest: str = ""
    """Of the proposals where a review begins, of the mapping where it ends."""


class Journal:
    """The open journal of one reviewer: only one process has it at a time."""

    def __init__(self, path: Path) -> None:
        busy = "another review of this article is open. End it (quit, or Ctrl-C) first."
        self.path = path
        self._lines = Lines(path, busy)
        self.records = [self._record(n, line) for n, line in enumerate(self._lines.read(), 1)]

    def append(self, *records: Record) -> None:
        """Keeps what one key did. Raises InputError where the disk does not take it."""
        first = len(self.records)
        together = [*records[:1], *(replace(one, along=first) for one in records[1:])]
        self._lines.add(*map(_line, together))
        self.records += together

    def standing(self) -> list[Record]:
        """The changes that have not been undone, in order."""
        return [record for lines in self._decided().values() for record in lines]

    def latest(self) -> tuple[int, list[Record]] | None:
        """The first line of what the latest key did that can be undone, and all its changes."""
        return next(reversed(self._decided().items()), None)

    def _decided(self) -> dict[int, list[Record]]:
        """The changes that have not been undone, together what one key did, by its first line."""
        undone = {record.undoes for record in self.records if record.do == "undo"}
        found: dict[int, list[Record]] = {}
        for line, record in enumerate(self.records):
            first = line if record.along is None else record.along
            if record.do in _CHANGES and first not in undone:
                found.setdefault(first, []).append(record)
        return found

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


def _line(record: Record) -> bytes:
    said = {k: v for k, v in asdict(record).items() if v not in (None, "")}
    return json.dumps(said, ensure_ascii=False).encode("utf-8")
