"""Building a release: lift, validate, derive, describe; written aside, then moved into place."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.errors import Finding, MappingError, NotConforming, ReleaseError
from kg.files import write_whole
from kg.lift.authorities import lift_authorities
from kg.lift.links import lift_links, read_links
from kg.lift.terms import term
from kg.names import WH, Names
from kg.reason.closure import close
from kg.reason.derive import derive
from kg.release.canonical import write_canonical
from kg.release.lifting import Lifted, Lifter, lift_all, make_lifter
from kg.release.metadata import metadata, release_date
from kg.store import nquads, quad_line, read_turtle
from kg.validate import Result, validate
from kg.vocabulary import load_vocabulary, resource
from kg.workspace import Workspace

CURRENT: Final = "current"
LOAD: Final = 64
"""How many articles' quads are loaded at once: enough to be quick, few enough to bound memory."""

Progress = Callable[[str], None]
"""Told what is being done, in a few words."""


@dataclass(slots=True)
class _Building:
    """One release in the making."""

    workspace: Workspace
    folder: Path
    progress: Progress
    store: Store = field(init=False)
    newest: dt.date | None = None
    articles: int = 0
    results: list[Result] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = Store(str(self.folder / "store"))


def build(
    workspace: Workspace,
    releases: Path,
    *,
    jobs: int | None = None,
    fast: bool = True,
    progress: Progress = lambda _: None,
) -> Path:
    """Builds a release and makes it the current one; its directory.

    Raises MappingError and NotConforming before anything is visible. A process killed at any moment
    leaves the last release as it was, and an unfinished folder that the next build removes.
    """
    try:
        releases.mkdir(parents=True, exist_ok=True)
        _remove_unfinished(releases)
        with tempfile.TemporaryDirectory(
            prefix=".building-", dir=releases, ignore_cleanup_errors=True
        ) as aside:
            made = Path(aside) / "release"
            made.mkdir()
            building = _Building(workspace, made, progress)
            digest = _fill(building, Path(aside), jobs or os.cpu_count() or 1, fast=fast)
            return _publish(made, releases, digest)
    except OSError as error:
        raise ReleaseError(
            f"{releases}: the release could not be written ({error.strerror or error}). "
            "Make room or choose another folder; the last release is as it was."
        ) from error


def _fill(building: _Building, aside: Path, jobs: int, *, fast: bool) -> str:
    workspace, progress = building.workspace, building.progress
    _load_articles(building, make_lifter(workspace, aside, fast=fast), jobs)
    _load_shared(building, fast=fast)
    _check_references(building)
    for name, count in derive(building.store, workspace.names):
        progress(f"derived {count:,} quads: {name}")
    _validate_derived(building, fast=fast)
    digest = _dump(building)
    _report(building)
    building.store.flush()
    building.store.optimize()
    _sums(building.folder)
    return digest


def _load_articles(building: _Building, lifter: Lifter, jobs: int) -> None:
    """Lifts all articles and loads them, a batch at a time; raises with all findings of all."""
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    parts: list[Path] = []
    total = len(lifter.workspace.slugs)
    for number, lifted in enumerate(lift_all(lifter, jobs), 1):
        findings += [*lifted.findings, *_twice(building.workspace, lifted, seen)]
        building.results += lifted.results
        if lifted.part and not findings:
            parts.append(lifted.part)
            building.articles += 1
        if len(parts) == LOAD:
            _load_parts(building.store, parts)
        if number % LOAD == 0 or number == total:
            building.progress(f"lifted {number} of {total} articles")
    if findings:
        raise (NotConforming if building.results else MappingError)(findings)
    _load_parts(building.store, parts)


def _load_parts(store: Store, parts: list[Path]) -> None:
    content = b"".join(part.read_bytes() for part in parts)
    store.bulk_load(content, format=RdfFormat.N_QUADS)
    for part in parts:
        part.unlink()
    parts.clear()


