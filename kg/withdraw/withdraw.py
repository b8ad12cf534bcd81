"""Replaces each release that has a thing by a masked successor, all in one step.

The successors are written aside and moved to their names, where nothing leads to them yet. Then the
log is replaced: that is the step. What is left to do after it, `settle` does again if need be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad

from kg.errors import InputError, NotConforming, ReleaseError
from kg.export.sampling import Sampling, kept_sampling
from kg.lift.authorities import GEOMETRY
from kg.lift.retired import lift_retired
from kg.lift.terms import term
from kg.mapping.document import OUTLET
from kg.names import Names
from kg.release.build import DATA, Building, Progress, complete, describe
from kg.release.checks import REFERENCES
from kg.release.publish import locked, put
from kg.release.read import Release, open_release
from kg.release.versions import order, previous
from kg.release.withdrawals import (
    Replaced,
    Withdrawal,
    purge,
    read_withdrawals,
    settle,
    write_withdrawals,
)
from kg.retired import KINDS, Retired, is_id
from kg.store import nquads
from kg.validate import validate
from kg.withdraw.mask import masked
from kg.withdraw.reach import Reach, stands_in
from kg.workspace import Settings, Workspace


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be withdrawn, why, and the day on which that is decided."""

    iri: str
    because: str
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What is withdrawn, why, and since which day."""

    iri: str
    because: str
    on: dt.date


def withdraw(
    releases: Path,
    asked: Asked,
    *,
    purged: bool = False,
    progress: Progress = lambda _: None,
) -> Withdrawal:
    """Withdraws a thing from every release of a folder; what the log says of it.

    Asked again, it finishes what a killed process left undone. Raises InputError where no release
    has the thing, ReleaseError where a release is broken or cannot be written.
    """
    try:
        with locked(releases) as aside:
            done = _withdraw(releases, asked, aside, progress)
            if purged:
                purge(releases, done)
            return done
    except OSError as error:
        raise ReleaseError(
            f"{releases}: the withdrawal could not be written ({error.strerror or error}). "
            "Make room; nothing has been withdrawn unless the log says so."
        ) from error


def _withdraw(releases: Path, asked: Asked, aside: Path, progress: Progress) -> Withdrawal:
    affected = [one for one in published(releases) if _has(one, asked.iri)]
    affected.sort(key=lambda one: order(one.version or "0"))  # each knows the version before it
    log = read_withdrawals(releases)
    if not affected:
        return _before(asked, log, releases)
    kind, local = affected[0].names.split(asked.iri) or ("", "")
    if kind == "voice" and local.endswith(f".{OUTLET}"):
        article = affected[0].names.iri("article", local.partition(".")[0])
        raise InputError(f"{asked.iri} is an article's own voice. Withdraw {article}.")
    on = asked.on or max(dt.date.fromisoformat(one.summary["date"]) for one in affected)
    decided = Decided(asked.iri, asked.because, on)
    replaced: list[Replaced] = []
    for number, release in enumerate(affected):
        progress(f"{release.folder.name}: masking")
        folder = aside / str(number)
        folder.mkdir()
        replaced.append(_replace(release, decided, folder, releases, replaced, progress))
    done = Withdrawal(asked.iri, on.isoformat(), asked.because, tuple(replaced))
    write_withdrawals(releases, [*log, done])
    settle(releases)
    return done


def _has(release: Release, iri: str) -> bool:
    named = is_id(iri.removeprefix(release.names.base))
    return named and stands_in(release.store, release.names, iri)


def published(releases: Path) -> Iterator[Release]:
    """Every release that a folder serves, by name."""
    for path in sorted(releases.iterdir()):
        hidden = path.name.startswith(".") or path.is_symlink()
        if not hidden and (path / "release.json").is_file():
            yield open_release(releases, path.name)


def _before(asked: Asked, log: tuple[Withdrawal, ...], releases: Path) -> Withdrawal:
    """An earlier withdrawal of the same thing."""
    found = [one for one in log if one.withdrawn == asked.iri]
    if not found:
        raise InputError(
            f"no release in {releases} states anything of {asked.iri}. Check its spelling; of what "
            f"follows from claims, withdraw these. It must be of {', '.join(KINDS)}."
        )
    return found[-1]


def _replace(
    old: Release,
    what: Decided,
    aside: Path,
    releases: Path,
    before: list[Replaced],
    progress: Progress,
) -> Replaced:
    """Writes the masked successor of a release and moves it to its name.

    `before` are those already replaced: no successor names one of them as the version before it.
    """
    gone = Reach(old.store, old.names).of(what.iri)
    notice = {"withdrawn": what.iri, "on": what.on.isoformat(), "because": what.because}
    says: dict[str, Any] = {
        "successor_of": old.digest,
        "notice": [*old.summary.get("notice", ()), notice],
    }
    workspace = Workspace(old.folder, old.folder, _settings(old))
    building = Building(workspace, releases, aside, progress, fast=True, says=says)
    building.sampling = _sampling(old, gone)
    with (old.folder / DATA).open("rb") as lines:
        for line in masked(lines, gone, old.names):
            building.load(line)
    retired = sorted(_retired(gone, old.names, what.on, what.because), key=lambda one: one.id)
    building.load(nquads(lift_retired(retired, old.names)))
    building.load_all()
    _check(building, old, gone)
    digest = complete(building)
    version = workspace.settings.version
    earlier = previous(releases, version) if version else None
    after = {pair.digest: pair.successor_digest for pair in before}
    describe(building, digest, version, after.get(earlier or "", earlier))
    folder = put(building.folder, releases, digest)
    return Replaced(old.folder.name, old.digest, folder.name, f"sha256:{digest}")


def _settings(old: Release) -> Settings:
    """The settings with which a release was built, as far as it says them."""
    known = {f.name for f in fields(Settings)} - {"licences"}
    said = {k: v for k, v in old.summary.items() if k in known and v is not None}
    return Settings(**said, licences=_licences(old))


def _licences(old: Release) -> dict[str, str]:
    """The licences of the articles' graphs."""
    prefix, about = old.names.graph("article/"), NamedNode(old.names.graph("metadata"))
    quads = old.store.quads_for_pattern(None, term("dcterms:license"), None, about)
    found = ((str(quad.subject)[1:-1], str(quad.object)[1:-1]) for quad in quads)
    return {iri.removeprefix(prefix): one for iri, one in found if iri.startswith(prefix)}


