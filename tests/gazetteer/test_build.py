import gzip
import os
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import FindingsError, InputError
from kg.gazetteer.build import merge, read_source
from kg.gazetteer.lookup import read, write
from kg.gazetteer.record import Record, distinct, from_line, to_line
from paths import ROOT

COLUMNS = (
    *("wof_id", "name", "placetype", "country", "lat", "lon", "region_id", "county_id"),
    *("geonames_id", "wikidata_id", "is_current", "superseded_by", "names"),
)
COUNTRY_NAMES = "ara_x_preferred=مرنيا | rus_x_preferred=Марния"
AVEN_NAMES = "eng_x_preferred=Al-Aven | fra_x_variant=Ville d'Aven | eng_x_variant=Al Aven"
WOF = "".join(
    "\t".join(cells) + "\n"
    for cells in (
        COLUMNS,
        ("1", "Marnia", "country", "MA", "10", "20", "", "", "91", "", "1", "", COUNTRY_NAMES),
        ("2", "Aven", "region", "MA", "10.5", "20.5", "2", "", "", "", "1", "", ""),
        ("3", "الأفن", "locality", "MA", "10.25", "20.25", "2", "", "93", "", "0", "", AVEN_NAMES),
        ("4", "Old Holm", "locality", "MA", "11", "21", "2", "", "94", "Q1", "0", "5", ""),
        ("5", "Holm", "locality", "MA", "11", "21", "2", "", "", "", "-1", "", ""),
    )
)
GEONAMES = "".join(
    f"{number}\t{name}\t{name}\t{also}\t{at}\t{code}\tMA\t\t{division}\t\t\t\t{people}"
    "\t\t\tUTC\t2020-01-01\n"
    for number, name, also, at, code, division, people in (
        (91, "Marnia", "", "10\t20", "A\tPCLI", "00", 5_000_000),
        (92, "Aven Province", "", "10.5\t20.5", "A\tADM1", "02", 0),
        (93, "Aven", "Afen,أفن,Авен", "10.25\t20.25", "P\tPPLA", "02", 250_000),
        (95, "Tarn", "", "10.75\t20", "P\tPPL", "02", 12_000),
        (96, "Tarn Peak", "", "10.75\t20", "T\tPK", "02", 0),
    )
)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "wof.tsv.gz").write_bytes(gzip.compress(WOF.encode()))
    (tmp_path / "MA.txt").write_text(GEONAMES, "utf-8")
    return tmp_path


@pytest.fixture
def places(files):
    sources = (("whos-on-first", "wof.tsv.gz"), ("geonames", "MA.txt"))
    return {r.id: r for r in merge(read_source(kind, files / name) for kind, name in sources)}


def test_a_row_of_whos_on_first_is_a_record(places):
    country = places["wof:1"]
    assert (country.type, country.label) == ("country", {"en": "Marnia", "ar": "مرنيا"})
    assert (country.geonames, country.current) == ("geonames:91", True)
    assert country.names == ("Marnia", "مرنيا")


def test_a_place_of_both_sources_is_one_record_that_says_which_names_agree(places):
    aven = places["wof:3"]
    assert "geonames:93" not in places
    assert (aven.type, aven.population, aven.parents) == ("city", 250000, ("wof:2", "wof:1"))
    assert {"Al-Aven", "Aven", "Afen", "أفن"} <= set(aven.names)
    assert aven.agreed == ()
    assert aven.current is None


def test_a_superseded_record_lives_on_in_its_successor(places):
    assert "wof:4" not in places
    holm = places["wof:5"]
    assert holm.names == ("Holm", "Old Holm")
    assert (holm.geonames, holm.wikidata) == ("geonames:94", "wikidata:Q1")


def test_geonames_alone_has_types_sizes_and_parents(files):
    found = {r.id: r for r in read_source("geonames", files / "MA.txt")}
    assert found["geonames:95"].type == "town"
    assert found["geonames:95"].parents == ("geonames:92", "geonames:91")
    assert "geonames:96" not in found


def test_the_same_places_give_the_same_bytes_and_are_read_again(places):
    records = list(places.values())
    content = write(records)
    assert write(records[::-1]) == content
    gazetteer = read(content, "x")
    assert len(gazetteer) == len(records)
    assert all(gazetteer.record(record.id) == record for record in records)
    assert all(from_line(to_line(record)) == record for record in records)


def test_a_wrong_row_is_named_by_its_line(tmp_path):
    wrong = tmp_path / "wof.tsv"
    wrong.write_text(WOF.replace("\t11\t21\t2\t\t94", "\televen\t21\t2\t\t94"), "utf-8")
    with pytest.raises(FindingsError, match=r"wof\.tsv:5: .*eleven"):
        read_source("whos-on-first", wrong)
    wrong.write_text("name\tlat\n", "utf-8")
    with pytest.raises(FindingsError, match=r"wof\.tsv:1: .*lacks the columns wof_id"):
        read_source("whos-on-first", wrong)
    wrong.write_text(GEONAMES.replace("5000000", "many") + "1\t2\n", "utf-8")
    with pytest.raises(FindingsError, match=r"(?s)tsv:1: .*many.*tsv:6: .*2 cells"):
        read_source("geonames", wrong)