def _twice(workspace: Workspace, lifted: Lifted, seen: dict[str, str]) -> Iterator[Finding]:
    """A finding if another mapping maps the very same text."""
    if lifted.digest and (other := seen.setdefault(lifted.digest, lifted.slug)) != lifted.slug:
        path = workspace.shown(workspace.mapping_path(lifted.slug))
        message = f"maps the same text as '{other}' (equal digest). Keep one mapping an article."
        yield Finding(path, 1, message)


def _load_shared(building: _Building, *, fast: bool) -> None:
    """The graphs that belong to no article: ontology, closure, authorities, links."""
    workspace, store = building.workspace, building.store
    names = workspace.names
    ontology = list(read_ontology(NamedNode(names.graph("ontology"))))
    store.extend(ontology)
    store.extend(close((q.triple for q in ontology), NamedNode(names.graph("derived/closure"))))
    shared = lift_authorities(workspace.authorities, names, load_vocabulary())
    shared += _links(workspace)
    report = validate(shared, fast=fast)
    building.results += report.results
    if not report.conforms:
        raise NotConforming(report.to_text())
    store.extend(shared)


def read_ontology(graph: NamedNode) -> Iterator[Quad]:
    """The quads of the shipped ontology, schemes and alignments."""
    for path in sorted(resource("ontology").rglob("*.ttl")):
        yield from read_turtle(path, graph)


def _links(workspace: Workspace) -> Iterator[Quad]:
    for path in sorted((workspace.root / "links").glob("*.sssom.tsv")):
        prefixes, rows = read_links(path.read_text("utf-8"), workspace.shown(path))
        yield from lift_links(rows, prefixes, workspace.names)


_DANGLING: Final = """
SELECT ?subject ?property ?target WHERE {
  VALUES (?property ?kind) {
    (wh:denies wh:Claim) (wh:corrects wh:Claim) (wh:onCondition wh:Claim) (wh:voice wh:Voice)
    (wh:relayedBy wh:Voice) (wh:sameUtteranceAs wh:Voice) (wh:probablyDerivedFrom UNDEF)
  }
  ?subject ?property ?target .
  FILTER NOT EXISTS { ?target a ?kind }
} ORDER BY ?subject ?property ?target
"""


def _check_references(building: _Building) -> None:
    """What refers to another article's claim or voice must find it. Raises MappingError."""
    names = building.workspace.names
    found = building.store.query(
        _DANGLING, prefixes=names.prefixes(), use_default_graph_as_union=True
    )
    findings = [
        _dangling(building.workspace, *(str(row[i].value) for i in range(3)))
        for row in found  # type: ignore[union-attr]
    ]
    if findings:
        raise MappingError(findings)


def _dangling(workspace: Workspace, subject: str, link: str, target: str) -> Finding:
    kind, local = workspace.names.split(subject) or ("", subject)
    article, _, name = local.partition(".")
    path = workspace.mapping_path(article)
    line = _table_line(path.read_text("utf-8"), f"{kind}.{name}")
    key = re.sub(r"(?=[A-Z])", "-", link.rpartition("#")[2]).lower()
    wanted = (workspace.names.split(target) or ("", target))[1]
    thing = f"{kind} '{name or article}'"
    message = f"{thing} has {key} '{wanted}', which no released article has. Correct it."
    return Finding(workspace.shown(path), line, message)


def _table_line(source: str, table: str) -> int:
    from kg.mapping.lines import index_lines

    return index_lines(source).of(tuple(table.split(".")))


_DERIVED: Final = ("events", "evidence", "rivals", "periods", "questions", "disagreements")
_TYPE: Final = term("rdf:type")
_DATE: Final = term("dcterms:date")
_FROM: Final = term("prov:wasDerivedFrom")
BATCH: Final = 50_000
"""About how many quads of derived things are validated at once."""


def _validate_derived(building: _Building, *, fast: bool) -> None:
    """Derived things against their shapes. A failure is a bug in a rule, and stops the release."""
    for quads in _derived_batches(building.store, building.workspace.names):
        report = validate(quads, fast=fast, context=_types_of_sources(building.store, quads))
        building.results += report.results
        if not report.conforms:
            raise NotConforming(report.to_text())


