"""What only the whole graph can show: what refers finds its target, and the rules derive well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import Finding, MappingError, NotConforming
from kg.lift.terms import term
from kg.mapping.lines import index_lines
from kg.names import Names
from kg.store import UNION
from kg.validate import validate
from kg.workspace import Workspace

DERIVED: Final = ("event", "evidence", "period", "question", "disagreement")
"""The kinds of things that only rules make."""
BATCH: Final = 1_000
"""About how many quads are validated at once: with more, each takes longer."""

_TYPE: Final = term("rdf:type")
_CLAIM: Final = term("wh:Claim")
_FROM: Final = term("prov:wasDerivedFrom")
REFERENCES: Final = """
SELECT ?subject ?property ?target WHERE {
  VALUES (?property ?kind) {
    (wh:denies wh:Claim) (wh:corrects wh:Claim) (wh:onCondition wh:Claim) (wh:voice wh:Voice)
    (wh:relayedBy wh:Voice) (wh:sameUtteranceAs wh:Voice) (wh:probablyDerivedFrom UNDEF)
  }
  ?subject ?property ?target .
  FILTER NOT EXISTS { ?target a ?kind }
} ORDER BY ?subject ?property ?target
"""
"""What refers to nothing."""


def check_references(store: Store, workspace: Workspace) -> None:
    """What refers to another article's claim or voice must find it. Raises MappingError."""
    prefixes = workspace.names.prefixes()
    found = store.query(REFERENCES, prefixes=prefixes)
    findings = [
        _dangling(workspace, *(str(row[i].value) for i in range(3)))
        for row in found  # type: ignore[union-attr]
    ]
    if findings:
        raise MappingError(findings)


def _dangling(workspace: Workspace, subject: str, link: str, target: str) -> Finding:
    kind, local = workspace.names.split(subject) or ("", subject)
    article, _, name = local.partition(".")
    path = workspace.mapping_path(article)
    line = index_lines(path.read_text("utf-8")).of((kind, name))
    key = re.sub(r"(?=[A-Z])", "-", link.rpartition("#")[2]).lower()
    wanted = (workspace.names.split(target) or ("", target))[1]
    thing = f"{kind} '{name or article}'"
    message = f"{thing} has {key} '{wanted}', which no released article has. Correct it."
    return Finding(workspace.shown(path), line, message)


def validate_derived(lines: Iterable[bytes], store: Store, names: Names, *, fast: bool) -> None:
    """Derived things against their shapes. A failure is a bug in a rule, and raises NotConforming.

    The lines are a graph's in canonical order, where all that is said of a thing stands together.
    """
    kinds = tuple(f"<{names.base}{kind}/".encode() for kind in DERIVED)
    derived = (line for line in lines if line.startswith(kinds))
    for batch in _batches(derived):
        quads = list(parse(batch, format=RdfFormat.N_QUADS))
        report = validate(quads, fast=fast, context=_claims(store, quads))
        if not report.conforms:
            raise NotConforming(report.to_text())


def _batches(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Whole things, some at a time."""
    batch: list[bytes] = []
    for _, thing in groupby(lines, key=lambda line: line[: line.index(b" ")]):
        batch += thing
        if len(batch) >= BATCH:
            yield b"".join(batch)
            batch = []
    if batch:
        yield b"".join(batch)


def _claims(store: Store, quads: list[Quad]) -> list[Quad]:
    """That claims are claims: what the shapes must see of the things derived from."""
    sources = {q.object for q in quads if q.predicate == _FROM}
    return [
        claim
        for source in sources
        if isinstance(source, NamedNode)
        for claim in store.quads_for_pattern(source, _TYPE, _CLAIM, UNION)
    ]
