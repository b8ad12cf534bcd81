"""The shipped authority files and link tables keep their rules; read here without the package."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parent.parent
CORPUS: Final = ROOT / "kg" / "corpus"
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PERSON_TYPES: Final = {
    "official",
    "military-officer",
    "expert",
    "journalist",
    "leader",
    "spokesperson",
    "private-person",
}
# Words that live only inside a voice's words; the name of a research centre is no such use.
LOADED: Final = re.compile(
    r"\b(terrorists?|regimes?|dictators?|jihad\w*|extremists?|militants?|radicals?|caliphate|"
    r"loyalists?|insurgents?|fanatics?|so-called|propaganda)\b",
    re.IGNORECASE,
)
OBJECT_IDS: Final = {
    "wikidata": re.compile(r"wikidata:Q[1-9]\d*"),
    "geonames": re.compile(r"geonames:[1-9]\d*"),
    "wof": re.compile(r"wof:[1-9]\d*"),
}
CURIE_MAP: Final = {
    "actor": "https://w3id.org/whoholds/actor/",
    "place": "https://w3id.org/whoholds/place/",
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "https://sws.geonames.org/",
    "wof": "https://spelunker.whosonfirst.org/id/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": "https://w3id.org/sssom/",
}
NONE: Final = "sssom:NoTermFound"
"""The object of a row that says: no record is to be trusted."""
COLUMNS: Final = [
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "confidence",
    "comment",
]

Entry = dict[str, Any]
Row = dict[str, str]


def authority(kind: str) -> dict[str, Any]:
    with (CORPUS / "authorities" / f"{kind}s.toml").open("rb") as file:
        return tomllib.load(file)


ENTRIES: Final[dict[str, dict[str, Entry]]] = {k: authority(k)[k] for k in ("actor", "place")}
ALL: Final = [(kind, slug) for kind, group in ENTRIES.items() for slug in group]


def table(name: str) -> tuple[dict[str, str], list[Row]]:
    """The curie_map and the rows of a link table."""
    lines = (CORPUS / "links" / f"{name}.sssom.tsv").read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert head[0] == "#curie_map:"
    prefixes = dict(line[1:].strip().split(": ", 1) for line in head if line.startswith("#  "))
    rows = list(csv.DictReader(lines[len(head) :], delimiter="\t", quoting=csv.QUOTE_NONE))
    return prefixes, rows


TABLES: Final = {name: table(name) for name in OBJECT_IDS}
ROWS: Final = [(name, row) for name, (_, rows) in TABLES.items() for row in rows]


def concepts(scheme: str) -> set[str]:
    """The kebab-case keys of a scheme's concepts, as schemes.ttl spells their IRIs."""
    text = (ROOT / "ontology" / "schemes.ttl").read_text("utf-8")
    written = rf"(?:https://w3id\.org/whoholds/{scheme}/|^{scheme}:|\s{scheme}:)([A-Z][A-Za-z]*)"
    names = re.findall(written, text, re.MULTILINE)
    return {re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in names}


def words_of(entry: Entry) -> list[str]:
    return [
        *entry["label"].values(),
        *(w for found in entry.get("alt", {}).values() for w in found),
    ]


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_file_says_who_judged_it(kind: str) -> None:
    judged = authority(kind)["judgement"]
    assert set(judged) == {"by", "on", "basis", "because"}
    assert isinstance(judged["on"], dt.date)


def test_a_slug_is_a_slug_and_names_one_thing() -> None:
    assert [slug for _, slug in ALL if not SLUG.fullmatch(slug)] == []
    assert set(ENTRIES["actor"]) & set(ENTRIES["place"]) == set()


