"""Messages: whole at any length, with the file that goes with them, or none at all."""

from __future__ import annotations

import os
import pickle
import socket
import struct
from collections.abc import Iterator
from threading import Thread

import pytest

from kg.worker.frames import receive, send


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


@pytest.mark.parametrize("size", [0, 1, *range(2**14 - 60, 2**14 + 4, 4), 3_000_000])
def test_a_message_of_any_length_comes_whole_and_no_more_is_read(ends, size):
    one, other = ends
    sender = Thread(target=lambda: send(one, b"x" * size))
    sender.start()
    assert receive(other).message == b"x" * size
    sender.join()
    send(one, "next")
    assert receive(other).message == "next"


@pytest.mark.parametrize("size", [1, 100_000])
def test_a_file_goes_with_it(ends, size, tmp_path):
    one, other = ends
    path = tmp_path / "result"
    path.write_bytes(b"of the file")
    with path.open("rb") as file:
        sender = Thread(target=lambda: send(one, b"x" * size, file.fileno()))
        sender.start()
        frame = receive(other)
        sender.join()
    assert len(frame.message) == size and os.read(frame.file, 99) == b"of the file"
    os.close(frame.file)


def test_a_message_may_come_in_pieces(ends):
    one, other = ends
    content = pickle.dumps(list(range(50)))
    whole = struct.pack("!I", len(content)) + content

    def slowly() -> None:
        for byte in whole:
            one.sendall(bytes([byte]))

    sender = Thread(target=slowly)
    sender.start()
    assert receive(other).message == list(range(50))
    sender.join()


@pytest.mark.parametrize("begun", [b"", b"\0\0", struct.pack("!I", 9) + b"12345"])
def test_a_message_that_does_not_end_is_none(ends, begun):
    one, other = ends
    one.sendall(begun)
    one.close()
    assert receive(other) is None
