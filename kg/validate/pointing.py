"""From a result back to the line of the mapping that it stems from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.errors import Finding, MappingError
from kg.lift.article import PROPERTIES
from kg.mapping.anchor import recorded
from kg.mapping.document import Path
from kg.mapping.lines import index_lines
from kg.mapping.read import read
from kg.names import VOCABULARIES, Names, span_local
from kg.validate.report import Report, Result, sentence, shorten

Sources = Mapping[str, tuple[str, str]]
"""By article: the path that messages print, and the TOML."""

_ENTRIES: Final = ("voice", "claim", "mention")
_KEYS: Final = {name: field.replace("_", "-") for field, name in PROPERTIES.items()} | {
    "wh:beginEarliest": "when",
    "wh:beginLatest": "when",
    "wh:endEarliest": "when",
    "wh:endLatest": "when",
    "wh:timeAnchor": "when",
    "wh:timeWords": "when",
    "wh:publishedEarliest": "published",
    "wh:publishedLatest": "published",
    "wh:span": "words",
    "wh:inferred": "basis",
    "wh:fromOutside": "basis",
    "wh:because": "because",
    "wh:normalisedUnit": "unit",
    "wh:minValue": "number",
    "wh:maxValue": "number",
    "wh:digest": "digest",
    "schema:text": "words",
    "schema:headline": "title",
    "schema:inLanguage": "language",
    "schema:publisher": "publisher",
    "schema:author": "authors",
    "schema:url": "url",
    "schema:archivedAt": "archived",
}
_CODING: Final = {
    "wh:coder": "coder",
    "wh:reviewer": "reviewer",
    "wh:codebook": "codebook",
    "dcterms:date": "coded",
}


def point(report: Report, names: Names, sources: Sources) -> list[Finding]:
    """The results as findings, by file and line, each once.

    What no mapping says (authorities, derived things) has its IRI as path and line 0.
    """
    found = {_point_one(result, names, sources) for result in report.results}
    return sorted(found, key=lambda finding: (finding.path, finding.line, finding.message))


def _point_one(result: Result, names: Names, sources: Sources) -> Finding:
    kind, local = names.split(result.focus) or ("", "")
    article, _, name = local.partition(".")
    if article not in sources:
        return Finding(result.focus, 0, sentence(result, names.prefixes()))
    path, source = sources[article]
    table, key = _place(kind, article, name, result, source)
    message = sentence(result, names.prefixes())
    if table[0] in _ENTRIES:
        message = f"{table[0]} '{table[1]}': {message}"
    return Finding(path, index_lines(source).of(table, key), message)


def _place(
    kind: str, article: str, name: str, result: Result, source: str
) -> tuple[Path, str | None]:
    """The table and key of the mapping that a result is about."""
    property_ = shorten(result.path, VOCABULARIES)
    if kind == "span":
        return _span_place(article, f"{article}.{name}", source)
    if kind == "article" and property_ in _CODING:
        return ("coding",), _CODING[property_]
    if kind == "article" and property_ in ("wh:basis", "wh:because"):
        return ("article",), "published"
    if kind == "voice" and name == "outlet":
        return ("article",), "publisher"
    table: Path = (kind, name) if kind in _ENTRIES else ("article",)
    return table, _key(_KEYS.get(property_), table, source)


def _key(key: str | None, table: Path, source: str) -> str | None:
    """The key under which the file has it: a long passage has from instead of words."""
    keys = index_lines(source).keys
    return "from" if key == "words" and (table, "from") in keys else key


def _span_place(article: str, local: str, source: str) -> tuple[Path, str | None]:
    """The entry whose recorded position a span or one of its selectors has."""
    try:
        located = recorded(read(source, article)).spans
    except MappingError:
        located = {}
    for path, spans in located.items():
        if path[0] != "part" and any(_is_of(local, span_local(article, at)) for at in spans):
            key = "cue" if path[2:] == ("cue",) else "words"
            return path[:2], _key(key, path[:2], source)
    return ("article",), None


def _is_of(local: str, span: str) -> bool:
    return local == span or local.startswith(f"{span}--")
