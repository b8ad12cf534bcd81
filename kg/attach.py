"""Attaching texts: putting an article's file where the workspace looks for it, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import TextError
from kg.files import write_whole
from kg.mapping.anchor import Located, fill, locate
from kg.mapping.document import Mapping, anchors
from kg.text import decode, digest
from kg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Attached:
    """One file and what became of it: `how` is digest, words, or nothing (no mapping fits)."""

    file: Path
    slug: str | None
    how: str
    drift: tuple[str, ...] = ()


def attach(workspace: Workspace, folder: Path) -> Iterator[Attached]:
    """Attaches every text file of a folder (or one file) that is an article's.

    A file is an article's by its digest; else by its words, if nearly all of a mapping's phrases stand
    in it, and then what moved or is missing is reported. Raises TextError for what cannot be read.
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
    found = _best(text, mappings)
    if found is None:
        return Attached(file, None, "nothing")
    slug, located = found
    write_whole(workspace.text_path(slug), content)
    return Attached(file, slug, "words", tuple(_drift(mappings[slug], located)))


def _best(text: str, mappings: dict[str, Mapping]) -> tuple[str, Located] | None:
    """The mapping most of whose phrases stand in a text: at least nine of ten, or none."""
    best: tuple[float, str, Located] | None = None
    for slug, mapping in mappings.items():
        located = locate(mapping, text)
        total = len(located.spans) + len(located.problems)
        share = len(located.spans) / total if total else 0.0
        if share >= 0.9 and (best is None or share > best[0]):
            best = (share, slug, located)
    return best[1:] if best else None


def _drift(mapping: Mapping, located: Located) -> Iterator[str]:
    moved = 0
    for path, anchor in anchors(mapping):
        if path in located.problems:
            yield f"{path[0]} '{path[1]}': {located.problems[path]}"
        elif anchor.at and anchor.at != located.spans[path]:
            moved += 1
    if moved:
        yield f"{moved} phrases stand elsewhere than recorded"


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
