"""The desk of a person who judges candidates: what is open, what was judged, what is kept.

A judgement is a line of the journal beside the table before the next question is asked; it is never
changed, and undoing is a line, too. Keeping writes the table anew, with all of them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from kg.errors import FindingsError, InputError
from kg.files import Lines, write_output
from kg.links.candidate import Subject
from kg.links.reading import read_table
from kg.links.source import Source
from kg.links.suggest import Suggestion, judged_of, suggest, without
from kg.links.table import CLOSE, EXACT, NO_TERM, STANDARD, UNSURE, Row, Table
from kg.links.writing import plain, write_table

VERDICTS: Final = {
    "exact": (EXACT, False, 0.9),
    "close": (CLOSE, False, 0.6),
    "not": (EXACT, True, 0.95),
    "unsure": (UNSURE, False, 0.5),
    "none": (EXACT, False, 0.9),
}
"""By what a person says: the predicate, whether it is negated, the confidence unless they say."""
JOURNAL: Final = ".judgements.jsonl"
"""How the name of a target's journal ends, after the target."""
_BUSY: Final = "another review of this target is open. End it (q, or Ctrl-C) first."


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person said of a candidate; `object` is NO_TERM for: of none."""

    verdict: str
    object: str
    object_label: str
    because: str
    confidence: float | None = None


class Desk:
    """The open review of one target."""

    def __init__(
        self,
        table: Table,
        path: Path,
        who: str,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """`path` is the table's file. Raises InputError where it is being reviewed elsewhere."""
        self.table, self.who = table, who
        self._path, self._now = path, now
        self._lines = Lines(path.with_name(table.target + JOURNAL), _BUSY)
        try:
            found = [self._read(n, line) for n, line in enumerate(self._lines.read(), 1)]
        except InputError:
            self._lines.close()
            raise
        self._records: list[dict[str, Any]] = found

    def close(self) -> None:
        """Lets others review the target. What was judged stays in the journal."""
        self._lines.close()

    def rows(self) -> tuple[Row, ...]:
        """The table's judgements and those made since: a later one of a pair replaces another."""
        return _merged(self.table.rows, [_row(record) for _, record in self._standing()])

    def waiting(self) -> int:
        """How many judgements are in the journal alone."""
        return len(self._standing())

    def suggestion(self, subject: Subject, sources: Sequence[Source]) -> Suggestion:
        """The candidates for a subject that were not judged yet."""
        return without(suggest(subject, sources), judged_of(self.rows(), subject))

    def judge(self, subject: Subject, judged: Judged) -> Row:
        """Keeps a judgement in the journal. Raises InputError where it contradicts another."""
        predicate, negated, confidence = VERDICTS[judged.verdict]
        if not judged.because.strip():
            raise InputError("say why: nobody can trust a judgement without a reason.")
        row = Row(
            subject=subject.id,
            subject_label=subject.label,
            predicate=predicate,
            object=judged.object,
            object_label=judged.object_label,
            by=self.who,
            on=self._now().date(),
            confidence=confidence if judged.confidence is None else judged.confidence,
            because=plain(judged.because),
            negated=negated,
        )
        self._with([*self.rows(), row])
        self._add({"do": "judge", "verdict": judged.verdict, **_said(row)})
        return row

    def undo(self) -> str | None:
        """Takes the latest judgement back that is not in the table; the subject that it was of."""
        standing = self._standing()
        if not standing:
            return None
        number, record = standing[-1]
        self._add({"do": "undo", "undoes": number})
        return str(record["subject"])

    def keep(self) -> int:
        """Writes the table with all judgements; how many are new. Raises InputError."""
        many = self.waiting()
        if not many:
            return 0
        table = self._with(self.rows())
        write_output(self._path, write_table(table).encode("utf-8"))
        self._add({"do": "keep"})
        self.table = table
        return many

    def _with(self, rows: Sequence[Row]) -> Table:
        """The table with some rows, as it will be read back."""
        prefixes = STANDARD | self.table.prefixes
        changed = replace(self.table, rows=_merged((), rows), prefixes=prefixes)
        try:
            return read_table(write_table(changed), self.table.path)
        except FindingsError as error:
            raise InputError("; ".join(f.message for f in error.findings)) from None

    def _standing(self) -> list[tuple[int, dict[str, Any]]]:
        """The judgements since the table was last written that were not undone, with their line."""
        kept = max((n for n, r in enumerate(self._records) if r["do"] == "keep"), default=-1)
        undone = {record["undoes"] for record in self._records if record["do"] == "undo"}
        return [
            (n, record)
            for n, record in enumerate(self._records)
            if n > kept and record["do"] == "judge" and n not in undone
        ]

    def _add(self, record: dict[str, Any]) -> None:
        told = {**record, "who": self.who, "when": self._now().isoformat(timespec="seconds")}
        self._lines.add(json.dumps(told, ensure_ascii=False).encode("utf-8"))
        self._records.append(told)

    def _read(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(line)
            if not _whole(found):
                raise KeyError(found["do"])  # noqa: TRY301 to be told as any other flaw
        except (ValueError, KeyError, TypeError):
            raise InputError(
                f"{self._lines.path}:{number}: is no record of a judgement. Restore the file: it "
                "is only ever added to."
            ) from None
        return found


def _whole(record: dict[str, Any]) -> bool:
    """Whether a record is one that this desk writes. Raises where a judgement lacks something."""
    if record["do"] == "judge":
        return bool(_row(record).subject)
    return record["do"] == "keep" or (record["do"] == "undo" and int(record["undoes"]) >= 0)


def _said(row: Row) -> dict[str, Any]:
    return {
        "subject": row.subject,
        "label": row.subject_label,
        "object": row.object,
        "object_label": row.object_label,
        "confidence": row.confidence,
        "because": row.because,
    }


def _row(record: dict[str, Any]) -> Row:
    predicate, negated, _ = VERDICTS[record["verdict"]]
    return Row(
        subject=record["subject"],
        subject_label=record["label"],
        predicate=predicate,
        object=record["object"],
        object_label=record["object_label"],
        by=record["who"],
        on=dt.datetime.fromisoformat(record["when"]).date(),
        confidence=float(record["confidence"]),
        because=record["because"],
        negated=negated,
    )


def _merged(rows: Sequence[Row], newer: Sequence[Row]) -> tuple[Row, ...]:
    """All rows, each pair once, as it was judged last; a link ends that there was none."""
    found = {(row.subject, row.object): row for row in rows}
    for row in newer:
        found[row.subject, row.object] = row
        if row.settles and row.verdict == "positive":
            found.pop((row.subject, NO_TERM), None)
    return tuple(found.values())
