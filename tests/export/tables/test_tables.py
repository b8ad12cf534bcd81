"""The tables: what stands in them, and that it is what the release says."""

import codecs
import csv
import shutil
import subprocess

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.export import geo, tables
from kg.export.column import load_table
from kg.names import Names, concept
from kg.vocabulary import load_vocabulary

CLASSES = {
    "claims": "wh:Claim",
    "events": "wh:Event",
    "periods": "wh:ControlPeriod",
    "quotations": "wh:Quotation",
    "figures": "wh:QuantityClaim",
    "mentions": "wh:Mention",
}
NAMES = [*CLASSES, "panel"]
every_table = pytest.mark.parametrize("name", NAMES)


def only(rows, **wanted):
    """The one row whose cells are these."""
    (found,) = [row for row in rows if wanted.items() <= row.items()]
    return found


def counted(release, query):
    prefixes = release.names.prefixes()
    found = release.store.query(query, prefixes=prefixes)
    return int(next(iter(found))[0].value)


@pytest.mark.parametrize("name", CLASSES)
def test_there_is_one_row_a_thing_in_order(name, each_export):
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x a {CLASSES[name]} }}"
    iris = [row["iri"] for row in each_export.rows(name)]
    assert len(iris) == counted(each_export.release, query) > 0
    assert iris == sorted(set(iris))


@every_table
def test_the_file_is_utf_8_with_whole_lines(name, each_export):
    content = (each_export.folder / f"{name}.csv").read_bytes()
    assert not content.startswith(codecs.BOM_UTF8)
    assert content.endswith(b"\r\n") and content.decode("utf-8")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_second_export_has_the_same_bytes(each_export, tmp_path):
    release = each_export.release
    shutil.copy(each_export.folder / "release.json", tmp_path)
    tables.write(release.store, release.names, tmp_path)
    geo.write(release.store, release.names, tmp_path)
    for file in (*tables.FILES, *geo.FILES):
        assert (tmp_path / file.name).read_bytes() == (each_export.folder / file.name).read_bytes()


def test_a_claim_has_its_voice_its_time_and_its_words(invented_export):
    row = only(invented_export.rows("claims"), claim="aven.bridge-taken")
    expected = {
        "iri": "https://example.org/valley/claim/aven.bridge-taken",
        "kind": "EventClaim",
        "voice": "aven.varro",
        "voice_form": "IndirectQuotation",
        "speaker": "ines-varro",
        "speaker_label": "Ines Varro",
        "origin": "ines-varro",
        "event": "aven-bridge-takeover",
        "event_type": "Capture",
        "gainer": "government-troops",
        "gainer_label": "Government troops",
        "loser": "",
        "place": "aven-bridge",
        "place_label": "Aven bridge",
        "longitude": "-24.5125",
        "latitude": "-48.25",
        "polarity": "Positive",
        "fires": "true",
        "begin_earliest": "2026-03-01",
        "end_latest": "2026-03-01",
        "time_words": "on Sunday",
        "published_earliest": "2026-03-03",
        "language": "en",
        "positions": "41-61",
        "part": "Body",
    }
    assert {key: row[key] for key in expected} == expected
    assert row["words"] and len(row["words"]) == 61 - 41


def test_a_denial_is_a_claim_that_concludes_nothing(invented_export):
    row = only(invented_export.rows("claims"), claim="aven.bridge-denied")
    assert (row["kind"], row["polarity"], row["fires"]) == ("Claim", "Negative", "false")
    assert row["denies"] == "aven.bridge-taken"


def test_an_origin_that_is_an_article_says_so(invented_export):
    row = only(invented_export.rows("claims"), claim="aven.reach-holm")
    assert row["origin"] == "article/aven"
    assert row["origin_label"] == row["title"] != ""


def test_a_period_has_its_bounds_and_its_claims(invented_export):
    row = only(
        invented_export.rows("periods"),
        period="aven-bridge--valley-government--all--aven-bridge-retaking",
    )
    expected = {
        "holder": "valley-government",
        "origin": "",
        "begin_earliest": "2026-03-01",
        "begin_latest": "2026-03-02",
        "last_attested": "2026-03-03",
        "end_latest": "2026-03-04",
        "ends_because": "Withdrew",
        "disputed": "true",
        "claim_count": "5",
    }
    assert {key: row[key] for key in expected} == expected
    assert len(row["claims"].split("; ")) == 5


def test_several_values_are_joined(invented_export):
    row = only(invented_export.rows("events"), event="aven-bridge-retaking")
    assert row["event_type"] == "Capture; Withdrawal"


