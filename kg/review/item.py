"""An item of the desk: one entry as it stands, and what a record of the journal makes of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from kg.review.entry import Table
from kg.review.journal import Record

OPEN: Final = ("positive", "unsure", None)
"""The judgements of what is not rejected."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry on the desk: as it stands, as it was proposed, and how it was judged."""

    path: str
    table: Table
    judgement: str | None = None
    proposed: Table | None = None
    """None where a reviewer added it."""
    because: str = ""
    renamed_from: str = ""
    """The path under which it was proposed or added, where it has another name now."""

    @property
    def kind(self) -> str:
        """article, part, actor, place, mention, voice, claim or nothing."""
        return self.path.partition("/")[0]

    @property
    def name(self) -> str:
        """Its id within the article."""
        return self.path.partition("/")[2]

    @property
    def first_path(self) -> str:
        """The path under which it was proposed or added."""
        return self.renamed_from or self.path

    @property
    def stands(self) -> bool:
        """Whether it is a part, and not rejected: statements are sought in it."""
        return self.kind == "part" and self.judgement != "negative"

    def among(self, verdicts: Collection[str | None]) -> bool:
        """Whether it belongs to the items so judged; a part does while it stands."""
        return self.stands if self.kind == "part" else self.judgement in verdicts


def changed(item: Item, record: Record) -> Item:
    """The item after a judgement or an edit; an edited one is to be judged anew."""
    table = item.table if record.table is None else record.table
    verdict = record.judgement if record.do == "judge" else None
    return replace(item, table=table, judgement=verdict, because=record.because)


def new_table(item: Item, table: Table | None) -> Table | None:
    """The table, without empty fields, where it says something else than the item's."""
    if table is None:
        return None
    plain = {k: v for k, v in table.items() if v not in (None, "", [], {})}
    return plain if plain != item.table else None
