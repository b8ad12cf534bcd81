"""What results lie on the disk is known at any time, whoever else puts some there."""

from __future__ import annotations

import io
from threading import Thread

import pytest

from server.workers.errors import Busy
from server.workers.spooled import Spooled


def test_one_that_is_alone_has_room_whatever_its_size():
    spooled = Spooled(10)
    large, small = io.BytesIO(), io.BytesIO()
    assert spooled.keep(large, 99) is large and spooled.size == 99
    with pytest.raises(Busy):
        spooled.keep(small, 1)
    assert small.closed and spooled.size == 99
    large.close()
    assert spooled.size == 0


def test_it_is_counted_while_others_come():
    spooled, kept, wrong = Spooled(10**9), list[io.BytesIO](), list[Exception]()

    def count() -> None:
        try:
            while len(kept) < 3_000:
                assert spooled.size >= 0
        except RuntimeError as error:
            wrong.append(error)

    counting = [Thread(target=count) for _ in range(2)]
    for thread in counting:
        thread.start()
    for _ in range(3_000):
        kept.append(spooled.keep(io.BytesIO(), 1))
    for thread in counting:
        thread.join()
    assert not wrong and spooled.size == 3_000
