"""The verb as a reviewer runs it: a page of this machine, killed and started again."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from kg.cli import main
from kg.text import digest

SLUG = "tarn-ford"


@contextmanager
def serving(root):
    """The running verb, with the address that it prints."""
    words = [
        sys.executable,
        "-c",
        "from kg.cli import main; main()",
        "review",
        SLUG,
        "-w",
        str(root),
    ]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)
    try:
        lines = [process.stdout.readline() for _ in range(2)]
        yield process, re.search(r"(http://127\.0\.0\.1:\d+)/#(\S+)", lines[1])
    finally:
        process.kill()
        process.communicate()


def ask(found, path, body=None, token=None):
    headers = {"Authorization": f"Bearer {token or found[2]}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(found[1] + path, data=data, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return json.load(answer)


def test_what_was_judged_outlives_kill_9_and_the_token_does_not(valley):
    with serving(valley.root) as (process, found):
        ask(found, "/api/judge", {"path": "claim/paved", "judgement": "negative"})
        process.send_signal(signal.SIGKILL)
        process.wait()
    with serving(valley.root) as (_, again):
        assert ask(again, "/api/state")["undecided"] == 13
        assert again[2] != found[2]
        with pytest.raises(urllib.error.HTTPError, match="401"):
            ask(again, "/api/state", token=found[2])


def test_a_second_process_is_told_that_a_review_is_open(valley, capsys):
    with serving(valley.root):
        assert main(["review", SLUG, "--terminal", "-w", str(valley.root)]) == 1
    assert "another review of this article is open" in capsys.readouterr().err


def test_an_article_without_text_is_refused(valley, capsys):
    valley.text_path(SLUG).unlink()
    assert main(["review", SLUG, "--terminal", "-w", str(valley.root)]) == 1
    assert "no text is attached (texts/tarn-ford.txt)" in capsys.readouterr().err


def test_another_article_and_a_text_that_was_changed_are_told_apart(valley, capsys):
    assert main(["review", "tarn-fjord", "--terminal", "-w", str(valley.root)]) == 1
    assert "no article 'tarn-fjord'" in capsys.readouterr().err
    path, text = valley.mapping_path(SLUG), valley.text_path(SLUG)
    stated = f'\ndigest = "{digest(text.read_bytes())}"\n\n[coding]'
    path.write_text(path.read_text("utf-8").replace("\n[coding]", stated, 1), "utf-8")
    text.write_bytes(text.read_bytes().replace(b"seized", b"took", 1))
    assert main(["review", SLUG, "--terminal", "-w", str(valley.root)]) == 1
    assert "is not the text that the draft was made from" in capsys.readouterr().err
