"""What is sent to the server is taken as far as anybody may send, and no further."""

from __future__ import annotations

import socket

import pytest

from serving import Served, serving

pytestmark = pytest.mark.slow

HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
MUCH = b"#" * 2**25


def connected(served: Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), 10)


def test_a_body_that_says_it_is_far_too_long_is_refused_before_it_comes(workspace):
    with serving(workspace) as served, connected(served) as client:
        client.sendall(b"%bContent-Length: 900000000\r\n\r\n" % HEAD)
        assert b" 413 " in client.recv(100)


def test_a_body_that_does_not_end_is_not_kept(workspace):
    with serving(workspace) as served, connected(served) as client:
        client.sendall(b"%bTransfer-Encoding: chunked\r\n\r\n40000000\r\n" % HEAD)
        with pytest.raises(ConnectionError):
            client.sendall(MUCH)
        assert served.ask("ASK {}")[0] == 200
