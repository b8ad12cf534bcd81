"""Results that lie on the disk until their clients have taken them: all together have a limit.

A client may take its time, and so may many, while the disk is everybody's.
"""

from __future__ import annotations

from threading import Lock
from typing import BinaryIO, Final
from weakref import WeakKeyDictionary

from server.workers.errors import Busy
from server.workers.places import AGAIN

_FULL: Final = "Results that others have not taken yet fill the space for them."


class Spooled:
    """The files of such results, as long as they are open."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._sizes = WeakKeyDictionary[BinaryIO, int]()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        with self._lock:
            return self._held()

    def keep(self, file: BinaryIO, size: int) -> BinaryIO:
        """The same file, if there is room for it, or it is alone. Raises Busy and closes it."""
        with self._lock:
            held = self._held()
            if held and held + size > self._room:
                file.close()
                raise Busy(_FULL, AGAIN)
            self._sizes[file] = size
        return file

    def _held(self) -> int:
        return sum(size for file, size in self._sizes.items() if not file.closed)
