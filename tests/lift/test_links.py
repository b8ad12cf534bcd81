"""Link tables: each row a judgement, the positive ones stated too."""

import pytest

from goldens import as_turtle, assert_golden
from kg.errors import AuthorityError
from kg.lift.links import lift_links, read_links
from kg.lift.terms import term


@pytest.fixture
def table(aven) -> str:
    return (aven.root / "links" / "almanac.sssom.tsv").read_text("utf-8")


def findings(source: str) -> list[str]:
    with pytest.raises(AuthorityError) as caught:
        read_links(source, "links/a.tsv")
    return [str(finding) for finding in caught.value.findings]


def lifted(aven, table):
    prefixes, rows = read_links(table, "links/a.tsv")
    return lift_links(rows, prefixes, aven.names)


def test_the_golden_links(aven, table):
    assert_golden("links.ttl", as_turtle(lifted(aven, table), aven.names))


def test_a_negative_row_is_judged_and_not_stated(aven, table):
    matches = [q for q in lifted(aven, table) if q.predicate == term("skos:exactMatch")]
    assert {q.object.value for q in matches} == {
        "https://example.org/almanac/2",
        "https://example.org/almanac/3",
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "\tNot\t",
            "\tnot\t",
            "11: predicate_modifier is 'not'; leave it empty, or Not.",
        ),
        (
            "skos:exactMatch",
            "owl:sameAs",
            "9: predicate_id is 'owl:sameAs'; one of skos:broadMatch",
        ),
        (
            "almanac:2\t",
            "wd:2\t",
            "9: object_id is 'wd:2', whose prefix the curie_map does not have.",
        ),
        (
            "almanac:2\t",
            "almanac:2 3\t",
            "9: object_id is 'almanac:2 3': https://example.org/almanac/2 3 is no http IRI.",
        ),
        ("2026-03-06", "6 March", "9: mapping_date or confidence is wrong: Invalid isoformat"),
        ("\t0.95\t", "\thigh\t", "9: mapping_date or confidence is wrong: could not convert"),
        ("subject_id\t", "subject\t", "8: columns are ['subject', "),
    ],
)
def test_a_mistake_is_reported_with_its_line(table, old, new, message):
    (found,) = findings(table.replace(old, new, 1))
    assert found.startswith(f"links/a.tsv:{message}")


def test_a_short_row_is_reported(table):
    found = findings(table + "place:holm\tHolm\n")
    assert found[0].startswith("links/a.tsv:12: object_id is ''")


def test_an_empty_table_is_reported():
    assert findings("")[0].startswith("links/a.tsv:1: columns are ")


@pytest.mark.parametrize("hidden", ["\x00", "\x08", "\x0b", "\x1b", "\uffff"])
def test_a_control_character_is_refused_where_it_stands(table, hidden):
    lines = table.splitlines()
    lines[-1] += hidden
    (found,) = findings("\n".join(lines))
    assert found.startswith(f"links/a.tsv:{len(lines)}: ") and "control character" in found
