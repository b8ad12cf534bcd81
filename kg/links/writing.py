"""Link tables, written in one way whoever writes them. Pure.

https://mapping-commons.github.io/sssom/tsv/
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from kg.links.table import COLUMNS, Row, Table

_SPACES: Final = re.compile(r"\s+")


def write_table(table: Table) -> str:
    """The text of a table, which `read_table` reads: the same rows, in any order, give the same.

    Sorted by subject; what is linked comes before what is ruled out.
    """
    out = io.StringIO()
    out.write("#curie_map:\n")
    for name, space in sorted(table.prefixes.items()):
        out.write(f"#  {name}: {space}\n")
    for key, said in sorted(table.about.items()):
        out.write(f"#{key}: {_yaml(said)}\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row) for row in sorted(table.rows, key=_order))
    return out.getvalue()


def _yaml(text: str) -> str:
    """A value as YAML has it: plain where that is safe."""
    plain = re.fullmatch(r"https?://\S+", text) and not text.endswith(":")
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _order(row: Row) -> tuple[str, bool, str, str]:
    return row.subject, row.negated, row.predicate, row.object


def _cells(row: Row) -> Iterable[str]:
    return (
        row.subject,
        plain(row.subject_label),
        row.predicate,
        "Not" if row.negated else "",
        row.object,
        plain(row.object_label),
        row.justification,
        row.by,
        row.on.isoformat(),
        f"{row.confidence:g}",
        plain(row.because),
    )


def plain(text: str) -> str:
    """Words on one line, as a cell has them."""
    return _SPACES.sub(" ", text).strip()
