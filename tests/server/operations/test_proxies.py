"""Whose query it is: what a client says of itself is believed from no one but our own proxies."""

from __future__ import annotations

import pytest

from server.operations.proxies import Forwarded


def seen(trusted: list[str], peer: str, forwarded: str | None = None, scheme: str = "") -> tuple:
    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": scheme}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    Forwarded(lambda *_: [], trusted)(environ, None)
    return environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        ([], "127.0.0.1", "198.51.100.7", "127.0.0.1"),
        (["127.0.0.1"], "203.0.113.9", "198.51.100.7", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.7", "198.51.100.7"),
        (["127.0.0.1"], "127.0.0.1", "127.0.0.1, 10.0.0.1, 198.51.100.7", "198.51.100.7"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.7, nonsense", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", None, "127.0.0.1"),
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "192.0.2.1, 198.51.100.7, 10.1.1.1",
         "198.51.100.7"),
        (["10.0.0.0/8"], "10.0.0.1", "10.0.0.2", "10.0.0.2"),
        (["127.0.0.1"], "::ffff:127.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        (["::1"], "::1", "[2001:db8::7]:4711", "2001:db8::7"),
        (["127.0.0.1"], "", "198.51.100.7", ""),
    ],
)  # fmt: skip
def test_the_last_hop_that_is_no_proxy_of_ours_asks(trusted, peer, forwarded, client):
    assert seen(trusted, peer, forwarded)[0] == client


def test_the_scheme_is_believed_from_a_proxy_of_ours_alone():
    assert seen(["127.0.0.1"], "127.0.0.1", "198.51.100.7", "https")[1] == "https"
    assert seen(["127.0.0.1"], "127.0.0.1", "198.51.100.7", "gopher")[1] == "http"
    assert seen([], "127.0.0.1", "198.51.100.7", "https")[1] == "http"