def _derived_batches(store: Store, names: Names) -> Iterator[list[Quad]]:
    """The derived graphs, whole things together."""
    batch: list[Quad] = []
    for name in _DERIVED:
        graph = NamedNode(names.graph(f"derived/{name}"))
        for thing in store.quads_for_pattern(None, _TYPE, None, graph):
            batch += store.quads_for_pattern(thing.subject, None, None, None)
            if len(batch) >= BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _types_of_sources(store: Store, quads: list[Quad]) -> list[Quad]:
    """That the claims are claims: what the shapes must see of the things derived from."""
    sources = dict.fromkeys(q.object for q in quads if q.predicate == _FROM)
    return [
        q
        for source in sources
        if isinstance(source, NamedNode)
        for q in store.quads_for_pattern(source, _TYPE, None, None)
    ]


def _dump(building: _Building) -> str:
    """Writes data.nq and the metadata; the digest."""
    graphs: Counter[str] = Counter()
    classes: Counter[str] = Counter()

    def lines() -> Iterator[bytes]:
        for quad in building.store.quads_for_pattern(None, None, None, None):
            if isinstance(quad.graph_name, NamedNode):
                graphs[quad.graph_name.value] += 1
            if quad.predicate == _TYPE and isinstance(quad.object, NamedNode):
                classes[quad.object.value] += quad.object.value.startswith(WH)
            if quad.predicate == _DATE and isinstance(quad.object, Literal):
                found = dt.date.fromisoformat(quad.object.value)
                building.newest = max(building.newest or found, found)
            yield quad_line(quad).encode("utf-8")

    digest, count = write_canonical(lines(), building.folder / "data.nq")
    classes = Counter({kind: n for kind, n in classes.items() if n})
    date = release_date(building.newest)
    described = metadata(building.workspace, digest, date, graphs, classes)
    building.store.extend(described)
    (building.folder / "metadata.nq").write_bytes(nquads(described))
    summary = _summary(building, digest, date, count)
    write_whole(building.folder / "release.json", (json.dumps(summary, indent=2) + "\n").encode())
    building.progress(f"{count:,} quads, sha256:{digest[:16]}…")
    return digest


def _summary(building: _Building, digest: str, date: dt.date, quads: int) -> dict[str, object]:
    """What a reader of the directory needs before it opens the store."""
    settings = building.workspace.settings
    return {
        "digest": f"sha256:{digest}",
        "date": date.isoformat(),
        "quads": quads,
        "articles": building.articles,
        "base": settings.base,
        "title": settings.title,
        "publisher": settings.publisher,
        "licence": settings.licence,
        "horizon": settings.horizon,
        "excerpt": settings.excerpt,
    }


def _report(building: _Building) -> None:
    from kg.validate import Report

    report = Report(tuple(building.results))
    write_whole(building.folder / "report.txt", report.to_text().encode("utf-8"))
    write_whole(building.folder / "report.json", report.to_json().encode("utf-8"))
    write_whole(building.folder / "report.ttl", report.to_rdf().encode("utf-8"))


def _sums(folder: Path) -> None:
    """SHA256SUMS of all files but the store's own."""
    from kg.release.canonical import file_digest

    lines = []
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        with path.open("rb") as file:
            lines.append(f"{file_digest(file)}  {path.name}\n")
    write_whole(folder / "SHA256SUMS", "".join(lines).encode())


def _publish(made: Path, releases: Path, digest: str) -> Path:
    """Moves a finished release to its name and the pointer to it."""
    target = releases / digest[:16]
    if not target.exists():
        made.rename(target)
    pointer = releases / f".{CURRENT}.{os.getpid()}"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(target.name)
    pointer.replace(releases / CURRENT)
    return target


def _remove_unfinished(releases: Path) -> None:
    for left in releases.glob(".building-*"):
        shutil.rmtree(left, ignore_errors=True)
