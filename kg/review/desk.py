"""The desk: an article's proposals with every judgement made so far, and what can be done next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cached_property
from itertools import count
from typing import Final

from kg.errors import InputError, suggest
from kg.gazetteer.latin import readable_slug
from kg.mapping.anchor import Located, locate
from kg.mapping.check import Known
from kg.mapping.document import Mapping
from kg.names import is_slug
from kg.review.compose import NUMBERED, compose
from kg.review.entry import Table, table_of
from kg.review.findings import Findings, find
from kg.review.item import Item, changed, new_table
from kg.review.journal import VERDICTS, Journal, Record
from kg.review.proposals import AUTHORITY, Proposals
from kg.review.renaming import renamed
from kg.suggest.anchoring import Page, anchor_of, trimmed
from kg.suggest.naming import unique
from kg.text import Span, decode, quoted, unwrapped
from kg.workspace import Workspace

ADDED: Final = ("mention", "voice", "claim", *NUMBERED, *AUTHORITY)


class NotAccepted(InputError):
    """An entry cannot be accepted as it stands; `findings` says why, key by key."""

    def __init__(self, path: str, findings: Findings) -> None:
        self.findings = findings
        super().__init__("\n".join(f"{path}: {m}" for ms in findings.values() for m in ms))


def short_name(words: str) -> str:
    """The id that some words make: the first four of them."""
    return "-".join(readable_slug(words).split("-")[:4])


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
            self.journal.append(Record("begin", self.who, now(), digest=self.proposals.digest))
        elif begun.digest != self.proposals.digest:
            raise InputError(
                f"{self.journal.path}: was begun with other proposals. Put back those it was "
                "begun with, or move the journal away to begin anew."
            )

    def _replayed(self) -> dict[str, Item]:
        """The items as the journal leaves them."""
        judged = self.proposals.judged
        tables = self.proposals.tables
        items = {path: Item(path, t, judged.get(path), t) for path, t in tables.items()}
        for record in self.journal.standing():
            if record.do == "add" and record.table is not None:
                items[record.path] = Item(record.path, record.table, record.judgement)
            elif record.do == "rename" and record.path in items:
                items = renamed(items, record)
            elif record.path in items:
                items[record.path] = changed(items[record.path], record)
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
        return said or self.proposals.reasons.get(item.first_path, "")

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
        self.keep(self._judged(path, judgement, table, because))

    def judge_together(self, paths: Iterable[str], judgement: str) -> None:
        """Keeps a judgement of several entries as one decision. Raises NotAccepted."""
        self.keep(*[self._judged(path, judgement) for path in paths])

    def _judged(
        self, path: str, judgement: str, table: Table | None = None, because: str = ""
    ) -> Record:
        item = self.item(path)
        if judgement not in VERDICTS:
            raise InputError(f"'{judgement}' is no judgement; one of {', '.join(VERDICTS)}.")
        if judgement == "positive" and (found := self.findings(path, table)):
            raise NotAccepted(path, found)
        new = new_table(item, table)
        return Record("judge", self.who, now(), path, judgement, new, item.table, because)

    def edit(self, path: str, table: Table) -> None:
        """Keeps an entry as it is being changed; it is to be judged anew."""
        if (new := new_table(self.item(path), table)) is not None:
            self.keep(self.edited(self.item(path), new))

    def edited(self, item: Item, table: Table) -> Record:
        """The record of an entry as it is changed."""
        return Record("edit", self.who, now(), item.path, None, table, item.table)

    def anchor(self, path: str, span: Span) -> None:
        """Moves an entry to another stretch of the text."""
        table = {k: v for k, v in self.item(path).table.items() if k not in _ANCHORS}
        self.edit(path, table | self.anchored(span, self.item(path).kind))

    def free_name(self, kind: str, words: str = "added") -> str:
        """An id that no entry of the kind has: of the words, or a number."""
        taken = {item.name for item in self.items.values() if item.kind == kind}
        if kind in NUMBERED:
            return next(str(n) for n in count(1) if str(n) not in taken)
        return unique(short_name(words), taken)

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
        whole = kind == "nothing" and bool(table.get("because"))
        added = self.added(kind, name, table, "positive" if whole else None)
        self.keep(added)
        return added.path

    def added(self, kind: str, name: str, table: Table, verdict: str | None = None) -> Record:
        """The record of what is added. Raises InputError where its id is none, or is taken."""
        if kind not in ADDED:
            raise InputError(f"'{kind}' cannot be added; one of {', '.join(ADDED)}.")
        name = name or self.free_name(kind)
        path = f"{kind}/{name}"
        if not is_slug(name) or path in self.items:
            raise InputError(f"'{name}' cannot be its id: lower-case words that no {kind} has yet.")
        return Record("add", self.who, now(), path, verdict, table)

    def undo(self) -> list[str]:
        """Takes back what the latest key did; the paths it was about, the one chosen first."""
        if (latest := self.journal.latest()) is None:
            return []
        line, changes = latest
        paths = [record.path for record in reversed(changes)]
        self.keep(Record("undo", self.who, now(), paths[0], undoes=line))
        return paths

    def finished(self, digest: str) -> None:
        """Keeps that the review ended, with the digest of what it made."""
        self.journal.append(Record("finish", self.who, now(), digest=digest))

    @property
    def today(self) -> dt.date:
        """The day, by the desk's clock."""
        return dt.date.fromisoformat(now()[:10])

    def keep(self, *records: Record) -> None:
        """Keeps what one key does, to be undone as one."""
        self.journal.append(*records)
        self.items = self._replayed()


_ANCHORS: Final = ("words", "nth", "from", "to", "to-nth")
