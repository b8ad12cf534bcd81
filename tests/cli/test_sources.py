"""`whoholds serve --graph IRI=FILE --rdf FILE`: which files, in which graphs, under which name."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from kg.cli import main
from kg.cli.sources import add_sources, served, sources_of
from kg.errors import InputError
from kg.release.adhoc import Source
from kg.release.read import open_release

BASE = "https://example.org/"
TURTLE = '<https://example.org/a> <https://example.org/b> "c" .'


def options(*words: str) -> Namespace:
    parser = ArgumentParser()
    for name in ("--workspace", "--releases"):
        parser.add_argument(name)
    parser.add_argument("--port", type=int, default=8000)
    add_sources(parser)
    return parser.parse_args(words)


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.ttl", "b.ttl", "year=2014.ttl", "a b.ttl"):
        (tmp_path / name).write_text(TURTLE, "utf-8")


@pytest.mark.parametrize(
    ("words", "source"),
    [
        (["--graph", "urn:a=a.ttl"], Source(Path("a.ttl"), "urn:a")),
        (["--graph", "urn:a?b=c=a.ttl"], Source(Path("a.ttl"), "urn:a?b=c")),
        (["--graph", "urn:a=year=2014.ttl"], Source(Path("year=2014.ttl"), "urn:a")),
        (["--graph", "urn:a=none.ttl"], Source(Path("none.ttl"), "urn:a")),
        (["--rdf", "a.ttl"], Source(Path("a.ttl"), f"{BASE}graph/a.ttl")),
        (["--rdf", "a b.ttl"], Source(Path("a b.ttl"), f"{BASE}graph/a%20b.ttl")),
    ],
)
def test_a_file_has_the_graph_given_or_one_of_its_name(words, source):
    assert sources_of(options(*words), BASE) == (source,)


def test_the_release_is_named_by_its_files_and_its_host_and_goes_with_the_server():
    with served(options("--graph", "urn:a=a.ttl", "--rdf", "b.ttl"), "127.0.0.1") as found:
        summary = open_release(found.releases).summary
    assert summary["title"] == "a.ttl and 1 more"
    assert summary["base"] == "http://127.0.0.1:8000/"
    assert summary["licence"] == ""
    assert not found.releases.exists()


def test_the_release_is_kept_where_a_folder_is_given():
    words = ["--rdf", "a.ttl", "--releases", "kept", "--base", BASE, "--title", "Valley"]
    with served(options(*words), "127.0.0.1"):
        pass
    assert open_release(Path("kept")).summary["title"] == "Valley"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--graph", "a.ttl"], "expected IRI=FILE"),
        (["--rdf", "none.ttl"], "none.ttl: cannot be read"),
        (["--rdf", "a.ttl", "--rdf", "./a.ttl"], "Give each file a graph of its own"),
        (["--rdf", "a.ttl", "--base", "valley"], "--base is 'valley'; expected"),
        (["--rdf", "a.ttl", "--workspace", "."], "Give one or the other"),
    ],
)
def test_what_is_wrong_is_told(words, says, capsys):
    assert main(["serve", "--port", "0", *words]) == 1
    assert says in capsys.readouterr().err


def test_without_files_the_workspace_is_served(aven):
    with served(options("--workspace", str(aven.root)), "127.0.0.1") as found:
        assert found.releases == aven.home / "releases"
        assert found.texts("aven")


def test_a_graph_that_is_no_iri_is_told():
    with pytest.raises(InputError, match="is no IRI"), served(options("--graph", "a=a.ttl"), ""):
        pass


def test_a_title_without_files_is_refused(capsys):
    assert main(["serve", "--title", "The valley"]) == 1
    assert "--title" in capsys.readouterr().err
