"""A result while it is written: in memory first, then in a file without a name."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Final

INLINE: Final = 2**20
"""Bytes that are kept in memory."""
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Unwritten(Exception):
    """The file of a result cannot be written; the message says why, and names no file."""


class TooLarge(Exception):
    """The result has more bytes than are allowed."""


class Spool:
    """Takes a result's bytes up to a limit."""

    def __init__(self, most: int) -> None:
        self._kept = SpooledTemporaryFile(max_size=INLINE)  # noqa: SIM115 lives as long as this
        self._most = most
        self.size = 0

    def write(self, content: bytes) -> int:
        """Takes some bytes. Raises TooLarge, Unwritten."""
        self.size += len(content)
        if self.size > self._most:
            raise TooLarge
        with _written():
            return self._kept.write(content)

    def flush(self) -> None:
        """What a writer may ask of a file."""

    def begin(self) -> IO[bytes]:
        """All of it, to be read here. Raises Unwritten."""
        with _written():
            self._kept.seek(0)
        return self._kept

    def end(self) -> tuple[bytes | None, int | None]:
        """All of it: the bytes, or the descriptor of their file, which stands at its begin.

        Raises Unwritten.
        """
        if self.size <= INLINE:
            return self.begin().read(), None
        return None, self.begin().fileno()

    def close(self) -> None:
        """Lets go of it; who has received the file keeps it."""
        with suppress(OSError):  # what could not be written before cannot be now
            self._kept.close()


@contextmanager
def _written() -> Iterator[None]:
    """While this lasts, the system's errors are Unwritten."""
    try:
        yield
    except OSError as error:
        code = error.errno or errno.EIO
        raise Unwritten(
            "the disk is full"
            if code in _FULL
            else f"the disk cannot be used ({os.strerror(code)})"
        ) from None
