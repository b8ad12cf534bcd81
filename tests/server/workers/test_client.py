"""Whose query it is, and whether anybody still waits for it."""

from __future__ import annotations

import socket

import pytest

from server.workers.client import client_of, gone_of


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("a-socket", "a-socket"),
        (None, ""),
    ],
)
def test_a_network_of_ipv6_is_one_client(address, client):
    assert client_of(address) == client


def test_a_closed_connection_is_seen_and_a_request_that_waits_is_none():
    ours, theirs = socket.socketpair()
    with ours:
        gone = gone_of({"gunicorn.socket": ours})
        assert gone() is False
        theirs.send(b"GET")
        assert gone() is False and ours.recv(3) == b"GET"
        theirs.close()
        assert gone() is True
    assert gone_of({})() is False
    assert gone_of({"waitress.client_disconnected": lambda: True})() is True
