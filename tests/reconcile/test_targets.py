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


def test_an_address_of_anybody_else_stays_as_it_is():
    other = "https://example.org/www.geonames.org/7"
    assert identity("geonames", other) == other
    assert identity("exact-match", " https://example.org/7.0 ") == "https://example.org/7.0"
    assert identity("whosonfirst", "https://spelunker.whosonfirst.org/id/7/").endswith("/id/7")
