"""Mapping to TOML: the writer of drafts. read(write(m)) == m; the same mapping, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from kg.mapping.codec import quote
from kg.mapping.document import SPREAD, Mapping, key_of


def write(mapping: Mapping) -> str:
    """The TOML text of a mapping."""
    lines = [f"format = {mapping.format}", f"status = {quote(mapping.status)}"]
    lines += _table("[article]", mapping.article)
    lines += _table("[coding]", mapping.coding)
    for part in mapping.parts:
        lines += _table("[[part]]", part)
    for section, named in (
        ("voice", mapping.voices),
        ("claim", mapping.claims),
        ("mention", mapping.mentions),
    ):
        for name, entry in named.items():
            lines += _table(f"[{section}.{name}]", entry)
    for nothing in mapping.nothings:
        lines += _table("[[nothing]]", nothing)
    return "\n".join(lines) + "\n"


def _table(header: str, entry: Any) -> list[str]:
    found = dict(pairs(entry))
    width = max(map(len, found), default=0)
    return ["", header, *(f"{key:<{width}} = {value}" for key, value in found.items())]


def pairs(entry: Any) -> Iterator[tuple[str, str]]:
    """The keys of an entry that have a value, each with it as TOML."""
    for item in fields(entry):
        value = getattr(entry, item.name)
        if SPREAD in item.metadata:
            yield from pairs(value)
        elif value is not None:
            yield key_of(item), item.metadata["codec"].format(value)
