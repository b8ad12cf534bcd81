"""whoholds wikidata: what is printed, and how it ends."""

from __future__ import annotations

import json

import pytest

from kg.cli import main
from kg.init import init_workspace
from wikidata.replay import answers

LINKS = """\
subject_id	predicate_id	object_id	comment
place:north	skos:exactMatch	wikidata:Q142	x
place:south	skos:exactMatch	wikidata:Q145	x
"""


@pytest.fixture
def asks(tmp_path, replay, capsys):
    """Runs the verb in a workspace that names the source; its code, output and messages."""
    root = tmp_path / "w"
    init_workspace(root, base=None, title="The valley war")
    (root / "links" / "wikidata.sssom.tsv").write_text(LINKS, "utf-8")
    with (root / "whoholds.toml").open("a") as file:
        file.write(
            'contact = "desk@example.org"\n[wikidata]\ndelay = 0\nfailures = 1\n'
            f'entities = "{replay.pages}"\nreconcile = "{replay.reconcile}"\n'
            'types = { country = "Q3624078" }\n'
        )

    def run(*words):
        code = main(["wikidata", *words, "-w", str(root)])
        told = capsys.readouterr()
        return code, [line.split("\t") for line in told.out.splitlines()], told.err

    return run


def test_the_linked_items_are_looked_up_once(asks, replay):
    for _ in range(2):
        code, (head, *rows), told = asks()
        assert (code, told) == (0, "") and head[:3] == ["id", "label_en", "label_ar"]
        assert [row[:3] for row in rows] == [
            ["Q142", "France", "فرنسا"],
            ["Q145", "United Kingdom", "المملكة المتحدة"],
        ]
    assert len(replay.asked) == 2
    asks("--again")
    assert len(replay.asked) == 4


def test_json_has_whole_records(asks):
    _, ((line,),), _ = asks("Q11223", "--json")
    found = json.loads(line)
    assert found["labels"]["en"] == "United States Air Force" and found["points"] == []


def test_what_they_are_instances_of_is_looked_up_too(asks, replay):
    replay.entities["Q3624078"] = {"id": "Q3624078", "labels": {"en": {"value": "a class"}}}
    code, (_, *rows), _ = asks("Q142", "--classes")
    assert code == 0 and [row[:2] for row in rows] == [["Q142", "France"], ["Q3624078", "a class"]]


def test_merged_and_missing_items_are_told_and_are_no_failure(asks, replay):
    replay.merged = {"Q77777777": "Q145"}
    code, rows, told = asks("Q77777777", "Q77777778")
    assert code == 0 and rows[1][:2] == ["Q77777777", "United Kingdom"]
    assert "Q77777777 is Q145 now" in told and "Q77777778: there is no such item" in told


def test_one_that_fails_ends_with_1_and_the_others_are_printed(asks):
    code, rows, told = asks("q1", "Q142")
    assert code == 1 and len(rows) == 2 and "'q1' is no id" in told


def test_a_source_that_is_down_ends_with_3_and_says_how_to_go_on(asks, replay):
    replay.troubles = [answers(b"", 403)]
    code, rows, told = asks()
    assert (code, rows) == (3, []) and "Run the same command later" in told
    assert asks()[0] == 0


def test_names_are_looked_up(asks):
    code, rows, _ = asks("--search", "France", "USAF", "--type", "country")
    assert code == 0 and [row[:2] for row in rows[1:]] == [["France", "Q142"]]
    _, rows, _ = asks("--search", "USAF")
    assert rows[1][0] == "USAF" and rows[1][1] == "Q11223"
    code, _, told = asks("--search", "USAF", "--type", "air-force")
    assert code == 1 and "names no class for 'air-force'" in told


@pytest.mark.parametrize(("words", "key"), [([], "entities"), (["--search", "x"], "reconcile")])
def test_nobody_is_asked_unless_the_workspace_says_so(words, key, tmp_path, capsys):
    init_workspace(tmp_path / "w", base=None, title="The valley war")
    assert main(["wikidata", *words, "-w", str(tmp_path / "w")]) == 1
    assert f"Set {key}" in capsys.readouterr().err
