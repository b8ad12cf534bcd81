"""`whoholds serve`, as a person starts and stops it."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from kg.cli import main
from kg.cli.serve import _greeting, _shown

COMMAND = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())", "serve"]


@pytest.mark.slow
def test_it_says_where_it_is_answers_and_stops(valley, releases):
    words = [*COMMAND, "-w", str(valley.root), "--releases", str(releases), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = "".join(process.stdout.readline() for _ in range(4))
            question = re.search(r"http://127\.0\.0\.1:\d+/ask/\S+", said)[0]
            address = question.replace("who-held?", "who-held.json?")
            with urlopen(address, timeout=20) as answer:  # noqa: S310 the server just started
                assert json.load(answer)["results"]["bindings"]
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0


def test_the_greeting_names_the_release_a_question_and_the_endpoint(release):
    said = _greeting(release, "http://127.0.0.1:8000")
    assert release.summary["title"] in said and "3 articles" in said
    assert "http://127.0.0.1:8000/ask/who-held?place=aven-bridge&date=2026-03-05" in said
    assert said.endswith("http://127.0.0.1:8000/sparql")


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("box", "box")],  # noqa: S104
)
def test_the_address_is_one_that_can_be_opened(host, shown):
    assert _shown(host) == shown


def test_a_port_in_use_is_said_to_be_so(valley, releases, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = ["serve", "-w", str(valley.root), "--releases", str(releases), "--port", port]
        assert main(words) == 1
    assert "Choose another with --port" in capsys.readouterr().err


def test_without_a_release_it_says_what_to_do(valley, tmp_path, capsys):
    assert main(["serve", "-w", str(valley.root), "--releases", str(tmp_path)]) == 1
    assert "whoholds build" in capsys.readouterr().err
