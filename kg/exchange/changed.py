"""What came back, told: each entry that is added, removed or changed, and what of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from kg.exchange.carried import NUMBERED
from kg.mapping.document import Mapping, entries
from kg.mapping.write import pairs

_MOST_SHOWN: Final = 60


def changes(before: Mapping, after: Mapping) -> Iterator[str]:
    """A line for each entry that is not as it was.

    changed: claim 'bridge-taken': words "took the bridge" is now "the bridge"; …
    Parts and sentences that say nothing have no names and are told by number.
    """
    was, becomes = dict(entries(before)), dict(entries(after))
    for path in dict.fromkeys((*was, *becomes)):
        shown = f"{path[0]} {path[1]}" if path[0] in NUMBERED else f"{path[0]} '{path[1]}'"
        if path not in becomes:
            yield f"removed: {shown}"
        elif path not in was:
            yield f"added: {shown}"
        elif was[path] != becomes[path]:
            yield f"changed: {shown}: {'; '.join(_keys(was[path], becomes[path]))}"


def _keys(was: Any, becomes: Any) -> Iterator[str]:
    """What became of each key, its values as the mapping has them."""
    old, new = dict(pairs(was)), dict(pairs(becomes))
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            yield f"{key} {_shown(old[key])} is gone"
        elif key not in old:
            yield f"{key} {_shown(new[key])} is new"
        elif old[key] != new[key]:
            yield f"{key} {_shown(old[key])} is now {_shown(new[key])}"


def _shown(value: str) -> str:
    return value if len(value) <= _MOST_SHOWN else f"{value[: _MOST_SHOWN - 1]}…"
