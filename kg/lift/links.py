"""Link tables (SSSOM, https://mapping-commons.github.io/sssom/) as quads.

Each row is a judgement; the positive ones are stated too. Identity is skos:exactMatch or weaker,
and never reasoned over.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.address import is_address
from kg.authority import Judgement
from kg.errors import AuthorityError, Finding
from kg.lift.authorities import add_judgement
from kg.lift.terms import Quads, decimal, words
from kg.names import VOCABULARIES, Names
from kg.text import UNWRITABLE

_COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "confidence",
    "comment",
)
_PREDICATES: Final = frozenset(
    f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
)

Row = dict[str, str]


def read_links(source: str, path: str) -> tuple[dict[str, str], list[Row]]:
    """The prefixes and rows of a table. Raises AuthorityError with all findings."""
    if hidden := list(_hidden(source, path)):
        raise AuthorityError(hidden)
    lines = source.splitlines()
    head = [line for line in lines if line.startswith("#")]
    body = [line for line in lines if line.strip() and not line.startswith("#")]
    prefixes = dict(_prefixes(head))
    table = csv.DictReader(body, delimiter="\t")
    if tuple(table.fieldnames or ()) != _COLUMNS:
        message = f"columns are {table.fieldnames}; expected {', '.join(_COLUMNS)}."
        raise AuthorityError([Finding(path, len(head) + 1, message)])
    rows = [{key: text or "" for key, text in row.items()} for row in table]
    findings = [
        f for n, r in enumerate(rows, len(head) + 2) for f in _row_findings(path, n, r, prefixes)
    ]
    if findings:
        raise AuthorityError(findings)
    return prefixes, rows


def _hidden(source: str, path: str) -> Iterator[Finding]:
    """A finding for each line with a control character, which no XML could hold."""
    for number, line in enumerate(source.split("\n"), 1):
        if found := UNWRITABLE.search(line):
            message = f"{found[0]!r} is a control character; expected words without. Remove it."
            yield Finding(path, number, message)


def _prefixes(head: list[str]) -> Iterator[tuple[str, str]]:
    for line in head:
        name, colon, iri = line.lstrip("# ").partition(":")
        iri = iri.strip().strip("\"'")
        if colon and iri.startswith("http") and " " not in name:
            yield name.strip(), iri


def _expanded(curie: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = curie.partition(":")
    return prefixes[prefix] + local


def _row_findings(path: str, line: int, row: Row, prefixes: dict[str, str]) -> Iterator[Finding]:
    for key in ("subject_id", "object_id"):
        prefix = row[key].partition(":")[0]
        if prefix not in prefixes:
            message = f"{key} is '{row[key]}', whose prefix the curie_map does not have. Add it."
            yield Finding(path, line, message)
        elif not is_address(address := _expanded(row[key], prefixes)):
            yield Finding(path, line, f"{key} is '{row[key]}': {address} is no http IRI.")
    if row["predicate_id"] not in _PREDICATES:
        wanted = ", ".join(sorted(_PREDICATES))
        yield Finding(path, line, f"predicate_id is '{row['predicate_id']}'; one of {wanted}.")
    if row["predicate_modifier"] not in ("", "Not"):
        message = f"predicate_modifier is '{row['predicate_modifier']}'; leave it empty, or Not."
        yield Finding(path, line, message)
    try:
        dt.date.fromisoformat(row["mapping_date"])
        float(row["confidence"])
    except ValueError as error:
        yield Finding(path, line, f"mapping_date or confidence is wrong: {error}.")


def lift_links(rows: list[Row], prefixes: dict[str, str], names: Names) -> list[Quad]:
    """The quads of one table.

    place:aven skos:exactMatch <http://www.wikidata.org/entity/Q…> .
    judgement:link--place--aven--wikidata--Q… a wh:Judgement ; rdf:subject place:aven ;
        rdf:predicate skos:exactMatch ; wh:because "…"@en .
    """
    quads = Quads(NamedNode(names.graph("links")))
    for row in rows:
        _lift_row(quads, row, prefixes, names)
    return quads.found


def _lift_row(quads: Quads, row: Row, prefixes: dict[str, str], names: Names) -> None:
    kind, _, slug = row["subject_id"].partition(":")
    target, _, number = row["object_id"].partition(":")
    subject = NamedNode(names.iri(kind, slug))
    found = NamedNode(_expanded(row["object_id"], prefixes))
    predicate = NamedNode(VOCABULARIES["skos"] + row["predicate_id"].partition(":")[2])
    node = NamedNode(names.iri("judgement", f"link--{kind}--{slug}--{target}--{number}"))
    date = dt.date.fromisoformat(row["mapping_date"])
    judged = Judgement(row["author_label"], date, "outside", row["comment"])
    add_judgement(quads, node, (subject, predicate, found), judged)
    quads.add(node, "sssom:confidence", decimal(float(row["confidence"])))
    if row["predicate_modifier"] == "Not":
        quads.add(node, "sssom:predicate_modifier", words("Not"))
    else:
        quads.add(subject, row["predicate_id"], found)
