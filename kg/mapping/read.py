"""TOML to mapping. Every mistake of form is reported, with its line, in one go."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, Final

from kg.errors import Finding, MappingError, suggest
from kg.mapping.codec import FORMAT
from kg.mapping.document import (
    SPREAD,
    STATUS,
    Article,
    Claim,
    Coding,
    Mapping,
    Mention,
    Nothing,
    Part,
    Voice,
    key_of,
)
from kg.mapping.lines import Lines, index_lines
from kg.names import is_slug

_TABLES: Final[dict[str, type]] = {"voice": Voice, "claim": Claim, "mention": Mention}
_ARRAYS: Final[dict[str, type]] = {"part": Part, "nothing": Nothing}
_TOP: Final = ("format", "status", "article", "coding", *_TABLES, *_ARRAYS)

LineOf = Callable[[tuple[str, ...], str | None], int]
"""On which line of its file a key of a table stands, or the table itself."""


class _Reader:
    """Reads one document and collects its findings."""

    def __init__(self, path: str, line_of: LineOf) -> None:
        self.path = path
        self.line_of = line_of
        self.findings: list[Finding] = []

    def report(self, table: tuple[str, ...], key: str | None, message: str) -> None:
        """Keeps a finding at the line of a key."""
        self.findings.append(Finding(self.path, self.line_of(table, key), message))

    def value(self, table: tuple[str, ...], key: str, codec: Any, found: Any) -> Any:
        """The value of one key, or None with a finding."""
        try:
            return codec.parse(found)
        except ValueError as expected:
            name = " ".join((*table, key))
            self.report(table, key, f"{name} is {_shown(found)}; expected {expected}.")
            return None

    def entry(self, kind: type, table: tuple[str, ...], found: Any) -> Any:
        """One table as a value of its kind; unknown keys are findings."""
        if not isinstance(found, dict):
            self.report(table[:-1], table[-1], f"{' '.join(table)} must be a table of its own.")
            return kind()
        unknown = set(found) - _keys(kind)
        for key in sorted(unknown):
            near = suggest(key, _keys(kind), "keys")
            self.report(table, key, f"{' '.join(table)} has an unknown key '{key}'; {near}.")
        return self.build(kind, table, found)

    def build(self, kind: type, table: tuple[str, ...], found: dict[str, Any]) -> Any:
        """A value from the keys of a table that belong to it."""
        values: dict[str, Any] = {}
        for item in fields(kind):
            if SPREAD in item.metadata:
                values[item.name] = self.build(item.metadata[SPREAD], table, found)
            elif key_of(item) in found:
                key = key_of(item)
                values[item.name] = self.value(table, key, item.metadata["codec"], found[key])
        return kind(**values)

    def named(self, section: str, found: Any) -> dict[str, Any]:
        """All [section.id] tables of a kind."""
        if not isinstance(found, dict):
            self.report((), section, f"{section} must be tables like [{section}.some-id].")
            return {}
        for name in found:
            if not is_slug(name):
                message = f"{section} '{name}' is no id; use lower-case words joined by hyphens."
                self.report((section, name), None, message)
        return {n: self.entry(_TABLES[section], (section, n), t) for n, t in found.items()}

    def array(self, section: str, found: Any) -> tuple[Any, ...]:
        """All [[section]] tables of a kind."""
        if not isinstance(found, list):
            self.report((section,), None, f"write [[{section}]], with two brackets.")
            return ()
        kind = _ARRAYS[section]
        return tuple(self.entry(kind, (section, str(n)), t) for n, t in enumerate(found, 1))

    def mapping(self, found: dict[str, Any]) -> Mapping:
        """The whole document."""
        for key in sorted(set(found) - set(_TOP)):
            near = suggest(key, _TOP, "keys")
            self.report((key,), key, f"unknown key '{key}'; {near}.")
        return Mapping(
            format=self.value((), "format", FORMAT, found.get("format")),
            status=self.value((), "status", STATUS, found.get("status")),
            article=self.entry(Article, ("article",), found.get("article", {})),
            coding=self.entry(Coding, ("coding",), found.get("coding", {})),
            parts=self.array("part", found.get("part", [])),
            voices=self.named("voice", found.get("voice", {})),
            claims=self.named("claim", found.get("claim", {})),
            mentions=self.named("mention", found.get("mention", {})),
            nothings=self.array("nothing", found.get("nothing", [])),
        )


def read(source: str, path: str) -> Mapping:
    """The mapping that a TOML text says. Raises MappingError with every finding of form."""
    try:
        found = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise MappingError([broken_toml(path, source, error)]) from None

    @cache
    def lines() -> Lines:
        return index_lines(source)

    return read_tables(found, path, lambda table, key: lines().of(table, key))


def read_tables(found: dict[str, Any], path: str, line_of: LineOf) -> Mapping:
    """The mapping that tables say, as tomllib gives them, whatever file they come from.

    Raises MappingError with every finding of form, each at the line that `line_of` tells.
    """
    reader = _Reader(path, line_of)
    mapping = reader.mapping(found)
    if reader.findings:
        raise MappingError(sorted(reader.findings, key=lambda finding: finding.line))
    return mapping


def broken_toml(path: str, source: str, error: tomllib.TOMLDecodeError) -> Finding:
    """The finding that a text is not TOML, at the line where its reading ended."""
    said, _, place = str(error).partition(" (at ")
    digits = "".join(c if c.isdigit() else " " for c in place).split()
    lines = source.splitlines() or [""]
    line = min(int(digits[0]) if digits else len(lines), len(lines))
    advice = f"Correct the line: {_shown(lines[line - 1].strip())}"
    if "Cannot declare" in said or "Cannot overwrite" in said:
        advice = "The same id or key stands twice: rename or remove one"
    elif "Invalid date" in said:
        advice = (
            f"The calendar has no such day; correct the line: {_shown(lines[line - 1].strip())}"
        )
    return Finding(path, line, f"not valid TOML: {said}. {advice}.")


def _keys(kind: type) -> set[str]:
    keys: set[str] = set()
    for item in fields(kind):
        keys |= _keys(item.metadata[SPREAD]) if SPREAD in item.metadata else {key_of(item)}
    return keys


def _shown(found: Any) -> str:
    if found is None:
        return "missing"
    return repr(found) if len(repr(found)) <= 80 else repr(found)[:77] + "…"
