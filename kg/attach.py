"""Attaching texts: putting an article's file where the workspace looks for it, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import TextError
from kg.files import write_whole
from kg.mapping.anchor import Located, fill, locate
from kg.mapping.document import Mapping, anchors
from kg.text import decode, digest, fold
from kg.workspace import Workspace

ENOUGH: Final = 0.9
"""The share of a mapping's phrases by which a text is recognised as its article's."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One file and what became of it: `how` is digest, words, or nothing (no mapping fits)."""

    file: Path
    slug: str | None
    how: str
    drift: tuple[str, ...] = ()


def attach(workspace: Workspace, folder: Path) -> Iterator[Attached]:
    """Attaches every text file of a folder (or one file) that is an article's.

    A file is an article's by its digest; else by its words, if nearly all of a mapping's phrases
    stand in it, and then what moved or is missing is reported. Raises TextError for what cannot be
    read.
    """
    mappings = {slug: workspace.mapping(slug) for slug in workspace.slugs}
    digests = {m.article.digest: slug for slug, m in mappings.items() if m.article.digest}
    for file in sorted(folder.iterdir()) if folder.is_dir() else [folder]:
        if file.is_file() and not file.name.startswith("."):
            yield _attach_file(workspace, file, mappings, digests)


def _attach_file(
    workspace: Workspace, file: Path, mappings: dict[str, Mapping], digests: dict[str, str]
) -> Attached:
    content = file.read_bytes()
    slug = digests.get(digest(content))
    if slug is not None:
        write_whole(workspace.text_path(slug), content)
        return Attached(file, slug, "digest")
    text = decode(content, str(file))
    if file.stem in mappings and not mappings[file.stem].article.digest:
        write_whole(workspace.text_path(file.stem), content)
        return Attached(file, file.stem, "name")
    slug = _best(text, mappings)
    if slug is None:
        return Attached(file, None, "nothing")
    write_whole(workspace.text_path(slug), content)
    drift = _drift(mappings[slug], locate(mappings[slug], text))
    return Attached(file, slug, "words", tuple(drift))


def _best(text: str, mappings: dict[str, Mapping]) -> str | None:
    """The mapping most of whose phrases stand in a text: at least nine of ten, or none.

    Line breaks and the kind of quotation marks may differ: that is drift, not another text.
    """
    plain = _plain(text)
    shares = {slug: _share(mapping, plain) for slug, mapping in mappings.items()}
    best = max(shares, key=lambda slug: shares[slug], default=None)
    return best if best is not None and shares[best] >= ENOUGH else None


def _share(mapping: Mapping, plain: str) -> float:
    phrases = [phrase for _, anchor in anchors(mapping) for phrase in anchor.phrases]
    return sum(_plain(p) in plain for p in phrases) / len(phrases) if phrases else 0.0


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _drift(mapping: Mapping, located: Located) -> Iterator[str]:
    moved = 0
    for path, anchor in anchors(mapping):
        if path in located.problems:
            yield f"{path[0]} '{path[1]}': {located.problems[path]}"
        elif anchor.at and anchor.at != located.spans[path]:
            moved += 1
    if moved:
        stand = "1 phrase stands" if moved == 1 else f"{moved} phrases stand"
        yield f"{stand} elsewhere than recorded"


def record_positions(workspace: Workspace, slug: str) -> bool:
    """Writes positions and digest into a mapping where its text is attached; whether it changed.

    Phrases that are not found keep what they had: `check` reports them.
    """
    content = workspace.content(slug)
    if content is None:
        path = workspace.shown(workspace.text_path(slug))
        raise TextError(f"{slug}: no text is attached ({path}). Run `whoholds attach DIR` first.")
    source = workspace.source(slug)
    located = locate(workspace.mapping(slug), content.decode("utf-8"))
    filled = fill(source, located.spans, digest(content))
    if filled != source:
        write_whole(workspace.mapping_path(slug), filled.encode("utf-8"))
    return filled != source
