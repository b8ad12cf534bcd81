"""Link tables, read strictly: whatever is wrong is told by its line. Pure.

https://mapping-commons.github.io/sssom/tsv/
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.address import is_address
from kg.errors import AuthorityError, Finding
from kg.links.table import (
    CLOSE,
    COLUMNS,
    EXACT,
    KINDS,
    NO_TERM,
    PREDICATES,
    UNSURE,
    Row,
    Table,
    target_of,
    wrong_target,
)
from kg.names import is_slug
from kg.text import UNWRITABLE

_ROLE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_table(source: str, path: str) -> Table:
    """The table that a text holds. Raises AuthorityError with all findings."""
    lines = source.splitlines()
    if hidden := list(_hidden(source, path)):
        raise AuthorityError(hidden)
    size = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes, about = _head(lines[:size])
    cells = lines[size].split("\t") if size < len(lines) else []
    if tuple(cells) != COLUMNS:
        message = f"columns are {cells}; expected {', '.join(COLUMNS)}."
        raise AuthorityError([Finding(path, size + 1, message)])
    target, findings, rows = target_of(path), list[Finding](), list[Row]()
    if wrong := wrong_target(target):
        findings.append(Finding(path, 0, wrong))
    if target not in prefixes:
        message = f"the curie_map lacks '{target}', after which the file is named. Add it."
        findings.append(Finding(path, 1, message))
    for number, line in enumerate(lines[size + 1 :], size + 2):
        try:
            rows.append(_row(line, number, target, prefixes))
        except ValueError as error:
            findings += [Finding(path, number, message) for message in error.args]
    findings += [Finding(path, n, message) for n, message in _contradictions(rows)]
    if findings:
        raise AuthorityError(sorted(findings, key=lambda f: (f.line, f.message)))
    return Table(target, path, prefixes, about, tuple(rows))


def _hidden(source: str, path: str) -> Iterator[Finding]:
    """A finding for each line with a control character, which no XML could hold."""
    for number, line in enumerate(source.split("\n"), 1):
        if found := UNWRITABLE.search(line):
            message = f"{found[0]!r} is a control character; expected words without. Remove it."
            yield Finding(path, number, message)


def _head(lines: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The prefixes of the curie_map, and what else the head says."""
    prefixes, about = dict[str, str](), dict[str, str]()
    for line in lines:
        said = line[1:]
        name, _, text = said.strip().partition(":")
        if text := _unquoted(text.strip()):
            (prefixes if said[:1].isspace() else about)[name] = text
    return prefixes, about


def _unquoted(text: str) -> str:
    """A value of YAML without its quotation marks."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text[1:-1].replace("''", "'") if len(text) > 1 and text[0] == text[-1] == "'" else text


def _row(line: str, number: int, target: str, prefixes: dict[str, str]) -> Row:
    """One row. Raises ValueError with what is wrong, a message each."""
    try:
        cells = next(csv.reader([line], delimiter="\t", strict=True), [])
    except csv.Error as error:
        raise ValueError(f"is no row of a table ({error}). Quote whole cells or none.") from None
    if len(cells) != len(COLUMNS):
        wanted = f"{len(COLUMNS)}, with a tab between each"
        raise ValueError(f"the row has {len(cells)} cells; expected {wanted}.")
    said = dict(zip(COLUMNS, cells, strict=True))
    if wrong := [*_wrong_ids(said, target, prefixes), *_wrong_words(said)]:
        raise ValueError(*wrong)
    return Row(
        subject=said["subject_id"],
        subject_label=said["subject_label"],
        predicate=said["predicate_id"],
        object=said["object_id"],
        object_label=said["object_label"],
        by=said["author_label"],
        on=dt.date.fromisoformat(said["mapping_date"]),
        confidence=float(said["confidence"]),
        because=said["comment"],
        negated=said["predicate_modifier"] == "Not",
        justification=said["mapping_justification"],
        line=number,
    )


def _wrong_ids(said: dict[str, str], target: str, prefixes: dict[str, str]) -> Iterator[str]:
    keys = ("subject_id", "object_id", "mapping_justification")
    for key in (*keys, *(("predicate_id",) if said["predicate_id"] in PREDICATES else ())):
        prefix, colon, local = said[key].partition(":")
        if not colon or prefix not in prefixes:
            yield f"{key} is '{said[key]}', whose prefix the curie_map does not have. Add it."
        elif not is_address(address := prefixes[prefix] + local):
            yield f"{key} is '{said[key]}': {address} is no http IRI."
    kind, _, slug = said["subject_id"].partition(":")
    if kind in prefixes and not (kind in KINDS and is_slug(slug)):
        yield f"subject_id is '{said['subject_id']}'; expected an actor or place, as place:aven."
    prefix = said["object_id"].partition(":")[0]
    if prefix in prefixes and prefix != target and said["object_id"] != NO_TERM:
        yield f"object_id is '{said['object_id']}'; expected one of {target}, or {NO_TERM}."


def _wrong_words(said: dict[str, str]) -> Iterator[str]:
    predicate, modifier = said["predicate_id"], said["predicate_modifier"]
    if predicate not in PREDICATES:
        yield f"predicate_id is '{predicate}'; one of {', '.join(sorted(PREDICATES))}."
    if modifier not in ("", "Not"):
        yield f"predicate_modifier is '{modifier}'; leave it empty, or Not."
    if modifier == "Not" and predicate == UNSURE:
        yield f"{UNSURE} says that nobody is sure; with Not it says nothing. Take a match."
    if said["object_id"] == NO_TERM and (predicate != EXACT or modifier):
        yield f"object_id is {NO_TERM}; expected {EXACT} without Not, for no record is the same."
    if not _ROLE.fullmatch(said["author_label"]):
        yield f"author_label is '{said['author_label']}'; expected a role, as editor-1."
    if not said["comment"].strip():
        yield "comment is empty; expected why it was judged so."
    try:
        dt.date.fromisoformat(said["mapping_date"])
        confidence = float(said["confidence"])
    except ValueError as error:
        yield f"mapping_date or confidence is wrong: {error}."
        return
    if math.isnan(confidence) or not 0 <= confidence <= 1:
        yield f"confidence is {said['confidence']}; expected a number from 0 to 1."


def _contradictions(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Rows that cannot stand beside an earlier one, by line."""
    judged = dict[tuple[str, str], Row]()
    said = dict[str, Row]()
    for row in rows:
        first = judged.setdefault((row.subject, row.object), row)
        if first is not row:
            yield row.line, f"{row.subject} and {row.object} are judged in line {first.line}, too."
        elif row.settles:
            other = said.get(row.subject)
            if other and (CLOSE not in (row.predicate, other.predicate) or _none(row, other)):
                yield row.line, _second(row, other)
            if not other or other.predicate == CLOSE:
                said[row.subject] = row


def _none(*rows: Row) -> bool:
    return any(row.verdict == "none" for row in rows)


def _second(row: Row, first: Row) -> str:
    said = "no record" if first.verdict == "none" else first.object
    return (
        f"{row.subject} has {said} in line {first.line}, and here {row.object}: of two records at "
        f"most one is the same. Judge the other {CLOSE}, or Not."
    )
