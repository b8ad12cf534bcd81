"""What is measured of links, and what nothing can be measured of."""

import dataclasses
import datetime as dt

import pytest

from kg.links.assess import assess, cover, linked_ids
from kg.links.candidate import Candidate, Subject
from kg.links.table import NO_TERM, Row, Table, new_table
from kg.names import Names

AVEN = Subject("place", "aven", "town", "Aven", ("Aven",), (51.0, 10.0), "yearbook:1")
HOLM = Subject("place", "holm", "village", "Holm", ("Holm",))
GUILD = Subject("actor", "guild", "company", "Salt Guild", ("Salt Guild",))
ROW = Row(
    "place:aven",
    "Aven",
    "skos:exactMatch",
    "almanac:2",
    "Avenbridge",
    "editor-1",
    dt.date(2026, 3, 6),
    0.95,
    "agree: Almanac; Old map; Yearbook has it, too",
)
EMPTY = new_table("almanac", "links/almanac.sssom.tsv", "https://e.org/", Names(), "")
RECORD = Candidate(
    "almanac:2", "Aven", ("Aven",), "city", point=(51.05, 10.0), sources=("Almanac",)
)


def table(*rows: Row) -> Table:
    return dataclasses.replace(EMPTY, rows=rows)


def assessed(*records: Candidate, subject: Subject = AVEN, **changed):
    row = dataclasses.replace(ROW, **changed)
    (found,) = assess([table(row)], [subject], {"almanac:2": records} if records else {})
    return found


def test_a_record_at_hand_is_measured() -> None:
    found = assessed(RECORD)
    assert (found.label, found.type, found.kilometres) == (1.0, 0.8, 5.6)
    assert (found.seen, found.matched, found.conflicts) == (True, False, ())


def test_of_a_record_that_is_not_at_hand_only_the_label_is_known() -> None:
    found = assessed()
    assert found.label < 0.7, "Avenbridge is not Aven"
    assert (found.type, found.kilometres) == (None, None)
    assert (found.seen, found.matched) == (False, True)
    assert assessed(object_label="Aven").label == 1.0


def test_sources_are_those_at_hand_and_those_named_that_do_not_copy() -> None:
    assert assessed(RECORD).sources == ("Almanac", "Old map")
    assert assessed().sources == ("Almanac", "Old map")
    assert assessed(because="same name").sources == ()
    assert assessed(because="agree: ; Old map ;").sources == ("Old map",)


def test_a_source_at_hand_is_believed_for_what_it_has() -> None:
    """It carries the id on a record that is not linked, whatever the comment says."""
    carried = dataclasses.replace(RECORD, carried=True, also=("yearbook:7",))
    found = assessed(carried)
    assert (found.sources, found.matched) == (("Old map",), True)
    linked = dataclasses.replace(AVEN, linked=("yearbook:7",))
    assert assessed(carried, subject=linked).sources == ("Almanac", "Old map")


def test_a_point_of_the_record_itself_measures_nothing() -> None:
    own = dataclasses.replace(AVEN, point_from="almanac:2")
    assert assessed(RECORD, subject=own).kilometres is None
    carried = dataclasses.replace(RECORD, also=("yearbook:1",))
    assert assessed(carried).kilometres is None
    wide = dataclasses.replace(AVEN, type="region")
    assert assessed(RECORD, subject=wide).kilometres is None


def test_what_a_source_has_instead_is_a_conflict_of_exact_links() -> None:
    linked = dataclasses.replace(AVEN, linked=("yearbook:7",))
    other = dataclasses.replace(RECORD, also=("yearbook:8", "atlas:1"))
    assert assessed(other, subject=linked).conflicts == ("yearbook:8",)
    close = assessed(other, subject=linked, predicate="skos:closeMatch")
    assert close.conflicts == ()


def test_of_several_records_with_one_id_the_likeliest_is_measured() -> None:
    wrong = dataclasses.replace(RECORD, type="governorate", label="Tarn", names=())
    assert assessed(wrong, RECORD).type == 0.8
    assert assessed(RECORD, wrong).type == 0.8


@pytest.mark.parametrize(
    "changed",
    [
        {"negated": True},
        {"object": NO_TERM},
        {"predicate": "rdfs:seeAlso"},
        {"subject": "place:elsewhere"},
    ],
)
def test_only_links_of_the_authorities_are_measured(changed) -> None:
    assert list(assess([table(dataclasses.replace(ROW, **changed))], [AVEN], {})) == []


def test_coverage_is_of_everyone_the_table_is_about() -> None:
    none = dataclasses.replace(ROW, subject="place:holm", object=NO_TERM)
    related = dataclasses.replace(ROW, subject="actor:guild", predicate="skos:relatedMatch")
    found = {c.subject.id: c for c in cover([table(ROW, none, related)], [GUILD, AVEN, HOLM])}
    assert [row.object for row in found["place:aven"].exact] == ["almanac:2"]
    assert [row.object for row in found["place:holm"].settled] == [NO_TERM]
    assert found["place:holm"].exact == ()
    assert found["actor:guild"].settled == ()
    assert linked_ids([table(ROW, none, related)]) == {"almanac:2"}
    places = dataclasses.replace(table(), prefixes={"place": "https://e.org/place/"})
    assert [one.subject.id for one in cover([places], [GUILD, AVEN])] == ["place:aven"]
