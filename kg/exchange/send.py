"""Writing an article's mapping for another tool, and its text only where that stays private."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.exchange.attached import attached_text, is_private, refuse
from kg.exchange.brat import write_brat
from kg.exchange.brat_conf import annotation_conf
from kg.exchange.carried import Carried, carry
from kg.exchange.drift import drifted
from kg.exchange.fragments import overlapping, shown
from kg.exchange.terms import Terms
from kg.exchange.web_annotation import write_annotations
from kg.files import write_output
from kg.mapping.lines import index_lines
from kg.vocabulary import load_vocabulary
from kg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written: how many entries, into which files, and what is to be known of the text."""

    entries: int
    files: tuple[Path, ...]
    text: str = ""


def send(
    workspace: Workspace, slug: str, tool: str, path: Path, *, replacing: bool = False
) -> Sent:
    """Writes a mapping as Web Annotations, or as brat's files.

    A path that ends with .json or .jsonld is the file to write, any other the folder to write into.
    Raises ExchangeError where an entry has no position, or one where its words do not stand, and
    where a file would be written over that says something else, unless by `replacing`.
    """
    carried = carried_from(workspace, slug)
    if tool == "brat":
        files, text = _brat_files(workspace, slug, carried, path)
    else:
        files, text = _annotation_file(workspace, slug, carried, path), ""
    if not replacing:
        _expect_nothing_else(files)
    for file, content in files.items():
        write_output(file, content)
    return Sent(len(carried), tuple(files), text)


def _expect_nothing_else(files: dict[Path, bytes]) -> None:
    """Raises ExchangeError where a file is there that is not what would be written."""
    for file, content in files.items():
        if file.is_file() and file.read_bytes() != content:
            message = "says something else, which somebody may have marked. Bring it in"
            advice = f"{message} (`whoholds exchange in`), or write over it with --replace."
            refuse(str(file), [(1, advice)])


def _annotation_file(
    workspace: Workspace, slug: str, carried: list[Carried], path: Path
) -> dict[Path, bytes]:
    terms = Terms(workspace.names, slug, workspace.drafted(slug).places)
    article = workspace.mapping(slug).article
    annotations = write_annotations(carried, terms, article.title, article.digest)
    file = path if path.suffix in (".json", ".jsonld") else path / f"{slug}.jsonld"
    return {file: annotations.encode("utf-8")}


def carried_from(workspace: Workspace, slug: str) -> list[Carried]:
    """A mapping's entries, each where its words stand. Raises ExchangeError."""
    where = workspace.shown(workspace.mapping_path(slug))
    lines = index_lines(workspace.source(slug))
    carried = carry(workspace.mapping(slug), where, lines.of)
    text = attached_text(workspace, slug)
    refuse(where, ((lines.of((o.section, o.name)), p) for o in carried for p in drifted(o, text)))
    return carried


def _brat_files(
    workspace: Workspace, slug: str, carried: list[Carried], folder: Path
) -> tuple[dict[Path, bytes], str]:
    """The files that brat needs, and what is to be known of the text."""
    where = workspace.shown(workspace.mapping_path(slug))
    lines = index_lines(workspace.source(slug))
    problem = "brat cannot show pieces that overlap or stand in another order. Write two entries."
    refuse(
        where,
        (
            (lines.of((one.section, one.name)), f"{one.shown}: {problem}")
            for one in carried
            if overlapping(one)
        ),
    )
    files = {
        folder / f"{slug}.ann": write_brat(carried),
        folder / "annotation.conf": annotation_conf(load_vocabulary()),
    }
    text = attached_text(workspace, slug)
    said = f"No text is attached: brat also needs {slug}.txt."
    if text is not None and is_private(workspace, folder):
        files[folder / f"{slug}.txt"] = shown(text)
        said = f"{slug}.txt is the article's text. It is private: publish it nowhere."
    elif text is not None:
        said = (
            f"{slug}.txt is not written: {folder} is in a repository or the workspace, and the "
            "article's text is private. Choose a folder outside, or the workspace's texts/."
        )
    return {file: content.encode("utf-8") for file, content in files.items()}, said