def _sampling(old: Release, gone: frozenset[NamedNode]) -> Sampling:
    """What the release says of its sample, without the articles that go."""
    found = (old.names.split(node.value) or ("", "") for node in gone)
    return kept_sampling(old.folder, {local for kind, local in found if kind == "article"})


def _retired(
    gone: frozenset[NamedNode], names: Names, on: dt.date, because: str
) -> Iterator[Retired]:
    """What goes and had an address of its own, but for what its article's address answers for."""
    found = {node: names.split(node.value) or ("", "") for node in gone}
    articles = {local for kind, local in found.values() if kind == "article"}
    for node, (kind, local) in found.items():
        owner, owned, _ = local.partition(".")
        geometry = kind == "place" and local.endswith(GEOMETRY)
        if kind in KINDS and not geometry and not (owned and owner in articles):
            yield Retired(node.value.removeprefix(names.base), "withdrawn", on, because)


def _check(building: Building, old: Release, gone: frozenset[NamedNode]) -> None:
    """That what stays still finds what it refers to, and has the form it must have."""
    names, store = building.workspace.names, building.premises.store
    found = store.query(REFERENCES, prefixes=names.prefixes())
    if dangling := [str(row[0]) for row in found]:  # type: ignore[union-attr]
        raise NotConforming(f"{old.folder}: would refer to what is withdrawn: {dangling}")
    for graph in _touched(old, gone):
        quads = (_kept(q, gone) for q in old.store.quads_for_pattern(None, None, None, graph))
        report = validate(q for q in quads if q)
        if not report.conforms:
            raise NotConforming(report.to_text())


def _kept(quad: Quad, gone: frozenset[NamedNode]) -> Quad | None:
    return None if quad.subject in gone or quad.object in gone else quad


def _touched(old: Release, gone: frozenset[NamedNode]) -> list[NamedNode]:
    """The graphs of articles that lose something and are not themselves withdrawn."""
    prefix = old.names.graph("article/")
    whole = {
        old.names.graph(f"article/{found[1]}")
        for found in (old.names.split(node.value) for node in gone)
        if found and found[0] == "article"
    }
    graphs = {
        quad.graph_name
        for node in gone
        for pattern in ((node, None, None, None), (None, None, node, None))
        for quad in old.store.quads_for_pattern(*pattern)
    }
    named = [g for g in graphs if isinstance(g, NamedNode) and g.value.startswith(prefix)]
    return sorted((g for g in named if g.value not in whole), key=str)
