"""An article that drafts are made of: its text, what its mapping says so far, and where it goes.

It is an article of the workspace, whose mapping is a draft, or a text file beside no workspace. A
reviewed mapping is never touched, nor a draft on which a review has begun. What a person wrote into
a draft, which no rule signed, stays.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path
from typing import Final

from kg.authority import Judgement
from kg.errors import TextError, WorkspaceError
from kg.files import write_whole
from kg.mapping.anchor import locate
from kg.mapping.document import Article, Coding, Mapping, Part, Published
from kg.mapping.write import write
from kg.suggest.anchoring import Page, anchor_of, trimmed
from kg.suggest.draft import Draft
from kg.suggest.entries import write_entries
from kg.suggest.model import Model
from kg.suggest.reading import Reading, read_text
from kg.text import decode, digest
from kg.workspace import Workspace

BY: Final = "whoholds-suggest"
"""The role under which drafts are coded."""
JUDGEMENTS: Final = "judgements.jsonl"
"""Where a review keeps its decisions, beside the mapping."""
CODEBOOK: Final = "1"


@dataclass(frozen=True, slots=True)
class Drafted:
    """An article, the mapping that it has before anything is proposed, and where that stands."""

    name: str
    reading: Reading
    mapping: Mapping
    path: Path | None = None


def drafted_article(workspace: Workspace, slug: str, *, replacing: bool = False) -> Drafted:
    """An article of the workspace, without what rules proposed before.

    Raises WorkspaceError where nothing may be written: the mapping is reviewed, its review has
    begun, or it has entries and is not to be replaced. Raises TextError without its text.
    """
    mapping, path = workspace.mapping(slug), workspace.mapping_path(slug)
    _refuse(workspace, slug, mapping, replacing=replacing)
    content = workspace.content(slug)
    if content is None:
        where = workspace.shown(workspace.text_path(slug))
        raise TextError(f"{slug}: no text is attached ({where}). Run `whoholds attach DIR` first.")
    text = content.decode("utf-8")
    parts = _parts(mapping, text, workspace.shown(path))
    published = mapping.article.published.bounds if mapping.article.published else None
    found = replace(mapping.article, digest=digest(content))
    own = replace(_own(mapping), article=found)
    return Drafted(slug, read_text(text, parts, published), own, path)


def _refuse(workspace: Workspace, slug: str, mapping: Mapping, *, replacing: bool) -> None:
    path = workspace.mapping_path(slug)
    shown = workspace.shown(path)
    if mapping.status == "reviewed":
        raise WorkspaceError(
            f"{shown} is reviewed, and what people decided is not replaced. To see what would be "
            f"proposed, give the text file and -o: `whoholds suggest FILE -o FILE`."
        )
    if (path.parent / JUDGEMENTS).exists():
        raise WorkspaceError(
            f"{shown}: its review has begun ({JUDGEMENTS}), and its decisions are about the "
            "proposals that stand there. Finish it, or move that file away."
        )
    entries = len(mapping.voices) + len(mapping.claims) + len(mapping.mentions)
    if entries and not replacing:
        raise WorkspaceError(
            f"{shown} has {entries} entries. With --replace those that rules proposed are proposed "
            "anew (comments among them are lost); those without `by`, which a person wrote, stay."
        )


def _own(mapping: Mapping) -> Mapping:
    """A mapping with what no rule signed."""
    return replace(
        mapping,
        voices={name: v for name, v in mapping.voices.items() if v.by is None},
        claims={name: c for name, c in mapping.claims.items() if c.by is None},
        mentions={name: m for name, m in mapping.mentions.items() if m.by is None},
    )


def _parts(mapping: Mapping, text: str, shown: str) -> list[tuple[int, int]] | None:
    """The stretches that count; all of the text where the mapping names none."""
    located = locate(replace(mapping, voices={}, claims={}, mentions={}, nothings=()), text)
    for path, problem in located.problems.items():
        raise TextError(f"{shown}: {path[0]} '{path[1]}': {problem}")
    return located.parts() or None


def text_article(file: Path, published: Published | None = None) -> Drafted:
    """A text file as an article of which no more is known than its text. Raises TextError."""
    content = _read(file)
    text = decode(content, str(file))
    (whole,) = trimmed([(0, len(text))], text)
    page = Page(text, ((0, len(text)),), ())
    part = Part("body", anchor_of((whole,), page))
    about = Article(
        title=file.stem,
        publisher="unstated",
        language="en",
        published=published,
        digest=digest(content),
    )
    mapping = Mapping(1, "draft", about, Coding(), (part,))
    bounds = published.bounds if published else None
    return Drafted(file.stem, read_text(text, [whole], bounds), mapping)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise TextError(f"{file}: cannot be read ({error.strerror}).") from None


def coding(before: Coding, model: Model | None, proposer: str | None, day: dt.date) -> Coding:
    """Who coded a draft: what stands there already, else this program; and what proposed."""
    parts = [f"whoholds {version('whoholds')}", str(model) if model else "no model"]
    return replace(
        before,
        coder=before.coder or BY,
        coded=before.coded or day,
        codebook=before.codebook or CODEBOOK,
        proposer="; ".join([*parts, *([proposer] if proposer else [])]),
    )


def store(draft: Draft, path: Path) -> None:
    """Writes a draft, and the actors and places that it proposes beside it; each at one go.

    The comment that heads the file stays: it says where the article comes from.
    """
    beside = proposed_beside(path)
    if draft.naming.proposed:
        write_whole(beside, proposed_source(draft).encode("utf-8"))
    else:
        beside.unlink(missing_ok=True)
    write_whole(path, (heading(path) + write(draft.mapping)).encode("utf-8"))


def heading(path: Path) -> str:
    """The lines of comment with which a file begins; none where there is no file."""
    source = path.read_text("utf-8") if path.is_file() else ""
    return "".join(takewhile(lambda line: line.startswith("#"), source.splitlines(keepends=True)))


def proposed_beside(path: Path) -> Path:
    """Where a draft's proposed actors and places are: proposed.toml beside a mapping.toml."""
    name = "proposed.toml" if path.name == "mapping.toml" else f"{path.stem}.proposed.toml"
    return path.with_name(name)


def proposed_source(draft: Draft) -> str:
    """The authority file of what a draft proposes."""
    day = draft.mapping.coding.coded or dt.date.min
    because = "proposed for a draft by a rule, whose words stand above each entry; nobody judged it"
    judgement = Judgement(BY, day, "outside", because)
    return write_entries(draft.naming.proposed.values(), judgement, draft.naming.because)
