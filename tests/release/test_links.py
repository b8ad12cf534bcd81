"""Links in a release: a graph of their own, counted as linksets, and nothing follows from them."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.lift.terms import term
from kg.names import VOCABULARIES
from kg.reason.derive import load_rules
from kg.release.build import build
from kg.release.read import open_release
from kg.workspace import open_workspace
from paths import FIXTURES

SAME_AS = NamedNode(f"{VOCABULARIES['owl']}sameAs")
MATCHES = [term(f"skos:{kind}Match") for kind in ("exact", "close", "broad", "narrow", "related")]


@pytest.fixture(scope="module")
def release(aven_releases):
    return open_release(aven_releases)


def matches(release) -> list[Quad]:
    graph = NamedNode(release.names.graph("links"))
    return [q for m in MATCHES for q in release.store.quads_for_pattern(None, m, None, graph)]


def test_nothing_is_owl_same_as(release):
    assert list(release.store.quads_for_pattern(None, SAME_AS, None)) == []


def test_what_is_linked_stands_in_the_graph_of_links_alone(release):
    """And in the union of all graphs, which is the store's default graph."""
    assert len(matches(release)) == 2
    links, union = NamedNode(release.names.graph("links")), DefaultGraph()
    for match in MATCHES:
        for quad in release.store.quads_for_pattern(None, match, None):
            if str(quad.subject).startswith(f"<{release.names.base}"):
                assert quad.graph_name in (links, union)


def test_the_description_counts_them_as_linksets(release):
    node = f"<{release.names.release(release.digest)}>"
    rows = release.store.query(
        f"""PREFIX void: <{VOCABULARIES["void"]}>
        SELECT ?match ?space ?triples WHERE {{ GRAPH ?g {{
          {node} void:subset/void:subset ?set . ?set a void:Linkset ; void:linkPredicate ?match ;
            void:subjectsTarget {node} ; void:objectsTarget ?target ; void:triples ?triples .
          ?target a void:Dataset ; void:uriSpace ?space
        }} FILTER(STRENDS(STR(?g), "metadata")) }}"""
    )
    found = [tuple(str(term.value) for term in row) for row in rows]
    assert found == [(f"{VOCABULARIES['skos']}exactMatch", "https://example.org/almanac/", "2")]


def test_no_rule_reads_a_link():
    for rule in load_rules():
        assert "Match" not in rule.query and "sameAs" not in rule.query, rule.name


def test_the_same_is_derived_without_any_link(release, tmp_path):
    """Two places that are linked to one record are still two."""
    root = Path(shutil.copytree(FIXTURES / "aven", tmp_path / "aven"))
    shutil.rmtree(root / "links")
    build(open_workspace(root), tmp_path / "releases", jobs=1)
    without = open_release(tmp_path / "releases")
    assert derived(without) == derived(release)
    assert matches(without) == []


def derived(release) -> set[str]:
    start = release.names.graph("derived/")
    return {str(q) for q in release.store if str(q.graph_name).startswith(f"<{start}")}
