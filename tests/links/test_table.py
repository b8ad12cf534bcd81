"""Link tables: read strictly, written in one way, and what is read back is what was written."""

import dataclasses
import datetime as dt
import random

import pytest

from kg.errors import AuthorityError
from kg.links.reading import read_table
from kg.links.table import NO_TERM, Row, Table, new_table, target_of
from kg.links.writing import write_table
from kg.names import Names
from kg.workspace import SHIPPED, open_workspace

PATH = "links/almanac.sssom.tsv"
ROW = Row(
    subject="place:aven",
    subject_label="Aven",
    predicate="skos:exactMatch",
    object="almanac:2",
    object_label='Aven "town"',
    by="editor-1",
    on=dt.date(2026, 3, 6),
    confidence=0.9,
    because="same name, same river",
)
EMPTY = new_table("almanac", PATH, "https://example.org/almanac/", Names(), "https://e.org/free")


@pytest.fixture
def table(aven) -> str:
    more = "#  rdfs: http://www.w3.org/2000/01/rdf-schema#\n#  sssom: https://w3id.org/sssom/\n"
    text = (aven.root / "links" / "almanac.sssom.tsv").read_text("utf-8")
    return text.replace("#curie_map:\n", f"#curie_map:\n{more}", 1)


def findings(source: str, path: str = PATH) -> list[str]:
    with pytest.raises(AuthorityError) as caught:
        read_table(source, path)
    return [str(finding) for finding in caught.value.findings]


def with_rows(*rows: Row) -> Table:
    return dataclasses.replace(EMPTY, rows=rows)


def change(**keys) -> Row:
    return dataclasses.replace(ROW, **keys)


NONE = change(subject="place:holm", subject_label="Holm", object=NO_TERM, object_label="")
UNSURE = change(subject="place:holm", predicate="rdfs:seeAlso", object="almanac:7")
NEGATIVE = change(object="almanac:9", negated=True)
CLOSE = change(object="almanac:3", predicate="skos:closeMatch", because="tabs\tand\n lines")


def test_verdicts() -> None:
    rows = (ROW, NEGATIVE, UNSURE, NONE, CLOSE)
    assert [r.verdict for r in rows] == ["positive", "negative", "unsure", "none", "positive"]


def test_what_was_written_is_read_back() -> None:
    written = write_table(with_rows(ROW, NEGATIVE, UNSURE, NONE, CLOSE))
    read = read_table(written, PATH)
    assert set(read.rows) == {ROW, NEGATIVE, UNSURE, NONE, change_because(CLOSE)}
    assert (read.target, read.kinds, read.about) == ("almanac", ("actor", "place"), EMPTY.about)
    assert write_table(read) == written


def change_because(row: Row) -> Row:
    return dataclasses.replace(row, because="tabs and lines")


def test_the_order_of_rows_does_not_show() -> None:
    rows = [ROW, NEGATIVE, UNSURE, NONE, CLOSE]
    first = write_table(with_rows(*rows))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert write_table(with_rows(*rows)) == first


