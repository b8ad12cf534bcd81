"""Taking articles in: each text into the private store, and the draft of a mapping for it.

The draft is written last: until then nothing of an article is seen. What was begun when the process
died is done again, under the same id.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from kg.errors import InputError, MappingError, WorkspaceError
from kg.files import write_whole
from kg.ingest.draft import draft, write_draft
from kg.ingest.found import Found, Missed
from kg.ingest.journal import Journal
from kg.ingest.near import Alike, Index
from kg.ingest.received import Received
from kg.ingest.slugs import choose_slug
from kg.ingest.sources import sources_of
from kg.ingest.web import Web
from kg.mapping.check import Known, check
from kg.mapping.document import Mapping
from kg.mapping.read import read
from kg.text import digest
from kg.workspace import SHIPPED, Workspace

_DIGEST: Final = re.compile(r'^digest\s*=\s*"(sha256:[0-9a-f]{64})"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    `state` is done, same (the very text of another article), before (done in an earlier run),
    skipped, failed, or note.
    """

    where: str
    state: str
    slug: str | None = None
    why: str = ""
    alike: tuple[Alike, ...] = ()


def ingest(workspace: Workspace, names: Iterable[str], web: Web, day: dt.date) -> Iterator[Outcome]:
    """Takes in whatever is named; an outcome for each article, as it is done.

    Raises WorkspaceError where the workspace is not the user's own.
    """
    if workspace.root.resolve() == SHIPPED.resolve():
        raise WorkspaceError(
            "The shipped workspace takes no articles in. Run `whoholds init DIR`, then name it "
            "by --workspace DIR."
        )
    with closing(_Taking(workspace, day)) as taking:
        for name in names:
            for source in sources_of(name, web):
                yield taking.take(source)