@pytest.mark.parametrize(
    ("kind", "key", "scheme"),
    [
        ("actor", "type", "actor-type"),
        ("place", "type", "place-type"),
        ("actor", "alignment", "source-alignment"),
        ("actor", "publication-basis", "publication-basis"),
    ],
)
def test_every_value_is_a_concept(kind: str, key: str, scheme: str) -> None:
    known = concepts(scheme)
    found = {slug: entry[key] for slug, entry in ENTRIES[kind].items() if key in entry}
    assert known
    assert {slug: value for slug, value in found.items() if value not in known} == {}


@pytest.mark.parametrize(("kind", "slug"), ALL)
def test_part_of_and_members_lead_to_an_entry_and_in_no_circle(kind: str, slug: str) -> None:
    group = ENTRIES[kind]
    assert set(group[slug].get("members", ())) <= set(group)
    seen = [slug]
    while (parent := group[seen[-1]].get("part-of")) is not None:
        assert parent in group, f"{kind} {seen[-1]} has part-of {parent}, which is no {kind}"
        assert parent not in seen, f"{kind} {slug} is part of itself"
        seen.append(parent)


def test_cities_stand_in_a_governorate_and_that_in_a_country() -> None:
    places = ENTRIES["place"]
    parent_type = {"governorate": "country", "city": "governorate", "town": "governorate"}
    wrong = {
        slug: entry["part-of"]
        for slug, entry in places.items()
        if slug != "london"
        and (wanted := parent_type.get(entry["type"])) is not None
        and places[entry["part-of"]]["type"] != wanted
    }
    assert wrong == {}


def test_only_a_person_has_a_publication_basis_and_every_person_has_one() -> None:
    actors = ENTRIES["actor"]
    people = {slug for slug, entry in actors.items() if entry["type"] in PERSON_TYPES}
    assert people == {slug for slug, entry in actors.items() if "publication-basis" in entry}
    assert "private-person" not in {entry["type"] for entry in actors.values()}


def test_every_actor_has_an_alignment_and_independence_has_its_reason() -> None:
    actors = ENTRIES["actor"]
    assert [slug for slug, entry in actors.items() if "alignment" not in entry] == []
    independent = [e for e in actors.values() if e["alignment"] == "independent"]
    assert all("alignment" in entry.get("judged", {}) for entry in independent)


@pytest.mark.parametrize(("kind", "slug"), ALL)
def test_names_are_neutral_and_stand_once(kind: str, slug: str) -> None:
    entry = ENTRIES[kind][slug]
    words = words_of(entry)
    assert "en" in entry["label"]
    assert [word for word in words if LOADED.search(word)] == []
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert all(word.strip() == word and word for word in words)


def test_labels_tell_entries_of_a_kind_apart() -> None:
    for group in ENTRIES.values():
        count = Counter(entry["label"]["en"] for entry in group.values())
        assert [label for label, n in count.items() if n > 1] == []


@pytest.mark.parametrize(("kind", "slug"), ALL)
def test_own_judgements_are_dated_and_about_a_key_of_the_entry(kind: str, slug: str) -> None:
    entry = ENTRIES[kind][slug]
    for key, judged in entry.get("judged", {}).items():
        assert key in entry
        assert set(judged) == {"on", "basis", "because"}
        assert judged["basis"] in concepts("basis")
        assert judged["because"]


@pytest.mark.parametrize("slug", ENTRIES["place"])
def test_a_point_says_where_it_is_from_and_has_a_link_to_that_record(slug: str) -> None:
    entry = ENTRIES["place"][slug]
    assert ("point" in entry) == ("point-from" in entry)
    if "point" not in entry:
        return
    latitude, longitude = entry["point"]
    assert 29 < latitude < 38
    assert 35 < longitude < 49
    linked = {
        row["object_id"]: row["predicate_id"]
        for _, row in ROWS
        if row["subject_id"] == f"place:{slug}" and not row["predicate_modifier"]
    }
    assert entry["point-from"] in linked
    if linked[entry["point-from"]] != "skos:exactMatch":
        assert "point" in entry["judged"], f"the point of {slug} is another thing's: say so"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_columns_and_prefixes(name: str) -> None:
    prefixes, rows = TABLES[name]
    assert prefixes.items() <= CURIE_MAP.items()
    assert rows
    assert all(list(row) == COLUMNS for row in rows)


