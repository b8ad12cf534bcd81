"""A query copied from its page as a program: whatever it says, the program asks just that."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from tests.probe.served import served

COPY = Path(__file__).parents[3] / "server" / "static" / "sparql" / "copy.js"
SAID = "it's 100% $HOME `id` & c + d=e; é 河"
SELECT = f"""# )" )-" ''' ""\"
SELECT ?said ?path {{ VALUES (?said ?path) {{ ("{SAID}" "a\\\\b") }} }}"""
ROW = {"said": SAID, "path": "a\\b"}
CONSTRUCT = f'CONSTRUCT {{ <urn:x:a> <urn:x:says> "{SAID}" }} WHERE {{}}'


@pytest.fixture(scope="module")
def endpoint(client: FlaskClient) -> Iterator[str]:
    with served(client.application) as address:
        yield address


@pytest.fixture
def snippet(endpoint: str) -> Callable[..., str]:
    """What the page copies of a query."""
    if shutil.which("node") is None:
        pytest.skip("needs node: it runs the page's script")

    def copy(kind: str, query: str) -> str:
        given = json.dumps([kind, endpoint, query, query == CONSTRUCT])
        script = f"{COPY.read_text('utf-8')}\nprocess.stdout.write(snippet(...{given}));"
        words = ["node", "--input-type=module", "-"]
        return subprocess.run(
            words, input=script, capture_output=True, check=True, encoding="utf-8"
        ).stdout

    return copy


def ran(*words: str) -> str:
    alone = os.environ | {"no_proxy": "*", "PYTHONUTF8": "1"}
    done = subprocess.run(words, capture_output=True, check=True, env=alone, timeout=20)
    return done.stdout.decode()


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_line_for_a_shell_gets_the_table_or_the_graph(snippet):
    rows = list(csv.DictReader(io.StringIO(ran("sh", "-c", snippet("curl", SELECT)))))
    assert rows == [ROW]
    turtle = ran("sh", "-c", snippet("curl", CONSTRUCT))
    assert [f"{o}" for o in Graph().parse(data=turtle, format="turtle").objects()] == [SAID]


def test_the_program_in_python_gets_the_table_or_the_graph(snippet):
    for query in (SELECT, SELECT.partition("\n")[2]):
        assert ran(sys.executable, "-c", snippet("python", query)) == f"{ROW}\n"
    assert SAID in ran(sys.executable, "-c", snippet("python", CONSTRUCT))


@pytest.mark.parametrize(("query", "media"), [(SELECT, "text/csv"), (CONSTRUCT, "text/turtle")])
def test_the_program_in_r_has_the_query_as_it_stands_the_address_and_the_form(
    snippet, endpoint, query, media
):
    program = snippet("r", query)
    dashes, rest = re.search(r'^query <- r"(-*)\((.*)', program, re.MULTILINE | re.DOTALL).groups()
    assert rest.partition(f'){dashes}"')[0] == query
    assert f'request("{endpoint}") |>' in rest and f'Accept = "{media}"' in rest
    assert "req_body_form(query = query)" in rest


def test_the_link_asks_the_query(snippet, endpoint):
    address = snippet("link", SELECT)
    assert address.startswith(f"{endpoint}?query=")
    asked = Request(address, headers={"Accept": "text/csv"})  # noqa: S310 it is http
    with urlopen(asked, timeout=20) as answer:  # noqa: S310 likewise
        assert SAID in answer.read().decode()
