"""The journal of a review: every judgement as it was made, one line each, never changed.

A line is on the disk before its judgement is shown as made. Undoing is a line too. A reviewer who
comes back, or whose machine went down, reads the journal from its start.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from kg.errors import InputError
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
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file: BinaryIO = path.open("a+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise InputError(
                f"{path}: another review of this article is open. End it (quit, or Ctrl-C) first."
            ) from None
        self.records = self._read()

    def append(self, record: Record) -> None:
        """Keeps a record. Raises InputError where the disk does not take it."""
        said = {k: v for k, v in asdict(record).items() if v not in (None, "")}
        line = json.dumps(said, ensure_ascii=False).encode("utf-8") + b"\n"
        end = self._file.seek(0, os.SEEK_END)
        try:
            written = self._file.write(line)
            os.fsync(self._file.fileno())
        except OSError as error:
            self._file.truncate(end)
            raise InputError(f"{self.path}: cannot be written ({error.strerror}).") from None
        if written != len(line):
            self._file.truncate(end)
            raise InputError(f"{self.path}: cannot be written (the disk is full).")
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
        self._file.close()

    def _read(self) -> list[Record]:
        """The records. A last line that a dying machine left unfinished was never acknowledged."""
        self._file.seek(0)
        content = self._file.readall()  # type: ignore[attr-defined]
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            self._file.truncate(len(whole))
        return [self._record(n, line) for n, line in enumerate(whole.splitlines(), 1)]

    def _record(self, number: int, line: bytes) -> Record:
        try:
            found: Any = json.loads(line)
            return Record(**found)
        except (ValueError, TypeError):
            raise InputError(
                f"{self.path}:{number}: is no record of a judgement. Restore the file: it is "
                "only ever added to."
            ) from None