@pytest.mark.parametrize(
    ("name", "row"), ROWS, ids=lambda v: v if isinstance(v, str) else v["subject_id"]
)
def test_a_link_is_well_formed(name: str, row: Row) -> None:
    prefixes, _ = TABLES[name]
    kind, _, slug = row["subject_id"].partition(":")
    assert slug in ENTRIES[kind]
    assert row["subject_label"] == ENTRIES[kind][slug]["label"]["en"]
    assert {kind, name, "skos", "semapv"} <= set(prefixes)
    assert row["object_id"] == NONE or OBJECT_IDS[name].fullmatch(row["object_id"])
    assert row["predicate_id"] in {"skos:exactMatch", "skos:closeMatch", "skos:relatedMatch"}
    assert row["predicate_modifier"] in {"", "Not"}
    assert row["mapping_justification"] == "semapv:ManualMappingCuration"
    assert dt.date.fromisoformat(row["mapping_date"])
    assert 0 < float(row["confidence"]) <= 1
    assert row["author_label"]
    assert row["comment"], "every row says why"


def test_a_pair_is_judged_once() -> None:
    pairs = Counter((name, row["subject_id"], row["object_id"]) for name, row in ROWS)
    assert [pair for pair, count in pairs.items() if count > 1] == []


@pytest.mark.parametrize(("kind", "slug"), ALL)
def test_everyone_is_linked_or_said_to_have_no_record(kind: str, slug: str) -> None:
    for name, (prefixes, rows) in TABLES.items():
        found = [r for r in rows if r["subject_id"] == f"{kind}:{slug}"]
        identity = {"skos:exactMatch", "skos:closeMatch"}
        said = [r for r in found if not r["predicate_modifier"] and r["predicate_id"] in identity]
        assert bool(said) == (kind in prefixes), f"{name} says nothing of {kind}:{slug}"
        assert NONE not in {r["object_id"] for r in said} or len(said) == 1


def test_an_identifier_names_one_subject() -> None:
    said = [r for _, r in ROWS if not r["predicate_modifier"] and r["object_id"] != NONE]
    count = Counter(row["object_id"] for row in said)
    assert [found for found, n in count.items() if n > 1] == []
    exact = [r for r in said if r["predicate_id"] == "skos:exactMatch"]
    per_table = Counter((row["subject_id"], row["object_id"].partition(":")[0]) for row in exact)
    assert [pair for pair, n in per_table.items() if n > 1] == []


UNSOUND = "countries-states-cities-database"
"""A list in which towns have other towns' ids."""


def test_a_wikidata_link_rests_on_two_sources_and_none_of_them_is_the_unsound_one() -> None:
    _, rows = TABLES["wikidata"]
    for row in rows:
        if not row["predicate_modifier"] and row["object_id"] != NONE:
            sources = set(row["comment"].removeprefix("agree: ").split("; "))
            assert len(sources - {"Natural Earth has it, too"}) >= 2, row
            assert UNSOUND not in row["comment"], row


def test_the_notice_tells_what_each_source_is_that_a_link_names() -> None:
    notice = (CORPUS / "NOTICE.md").read_text("utf-8")
    for _, rows in TABLES.values():
        agreed = (row["comment"] for row in rows if row["comment"].startswith("agree: "))
        for comment in agreed:
            for source in comment.removeprefix("agree: ").split("; "):
                assert source.partition(",")[0].removesuffix(" has it") in notice, source
    assert UNSOUND in notice


def test_the_notice_names_what_is_owed() -> None:
    notice = (CORPUS / "NOTICE.md").read_text("utf-8")
    for owed in ("GeoNames", "creativecommons.org/licenses/by/4.0", "Data from Who's On First."):
        assert owed in notice
    assert "http://whosonfirst.mapzen.com#License" in notice
