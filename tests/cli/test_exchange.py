"""`whoholds exchange`: out, in, and what it says of both."""

import pytest

from kg.cli import main
from kg.mapping.document import Mapping
from kg.mapping.write import write


@pytest.mark.parametrize(("tool", "name"), [("web-annotation", "aven.jsonld"), ("brat", "brat")])
def test_out_and_in(aven, tmp_path, capsys, tool, name):
    before = aven.source("aven")
    place = str(tmp_path / name)
    where = ["--as", tool, "-w", str(aven.root)]
    assert main(["exchange", "out", "aven", *where, "-o", place]) == 0
    said = capsys.readouterr().out
    assert said.startswith("aven: 14 entries\n")
    assert ("It is private: publish it nowhere." in said) is (tool == "brat")
    assert main(["exchange", "in", "aven", place, *where]) == 0
    assert capsys.readouterr().out == "aven: nothing changed\n"
    assert aven.source("aven") == before


@pytest.mark.parametrize(
    "verb",
    [
        ("exchange", "out", "aven", "--as", "web-annotation", "-o"),
        ("agreement", ".", "--write"),
    ],
)
def test_what_cannot_be_written_is_said(aven, monkeypatch, capsys, verb):
    monkeypatch.chdir(aven.root)
    (aven.root / "file").touch()
    assert main([*verb, "file/below.jsonld"]) == 1
    assert "file/below.jsonld: cannot be written (" in capsys.readouterr().err


def test_a_change_is_told_and_written(aven, tmp_path, capsys):
    where = ["--as", "brat", "-w", str(aven.root)]
    main(["exchange", "out", "aven", *where, "-o", str(tmp_path)])
    file = tmp_path / "aven.ann"
    file.write_text(file.read_text("utf-8").replace("claim_capture", "claim_advance"), "utf-8")
    capsys.readouterr()
    assert main(["exchange", "in", "aven", str(tmp_path), *where]) == 0
    assert capsys.readouterr().out == (
        'aven: 1 change\n  changed: claim \'bridge-taken\': type "capture" is now "advance"\n'
    )
    assert aven.mapping("aven").claims["bridge-taken"].type == "advance"


@pytest.mark.parametrize("tool", ["web-annotation", "brat"])
def test_a_draft_goes_and_comes_back_as_it_was_proposed(aven, tmp_path, capsys, tool):
    mapping = aven.mapping("aven")
    bare = Mapping(1, "draft", mapping.article, mapping.coding, mapping.parts)
    aven.mapping_path("aven").write_text(write(bare), "utf-8")
    # A place that only the draft proposes: what refers to it is right there, and nowhere else.
    places = aven.root / "authorities" / "places.toml"
    head, holm = places.read_text("utf-8").split("[place.holm]")
    places.write_text(head, "utf-8")
    judgement = head[: head.index("[place.")]
    aven.proposed_path("aven").write_text(f"{judgement}[place.holm]{holm}", "utf-8")
    where = ["-w", str(aven.root)]
    assert main(["suggest", "aven", "--no-model", *where]) == 0
    before = aven.source("aven")
    assert "score" in before
    where += ["--as", tool]
    assert main(["exchange", "out", "aven", *where, "-o", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["exchange", "in", "aven", str(tmp_path), *where]) == 0
    assert capsys.readouterr().out == "aven: nothing changed\n"
    assert aven.source("aven") == before


def test_drift_ends_with_1_and_writes_nothing(aven, tmp_path, capsys):
    before = aven.source("aven")
    where = ["--as", "brat", "-w", str(aven.root)]
    main(["exchange", "out", "aven", *where, "-o", str(tmp_path)])
    file = tmp_path / "aven.ann"
    file.write_text(file.read_text("utf-8").replace("41 61", "42 62"), "utf-8")
    capsys.readouterr()
    assert main(["exchange", "in", "aven", str(tmp_path), *where]) == 1
    error = capsys.readouterr().err
    assert "aven.ann:" in error and "claim 'bridge-taken': [42, 62] has 'ook the Aven bridge '" in (
        error
    )
    assert "These words stand at [41, 61]." in error
    assert aven.source("aven") == before


def test_positions_that_the_mapping_does_not_have_are_asked_for(aven, tmp_path, capsys):
    path = aven.mapping_path("aven")
    path.write_text(path.read_text("utf-8").replace("[41, 61]", "[41, 62]"), "utf-8")
    where = ["--as", "web-annotation", "-w", str(aven.root), "-o", str(tmp_path / "x")]
    assert main(["exchange", "out", "aven", *where]) == 1
    error = capsys.readouterr().err
    assert error.startswith("articles/aven/mapping.toml:")
    assert "claim 'bridge-taken' has no position that its words fit" in error
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(("tool", "ending"), [("web-annotation", "jsonld"), ("brat", "ann")])
def test_what_somebody_marked_is_not_written_over(aven, tmp_path, capsys, tool, ending):
    out = ["exchange", "out", "aven", "--as", tool, "-w", str(aven.root), "-o", str(tmp_path / "x")]
    assert main(out) == main(out) == 0
    file = tmp_path / "x" / f"aven.{ending}"
    sent = file.read_bytes()
    file.write_bytes(sent.replace(b"asserted", b"denied").replace(b"capture", b"advance") + b"\n")
    capsys.readouterr()
    assert main(out) == 1
    assert f"aven.{ending}:1: says something else" in capsys.readouterr().err
    assert main([*out, "--replace"]) == 0
    assert file.read_bytes() == sent
