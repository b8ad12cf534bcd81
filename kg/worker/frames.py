"""Messages between a server and its workers: a length, then the object; a file may go with it.

They are pickled: both ends are this program, and nobody else has the socket. Whoever has sent one
waits for its answer before it sends the next: what can be read is never more than one.
"""

from __future__ import annotations

import os
import pickle
import socket
import struct
from dataclasses import dataclass
from typing import Any, Final

_LENGTH: Final = struct.Struct("!I")
_AT_ONCE: Final = 2**14
"""Bytes that are read at once: most messages are shorter."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A message, and the descriptor of the file that came with it, which is now ours to close."""

    message: Any
    file: int | None = None


def send(link: socket.socket, message: object, file: int | None = None) -> None:
    """Sends a message, with an open file. Raises OSError where nobody reads."""
    content = pickle.dumps(message)
    whole = _LENGTH.pack(len(content)) + content
    # At once: its reader is woken but once.
    sent = socket.send_fds(link, [whole], [] if file is None else [file])
    if sent < len(whole):
        link.sendall(whole[sent:])


def receive(link: socket.socket) -> Frame | None:
    """The next message; None where the other end is gone."""
    begin, files, _, _ = socket.recv_fds(link, _AT_ONCE, 1)
    begin += _read(link, _LENGTH.size - len(begin)) if begin else b""
    if len(begin) < _LENGTH.size:
        return None
    whole = _LENGTH.size + _LENGTH.unpack_from(begin)[0]
    begin += _read(link, whole - len(begin))
    if len(begin) < whole:
        for file in files:
            os.close(file)
        return None
    content = memoryview(begin)[_LENGTH.size :]
    return Frame(pickle.loads(content), files[0] if files else None)  # noqa: S301 see above


def coming(link: socket.socket) -> int:
    """The length of the message that has begun to come; 0 where the other end is gone.

    Raises BlockingIOError where nothing has come.
    """
    begin = link.recv(_LENGTH.size, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    return int(_LENGTH.unpack(begin)[0]) if len(begin) == _LENGTH.size else 0


def _read(link: socket.socket, length: int) -> bytes:
    parts = list[bytes]()
    while length > 0 and (part := link.recv(min(length, 1 << 20))):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
