"""The desk: an article's proposals with every judgement made so far, and what can be done next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from kg.errors import InputError, suggest
from kg.mapping.anchor import Located, locate
from kg.mapping.check import Known
from kg.mapping.document import Mapping
from kg.names import is_slug
from kg.review.compose import NUMBERED, compose
from kg.review.entry import Table, table_of
from kg.review.findings import Findings, find
from kg.review.journal import VERDICTS, Journal, Record
from kg.review.proposals import AUTHORITY, Proposals
from kg.suggest.anchoring import Page, anchor_of, trimmed
from kg.text import Span, decode, quoted, unwrapped
from kg.workspace import Workspace

ADDED: Final = ("mention", "voice", "claim", *NUMBERED, *AUTHORITY)


class NotAccepted(InputError):
    """An entry cannot be accepted as it stands; `findings` says why, key by key."""

    def __init__(self, path: str, findings: Findings) -> None:
        self.findings = findings
        super().__init__("\n".join(f"{path}: {m}" for ms in findings.values() for m in ms))


@dataclass(frozen=True, slots=True)
class Item:
    """One entry on the desk: as it stands, as it was proposed, and how it was judged."""

    path: str
    table: Table
    judgement: str | None = None
    proposed: Table | None = None
    """None where a reviewer added it."""
    because: str = ""

    @property
    def kind(self) -> str:
        """article, part, actor, place, mention, voice, claim or nothing."""
        return self.path.partition("/")[0]

    @property
    def stands(self) -> bool:
        """Whether it is a part, and not rejected: statements are sought in it."""
        return self.kind == "part" and self.judgement != "negative"

    def among(self, verdicts: Collection[str | None]) -> bool:
        """Whether it belongs to the items so judged; a part does while it stands."""
        return self.stands if self.kind == "part" else self.judgement in verdicts

    @property
    def name(self) -> str:
        """Its id within the article."""
        return self.path.partition("/")[2]


def now() -> str:
    """The time as records have it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Desk:
    """One reviewer's review of one article.

    `writes` says whether its end writes the mapping: a second reviewer's does not. Without `who`
    it is whoever began.
    """

    def __init__(
        self,
        workspace: Workspace,
        slug: str,
        proposals: Proposals,
        journal: Journal,
        who: str,
        *,
        writes: bool = True,
    ) -> None:
        content = workspace.content(slug)
        if content is None:
            where = workspace.shown(workspace.text_path(slug))
            raise InputError(f"{slug}: no text is attached ({where}). Run `whoholds attach` first.")
        self.workspace, self.slug = workspace, slug
        self.content, self.text = content, unwrapped(decode(content, slug))
        self.proposals, self.journal, self.writes = proposals, journal, writes
        self.who = who or next((r.who for r in journal.records), "reviewer")
        self._begin()
        self.items = self._replayed()

    def _begin(self) -> None:
        begun = next((r for r in self.journal.records if r.do == "begin"), None)
        if begun is None:
            self._keep(Record("begin", self.who, now(), digest=self.proposals.digest))
        elif begun.digest != self.proposals.digest:
            raise InputError(
                f"{self.journal.path}: was begun with other proposals. Put back those it was "
                "begun with, or move the journal away to begin anew."
            )

    def _keep(self, record: Record) -> None:
        self.journal.append(record)

    def _replayed(self) -> dict[str, Item]:
        """The items as the journal leaves them."""
        judged = self.proposals.judged
        tables = self.proposals.tables
        items = {path: Item(path, t, judged.get(path), t) for path, t in tables.items()}
        for record in self.journal.standing():
            if record.do == "add" and record.table is not None:
                items[record.path] = Item(record.path, record.table, record.judgement)
            elif record.path in items:
                items[record.path] = _changed(items[record.path], record)
        return items

    # --- what is asked of it ------------------------------------------------------

    @cached_property
    def known(self) -> Known:
        """What the workspace's authorities and codebook have."""
        return self.workspace.known()

    def item(self, path: str) -> Item:
        """An item by its path. Raises InputError."""
        if path not in self.items:
            raise InputError(f"nothing is called '{path}'; {suggest(path, self.items, 'entries')}.")
        return self.items[path]

    def why(self, item: Item) -> str:
        """Why the entry is proposed, by its rule; nothing where a person wrote it."""
        proposed = item.proposed or {}
        said = str(proposed.get("because", "")) if proposed.get("by") else ""
        return said or self.proposals.reasons.get(item.path, "")

    def knowing(self, verdicts: Collection[str | None]) -> Known:
        """What may be referred to: the authorities, and the proposed ones so judged."""
        named = [i for i in self.items.values() if i.judgement in verdicts]
        return replace(
            self.known,
            actors={*self.known.actors, *(i.name for i in named if i.kind == "actor")},
            places={*self.known.places, *(i.name for i in named if i.kind == "place")},
        )

    def mapping(self, verdicts: Collection[str | None]) -> Mapping:
        """The mapping that the items so judged make, in the parts that stand.

        What is wrong in form is left out.
        """
        chosen = {p: i.table for p, i in self.items.items() if i.among(verdicts)}
        return compose(self.proposals.draft, chosen)[0]

    def located(self, verdicts: Collection[str | None]) -> Located:
        """Where the items so judged stand in the text."""
        return locate(self.mapping(verdicts), self.text)

    def parts(self) -> list[Span]:
        """The stretches that can carry statements."""
        return self.located(()).parts() or [(0, len(self.text))]

    def findings(self, path: str, table: Table | None = None) -> Findings:
        """What is wrong with an entry, key by key, as if it were accepted."""
        item = self.item(path)
        return find(self, replace(item, table=table if table is not None else item.table))

    # --- what it does -------------------------------------------------------------

    def judge(
        self, path: str, judgement: str, table: Table | None = None, because: str = ""
    ) -> None:
        """Keeps a judgement, and the entry as it was changed. Raises NotAccepted."""
        item = self.item(path)
        if judgement not in VERDICTS:
            raise InputError(f"'{judgement}' is no judgement; one of {', '.join(VERDICTS)}.")
        if judgement == "positive" and (found := self.findings(path, table)):
            raise NotAccepted(path, found)
        self._change(
            Record(
                "judge", self.who, now(), path, judgement, _new(item, table), item.table,
                because,
            )
        )  # fmt: skip

    def edit(self, path: str, table: Table) -> None:
        """Keeps an entry as it is being changed; it is to be judged anew."""
        item = self.item(path)
        if _new(item, table) is not None:
            self._change(Record("edit", self.who, now(), path, None, _new(item, table), item.table))

    def anchor(self, path: str, span: Span) -> None:
        """Moves an entry to another stretch of the text."""
        table = {k: v for k, v in self.item(path).table.items() if k not in _ANCHORS}
        self.edit(path, table | self.anchored(span, self.item(path).kind))

    def anchored(self, span: Span, kind: str = "claim") -> Table:
        """The keys that anchor a span within the parts, a part's anywhere. Raises InputError."""
        whole = [(0, len(self.text))]
        parts = whole if kind == "part" else self.parts()
        page = Page(self.text, tuple(parts), quoted(self.text))
        spans = trimmed([span], self.text)
        if not page.has(spans):
            expected = "words within one of the parts that carry statements"
            raise InputError(f"[{span[0]}, {span[1]}] is no anchor: expected {expected}.")
        return table_of(anchor_of(spans, page))

    def add(self, kind: str, name: str, table: Table) -> str:
        """Adds what was missed, to be judged as everything else; its path.

        A passage that carries no statement is accepted at once where it says why.
        """
        if kind not in ADDED:
            raise InputError(f"'{kind}' cannot be added; one of {', '.join(ADDED)}.")
        name = name or self._free(kind)
        path = f"{kind}/{name}"
        if not is_slug(name) or path in self.items:
            raise InputError(f"'{name}' cannot be its id: lower-case words that no {kind} has yet.")
        whole = kind == "nothing" and bool(table.get("because"))
        verdict = "positive" if whole else None
        self._change(Record("add", self.who, now(), path, verdict, table))
        return path

    def undo(self) -> str | None:
        """Takes back the latest change; the path it was about, or None."""
        line = self.journal.latest()
        if line is None:
            return None
        path = self.journal.records[line].path
        self._keep(Record("undo", self.who, now(), path, undoes=line))
        self.items = self._replayed()
        return path

    def finished(self, digest: str) -> None:
        """Keeps that the review ended, with the digest of what it made."""
        self._keep(Record("finish", self.who, now(), digest=digest))

    @property
    def today(self) -> dt.date:
        """The day, by the desk's clock."""
        return dt.date.fromisoformat(now()[:10])

    def _change(self, record: Record) -> None:
        self._keep(record)
        self.items = self._replayed()

    def _free(self, kind: str) -> str:
        number = 1
        while f"{kind}/{number}" in self.items or f"{kind}/added-{number}" in self.items:
            number += 1
        return str(number) if kind in NUMBERED else f"added-{number}"


_ANCHORS: Final = ("words", "nth", "from", "to", "to-nth")


def _new(item: Item, table: Table | None) -> Table | None:
    """The table where it says something else than before."""
    if table is None:
        return None
    plain = {k: v for k, v in table.items() if v not in (None, "", [], {})}
    return plain if plain != item.table else None


def _changed(item: Item, record: Record) -> Item:
    table = item.table if record.table is None else record.table
    verdict = record.judgement if record.do == "judge" else None
    return replace(item, table=table, judgement=verdict, because=record.because)
