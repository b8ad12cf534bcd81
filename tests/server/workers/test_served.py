"""The pool behind the server that is shipped."""

from __future__ import annotations

import os
import shutil
import time
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from kg.release.build import build
from kg.workspace import open_workspace
from paths import FIXTURES
from serving import SLOW, alive, serving, until

pytestmark = pytest.mark.slow


def test_a_client_that_closes_its_connection_ends_its_worker_within_a_second(tmp_path):
    root = shutil.copytree(FIXTURES / "aven", tmp_path / "valley")
    build(open_workspace(root), root / "releases", jobs=1)
    with serving(root) as server:
        until(lambda: server.ask("ASK { ?s ?p ?o }")[0] == 200)
        client = HTTPConnection("127.0.0.1", server.port)
        client.request("GET", f"/sparql?{urlencode({'query': SLOW})}")
        until(lambda: max(map(nice, server.children())) == 10)
        worker = max(server.children(), key=nice)
        begin = time.monotonic()
        client.close()
        until(lambda: not alive(worker))
        assert time.monotonic() - begin < 1
        assert server.ask("ASK { ?p ?s ?o }")[0] == 200


def nice(pid: int) -> int:
    """How much a process lets others go first, which a long query does."""
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except ProcessLookupError:
        return 0
