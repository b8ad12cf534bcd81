"""The promises of conftest: nothing leaves the machine, and the invented workspace is sound."""

import socket

import pytest

from kg.attach import record_positions
from kg.mapping.anchor import locate
from kg.mapping.ledger import ledger
from network import NetworkRefused


def test_a_connection_elsewhere_is_refused():
    with pytest.raises(NetworkRefused, match=r"192\.0\.2\.1; tests use this machine only"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_name_is_not_looked_up():
    with pytest.raises(NetworkRefused, match=r"example\.org"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_a_connection_to_this_machine_works():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_every_invented_article_conforms_and_is_complete(aven):
    known = aven.known({slug: aven.mapping(slug) for slug in aven.slugs})
    for slug in ("aven", "aven-arabic", "aven-courier"):
        mapping = aven.checked(slug, known)
        text = aven.content(slug).decode("utf-8")
        assert ledger(text, locate(mapping, text)).open == ()
        assert not record_positions(aven, slug), "positions are recorded already"
