"""A release that is published while the server answers: no request is lost, none has of both."""

from __future__ import annotations

import json
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from serving import COMMAND, Served, serving

pytestmark = pytest.mark.slow
TITLE = "SELECT ?title (COUNT(*) AS ?n) { ?r a dcat:Dataset ; dcterms:title ?title } GROUP BY ?title"
QUERY = """
SELECT ?digest (COUNT(*) AS ?claims) {
  ?claim a wh:Claim {{ # {0}
  }}
  {{ SELECT (SAMPLE(?d) AS ?digest) {{ ?release a void:Dataset ; dcterms:identifier ?d }} }}
}} GROUP BY ?digest
"""


def test_no_request_is_lost_and_each_answer_is_of_one_release(workspace):
    with serving(workspace, "budget-seconds = 100000") as server, ThreadPoolExecutor(8) as clients:
        done = Event()
        asking = [clients.submit(ask_on, server, n, done) for n in range(8)]
        time.sleep(1)
        mapping = workspace / "articles" / "aven-courier" / "mapping.toml"
        mapping.unlink()
        subprocess.run(
            [*COMMAND, "build", "--quiet", "-w", str(workspace), "--allow-withdrawal"], check=True
        )
        time.sleep(4)
        done.set()
        found = [one for asked in asking for one in asked.result()]
    assert {status for status, *_ in found} == {200}


def ask_on(server: Served, number: int, done: Event) -> list[tuple]:
    return []
