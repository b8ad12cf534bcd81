"""How a statement is cited: what it says, in which release, at which address. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of the line, in its order."""

    what: str
    title: str
    publisher: str
    release: str
    date: str
    iri: str


def citation(what: str, iri: str, summary: dict[str, Any]) -> Citation:
    """How to cite a thing of a release: by the release's version where it has one, and digest."""
    digest = str(summary["digest"])
    version = summary.get("version")
    named = f"version {version}, {digest}" if version else digest
    return Citation(
        what, str(summary["title"]), str(summary["publisher"]), named, str(summary["date"]), iri
    )
