"""Judging candidates: one decision each, kept as it is made, undone, and written into the table."""

import datetime as dt
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import InputError
from kg.links.candidate import Candidate, Subject, subjects
from kg.links.desk import VERDICTS, Desk, Judged
from kg.links.reading import read_table
from kg.links.table import NO_TERM
from kg.links.terminal import HELP, converse
from paths import ROOT

NOW = dt.datetime(2026, 3, 7, 12, 0, tzinfo=dt.UTC)


class Almanac:
    """A source with two records for every name."""

    def search(self, name: str, type: str | None = None) -> list[Candidate]:  # noqa: A002
        return [
            Candidate("almanac:20", name, (name,), type or "", sources=("Almanac", "Yearbook")),
            Candidate("almanac:21", name, (name,), "river", sources=("Almanac",)),
        ]


@pytest.fixture
def path(aven) -> Path:
    return aven.root / "links" / "almanac.sssom.tsv"


def sit_down(path: Path) -> Desk:
    table = read_table(path.read_text("utf-8"), "links/almanac.sssom.tsv")
    return Desk(table, path, "editor-2", lambda: NOW)


@pytest.fixture
def desk(path):
    desk = sit_down(path)
    yield desk
    desk.close()


@pytest.fixture
def holm() -> Subject:
    return Subject("place", "holm", "village", "Holm", ("Holm",))


def talk(desk: Desk, aven, lines: str) -> str:
    out = io.StringIO()
    places = [one for one in subjects(aven.authorities, [desk.table]) if one.kind == "place"]
    converse(desk, places, [Almanac()], lines.splitlines(), out)
    return out.getvalue()


def judged(verdict: str, of: str = "almanac:20") -> Judged:
    return Judged(verdict, NO_TERM if verdict == "none" else of, "", "as the map has it")


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("exact", "positive"),
        ("close", "positive"),
        ("not", "negative"),
        ("unsure", "unsure"),
        ("none", "none"),
    ],
)
def test_each_judgement_becomes_a_row(desk, path, holm, verdict, expected):
    row = desk.judge(holm, judged(verdict))
    assert (row.verdict, row.by, row.on) == (expected, "editor-2", NOW.date())
    assert row.confidence == VERDICTS[verdict][2]
    assert desk.waiting() == 1
    assert "editor-2" not in path.read_text("utf-8"), "the table is written when it is kept"
    assert desk.keep() == 1
    assert desk.waiting() == 0
    assert row in read_table(path.read_text("utf-8"), "links/almanac.sssom.tsv").rows


def test_a_judgement_needs_a_reason(desk, holm):
    with pytest.raises(InputError, match="say why"):
        desk.judge(holm, Judged("exact", "almanac:20", "", "  "))
    assert desk.waiting() == 0


def test_a_second_record_is_refused_before_it_is_kept(desk, holm):
    desk.judge(holm, judged("exact"))
    with pytest.raises(InputError, match="of two records at most one is the same"):
        desk.judge(holm, judged("exact", "almanac:21"))
    desk.judge(holm, judged("close", "almanac:21"))
    assert desk.waiting() == 2


def test_a_reviewer_is_a_role(path, holm):
    table = read_table(path.read_text("utf-8"), "links/almanac.sssom.tsv")
    desk = Desk(table, path, "Jane Doe", lambda: NOW)
    with pytest.raises(InputError, match="expected a role"):
        desk.judge(holm, judged("exact"))
    desk.close()


def test_what_is_judged_anew_replaces_what_was(desk, holm):
    desk.judge(holm, judged("none"))
    desk.judge(holm, judged("unsure"))
    desk.judge(holm, judged("exact"))
    found = [(row.object, row.verdict) for row in desk.rows() if row.subject == holm.id]
    assert found == [("almanac:20", "positive")]


def test_undoing_takes_back_what_is_not_in_the_table(desk, holm):
    before = desk.rows()
    desk.judge(holm, judged("exact"))
    assert desk.undo() == "place:holm"
    assert desk.rows() == before
    assert desk.undo() is None
    desk.judge(holm, judged("close"))
    desk.keep()
    assert desk.undo() is None