def test_labels_stand_in_the_order_of_their_ids(shipped_export):
    for row in shipped_export.rows("claims"):
        for role in ("gainer", "loser", "agent", "affected", "holder", "place"):
            if row[role]:
                assert len(row[role].split("; ")) == len(row[f"{role}_label"].split("; "))


def test_one_utterance_has_one_name(shipped_export):
    same = [
        row
        for row in shipped_export.rows("quotations")
        if row["words"].startswith("The training of Iraqi security")
    ]
    assert len(same) > 1
    assert {row["utterance"] for row in same} == {min(row["quotation"] for row in same)}


def test_a_quotations_words_leave_out_who_speaks(shipped_export):
    for row in shipped_export.rows("quotations"):
        assert row["words"] and len(row["words"].split("; ")) == len(row["positions"].split("; "))


def test_a_figure_is_as_printed_and_in_the_base_unit(shipped_export):
    row = only(shipped_export.rows("figures"), claim="grip-on-border.area-km")
    assert row["measure"] == "TerritoryArea" and row["base_unit"] == "SquareKilometre"
    assert (row["bound"], row["most"]) == ("MoreThan", "")
    assert float(row["least"]) == float(row["number"])


def test_a_mention_names_an_actor_or_a_place(each_export):
    assert {row["refers_to_kind"] for row in each_export.rows("mentions")} <= {"actor", "place"}


def test_codes_stand_where_an_editor_judged_two_places_to_be_one(shipped_export):
    with (shipped_links() / "geonames.sssom.tsv").open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    judged = {
        row["subject_id"].removeprefix("place:"): row["object_id"].removeprefix("geonames:")
        for row in csv.DictReader(lines, delimiter="\t")
        if row["predicate_id"] == "skos:exactMatch"
        and not row["predicate_modifier"]
        and row["object_id"] != "sssom:NoTermFound"
    }
    rows = shipped_export.rows("periods")
    assert any(row["geonames"] for row in rows)
    assert {row["place"]: row["geonames"] for row in rows} == {
        row["place"]: judged.get(row["place"], "") for row in rows
    }


def test_countries_and_governorates_have_the_gazetteers_iso_codes(shipped_export):
    codes = {row["place"]: row["iso_3166"] for row in shipped_export.rows("events")}
    codes |= {row["place"]: row["iso_3166"] for row in shipped_export.rows("periods")}
    assert codes["syria"] == "SY"
    assert codes["palmyra"] == ""


def shipped_links():
    from kg.workspace import SHIPPED

    return SHIPPED / "links"


@pytest.mark.parametrize("scheme", ["polarity", "factuality", "completion", "degree", "situation"])
def test_values_are_named_as_in_the_codebook(scheme, shipped_export):
    known = {concept(scheme, v).rpartition("/")[2] for v in load_vocabulary().values[scheme]}
    found = {v for row in shipped_export.rows("claims") for v in row[scheme].split("; ") if v}
    assert found and found <= known


def test_hostile_words_stay_words_in_one_cell(tmp_path):
    names, store = Names("https://example.org/"), Store()
    prefixes = names.prefixes()
    nasty = 'a; b, "c"\r\n<script>d</script>\u202e=1+1'
    thing, article = (NamedNode(names.iri(k, "x")) for k in ("mention", "article"))
    for subject, property_, value in (
        (thing, "rdf:type", NamedNode(prefixes["wh"] + "Mention")),
        (thing, "wh:inArticle", article),
        (thing, "wh:speakerRole", Literal(nasty)),
        (article, "schema:headline", Literal(nasty)),
    ):
        prefix, _, local = property_.partition(":")
        store.add(Quad(subject, NamedNode(prefixes[prefix] + local), value))
    tables._write(tmp_path, table := load_table("mentions"), _rows(store, names, table))
    with (tmp_path / "mentions.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["title"] == nasty
    assert row["role"] == nasty.replace("; ", ";")


def _rows(store, names, table):
    facts = tables.Facts(store, names)
    return [tables.row(table, thing, facts) for thing in facts.each(table.each)]


def test_pandas_reads_every_table(each_export):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    for name in NAMES:
        frame = pandas.read_csv(each_export.folder / f"{name}.csv", keep_default_na=False)
        assert len(frame) == len(each_export.rows(name))
        assert list(frame.columns) == [column.name for column in load_table(name).columns]


def test_r_reads_every_table(each_export):
    if not (rscript := shutil.which("Rscript")):
        pytest.skip("Rscript is not installed")
    program = 'for (n in commandArgs(TRUE)) cat(nrow(read.csv(n, na.strings = "")), "")'
    files = [str(each_export.folder / f"{name}.csv") for name in NAMES]
    command = [rscript, "--vanilla", "-e", program, *files]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert found.split() == [str(len(each_export.rows(name))) for name in NAMES]