class _Taking:
    """One run over one workspace: what is there already, the journal, the index of texts."""

    def __init__(self, workspace: Workspace, day: dt.date) -> None:
        self.workspace, self.day = workspace, day
        self.store = workspace.text_path("x").parent / "ingest"
        self.known = workspace.known()
        self.slugs = {*workspace.slugs, *(one.id.partition("/")[2] for one in workspace.retired)}
        self.texts = _texts(workspace)
        write_whole(self.store.parent / ".gitignore", b"*\n")  # no text enters a repository
        self.journal = Journal(self.store / "journal.jsonl")
        self.index = Index(self.store / "runs.sqlite", self._story)
        for slug in workspace.slugs:
            if slug not in self.index and (text := self._story(slug)) is not None:
                self.index.add(slug, text)

    def close(self) -> None:
        """Closes the journal and the index."""
        self.journal.close()
        self.index.close()

    def take(self, source: Found | Missed) -> Outcome:
        """Takes one article in, unless that is done; whatever is wrong with it is its outcome."""
        if isinstance(source, Missed):
            if source.state != "note":
                self.journal.write(source.where, source.state, why=source.why)
            return Outcome(source.where, source.state, why=source.why)
        if (before := self.journal.articles.get(source.key)) in self.slugs and before:
            return Outcome(source.where, "before", before)
        try:
            return self._write(source, source.read())
        except InputError as error:
            self.journal.write(source.key, "failed", where=source.where, why=f"{error}")
            return Outcome(source.where, "failed", why=f"{error}")

    def _write(self, source: Found, received: Received) -> Outcome:
        if not received.parts:
            raise InputError(
                "no story was found in it: no headline, and no sentence of nine words. Check that "
                "it is the article's text."
            )
        content = received.text.encode("utf-8")
        mark = digest(content)
        if (same := self.texts.get(mark)) is not None:
            self.journal.write(source.key, "same", where=source.where, article=same)
            return Outcome(source.where, "same", same)
        slug = self.journal.begun.get(source.key) or self._slug(received, mark)
        alike = tuple(self.index.alike(_told(received), slug))
        mapping = draft(
            received,
            mark,
            self.workspace.authorities.actors,
            self.day,
            self._derived(received, alike),
        )
        drafted = write_draft(mapping, received, _shown(source.where))
        _expect_good(drafted, self.workspace.shown(self._mapping(slug)), self.known, content)
        self.journal.write(source.key, "begun", article=slug)
        write_whole(self.workspace.text_path(slug), content)
        if received.page is not None:
            write_whole(self.store / "pages" / f"{slug}.html", received.page)
        write_whole(self._mapping(slug), drafted.encode("utf-8"))
        self.slugs.add(slug)
        self.texts[mark] = slug
        self.index.add(slug, _told(received))
        self._note(source, slug, received, mark, alike)
        return Outcome(source.where, "done", slug, alike=alike)

    def _note(
        self, source: Found, slug: str, received: Received, mark: str, alike: tuple[Alike, ...]
    ) -> None:
        told = {"where": source.where, "article": slug, "text": mark}
        if received.page is not None:
            told["page"] = digest(received.page)
        if alike:
            told["alike"] = ", ".join(f"{a.article} {a.share:.2f}" for a in alike)
        self.journal.write(source.key, "done", **told)

    def _slug(self, received: Received, mark: str) -> str:
        day = received.published.on if received.published else None
        reserved = set(self.journal.begun.values())
        return choose_slug(
            received.title.value, day, mark, lambda slug: slug in self.slugs or slug in reserved
        )

    def _mapping(self, slug: str) -> Path:
        return self.workspace.root / "articles" / slug / "mapping.toml"

    def _derived(self, received: Received, alike: tuple[Alike, ...]) -> tuple[str, str] | None:
        """The article that this one repeats, unless that one is known to be the later."""
        for other in alike:
            order = self._order(received, other.article)
            if order != "later":
                share = f"{other.share:.0%} of the shorter text's runs of eight words stand in both"
                return (
                    other.article,
                    f"{share}; {other.article} appeared {order}. Proposed by whoholds-ingest",
                )
        return None

    def _order(self, received: Received, slug: str) -> str:
        published = self._read_mapping(slug)
        theirs = published.article.published if published else None
        if theirs is None or received.published is None:
            return "before it or after it, which is not known"
        first, last = theirs.bounds
        if first > received.published.on:
            return "later"
        return "before it" if last < received.published.on else "on the same day as far as is known"

    def _read_mapping(self, slug: str) -> Mapping | None:
        try:
            return read(self._mapping(slug).read_text("utf-8"), slug)
        except (OSError, MappingError):
            return None

    def _story(self, slug: str) -> str | None:
        """The words of an article's body, where its text and mapping are at hand."""
        mapping, path = self._read_mapping(slug), self.workspace.text_path(slug)
        if mapping is None or not path.is_file():
            return None
        text = path.read_bytes().decode("utf-8", "replace")
        spans = [at for p in mapping.parts if p.kind == "body" for at in p.anchor.at or ()]
        return "\n".join(text[start:end] for start, end in spans) or text


def _shown(where: str) -> str:
    """Where an article came from as its draft says it: no folder of this machine."""
    return where if "://" in where else PurePath(where).name


def _told(received: Received) -> str:
    """The words of the body, else of the whole."""
    text = received.text
    body = [text[p.start : p.end] for p in received.parts if p.kind == "body"]
    return "\n".join(body) or text


def _expect_good(drafted: str, path: str, known: Known, content: bytes) -> None:
    """Raises MappingError for a draft that `whoholds validate` would not let pass."""
    findings = check(read(drafted, path), drafted, path, known, content)
    if findings:
        raise MappingError(findings)


def _texts(workspace: Workspace) -> dict[str, str]:
    """The articles of a workspace by the digest of their texts."""
    found = {}
    for slug in workspace.slugs:
        if digests := _DIGEST.search(workspace.source(slug)):
            found[digests[1]] = slug
    return found