def test_a_review_goes_on_where_it_was_left(path, holm):
    first = sit_down(path)
    first.judge(holm, judged("exact"))
    first.judge(holm, judged("not", "almanac:21"))
    first.undo()
    first.close()
    second = sit_down(path)
    assert [r.object for r in second.rows() if r.subject == holm.id] == ["almanac:20"]
    second.keep()
    second.close()
    lines = path.with_name("almanac.judgements.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["do"] for line in lines] == ["judge", "judge", "undo", "keep"]


def test_a_review_in_which_nothing_was_judged_leaves_no_file(path):
    before = sorted(path.parent.iterdir())
    sit_down(path).close()
    assert sorted(path.parent.iterdir()) == before


@pytest.mark.usefixtures("desk")
def test_only_one_reviews_a_target(path):
    with pytest.raises(InputError, match="another review of this target is open"):
        sit_down(path)


@pytest.mark.parametrize(
    "line", ["{", '{"do": "guess"}', '{"do": "judge"}', '{"do": "undo"}', "[]", '"x"']
)
def test_a_broken_journal_is_told_by_its_line(path, line):
    journal = path.with_name("almanac.judgements.jsonl")
    journal.write_text('{"do": "keep"}\n' + line + "\n", "utf-8")
    with pytest.raises(InputError, match=r"almanac\.judgements\.jsonl:2: is no record"):
        sit_down(path)
    journal.unlink()
    sit_down(path).close()


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.links.candidate import Subject
from kg.links.desk import Desk, Judged
from kg.links.reading import read_table
path = Path(sys.argv[1])
desk = Desk(read_table(path.read_text("utf-8"), "links/almanac.sssom.tsv"), path, "editor-2")
holm = Subject("place", "holm", "village", "Holm", ("Holm",))
desk.judge(holm, Judged("exact", "almanac:20", "Holm", "same bank"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_judgement_survives_a_kill(path, holm):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    journal = path.with_name("almanac.judgements.jsonl")
    with journal.open("ab") as file:
        file.write(b'{"do": "judge", "subj')
    desk = sit_down(path)
    assert [row.because for row in desk.rows() if row.subject == holm.id] == ["same bank"]
    desk.close()


# --- the conversation --------------------------------------------------------------------


def test_it_asks_of_each_candidate_and_shows_its_features(desk, aven):
    said = talk(desk, aven, "")
    assert "to judge as editor-2; h for help." in said
    assert "proposed: almanac:20" in said
    for feature in ("score", "label", "type", "distance", "parent", "second"):
        assert f"    {feature} " in said
    assert "place:aven " not in said, "what is linked is not asked again"


def test_a_whole_review(desk, aven, path):
    lines = "g holm\nn 0.8 a wood of the name\nu\n0 no record of it\ng ferry\ne\nl\nk\nq\n"
    said = talk(desk, aven, lines.replace("ferry", _other(aven)))
    assert "kept: 4 in links/almanac.sssom.tsv now." in said
    rows = {(r.object, r.verdict): r for r in desk.table.rows if r.subject == "place:holm"}
    assert set(rows) == {
        ("almanac:20", "negative"),
        ("almanac:21", "unsure"),
        (NO_TERM, "none"),
    }
    assert rows["almanac:20", "negative"].confidence == 0.8
    assert rows["almanac:20", "negative"].because == "a wood of the name"
    assert "called Holm by both" in rows["almanac:21", "unsure"].because
    assert read_table(path.read_text("utf-8"), desk.table.path).rows == desk.table.rows


def _other(aven) -> str:
    return next(slug for slug in aven.authorities.places if slug not in ("aven", "holm"))


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("h", HELP),
        ("what", HELP),
        ("0", "say why"),
        ("e 7 sure", "confidence 7; expected a number from 0 to 1."),
        ("g nowhere", "'nowhere' is not among the"),
        ("z", "nothing to undo"),
        ("n\nn\ne", "no candidate is left: 0 WHY, or s."),
        ("s\n" * 99, "That was the last one"),
        ("s\n" * 99 + "e", "nobody is left: k keeps"),
        ("n\nz", "undone: place:"),
    ],
)
def test_every_line_has_an_answer(desk, aven, line, answer):
    assert answer in talk(desk, aven, line)


# --- the verb ----------------------------------------------------------------------------


def test_the_verb_suggests(aven, tmp_path, capsys):
    entity = {"id": "Q2", "labels": {"en": {"language": "en", "value": "Holm"}}, "claims": {}}
    (tmp_path / "Q2.json").write_text(json.dumps(entity), "utf-8")
    common = ["link", "suggest", "-w", str(aven.root)]
    assert main([*common, "almanac", "holm", "--from", str(tmp_path / "Q2.json")]) == 0
    said = capsys.readouterr().out
    assert "almanac:Q2  Holm" in said
    assert "almanac: 1 asked, " in said
    assert main([*common, "almanac", "--all", "--format", "json", "--from", str(tmp_path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["subject"] for one in found} >= {"place:aven", "place:holm"}
    assert found[0]["because"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["suggest", "yearbook"], "no target 'yearbook'; "),
        (["suggest", "almanac"], "nothing knows almanac: name files"),
        (["suggest", "wof", "hlom"], "no actor or place 'hlom'; nearest ids: "),
        (["suggest", "almanac", "--from", "/nowhere.json"], "/nowhere.json: cannot be read"),
    ],
)
def test_the_verb_says_what_is_wrong(aven, capsys, words, message):
    part, target, *more = words
    assert main(["link", part, target, *more, "-w", str(aven.root)]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "begin", "message"),
    [
        ("../up", "https://example.org/up/", "expected lower-case words"),
        ("Year Book", "https://example.org/book/", "expected lower-case words"),
        ("place", "https://example.org/place/", "a prefix of something else"),
        ("yearbook", "nonsense", "expected the beginning of an http IRI"),
    ],
)
def test_a_target_that_cannot_be_is_refused_before_anything_is_written(
    aven, capsys, target, begin, message
):
    before = sorted(aven.root.rglob("*"))
    words = ["link", "review", target, "--ids-begin", begin, "-w", str(aven.root)]
    assert main(words) == 1
    assert message in capsys.readouterr().err
    assert sorted(aven.root.rglob("*")) == before


def test_keeping_nothing_writes_nothing(aven, path):
    before = path.read_bytes()
    desk = sit_down(path)
    assert "kept: 0" in talk(desk, aven, "k\nq")
    desk.close()
    assert path.read_bytes() == before


def test_the_verb_reviews_a_new_target(aven, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("g holm\n0 not in it\nk\n"))
    assert main(["link", "review", "wof", "--reviewer", "editor-3", "-w", str(aven.root)]) == 0
    assert "kept: 1 in links/wof.sssom.tsv now." in capsys.readouterr().out
    text = (aven.root / "links" / "wof.sssom.tsv").read_text("utf-8")
    (row,) = read_table(text, "links/wof.sssom.tsv").rows
    assert (row.subject, row.verdict, row.by) == ("place:holm", "none", "editor-3")