@pytest.mark.parametrize("cell", ["nan", "inf", "91", "-90.5"])
def test_a_point_is_on_the_earth(tmp_path, cell):
    wrong = tmp_path / "wof.tsv"
    wrong.write_text(WOF.replace("\t11\t21\t2\t\t94", f"\t{cell}\t21\t2\t\t94"), "utf-8")
    with pytest.raises(FindingsError, match=r"wof\.tsv:5: .*no point on the Earth"):
        read_source("whos-on-first", wrong)


def test_what_has_no_place_or_cannot_be_written_is_told(files, tmp_path, capsys):
    build = ["gazetteer", "build", "--from", "geonames"]
    (tmp_path / "empty").touch()
    for asked in (build, [*build, str(tmp_path / "empty")]):
        assert main([*asked, "-o", str(tmp_path / "made.gz")]) == 1
        assert "no place is in what --from names" in capsys.readouterr().err
    (tmp_path / "a").touch()
    assert main([*build, str(files / "MA.txt"), "-o", str(tmp_path / "a" / "made.gz")]) == 1
    assert "made.gz: cannot be written" in capsys.readouterr().err


def test_the_command_builds_and_finds(files, capsys):
    made = files / "marnia.gz"
    command = ["gazetteer", "build", "--from", "whos-on-first", str(files / "wof.tsv.gz")]
    assert main([*command, "--from", "geonames", str(files / "MA.txt"), "-o", str(made)]) == 0
    assert "6 places" in capsys.readouterr().out
    assert main(["gazetteer", "find", "the city of Aven", "--gazetteer", str(made)]) == 0
    assert capsys.readouterr().out.startswith("the city of Aven: wof:3, certain\n")
    assert main(["gazetteer", "find", "Tarn", "--gazetteer", str(files / "MA.txt")]) == 1
    assert "not a gazetteer" in capsys.readouterr().err


def test_of_a_name_that_many_have_the_first_are_shown(tmp_path, capsys):
    places = [
        Record(f"x:{n}", "village", {"en": "Tell"}, (30 + n / 10, 40.0), "MA", names=("Tell",))
        for n in range(25)
    ]
    path = tmp_path / "places.gz"
    path.write_bytes(write(places))
    find = ["gazetteer", "find", "Tell", "--gazetteer", str(path)]
    assert main(find) == 0
    said = capsys.readouterr().out
    assert said.count("  x:") == 20 and "and 5 more of the name" in said
    assert main([*find, "--all"]) == 0
    assert capsys.readouterr().out.count("  x:") == 25
    assert main([*find, "--country", "ma"]) == 0
    assert "in MA, one of the article's countries" in capsys.readouterr().out


def test_a_kind_or_country_that_is_none_is_told(capsys):
    assert main(["gazetteer", "find", "Mosul", "--kind", "ciity"]) == 1
    assert "--kind ciity: no type of places; nearest types: city" in capsys.readouterr().err
    assert main(["gazetteer", "find", "Mosul", "--country", "Iraq"]) == 1
    assert "expected two letters, as SY" in capsys.readouterr().err


def test_a_format_or_file_that_is_not_there_is_said(files):
    with pytest.raises(InputError, match="not a format"):
        read_source("gazetteer", files / "MA.txt")
    with pytest.raises(InputError, match="cannot be read"):
        read_source("geonames", files / "SY.txt")


@pytest.mark.slow
def test_the_shipped_gazetteer_is_what_the_command_makes():
    shared = Path(os.environ.get("WHOHOLDS_SHARED", ROOT.parent / "shared")) / "gazetteer"
    if not shared.is_dir():
        pytest.skip("the sources of the gazetteer are not beside the repository")
    records = merge(
        (
            read_source("whos-on-first", shared / "who-s-on-first/places_sy_iq.tsv.gz"),
            read_source("geonames", shared / "geonames/cities500_sy_iq_neighbours.tsv"),
        )
    )
    shipped = (ROOT / "kg/gazetteer/places.gz").read_bytes()
    assert gzip.decompress(write(records)) == gzip.decompress(shipped)


def test_a_name_cannot_break_a_line():
    assert distinct(["A\tven | Holm\n", "aven holm", "Авен", ""]) == ("A ven Holm", "aven holm")
    record = Record("wof:1", "town", {"en": "A"}, (0.0, 100.0), names=("A",))
    assert from_line(to_line(record)) == record
