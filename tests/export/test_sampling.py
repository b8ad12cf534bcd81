"""The sampling statement: every article read, how it was chosen, how far coders agreed."""

import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.export import sampling
from kg.export.sampling import Sampling, read_sampling
from kg.lift.terms import term
from kg.names import Names
from kg.release.build import build
from kg.workspace import SHIPPED, iter_mappings, open_workspace

NAMES = Names("https://example.org/valley/")


def rows(text):
    """The first table, by article."""
    found = re.findall(
        r"^\| ([a-z0-9-]+) \| (.*) \|$", text.partition("## Agreement")[0], re.MULTILINE
    )
    return {name: cells.split(" | ") for name, cells in found if name != "article"}


def test_every_article_is_told_with_its_numbers(published, aven):
    told = rows((published.folder / "sampling.md").read_text("utf-8"))
    for slug, mapping in iter_mappings(aven):
        title, _, *numbers = told.pop(slug)
        assert title == mapping.article.title
        counted = len(mapping.claims), len(mapping.voices), len(mapping.nothings)
        assert tuple(map(int, numbers)) == counted
    assert told == {}


def test_what_is_not_stated_is_said_to_be_unknown(published):
    text = (published.folder / "sampling.md").read_text("utf-8")
    assert "does not say how its articles were chosen" in text
    assert "agreement is unknown" in text


def test_the_workspaces_own_words_come_first_and_drafts_are_counted(aven, tmp_path):
    (aven.root / "sampling.md").write_text("By lot.\n", "utf-8")
    path = aven.mapping_path("aven-arabic")
    path.write_text(path.read_text("utf-8").replace('"reviewed"', '"draft"', 1), "utf-8")
    text = (build(aven, tmp_path / "r", jobs=1) / "sampling.md").read_text("utf-8")
    assert text.startswith("# How the articles were chosen\n\nBy lot.\n")
    assert "aven-arabic" not in text
    assert "not in this release: 1 (drafts)" in text


@pytest.fixture
def written(tmp_path):
    def write(store, said):
        sampling.write(store, NAMES, tmp_path, said)
        return (tmp_path / "sampling.md").read_text("utf-8")

    return write


def test_an_article_without_claims_is_told(written):
    assert rows(written(Store(), Sampling(apart={"silent": 7})))["silent"][-3:] == ["0", "0", "7"]


def test_signs_in_a_title_do_not_break_the_table(written):
    graph = NamedNode(NAMES.graph("article/odd"))
    title = Literal("a | b\n# <script> [x](javascript:y)")
    node = NamedNode(NAMES.iri("article", "odd"))
    store = Store()
    store.add(Quad(node, term("schema:headline"), title, graph))
    text = written(store, Sampling(apart={"odd": 0}))
    (row,) = [line for line in text.splitlines() if line.startswith("| odd |")]
    assert r"| a \| b \# \<script\> \[x\](javascript:y) |" in row


def test_the_shipped_figures_are_those_of_its_readme(written):
    workspace = open_workspace(SHIPPED)
    text = written(Store(), read_sampling(workspace, {}, 0))
    readme = workspace.optional("reliability/README.md")
    published = re.findall(r"^\| [a-z-]+ \| \d+/\d+ \|.*$", readme, re.MULTILINE)
    assert len(published) == 6
    assert all(row in text for row in published)
    assert "place 0.96" in text and "polarity –" in text
    assert "no random sample" in text
