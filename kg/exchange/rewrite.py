"""A mapping file with the keys that changed written anew, each other line as its author left it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from kg.errors import MappingError
from kg.exchange.carried import KINDS, NUMBERED
from kg.mapping.document import Mapping, Path, entries
from kg.mapping.lines import Lines, index_lines
from kg.mapping.read import read
from kg.mapping.write import pairs, write

Listed = list[tuple[Path, Any]]
Edit = tuple[int, int, list[str]]
"""Lines to replace (from 0, half-open: empty to insert), and the lines to put there."""


def rewrite(source: str, before: Mapping, after: Mapping) -> str:
    """The file's text for other entries under the same head.

    Where the file does not have each entry as a table of its own, all of it is written anew.
    """
    anew = write(after)
    old, new, out = index_lines(source), index_lines(anew), source.split("\n")
    if any(path not in old.tables for path, _ in entries(before)):
        return anew
    fresh = anew.split("\n")
    blocks = {path: fresh[slice(*_extent(new, path))] for path, _ in entries(after)}
    pairs = {section: (_listed(section, before), _listed(section, after)) for section in KINDS}
    edits = [e for s in KINDS for e in _edits(s, *pairs[s], old, blocks, out)]
    for first, last, block in sorted(edits, reverse=True):
        gone = not block and last < len(out) and not out[last].strip()
        out[first : last + gone] = block
    text = "\n".join(out)
    return text if _says(text, after) else anew


def _says(text: str, mapping: Mapping) -> bool:
    """Whether a text says just that: a key may be spread over lines in ways not foreseen here."""
    try:
        return read(text, "") == mapping
    except MappingError:
        return False


def _edits(
    section: str,
    had: Listed,
    has: Listed,
    lines: Lines,
    blocks: dict[Path, list[str]],
    source: list[str],
) -> Iterator[Edit]:
    """What to do to the lines of a section: the tables that stay are not touched."""
    was, becomes = (
        [entry if section in NUMBERED else (path, entry) for path, entry in listed]
        for listed in (had, has)
    )
    for kind, i, j, k, m in SequenceMatcher(None, was, becomes, autojunk=False).get_opcodes():
        gone, come = had[i:j], has[k:m]
        if kind == "equal":
            continue
        for (path, one), (into, other) in zip(gone, come, strict=False):
            block = _changed(source, lines, path, one, other) if path == into else blocks[into]
            yield (*_extent(lines, path), block)
        for path, _ in gone[len(come) :]:
            yield (*_extent(lines, path), [])
        added = [blocks[path] for path, _ in come[len(gone) :]]
        if added and had and not j:
            first = _extent(lines, had[0][0])[0]
            yield first, first, [line for block in added for line in (*block, "")]
        elif added:
            at = _extent(lines, had[j - 1][0])[1] if had else len(source) - 1
            yield at, at, [line for block in added for line in ("", *block)]


def _changed(source: list[str], lines: Lines, path: Path, was: Any, becomes: Any) -> list[str]:
    """A table's lines, those keys written anew that are not what they were."""
    old, new = dict(pairs(was)), dict(pairs(becomes))
    keys = {begin - 1: (key, end) for (t, key), (begin, end) in lines.keys.items() if t == path}
    number, last = _extent(lines, path)
    found, width = list[str](), 0
    while number < last:
        key, end = keys.get(number, ("", number + 1))
        before = source[number].partition("=")[0]
        width = len(before) - 1 if key else width
        if not key or old.get(key) == new.get(key):
            found += source[number:end]
        elif key in new:
            found.append(f"{before}= {new[key]}")
        number = end
    there = {key for key, _ in keys.values()}
    return found + [f"{key:<{width}} = {new[key]}" for key in new if key not in there]


def _listed(section: str, mapping: Mapping) -> Listed:
    return [(path, entry) for path, entry in entries(mapping) if path[0] == section]


def _extent(lines: Lines, path: Path) -> tuple[int, int]:
    """From a table's header to the last line of its last key."""
    first = lines.tables[path]
    last = max((end for (table, _), (_, end) in lines.keys.items() if table == path), default=first)
    return first - 1, last
