"""A result while it is written."""

from __future__ import annotations

import os

import pytest

from kg.worker.spool import INLINE, Spool, TooLarge


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
