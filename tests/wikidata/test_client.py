"""How a source is asked: who asks, how long we wait, and which failure is which."""

from __future__ import annotations

import gzip
import json
import time
from contextlib import suppress

import pytest

from kg.errors import LookUpFailed, SourceDown
from kg.wikidata import client as asking
from kg.wikidata.patience import TRIES, pause, wanted
from wikidata.replay import answers, error

GOOD = answers({"good": True})
LAG = {"error": {"code": "maxlag", "info": "Waiting for a server: 7 seconds lagged."}}


def breaks_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "900")
    handler.end_headers()
    handler.wfile.write(b'{"entities": {')


def hangs_up(handler):
    handler.connection.close()


def test_it_says_who_asks_and_where_they_are_reached(replay, clock):
    client = clock.client()
    replay.troubles = [GOOD]
    assert client.ask(replay.api) == {"good": True}
    (agent,) = replay.agents
    assert agent.startswith("WhoHolds/") and agent.endswith("(desk@example.org)")


def test_there_is_a_pause_between_two_requests(replay, clock):
    client = clock.client(delay=2)
    replay.troubles = [GOOD, GOOD, GOOD]
    for _ in range(3):
        client.ask(replay.api)
    assert clock.slept == [2, 2]


@pytest.mark.parametrize(
    "trouble",
    [
        *(answers(b"busy", status) for status in (429, 500, 502, 503, 504)),
        answers(LAG),
        answers(error("ratelimited")),
        breaks_off,
        hangs_up,
        answers(gzip.compress(b'{"x": 1}')[:-12], Content_Encoding="gzip"),
    ],
)
def test_what_may_pass_is_tried_again_after_longer_and_longer_pauses(trouble, replay, clock):
    client = clock.client()
    replay.troubles = [trouble] * 3 + [GOOD]
    assert client.ask(replay.api) == {"good": True}
    assert clock.slept == [2, 4, 8] and client.requests == 4


@pytest.mark.parametrize(("header", "slept"), [("7", 8), ("0", 1), ("soon", 2)])
@pytest.mark.parametrize("trouble", [(b"", 429), (b"", 503), (LAG, 200)])
def test_a_source_that_names_a_time_is_left_alone_as_long(trouble, header, slept, replay, clock):
    replay.troubles = [answers(*trouble, Retry_After=header), GOOD]
    clock.client().ask(replay.api)
    assert clock.slept == [slept]


def test_a_date_is_a_time_too():
    assert wanted("Fri, 02 Jan 1970 00:00:00 GMT", 86_390.0) == 10
    assert wanted("Fri, 02 Jan 1970 00:00:00 GMT", 90_000.0) == 0
    for odd in ("-5", "5.5", "²", "99999-01-01", ""):
        assert wanted(odd, 0.0) is None


def test_chance_spreads_the_pauses():
    assert [pause(1, None, chance) for chance in (0.0, 0.999)] == [1.0, pytest.approx(2.998)]
    assert pause(20, None, 0.999) < 90


def test_a_source_that_wants_more_patience_than_there_is_counts_as_down(replay, clock):
    replay.troubles = [answers(b"", 429, Retry_After="86400")]
    with pytest.raises(SourceDown, match="86,400 seconds"):
        clock.client().ask(replay.api)
    assert clock.slept == []


def test_one_look_up_that_fails_does_not_stop_the_next(replay, clock):
    client = clock.client()
    replay.troubles = [answers(b"", 503)] * TRIES + [GOOD]
    with pytest.raises(LookUpFailed, match="answers 503, asked 4 times"):
        client.ask(replay.api)
    assert client.ask(replay.api) == {"good": True}


def test_after_some_failures_in_a_row_the_source_counts_as_down(replay, clock):
    client = clock.client(failures=3)
    garbage = answers(b"<html>Please log in", media="text/html")
    replay.troubles = [garbage, garbage, GOOD, garbage, garbage, garbage]
    for expected in (LookUpFailed, LookUpFailed, None, LookUpFailed, LookUpFailed, SourceDown):
        if expected is None:
            client.ask(replay.api)
            continue
        with pytest.raises(expected, match="no JSON: '<html>Please"):
            client.ask(replay.api)
    assert client.requests == 6


