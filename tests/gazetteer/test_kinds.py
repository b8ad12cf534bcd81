import pytest

from kg.gazetteer.kinds import _kinds, split_kind
from kg.vocabulary import load_vocabulary


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("Aven", ("Aven", None)),
        ("the province of Aven", ("Aven", "governorate")),
        ("Aven Province", ("Aven", "governorate")),
        ("the Holm border crossing", ("Holm", "border-crossing")),
        ("Varro air base", ("Varro", "airbase")),
        ("Varro oil refinery", ("Varro", "refinery")),
        ("محافظة أفن", ("أفن", "governorate")),
        ("City", ("City", None)),
        ("", ("", None)),
    ],
)
def test_words_beside_a_name_say_its_kind(name, split):
    assert split_kind(name) == split


def test_every_kind_is_a_place_type():
    types = set(load_vocabulary().values["place-type"])
    assert {kind for side in _kinds() for kind in side.values()} <= types
