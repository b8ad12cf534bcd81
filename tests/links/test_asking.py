"""Candidates from a service: Wikidata on loopback, which replays real items."""

from __future__ import annotations

import io
import json

import pytest

from kg.cli import main
from kg.init import init_workspace
from wikidata.replay import answers, replaying, slice_of_wikidata

AUTHORITIES = """
[judgement]
by = "editor-1"
on = 2026-03-06
basis = "outside"
because = "as the almanac has it"

[place.france]
type = "country"
label = { en = "France" }
"""


@pytest.fixture
def replay():
    with replaying(dict(slice_of_wikidata())) as found:
        yield found


@pytest.fixture
def root(tmp_path, replay):
    root = tmp_path / "w"
    init_workspace(root, base=None, title="The valley war")
    for path in (root / "authorities").glob("*.toml"):
        path.unlink()
    (root / "authorities" / "places.toml").write_text(AUTHORITIES, "utf-8")
    with (root / "whoholds.toml").open("a") as file:
        file.write(
            'contact = "desk@example.org"\n[wikidata]\ndelay = 0\nfailures = 2\n'
            f'entities = "{replay.pages}"\nreconcile = "{replay.reconcile}"\n'
        )
    return root


def ask(root, *words):
    return main(["link", "suggest", "wikidata", "france", "--ask", "-w", str(root), *words])


def test_a_service_s_candidates_come_with_what_is_stated_of_them(root, capsys):
    assert ask(root, "--format", "json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    (first, *_) = [one for one in found["candidates"] if one["label"] == "France"]
    features = {one["name"]: one for one in first["features"]}
    assert features["label"]["because"] == "called France by both"
    assert first["id"] in {f"wikidata:{id_}" for id_ in slice_of_wikidata()}


def test_what_was_asked_once_is_not_asked_again(root, replay, capsys):
    assert ask(root) == 0
    asked = len(replay.asked)
    assert ask(root) == 0
    assert len(replay.asked) == asked
    assert "wikidata: 1 asked, " in capsys.readouterr().out


def test_one_that_fails_is_told_and_the_next_is_asked(root, replay, capsys):
    replay.troubles.append(answers(b"{}"))
    assert ask(root) == 1
    told = capsys.readouterr()
    assert told.err.startswith("place:france: ")
    assert "wikidata: 0 asked, 0 with a proposal" in told.out


def test_a_source_that_is_down_stops_the_command(root, replay):
    replay.troubles += [answers(b"no", 403)] * 9
    assert ask(root) == 3


def test_the_review_goes_on_where_a_look_up_fails(root, replay, monkeypatch, capsys):
    replay.troubles.append(answers(b"{}"))
    monkeypatch.setattr("sys.stdin", io.StringIO("g france\nq\n"))
    assert main(["link", "review", "wikidata", "--ask", "-w", str(root)]) == 0
    said = capsys.readouterr().out
    assert "g france asks again" in said
    assert "France (" in said.partition("asks again")[2]


@pytest.mark.parametrize("target", ["wof", "wikidata"])
def test_nobody_is_asked_who_is_not_named(aven, capsys, target):
    assert main(["link", "suggest", target, "--ask", "-w", str(aven.root)]) == 1
    assert "nobody is asked: --ask is for wikidata" in capsys.readouterr().err
