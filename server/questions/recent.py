"""The answers that were last asked for: a release never changes, so they stay true."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from kg.question import Answer

MOST: Final = 50_000
"""Rows that are kept at most, of all answers together."""
Key = tuple[str, tuple[tuple[str, str], ...]]


class Recent:
    """Answers by question and parameters; those that were asked for longest ago make room."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Answer]) -> Answer:
        """The answer, worked out where it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            rows = sum(len(answer.rows) + 1 for answer in self._kept.values())
            while rows > self._most:
                rows -= len(self._kept.popitem(last=False)[1].rows) + 1
        return made
