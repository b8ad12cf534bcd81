"""whoholds diff: what it prints, what it writes, and what it refuses."""

import shutil

import pytest

from kg.cli import main
from kg.release.build import build
from kg.workspace import open_workspace
from paths import FIXTURES


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Two releases: the second has another name of a place."""
    root = tmp_path_factory.mktemp("releases")
    workspace = shutil.copytree(FIXTURES / "aven", root / "aven")
    old = build(open_workspace(workspace), root, jobs=1).name
    path = workspace / "authorities" / "places.toml"
    path.write_text(path.read_text("utf-8").replace('en = "Holm"', 'en = "Old Holm"'), "utf-8")
    return root, old, build(open_workspace(workspace), root, jobs=1).name


@pytest.fixture
def run(aven, releases, capfdbinary):
    def command(*words):
        code = main(["diff", *words, "-w", str(aven.root), "--releases", str(releases[0])])
        printed = capfdbinary.readouterr()
        return code, printed.out.decode(), printed.err.decode()

    return command


def test_it_tells_what_changed(run, releases):
    code, out, err = run(releases[1][:8], "current")
    assert (code, err) == (0, "")
    assert "~ place:holm" in out and "name: Holm → Old Holm" in out


def test_a_patch_is_written_applied_and_undone(run, releases, tmp_path):
    folder, old, new = releases
    patch, made = tmp_path / "p.rdfp", tmp_path / "made.nq"
    assert run(old, new, "--format", "patch", "-o", str(patch)) == (0, "", "")
    code, out, _ = run("--apply", str(patch), old, "-o", str(made))
    assert code == 0 and out.startswith(f"sha256:{new}")
    assert made.read_bytes() == (folder / new / "data.nq").read_bytes()
    code, out, _ = run("--apply", str(patch), new, "--reverse")
    assert code == 0 and out.startswith(f"sha256:{old}")


def test_a_patch_that_is_refused_leaves_no_file(run, releases, tmp_path):
    patch, made = tmp_path / "p.rdfp", tmp_path / "made.nq"
    patch.write_text("TX .\nnonsense\nTC .\n", "utf-8")
    code, out, err = run("--apply", str(patch), releases[1], "-o", str(made))
    assert (code, out) == (1, "")
    assert err.startswith(f"{patch}:2: ") and err.count("\n") == 1
    assert sorted(p.name for p in tmp_path.glob("made*")) == []


def test_an_unknown_release_is_refused_with_the_nearest(run):
    code, out, err = run("curent", "current")
    assert (code, out) == (1, "")
    assert "'curent'; nearest releases: current." in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["current"], "expected two releases"),
        (["current", "current", "--reverse"], "--reverse is for --apply"),
        (["--apply", "p.rdfp", "current", "current"], "--apply takes one release"),
        (["current", "current", "-o", "/nowhere/at/all"], "cannot be written"),
    ],
)
def test_what_cannot_be_meant_is_refused(run, words, says):
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert says in err


@pytest.mark.parametrize(("form", "begins"), [("html", "<!doctype html>"), ("atom", "<?xml")])
def test_other_formats(run, releases, form, begins):
    code, out, _ = run(releases[1], releases[2], "--format", form)
    assert code == 0 and out.startswith(begins)
