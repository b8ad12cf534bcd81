import time

from kg.gazetteer.lookup import load, read, write
from kg.gazetteer.record import Record

PLACES = [
    Record("wof:1", "city", {"en": "Al-Marqab"}, (10, 20), names=("Al-Marqab", "المرقب")),
    Record("wof:2", "village", {"en": "Marqab"}, (11, 20), names=("Marqab",)),
    Record("wof:3", "village", {"en": "Marqub"}, (12, 20), names=("Marqub", "Holm")),
]
GAZETTEER = read(write(PLACES), "invented")


def ids(records):
    return [record.id for record in records]


def test_exact_is_the_name_but_for_case_and_marks():
    assert ids(GAZETTEER.exact("MARQAB")) == ["wof:2"]
    assert ids(GAZETTEER.exact("al marqab")) == ["wof:1"]
    assert GAZETTEER.exact("Markab") == []


def test_folded_is_the_name_in_any_transliteration():
    assert ids(GAZETTEER.folded("el-Markab")) == ["wof:1", "wof:2"]
    assert ids(GAZETTEER.folded("مرقب")) == ["wof:1"]
    assert GAZETTEER.folded("") == GAZETTEER.folded("–") == []


def test_near_says_how_near_and_has_the_nearest_first():
    found = GAZETTEER.near("Markabb")
    assert ids(record for record, _ in found) == ["wof:1", "wof:2", "wof:3"]
    likeness = [like for _, like in found]
    assert likeness[0] == 100 and 80 <= likeness[2] < 100
    assert GAZETTEER.near("Tarkab") == GAZETTEER.near("…") == []


def test_a_record_is_found_by_its_whole_id():
    assert GAZETTEER.record("wof:2") == PLACES[1]
    assert GAZETTEER.record("wof:") is None
    assert GAZETTEER.record("wof:22") is None


def test_the_shipped_one_is_loaded_quickly_and_once():
    start = time.process_time()
    shipped = load()
    assert time.process_time() - start < 1.0
    assert load() is shipped
    assert len(shipped) > 30_000
