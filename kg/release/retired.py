"""What a release says of ids no longer used; and that none of them is used nor replaced by none."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode, Store

from kg.errors import Finding, MappingError
from kg.lift.retired import GRAPH, entry_of
from kg.lift.terms import term
from kg.mapping.lines import index_lines
from kg.names import Names, slugify
from kg.retired import FILE, Retired
from kg.store import UNION
from kg.workspace import Workspace


def retired_of(store: Store, names: Names) -> list[Retired]:
    """The retired ids that a release states, sorted."""
    graph, mark = NamedNode(names.graph(GRAPH)), term("owl:deprecated")
    nodes = {q.subject for q in store.quads_for_pattern(None, mark, None, graph)}
    found = (retired_as(store, names, node.value) for node in nodes if isinstance(node, NamedNode))
    return sorted((one for one in found if one), key=lambda one: one.id)


def retired_as(store: Store, names: Names, iri: str) -> Retired | None:
    """What became of one IRI, if it is retired."""
    graph = NamedNode(names.graph(GRAPH))
    return entry_of(iri, store.quads_for_pattern(NamedNode(iri), None, None, graph), names)


def check_retired(store: Store, workspace: Workspace, withdrawn: Collection[str] = ()) -> None:
    """Retired ids must not be used, and what replaces them must be. Raises MappingError.

    `withdrawn` are IRIs that were withdrawn from the folder of releases, whatever the workspace
    says. The store holds what the articles say.
    """
    retired = {one.id: one for one in workspace.retired}
    findings = list(_unreplaced(store, workspace, retired))
    for iri in sorted({workspace.names.base + one for one in retired} | set(withdrawn)):
        if _uses(store, workspace, iri):
            local = iri.removeprefix(workspace.names.base)
            path, line = _where(store, workspace, iri, local)
            findings.append(Finding(path, line, _still_used(local, retired.get(local))))
    if findings:
        raise MappingError(findings)


def _still_used(local: str, entry: Retired | None) -> str:
    if entry is None:
        return f"'{local}' was withdrawn from these releases. Remove it and enter it in {FILE}."
    remedy = f"Use {' or '.join(entry.into)}" if entry.into else "Remove it"
    return f"'{local}' {entry.said.rstrip('.')}. {remedy}."


def _unreplaced(
    store: Store, workspace: Workspace, retired: dict[str, Retired]
) -> Iterator[Finding]:
    """A finding for each id that is to replace another, and does not exist."""
    for entry in retired.values():
        for one in entry.into:
            if one not in retired and not _uses(store, workspace, workspace.names.base + one):
                message = f"'{entry.id}' is {entry.state} into '{one}', which nothing bears."
                yield Finding(FILE, entry.line, message)


def _uses(store: Store, workspace: Workspace, iri: str) -> bool:
    """Whether the workspace has a thing of this IRI, or claims about such an event."""
    node = NamedNode(iri)
    kind, slug = workspace.names.split(iri) or ("", "")
    entries = {"actor": workspace.authorities.actors, "place": workspace.authorities.places}
    patterns = ((node, term("rdf:type"), None, UNION), (None, term("wh:aboutEvent"), node, UNION))
    return slug in entries.get(kind, ()) or any(
        next(iter(store.quads_for_pattern(*pattern)), None) for pattern in patterns
    )


def _where(store: Store, workspace: Workspace, iri: str, local: str) -> tuple[str, int]:
    """The file and line at which an id stands."""
    kind, _, name = local.partition("/")
    if kind == "event":
        about = store.quads_for_pattern(None, term("wh:aboutEvent"), NamedNode(iri), UNION)
        claim = min(str(quad.subject)[1:-1] for quad in about)
        return _in_mapping(workspace, *(workspace.names.split(claim) or ("", "")))
    if kind in ("actor", "place") and "." not in name:
        for path in sorted((workspace.root / "authorities").glob("*.toml")):
            lines = index_lines(path.read_text("utf-8"))
            if (kind, name) in lines.tables:
                return workspace.shown(path), lines.of((kind, name))
    return (FILE, 1) if kind == "judgement" else _in_mapping(workspace, kind, name)


def _in_mapping(workspace: Workspace, kind: str, local: str) -> tuple[str, int]:
    article, _, name = local.partition(".")
    source = workspace.source(article)
    path = workspace.shown(workspace.mapping_path(article))
    if kind in ("actor", "place"):  # one that only the article knows has its words for a name
        lines = enumerate(source.splitlines(), 1)
        return path, next((number for number, line in lines if name in slugify(line)), 1)
    return path, index_lines(source).of((kind, name)) if name else 1
