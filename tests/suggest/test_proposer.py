"""A proposer on loopback: what it is sent, and what is kept of what it answers."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import ModelError, WorkspaceError
from kg.proposing import Proposing, proposing_of
from kg.suggest.found import By, Named, Proposals
from kg.suggest.names import know
from kg.suggest.proposer import Proposer, proposer_of
from kg.suggest.proposer.schema import schema
from kg.suggest.reading import read_text
from kg.suggest.suggest import propose_each

TEXT = "Selm falls\n\nThe River Guard captured Selm on Sunday – “without a shot”.\nPhoto: a mill"
BODY = (12, TEXT.index("\nPhoto"))
STANDING = {
    "polarity": "positive",
    "completion": "completed",
    "factuality": "asserted",
    "certainty": "underspecified",
}


def claim(words="captured Selm", **changed):
    roles = {"gained-by": ["The River Guard"], "place": ["Selm"]}
    whole = {"words": words, "sentence": "The River Guard captured", "type": "capture"}
    return whole | {"degree": None, "roles": roles} | STANDING | changed


@contextmanager
def serving(content, status=200):
    """A server that answers every request with one content, and the requests that it got."""
    got = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, dict(self.headers), json.loads(body)))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1", got
        server.shutdown()


def answer(*claims):
    content = json.dumps({"claims": claims})
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


def asked(address, **of):
    proposer = Proposer(Proposing(proposer=address, model="a-model", seconds=5, **of))
    named = Named((TEXT.index("River"), TEXT.index(" captured")), "actor", By("names.test", "so"))
    found = Proposals(names=[named])
    return proposer, proposer.propose(read_text(TEXT, [BODY]), found)


def test_words_are_aligned_and_names_recognised():
    with serving(answer(claim())) as (address, got):
        proposer, (statement,) = asked(address)
    assert TEXT[slice(*statement.span)] == "captured Selm"
    assert statement.type == "capture" and statement.by.rule == "proposer.claims"
    gainer, place = statement.roles
    assert gainer.named is not None and TEXT[slice(*place.words)] == "Selm"
    assert place.words[0] > BODY[0] and not proposer.dropped
    (path, headers, body) = got[0]
    assert path == "/v1/chat/completions" and "Authorization" not in headers
    assert body["response_format"]["json_schema"]["schema"] == schema()
    assert body["messages"][1]["content"] == TEXT[slice(*BODY)]


def test_the_other_kind_of_quotation_marks_is_no_other_word():
    with serving(answer(claim('Sunday - "without a shot"'))) as (address, _):
        _, (statement,) = asked(address)
    assert TEXT[slice(*statement.span)] == "Sunday – “without a shot”"


@pytest.mark.parametrize(
    "wrong",
    [
        claim("took Selm"),
        claim("a mill"),
        claim(type="conquest"),
        claim(type=None),
        claim(polarity="sure"),
        claim(type=["capture"]),
        {"words": "captured Selm"},
        "captured Selm",
        {**claim(), "words": 7},
    ],
)
def test_what_does_not_align_or_keep_to_the_schema_is_dropped_and_counted(wrong):
    with serving(answer(wrong, claim())) as (address, _):
        proposer, statements = asked(address)
    assert len(statements) == 1 and sum(proposer.dropped.values()) == 1


def test_a_role_in_other_words_is_dropped_from_its_claim():
    roles = {"gained-by": ["the victors", 3], "place": "Selm"}
    with serving(answer(claim(roles=roles))) as (address, _):
        proposer, (statement,) = asked(address)
    assert statement.roles == () and sum(proposer.dropped.values()) == 2


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"busy", 503, "answers 503: busy"),
        (b"<html>", 200, "no claims by the JSON schema"),
        (b'{"choices": []}', 200, "no claims by the JSON schema"),
        (b"[]", 200, "no claims by the JSON schema"),
        (b'{"choices": [{"message": {"content": "Here you are"}}]}', 200, "no claims"),
        (b" " * (4 * 2**20 + 1), 200, "more than"),
    ],
)
def test_any_other_answer_is_an_error_that_says_what_came(content, status, said):
    with serving(content, status) as (address, _), pytest.raises(ModelError, match=said):
        asked(address)


def test_an_article_is_proposed_before_another_is_asked_about():
    with serving(answer(claim())) as (url, got):
        proposer = Proposer(Proposing(proposer=url, model="a-model", seconds=5))
        readings = [read_text(TEXT, [BODY])] * 3
        each = propose_each(readings, know(None), None, proposer)
        next(each)
        assert len(got) == 1
        assert len(list(each)) == 2 and len(got) == 3


def test_nobody_there_is_an_error_that_says_how_to_go_on():
    with pytest.raises(ModelError, match="--no-proposer"):
        asked("http://127.0.0.1:9/v1")


def test_the_key_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("VALLEY_KEY", "a secret")
    with serving(answer()) as (address, got):
        asked(address, key="VALLEY_KEY")
        assert got[0][1]["Authorization"] == "Bearer a secret"
        monkeypatch.delenv("VALLEY_KEY")
        with pytest.raises(ModelError, match="VALLEY_KEY, which is not set"):
            asked(address, key="VALLEY_KEY")


def test_it_is_off_unless_named_and_says_first_what_it_sends():
    assert proposer_of(Proposing()) is None
    proposer = proposer_of(Proposing("http://127.0.0.1:8080/v1", "a-model"))
    said = proposer.announcement([read_text(TEXT, [BODY])])
    assert f"{BODY[1] - BODY[0]} characters" in said and "http://127.0.0.1:8080/v1" in said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"proposer": "http://127.0.0.1:8080/v1"}, "both"),
        ({"proposer": "elsewhere", "model": "m"}, "expected the server's address"),
        ({"url": "x"}, "unknown setting"),
        ({"seconds": 0}, "seconds, 1 or more"),
        ({"model": 3}, "words in quotation marks"),
        ({"key": "sk-12 3"}, "never the key itself"),
    ],
)
def test_settings_that_cannot_be_are_refused(found, said):
    with pytest.raises(WorkspaceError, match=said):
        proposing_of(found, "whoholds.toml")
