"""Link tables as they are published: SSSOM with all that a reader elsewhere has to know. Pure.

https://mapping-commons.github.io/sssom/MappingSet/
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kg.links.table import UNSURE, Table

SSSOM: Final = "1.1"
"""The version of SSSOM whose slots are used."""
_SAYS: Final = (
    "Judgements, one by one, on which actors and places are the same as records of {target}. "
    f"Rows with Not rule a record out; {UNSURE} marks one that was looked at and left open; "
    "sssom:NoTermFound says that no record is to be trusted. None of it is owl:sameAs."
)


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published: whose it is, from where, in which version."""

    title: str
    base: str
    licence: str
    version: str = ""
    tool: str = ""
    """The version of this software."""


def published(table: Table, publication: Publication) -> Table:
    """The table with full metadata; what its head says already stands."""
    days = [row.on.isoformat() for row in table.rows]
    about = {
        "comment": f"{len(table.rows)} judgements.",
        "license": publication.licence,
        "mapping_provider": publication.base,
        "mapping_set_description": _SAYS.format(target=table.target),
        "mapping_set_id": f"{publication.base}links/{table.target}.sssom.tsv",
        "mapping_set_title": f"{publication.title}: links to {table.target}",
        "mapping_set_version": publication.version,
        "mapping_tool": "WhoHolds",
        "mapping_tool_version": publication.tool,
        "object_source": f"{table.target}:",
        "publication_date": max(days, default=""),
        "sssom_version": SSSOM,
        "subject_source_version": publication.version,
    }
    said = {key: text for key, text in about.items() if text}
    return replace(table, about=said | table.about)
