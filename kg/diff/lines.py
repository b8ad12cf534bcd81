"""Two graphs in canonical form, read side by side: what went, what came. Pure, and streaming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

Lines = Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that only the new graph has, or only the old one."""

    added: bool
    line: bytes


@dataclass(frozen=True, slots=True)
class Altered:
    """All that is said of one subject, in both graphs, where it is not the same."""

    subject: bytes
    old: tuple[bytes, ...]
    new: tuple[bytes, ...]


def changes(old: Lines, new: Lines) -> Iterator[Change]:
    """The statements that differ, in canonical order; both graphs must be in it."""
    mine, theirs = iter(old), iter(new)
    left, right = next(mine, None), next(theirs, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left < right):
            yield Change(added=False, line=left or b"")
            left = next(mine, None)
        elif left is None or right < left:
            yield Change(added=True, line=right)
            right = next(theirs, None)
        else:
            left, right = next(mine, None), next(theirs, None)


def altered(old: Lines, new: Lines) -> Iterator[Altered]:
    """The subjects of which the graphs say different things, in order; one at a time in memory."""
    mine, theirs = groupby(old, subject_of), groupby(new, subject_of)
    left, right = next(mine, None), next(theirs, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left[0] < right[0]):
            subject, lines = left or (b"", iter(()))
            yield Altered(subject, tuple(lines), ())
            left = next(mine, None)
        elif left is None or right[0] < left[0]:
            yield Altered(right[0], (), tuple(right[1]))
            right = next(theirs, None)
        else:
            found = Altered(left[0], tuple(left[1]), tuple(right[1]))
            if found.old != found.new:
                yield found
            left, right = next(mine, None), next(theirs, None)


def subject_of(line: bytes) -> bytes:
    """The subject of a line of N-Quads, with the space after it, as the order of lines has it."""
    return line[: line.index(b" ") + 1]
