"""The ids of others as people's tables have them."""

import pytest

from kg.reconcile.targets import identity


@pytest.mark.parametrize(
    "value",
    [
        7,
        7.0,
        "7",
        " 7.0 ",
        "geonames:7",
        "https://sws.geonames.org/7/",
        "https://www.geonames.org/7/aven.html",
        "http://geonames.org/7",
    ],
)
def test_one_id_is_written_in_many_ways(value):
    assert identity("geonames", value) == "https://sws.geonames.org/7"


@pytest.mark.parametrize(
    "value", ["nan", "", "-7", "7.5", "Q7", "7 or 8", "https://example.org/www.geonames.org/7"]
)
def test_what_is_no_id_names_nothing(value):
    assert identity("geonames", value) == ""


def test_each_source_has_its_own_ids():
    assert identity("wikidata", "Q7") == "http://www.wikidata.org/entity/Q7"
    assert identity("wikidata", "7") == identity("wikidata", "Q7b") == ""
    assert identity("exact-match", " https://example.org/7.0 ") == "https://example.org/7.0"
    assert identity("whosonfirst", "https://spelunker.whosonfirst.org/id/7/").endswith("/id/7")
