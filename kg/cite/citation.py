"""How a release is cited, as a sentence and as BibTeX, and a statement in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_SPECIAL: Final = re.compile(r"[\\{}$&#%_^~]")
_SAFE: Final = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One release, cited."""

    text: str
    bibtex: str


def cite(summary: Mapping[str, Any], address: str) -> Citation:
    """The citation of the release that a summary describes, by its IRI."""
    return _cited(summary, str(summary["title"]), str(summary["digest"]), address)


def cite_result(summary: Mapping[str, Any], result: str, address: str) -> Citation:
    """The citation of a query's result over a release: its digest, and its permalink."""
    title = f"{summary['title']}: result of a query"
    return _cited(summary, title, f"{summary['digest']}, result {result}", address)


def _cited(summary: Mapping[str, Any], title: str, note: str, address: str) -> Citation:
    version, digest = str(summary.get("version") or ""), str(summary["digest"])
    year = str(summary["date"])[:4]
    edition = f"Version {version}, " if version else ""
    said = re.sub(r"(sha256:[0-9a-f]{16})[0-9a-f]*", r"\1", note)
    text = f"{summary['publisher']} ({year}). {title}. {edition}{said}. {address}"
    fields = {
        "author": f"{{{_tex(summary['publisher'])}}}",
        "title": f"{{{_tex(title)}}}",
        "year": year,
        "version": _tex(version),
        "note": note,
        "url": address,
    }
    lines = [f"  {name:<7} = {{{value}}}," for name, value in fields.items() if value]
    key = f"whoholds-{version or digest.removeprefix('sha256:')[:8]}"
    return Citation(text, "\n".join([f"@misc{{{key},", *lines, "}"]))


@dataclass(frozen=True, slots=True)
class StatementCitation:
    """A statement, cited: the parts of the line, in its order."""

    what: str
    title: str
    publisher: str
    release: str
    date: str
    iri: str


def cite_statement(what: str, iri: str, summary: dict[str, Any]) -> StatementCitation:
    """How to cite a thing of a release: by the release's version where it has one, and digest."""
    digest = str(summary["digest"])
    version = summary.get("version")
    named = f"version {version}, {digest}" if version else digest
    return StatementCitation(
        what, str(summary["title"]), str(summary["publisher"]), named, str(summary["date"]), iri
    )


def _tex(text: object) -> str:
    """Words with the signs that TeX takes for its own made plain."""
    return _SPECIAL.sub(lambda sign: _SAFE.get(sign[0], f"\\{sign[0]}"), str(text))
