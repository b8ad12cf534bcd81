"""Connections: the loop sends what a thread has left, and stays still while the thread sends."""

from __future__ import annotations

import socket
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread

from kg.cli.serve import _listen
from kg.limits import Limits
from server.operations.channel import Channel
from serving import until

MUCH = b"x" * 20_000_000
ASKS = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"


class Counted(Channel):
    """Counts how often the loop tries to send."""

    tries = 0

    def handle_write(self) -> None:
        Counted.tries += 1
        super().handle_write()


@contextmanager
def connected(body: bytes) -> Iterator[tuple[socket.socket, Channel]]:
    """A client of a server that answers with a body, and the server's side of it."""

    def application(_, begin):
        begin("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    sockets = {}
    server = _listen(application, Namespace(host="127.0.0.1", port=0), Limits(), sockets)
    assert server.channel_class.func is Channel
    server.channel_class = partial(Counted, *server.channel_class.args)
    Thread(target=server.run, daemon=True).start()
    try:
        with socket.create_connection(("127.0.0.1", server.effective_port)) as client:
            until(lambda: bool(server.active_channels))
            yield client, next(iter(server.active_channels.values()))
    finally:
        server.trigger.pull_trigger(sockets.clear)
        server.task_dispatcher.shutdown()


def read(client: socket.socket, size: int) -> bytes:
    """What comes, to the end of a body of some size."""
    found = bytearray()
    while len(found.partition(b"\r\n\r\n")[2]) < size:
        found += client.recv(2**20)
    return bytes(found)


def test_what_a_client_does_not_read_yet_is_left_to_the_loop_and_comes_whole():
    with connected(MUCH) as (client, channel):
        client.sendall(ASKS)
        until(lambda: not channel.requests and channel.total_outbufs_len > 0)
        assert channel.writable()
        with channel.outbuf_lock:
            aside = list[bool]()
            thread = Thread(target=lambda: aside.append(channel.writable()))
            thread.start()
            thread.join()
        assert aside == [False]
        assert read(client, len(MUCH)).endswith(MUCH)


def test_the_loop_does_not_try_to_send_what_a_thread_sends():
    with connected(b"short") as (client, _):
        Counted.tries = 0
        for _ in range(50):
            client.sendall(ASKS)
            assert read(client, 5).endswith(b"short")
        assert Counted.tries < 50


def test_the_head_of_an_answer_comes_with_its_body():
    with connected(b"short") as (client, _):
        for _ in range(50):
            client.sendall(ASKS)
            assert client.recv(2**20).endswith(b"\r\n\r\nshort")
