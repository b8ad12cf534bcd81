"""Bringing back a mapping from another tool: compared with the text at first, and then written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import ExchangeError
from kg.exchange.attached import attached_text, refuse
from kg.exchange.brat_read import read_brat
from kg.exchange.carried import Carried, land, named
from kg.exchange.changed import changes
from kg.exchange.doubts import baseless, halved, lost
from kg.exchange.drift import drifted
from kg.exchange.fragments import shown
from kg.exchange.rewrite import rewrite
from kg.exchange.settle import settle
from kg.exchange.terms import Terms
from kg.exchange.web_annotation import read_annotations
from kg.files import write_whole
from kg.mapping.document import Mapping
from kg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Received:
    """What came back: each entry that is added, changed or gone, and whether a text was at hand."""

    changes: tuple[str, ...]
    compared: bool

    @property
    def summary(self) -> str:
        """What became of the mapping, in a line."""
        count = len(self.changes)
        what = "nothing changed" if not count else "1 change" if count == 1 else f"{count} changes"
        return what if self.compared else f"{what} (no text is attached to compare the words with)"


def receive(workspace: Workspace, slug: str, tool: str, path: Path) -> Received:
    """Writes what another tool's file says into the mapping, if it says anything else.

    Raises ExchangeError with every finding, and writes nothing, where the file's form is wrong,
    words do not stand in the text where it says, names got lost, or a value is none.
    """
    home, text = workspace.mapping(slug), attached_text(workspace, slug)
    file = path / f"{slug}.{'ann' if tool == 'brat' else 'jsonld'}" if path.is_dir() else path
    carried = _read(workspace, slug, tool, file, text)
    landed = _landed(workspace, slug, carried, str(file))
    if landed != home:
        rewritten = rewrite(workspace.source(slug), home, landed)
        write_whole(workspace.mapping_path(slug), rewritten.encode("utf-8"))
    return Received(tuple(changes(home, landed)), text is not None)


def _read(
    workspace: Workspace, slug: str, tool: str, file: Path, text: str | None
) -> list[Carried]:
    source = _source(file)
    if tool == "brat":
        _same_text(file.with_suffix(".txt"), text)
        return read_brat(source, str(file), text)
    recorded = workspace.mapping(slug).article.digest
    return read_annotations(source, str(file), Terms(workspace.names, slug), recorded)


def _source(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        refuse(str(file), [(line, f"byte {error.start} is not UTF-8. Save the file as UTF-8.")])
    except OSError as error:
        refuse(str(file), [(1, f"cannot be read: {error.strerror}. Name the file that was saved.")])
    return ""


def _same_text(file: Path, text: str | None) -> None:
    """Raises ExchangeError if the text that brat had is not the article's."""
    if text is None or not file.is_file():
        return
    # newline="": no line break is read as another, so that positions stay what they are
    with file.open(encoding="utf-8", errors="replace", newline="") as opened:
        there = opened.read()
    expected = shown(text)
    if there != expected:
        pairs = zip(there, expected, strict=False)
        same = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(there), len(expected)))
        line = expected.count("\n", 0, same) + 1
        message = f"is another text from character {same} on than the one attached"
        refuse(str(file), [(line, f"{message}. Send the mapping out again, and mark that text.")])


def _landed(workspace: Workspace, slug: str, carried: list[Carried], path: str) -> Mapping:
    """The mapping that came back. Raises ExchangeError with what is wrong of form and place."""
    home, text = workspace.mapping(slug), attached_text(workspace, slug)
    problems = [(one.line, problem) for one in carried for problem in drifted(one, text)]
    problems += [*lost(carried, home), *halved(carried)]
    entries = named(carried)
    try:
        landed = land(entries, home, path)
    except ExchangeError as error:
        refuse(path, [*problems, *((found.line, found.message) for found in error.findings)])
        raise
    refuse(path, problems)
    drafted = workspace.drafted(slug)
    known = replace(workspace.known(), actors=drafted.actors, places=drafted.places)
    refuse(path, baseless(entries, landed, home, known))
    return settle(landed, home, text) if text is not None else landed
