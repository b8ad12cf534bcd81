"""The audit of links: what fails is a finding, at the line of its row."""

import dataclasses

import pytest

from kg.cli import main
from kg.gazetteer.lookup import load
from kg.lift.links import lift_links
from kg.links.assess import linked_ids
from kg.links.candidate import Candidate
from kg.links.gazetteer import find_records
from kg.links.reading import read_table
from kg.validate.links import audit
from kg.workspace import SHIPPED, open_workspace
from paths import ROOT

PATH = "links/almanac.sssom.tsv"
RECORDS = {
    "almanac:2": (Candidate("almanac:2", "Aven", ("Aven",), "town", sources=("Almanac",)),),
    "almanac:3": (
        Candidate("almanac:3", "Aven bridge", ("Aven Bridge",), "facility", sources=("Almanac",)),
    ),
}


def found(aven, table=None, records=None, **more):
    tables = (table,) if table else aven.links
    return audit(tables, aven.authorities, records or {}, aven.names, **more)


def messages(aven, *changes, records=None):
    source = (aven.root / PATH).read_text("utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new, 1)
    return [str(f) for f in found(aven, read_table(source, PATH), records).findings]


def about(found, *words):
    return [one for one in found if all(word in one for word in words)]


def test_who_has_no_judgement_is_told(aven):
    open_ = about(messages(aven, records=RECORDS), "is linked, or said to have no record")
    assert [one.split(": ")[1] for one in open_] == [
        "place:aven-district",
        "place:bridges-of-the-valley",
        "place:holm",
        "place:tarn",
    ]
    assert all(one.startswith(f"{PATH}:1: ") for one in open_)


def test_nothing_else_is_wrong_where_the_records_are_at_hand(aven):
    assert about(messages(aven, records=RECORDS), "almanac:") == []


def test_an_id_that_nobody_else_has_needs_a_second_source(aven):
    (first, second) = about(messages(aven), "needs two sources")
    assert first.startswith(f"{PATH}:9: place:aven and almanac:2: ")
    assert second.startswith(f"{PATH}:10: place:aven-bridge and almanac:3: ")
    named = messages(aven, ("same name, same river", "agree: Almanac; Old map"))
    assert len(about(named, "needs two sources")) == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"label": "Quay", "names": ("Quay",)}, "share a name"),
        ({"type": "river"}, "are of one kind"),
    ],
)
def test_what_is_out_of_bounds_is_told_at_its_row(aven, changed, words):
    record = dataclasses.replace(RECORDS["almanac:2"][0], **changed)
    label = ("Aven (town)", "Quay") if "label" in changed else ("Aven (town)", "Aven")
    told = messages(aven, label, records={**RECORDS, "almanac:2": (record,)})
    (one,) = about(told, "almanac:2")
    assert one.startswith(f"{PATH}:9: place:aven and almanac:2: ")
    assert words in one


def test_a_record_of_two_is_told(aven):
    told = messages(aven, ("almanac:3", "almanac:2"), records=RECORDS)
    (one,) = about(told, "A record is of one actor or place")
    assert "almanac:2" in one


def test_a_row_about_nobody_and_another_label_are_told(aven):
    told = messages(aven, ("place:aven\t", "place:avon\t"), ("Aven bridge\t", "Bridge\t"))
    assert about(told, f"{PATH}:9: place:avon is in no authority file.")
    assert about(told, "is called 'Bridge'; its entry has 'Aven bridge'.")


def test_both_validators_give_one_report(aven):
    fast, slow = found(aven), found(aven, fast=False)
    assert fast.report.to_json() == slow.report.to_json()
    assert fast.findings == slow.findings


def test_the_verb_ends_with_2_where_something_is_found(aven, capsys):
    assert main(["link", "audit", "-w", str(aven.root)]) == 2
    said = capsys.readouterr().err
    assert f"{PATH}:1: place:holm: Every actor and place" in said
    assert main(["link", "audit", "--report", "json", "-w", str(aven.root)]) == 2
    assert '"conforms": false' in capsys.readouterr().out
    assert main(["link", "audit", "yearbook", "-w", str(aven.root)]) == 1
    assert "no links to 'yearbook'; " in capsys.readouterr().err


def test_every_link_of_the_project_passes(capsys):
    assert main(["link", "audit", "-w", str(SHIPPED)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said] == ["geonames", "wikidata", "wof"]
    assert main(["link", "audit", "wof", "-w", str(SHIPPED)]) == 0
    assert capsys.readouterr().out.splitlines() == [said[2]]


TRAPS = (
    ("wikidata", "place:baghdad-governorate", "wikidata:Q1530", "needs two sources"),
    ("wof", "place:kobani", "wof:421190429", "lie within 10 km"),
    ("wof", "place:husseiba", "wof:1276777483", "lie within 10 km"),
    ("geonames", "place:ramadi", "geonames:172965", "is linked there, or nothing"),
    ("geonames", "place:baghdad", "geonames:98180", "are of one kind"),
    ("wof", "place:nimrud", "wof:1293311021", "are of one kind"),
)


@pytest.mark.parametrize(("target", "subject", "wrong", "words"), TRAPS)
def test_a_judgement_that_is_known_to_be_wrong_is_found(target, subject, wrong, words):
    """What the tables rule out, made a link instead."""
    workspace = open_workspace(SHIPPED)
    tables = tuple(
        dataclasses.replace(table, rows=tuple(_linked(table.rows, subject, wrong)))
        if table.target == target
        else table
        for table in workspace.links
    )
    records = find_records(load(), linked_ids(tables))
    told = audit(tables, workspace.authorities, records, workspace.names).findings
    assert about([str(one) for one in told], subject, words), [str(one) for one in told]


def _linked(rows, subject, wrong):
    """The rows with one that was ruled out linked, and the right one taken away."""
    assert any(row.subject == subject and row.object == wrong and row.negated for row in rows)
    for row in rows:
        if row.subject != subject:
            yield row
        elif row.object == wrong:
            yield dataclasses.replace(row, negated=False)


def test_the_guide_says_of_how_many_links_what_was_measured():
    workspace = open_workspace(SHIPPED)
    records = find_records(load(), linked_ids(workspace.links))
    measured = audit(workspace.links, workspace.authorities, records, workspace.names).assessments
    typed = sum(one.type is not None for one in measured)
    far = sum(one.kilometres is not None for one in measured)
    said = " ".join((ROOT / "docs" / "links.md").read_text("utf-8").split())
    assert f"Of the {len(measured)} links of the shipped corpus" in said
    assert f"the type was compared for {typed}, the distance for {far} alone" in said


def test_links_are_in_no_graph_that_rules_read_and_never_same_as():
    workspace = open_workspace(SHIPPED)
    quads = [quad for table in workspace.links for quad in lift_links(table, workspace.names)]
    assert {quad.graph_name.value for quad in quads} == {workspace.names.graph("links")}
    assert not [quad for quad in quads if quad.predicate.value.endswith("#sameAs")]
