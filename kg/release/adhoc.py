"""A release made of anybody's RDF files: no workspace, no rules, no shapes.

Statements keep their graphs; those of a file that are in none get the graph given with the file.
Numbers, days and times are kept by what they are, as queries find them: "012" and "12" are one, and
an xsd:int is an xsd:integer. Which were respelt is said.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuadParser,
    RdfFormat,
    Triple,
    parse,
)

from kg.errors import Finding, InputError, ReleaseError
from kg.export import FILES, list_files, measure
from kg.files import write_whole
from kg.release.canonical import write_lines
from kg.release.kept import Kept
from kg.release.metadata import Counts, about, fixed_date, summarize
from kg.release.publish import locked, publish, write_sums
from kg.release.read import METADATA
from kg.release.stored import store
from kg.runs import Runs
from kg.store import nquads
from kg.workspace import Settings, Workspace

DATA: Final = "data.nq"
SUMMARY: Final = "release.json"
FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
"""What a file is, by its suffix."""
_LABELLED: Final = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
"""Formats in which every blank node has a label."""
_DRAWN: Final = re.compile(r"[a-f][0-9a-f]{15,31}")
"""How the parser labels a blank node that has none, anew at each reading: a number of 128 bits."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and the graph of those of its statements that are in none."""

    path: Path
    graph: str


@dataclass(slots=True)
class Labels:
    """The blank nodes of one file, labelled so that no other file has the same.

    Those with a label keep it behind the file's number: f2x_label. The others are counted in the
    order of the file, which is the same at each reading: f2n7.
    """

    file: int
    drawn: bool
    _numbers: dict[str, int] = field(default_factory=dict)

    def of(self, label: str) -> str:
        """The label of a blank node that the parser labels so."""
        if not self.drawn or not _DRAWN.fullmatch(label):
            return f"_:f{self.file}x_{label}"
        return f"_:f{self.file}n{self._numbers.setdefault(label, len(self._numbers) + 1)}"


def publish_files(
    sources: Sequence[Source],
    releases: Path,
    settings: Settings,
    progress: Callable[[str], None] = lambda _: None,
) -> Path:
    """Makes a release of some files the current one of a folder of releases; its directory.

    Memory does not grow with the files, but for their blank nodes without a label, and some twenty
    bytes a term where columns are made. Raises InputError for a file that cannot be read, before
    anything is visible; ReleaseError where the release cannot be written.
    """
    _refuse_twice(sources)
    day = fixed_date() or max(map(_changed, sources))
    try:
        with locked(releases) as aside:
            folder = aside / "release"
            folder.mkdir()
            runs = Runs(aside)
            for number, source in enumerate(sources, 1):
                progress(f"reading {source.path}")
                kept = Kept()
                runs.add_all(lines(source, number, kept))
                for line in kept:
                    progress(f"{source.path}: {line}")
            counts = Counts()
            digest = write_lines(counts.each(runs.merged()), folder / DATA)
            counts.newest = day
            progress(f"{counts.quads:,} statements, sha256:{digest[:16]}…")
            _describe(folder, Workspace(folder, folder, settings), digest, counts)
            return publish(folder, releases, digest)
    except OSError as error:
        raise ReleaseError(
            f"{releases}: the release could not be written ({error.strerror or error}). "
            "Make room or choose another folder with --releases."
        ) from error


def lines(source: Source, number: int, kept: Kept) -> Iterator[bytes]:
    """The statements of a file as lines of N-Quads. Raises InputError for what is wrong in it."""
    form = _format(source.path)
    graph, labels = str(_node(source)), Labels(number, form not in _LABELLED)
    try:
        for quad in _parsed(source, form):
            yield f"{_spelt(quad, labels, kept)} {_graph(quad, graph, source)} .\n".encode()
    except SyntaxError as error:
        raise InputError(_wrong(source.path, error)) from None
    except OSError as error:
        raise _unreadable(source.path, error) from None


def _parsed(source: Source, form: RdfFormat) -> QuadParser:
    """Its quads; relative IRIs begin with the graph's, as where a graph is stored over HTTP.

    https://www.w3.org/TR/sparql11-http-rdf-update/#direct-graph-identification
    """
    return parse(path=str(source.path), format=form, base_iri=source.graph)


def _format(path: Path) -> RdfFormat:
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(
            f"{path}: its suffix is '{path.suffix}'; expected one of {', '.join(FORMATS)}. "
            "Rename the file after what it holds."
        )
    return form


def _node(source: Source) -> NamedNode:
    try:
        return NamedNode(source.graph)
    except ValueError as error:
        raise InputError(
            f"{source.path}: its graph '{source.graph}' is no IRI ({error}). "
            "Give a whole one, such as https://example.org/graph/valley"
        ) from None


def _refuse_twice(sources: Sequence[Source]) -> None:
    seen: dict[str, Path] = {}
    for source in sources:
        _format(source.path)
        _node(source)
        if source.graph in seen:
            raise InputError(
                f"{source.path}: its graph <{source.graph}> is {seen[source.graph]}'s already. "
                "Give each file a graph of its own with --graph IRI=FILE."
            )
        seen[source.graph] = source.path


def _changed(source: Source) -> dt.date:
    """The day on which a file was changed last."""
    try:
        with source.path.open("rb"):
            return dt.datetime.fromtimestamp(source.path.stat().st_mtime, dt.UTC).date()
    except OSError as error:
        raise _unreadable(source.path, error) from None


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"{path}: cannot be read ({error.strerror or error}). Name a file that is there."
    )


def _wrong(path: Path, error: SyntaxError) -> str:
    what = re.sub(r"^Parser error at line \d+ (between columns|column) [\d and]+: ", "", error.msg)
    what = f"{what[:1].upper()}{what[1:].rstrip('.')}. Correct the file."
    return str(Finding(str(path), error.lineno, what)) if error.lineno else f"{path}: {what}"


def _spelt(quad: Quad, labels: Labels, kept: Kept) -> str:
    """A quad's statement as a store keeps it, its blank nodes relabelled."""
    terms = (quad.subject, quad.predicate, quad.object)
    return " ".join(_term(term, labels, kept) for term in terms)


def _term(term: object, labels: Labels, kept: Kept) -> str:
    if isinstance(term, BlankNode):
        return labels.of(term.value)
    if isinstance(term, Literal):
        return str(kept.keep(term))
    if isinstance(term, Triple):
        inner = (term.subject, term.predicate, term.object)
        return f"<<( {' '.join(_term(one, labels, kept) for one in inner)} )>>"
    return str(term)


def _graph(quad: Quad, given: str, source: Source) -> str:
    """A quad's graph, or the one given. Raises InputError for one that nobody could ask for."""
    if isinstance(quad.graph_name, DefaultGraph):
        return given
    if isinstance(quad.graph_name, BlankNode):
        raise InputError(
            f"{source.path}: a graph is named by the blank node {quad.graph_name}; expected an "
            "IRI, by which it can be asked for. Name the graph in the file."
        )
    return str(quad.graph_name)


def _describe(folder: Path, workspace: Workspace, digest: str, counts: Counts) -> None:
    """Writes all that goes with data.nq."""
    (folder / METADATA).write_bytes(nquads(about(workspace, digest, counts).found))
    summary = summarize(workspace, digest, counts)
    write_whole(folder / SUMMARY, (json.dumps(summary, indent=2) + "\n").encode())
    store(folder, [folder / DATA, folder / METADATA])
    made = (file for file in FILES if file.name in (DATA, METADATA, SUMMARY))
    list_files([measure(file, folder) for file in made], folder)
    write_sums(folder)