@pytest.mark.parametrize("status", [401, 403])
def test_a_source_that_refuses_is_not_asked_twice(status, replay, clock):
    replay.troubles = [answers(b"", status)]
    with pytest.raises(SourceDown, match="does not let us ask"):
        clock.client().ask(replay.api)


def test_an_error_that_is_told_is_an_answer_and_no_sign_of_a_source_that_is_down(replay, clock):
    client = clock.client(failures=1)
    replay.troubles = [answers(error("no-such-entity", "None such"))] * 3
    for _ in range(3):
        with pytest.raises(LookUpFailed, match="no-such-entity: None such"):
            client.ask(replay.api)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no JSON"),
        (b"[" * 2**18, "no JSON"),
        (b"\xff\xfe\x00", "no JSON"),
        (b'{"error": "odd"}', "odd"),
    ],
)
def test_garbage_is_told(content, why, replay, clock):
    replay.troubles = [answers(content)]
    with pytest.raises(LookUpFailed, match=why):
        clock.client().ask(replay.api)


def test_a_redirect_is_followed_on_the_same_machine_only(replay, clock):
    client = clock.client()
    replay.troubles = [answers(b"", 301, Location="/other"), GOOD]
    assert client.ask(replay.api) == {"good": True}
    assert replay.asked[-1] == "/other"
    replay.troubles = [answers(b"", 302, Location="http://localhost:9/secret")]
    with pytest.raises(LookUpFailed, match=r"localhost:9/secret.*set that address"):
        client.ask(replay.api)
    replay.troubles = [answers(b"", 308, Location="/other")]
    with pytest.raises(LookUpFailed, match="set that address"):
        client.ask(replay.reconcile, b"queries=%7B%7D")


def test_redirects_that_go_round_end(replay, clock):
    replay.troubles = [answers(b"", 302, Location="/w/api.php")] * 9
    with pytest.raises(LookUpFailed, match="more than 3 times"):
        clock.client().ask(replay.api)


def test_one_that_does_not_answer_in_time_is_tried_again(replay, clock):
    client = clock.client(seconds=1)
    replay.troubles = [lambda _: time.sleep(2), GOOD]
    assert client.ask(replay.api) == {"good": True}
    assert clock.slept == [2]


def test_one_that_drips_has_the_same_deadline(replay, clock):
    def drips(handler):
        handler.send_response(200)
        handler.end_headers()
        with suppress(BrokenPipeError):  # the client has gone
            for _ in range(20):
                handler.wfile.write(b" ")
                time.sleep(0.05)

    replay.troubles = [drips] * TRIES
    begin = time.monotonic()
    with pytest.raises(LookUpFailed, match=r"in 0\.1 seconds"):
        clock.client(seconds=0.1).ask(replay.api)
    assert time.monotonic() - begin < 2


def test_who_is_not_there_is_told(replay, clock):
    address = replay.url.rpartition(":")[0] + ":9/api"
    with pytest.raises(LookUpFailed, match="cannot be read"):
        clock.client().ask(address)


def test_an_answer_that_is_too_long_is_not_read(replay, clock, monkeypatch):
    monkeypatch.setattr(asking, "BYTES", 1_000)
    packed = gzip.compress(json.dumps("x" * 100_000).encode())
    replay.troubles = [answers(b" " * 1_001), answers(packed, Content_Encoding="gzip")]
    for _ in range(2):
        with pytest.raises(LookUpFailed, match="more than 1,000 bytes"):
            clock.client().ask(replay.api)


def test_packed_answers_are_unpacked(replay, clock):
    replay.troubles = [answers(gzip.compress(b'{"x": 1}'), Content_Encoding="gzip")]
    assert clock.client().ask(replay.api) == {"x": 1}
