"""A result while it is written: in memory first, then in a file without a name."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, Final

INLINE: Final = 2**20
"""Bytes that are kept in memory."""


class TooLarge(Exception):
    """The result has more bytes than are allowed."""


class Spool:
    """Takes a result's bytes up to a limit."""

    def __init__(self, most: int) -> None:
        self._kept = SpooledTemporaryFile(max_size=INLINE)  # noqa: SIM115 lives as long as this
        self._most = most
        self.size = 0

    def write(self, content: bytes) -> int:
        """Takes some bytes. Raises TooLarge, OSError where the disk is full."""
        self.size += len(content)
        if self.size > self._most:
            raise TooLarge
        return self._kept.write(content)

    def flush(self) -> None:
        """What a writer may ask of a file."""

    def begin(self) -> IO[bytes]:
        """All of it, to be read here."""
        self._kept.seek(0)
        return self._kept

    def end(self) -> tuple[bytes | None, int | None]:
        """All of it: the bytes, or the descriptor of their file, which stands at its begin."""
        if self.size <= INLINE:
            return self.begin().read(), None
        self._kept.flush()
        self._kept.seek(0)
        return None, self._kept.fileno()

    def close(self) -> None:
        """Lets go of it; who has received the file keeps it."""
        self._kept.close()