def test_the_shipped_tables_are_as_they_would_be_written() -> None:
    workspace = open_workspace(SHIPPED)
    assert [table.target for table in workspace.links] == ["geonames", "wikidata", "wof"]
    for table in workspace.links:
        assert (workspace.root / table.path).read_text("utf-8") == write_table(table)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\tNot\t", "\tnot\t", "13: predicate_modifier is 'not'; leave it empty, or Not."),
        (
            "skos:exactMatch",
            "owl:sameAs",
            "11: predicate_id is 'owl:sameAs'; one of rdfs:seeAlso, skos:broadMatch",
        ),
        (
            "almanac:2\t",
            "wd:2\t",
            "11: object_id is 'wd:2', whose prefix the curie_map does not have.",
        ),
        ("almanac:2\t", "place:2\t", "11: object_id is 'place:2'; expected one of almanac, or"),
        (
            "almanac:2\t",
            "almanac:2 3\t",
            "11: object_id is 'almanac:2 3': https://example.org/almanac/2 3 is no http IRI.",
        ),
        (
            "place:aven-",
            "place:Aven-",
            "12: subject_id is 'place:Aven-bridge'; expected an actor or",
        ),
        ("place:aven\t", "almanac:1\t", "11: subject_id is 'almanac:1'; expected an actor or"),
        ("2026-03-06", "6 March", "11: mapping_date or confidence is wrong: Invalid isoformat"),
        ("\t0.95\t", "\thigh\t", "11: mapping_date or confidence is wrong: could not convert"),
        ("\t0.95\t", "\t1.5\t", "11: confidence is 1.5; expected a number from 0 to 1."),
        ("\t0.95\t", "\tnan\t", "11: confidence is nan; expected a number from 0 to 1."),
        ("editor-1", "Jane Doe", "11: author_label is 'Jane Doe'; expected a role, as editor-1."),
        ("same name, same river", " ", "11: comment is empty; expected why it was judged so."),
        (
            "#  skos: http://www.w3.org/2004/02/skos/core#\n",
            "#  x: http://www.w3.org/2004/02/skos/core#\n",
            "11: predicate_id is 'skos:exactMatch', whose prefix the curie_map does not have.",
        ),
        ("semapv:Manual", "x:Manual", "11: mapping_justification is 'x:Manual"),
        ("almanac:3", "sssom:NoTermFound", None),
        ("subject_id\t", "subject\t", "10: columns are ['subject', "),
        ("\tAven bridge\t", "\t", "12: the row has 10 cells; expected 11"),
        ("\tAven bridge\t", '\t"Aven" bridge\t', "12: is no row of a table"),
    ],
)
def test_a_mistake_is_reported_with_its_line(table: str, old: str, new: str, message: str) -> None:
    changed = table.replace(old, new, 1)
    assert changed != table
    if message is None:
        assert read_table(changed, PATH).rows[1].verdict == "none"
        return
    assert findings(changed)[0].startswith(f"{PATH}:{message}")


def test_all_findings_are_told_in_the_order_of_lines(table: str) -> None:
    broken = table.replace("skos:exactMatch", "owl:sameAs").replace("\tNot\t", "\tno\t")
    found = findings(broken)
    assert [one.split(":")[1] for one in found] == ["11", "12", "13", "13"]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (ROW, change(object="almanac:3"), "place:aven has almanac:2 in line 12, and here"),
        (ROW, NEGATIVE, None),
        (ROW, CLOSE, None),
        (ROW, change(negated=True), "place:aven and almanac:2 are judged in line 12, too."),
        (ROW, change(object=NO_TERM), "place:aven has almanac:2 in line 12, and here"),
        (change(object=NO_TERM), CLOSE, "and here sssom:NoTermFound"),
        (change(object=NO_TERM), NEGATIVE, None),
        (change(object=NO_TERM), change(predicate="rdfs:seeAlso"), None),
        (
            change(object=NO_TERM, predicate="skos:closeMatch"),
            NEGATIVE,
            "object_id is sssom:NoTermFound; expected skos:exactMatch without Not",
        ),
        (
            change(predicate="rdfs:seeAlso", negated=True),
            CLOSE,
            "rdfs:seeAlso says that nobody is sure",
        ),
    ],
)
def test_of_two_records_at_most_one_is_the_same(first: Row, second: Row, message: str) -> None:
    written = write_table(with_rows(first, second))
    if message is None:
        assert len(read_table(written, PATH).rows) == 2
    else:
        (found,) = findings(written)
        assert message in found


def test_a_table_is_named_after_its_target(table: str) -> None:
    assert target_of("links/wikidata.sssom.tsv") == "wikidata"
    found = findings(table, "links/yearbook.sssom.tsv")
    assert found[0].startswith("links/yearbook.sssom.tsv:1: the curie_map lacks 'yearbook'")


@pytest.mark.parametrize("name", ["Year Book", "year_book", "place", "skos"])
def test_a_table_s_name_is_a_prefix_of_its_own(table: str, name: str) -> None:
    found = findings(table, f"links/{name}.sssom.tsv")
    assert f"a target is called '{name}'" in found[0]


def test_an_empty_table_is_reported() -> None:
    assert findings("")[0].startswith(f"{PATH}:1: columns are ")


def test_a_blank_line_is_no_row(table: str) -> None:
    assert findings(table + "\n")[0].startswith(f"{PATH}:14: the row has 0 cells")


@pytest.mark.parametrize("hidden", ["\x00", "\x08", "\x0b", "\x1b", "\uffff"])
def test_a_control_character_is_refused_where_it_stands(table: str, hidden: str) -> None:
    lines = table.splitlines()
    lines[-1] += hidden
    (found,) = findings("\n".join(lines))
    assert found.startswith(f"{PATH}:{len(lines)}: ") and "control character" in found
