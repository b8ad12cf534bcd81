"""What is published: SSSOM that its own package accepts, and linksets without owl:sameAs."""

import dataclasses

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kg.cli import main
from kg.lift.linksets import linkset
from kg.lift.terms import term
from kg.links.publish import Publication, published
from kg.links.reading import read_table
from kg.links.table import NO_TERM
from kg.links.writing import write_table
from kg.names import Names
from kg.workspace import SHIPPED, open_workspace

PUBLICATION = Publication(
    'The "valley" war', "https://example.org/valley/", "https://e.org/free", "2026.1", "0.1.0"
)
WANTED = {
    "license",
    "mapping_provider",
    "mapping_set_description",
    "mapping_set_id",
    "mapping_set_title",
    "mapping_set_version",
    "mapping_tool",
    "mapping_tool_version",
    "object_source",
    "publication_date",
    "sssom_version",
}


@pytest.fixture
def table(aven):
    return aven.links[0]


def test_the_metadata_are_whole_and_read_back(table):
    made = published(table, PUBLICATION)
    assert set(made.about) >= WANTED
    assert made.about["publication_date"] == "2026-03-06"
    written = write_table(made)
    assert '#mapping_set_title: "The \\"valley\\" war: links to almanac"' in written
    assert '#object_source: "almanac:"' in written
    read = read_table(written, table.path)
    assert (set(read.rows), read.about) == (set(table.rows), made.about)
    assert write_table(read) == written


def test_what_the_head_says_stands(table):
    own = dataclasses.replace(table, about={"license": "https://e.org/own"})
    assert published(own, PUBLICATION).about["license"] == "https://e.org/own"


def test_a_linkset_has_what_is_linked_and_counts_it(table):
    names = Names("https://example.org/valley/")
    none = dataclasses.replace(table.rows[0], subject="place:holm", object=NO_TERM)
    unsure = dataclasses.replace(
        table.rows[0], subject="place:holm", object="almanac:7", predicate="rdfs:seeAlso"
    )
    more = dataclasses.replace(table, rows=(*table.rows, none, unsure))
    triples = [str(triple) for triple in linkset(more, names, "https://e.org/free")]
    assert not [one for one in triples if "sameAs" in one or "NoTermFound" in one]
    matches = [one for one in triples if "skos/core#exactMatch> <https" in one]
    assert len(matches) == 2
    assert any("void#triples>" in one and '"2"' in one for one in triples)
    assert not [one for one in triples if "almanac/9" in one or "almanac/7" in one]


def test_the_verb_writes_both(aven, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["link", "export", "-o", str(out), "-w", str(aven.root)]) == 0
    assert "almanac.sssom.tsv: 3 judgements; " in capsys.readouterr().out
    written = (out / "almanac.sssom.tsv").read_text("utf-8")
    assert set(read_table(written, "almanac.sssom.tsv").about) >= WANTED - {
        "mapping_set_version",
    }
    turtle = out / "almanac.ttl"
    store = Store()
    store.extend(quad for quad in parse(path=str(turtle), format=RdfFormat.TURTLE))
    matches = list(store.quads_for_pattern(None, term("skos:exactMatch"), None))
    assert len(matches) == 2
    first = turtle.read_bytes()
    assert main(["link", "export", "almanac", "-o", str(out), "-w", str(aven.root)]) == 0
    assert turtle.read_bytes() == first
    assert main(["link", "export", "yearbook", "-o", str(out), "-w", str(aven.root)]) == 1


def test_the_sssom_package_accepts_every_shipped_table(tmp_path):
    """pip install sssom"""
    pytest.importorskip("sssom", reason="needs sssom, the package of the SSSOM community")
    from sssom.constants import DEFAULT_VALIDATION_TYPES
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    assert main(["link", "export", "-o", str(tmp_path), "-w", str(SHIPPED)]) == 0
    tables = open_workspace(SHIPPED).links
    own = [SHIPPED / table.path for table in tables]
    for path in [*own, *sorted(tmp_path.glob("*.sssom.tsv"))]:
        found = parse_sssom_table(str(path))
        reports = validate(found, DEFAULT_VALIDATION_TYPES, fail_on_error=False)
        told = [result.message for report in reports.values() for result in report.results]
        assert told == [], path
        target = path.name.partition(".")[0]
        rows = next(len(table.rows) for table in tables if table.target == target)
        assert len(found.df) == rows
