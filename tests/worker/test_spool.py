"""A result while it is written."""

from __future__ import annotations

import errno
import io
import os

import pytest

from kg.worker.spool import INLINE, Spool, TooLarge, Unwritten


@pytest.mark.parametrize("size", [0, 1, INLINE])
def test_what_is_short_stays_in_memory(size):
    spool = Spool(INLINE)
    spool.write(b"x" * size)
    assert spool.end() == (b"x" * size, None)


def test_what_is_long_goes_to_a_file_that_stands_at_its_begin():
    spool = Spool(3 * INLINE)
    for _ in range(3):
        spool.write(b"x" * INLINE)
    body, file = spool.end()
    assert body is None and os.fstat(file).st_size == spool.size == 3 * INLINE
    assert os.read(file, 2) == b"xx"
    spool.close()


def test_what_is_too_long_is_not_taken():
    spool = Spool(10)
    spool.write(b"x" * 10)
    with pytest.raises(TooLarge):
        spool.write(b"x")


class Refusing(io.BytesIO):
    """A file that a disk does not take: at once, or when what it buffers is to be written."""

    def __init__(self, code: int, at: str) -> None:
        super().__init__()
        self.fault, self.at = OSError(code, "wrong", "secret"), at

    def _may(self, what: str) -> None:
        if what == self.at:
            raise self.fault

    def write(self, content: bytes) -> int:
        self._may("write")
        return super().write(content)

    def seek(self, *where: int) -> int:
        self._may("seek")
        return super().seek(*where)

    def close(self) -> None:
        raise self.fault


def whole(spool: Spool) -> object:
    spool.write(b"x")
    return spool.end()


@pytest.mark.parametrize("at", ["write", "seek"])
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EIO, "the disk cannot be used (Input/output error)"),
    ],
)
def test_what_no_disk_takes_is_told_without_its_file(code, said, at):
    spool = Spool(10)
    spool._kept = Refusing(code, at)
    with pytest.raises(Unwritten) as told:
        whole(spool)
    assert str(told.value) == said
    spool.close()
