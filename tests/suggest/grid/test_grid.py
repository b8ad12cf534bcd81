"""Sentences of our own by construction: each makes the claims that it made before."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from kg.evaluate.counts import Counts
from kg.evaluate.floors import material_of, problems, read_floors
from paths import TESTS
from tests.suggest.grid.grid import HERE, answers, cells

pytest.importorskip("spacy")
FLOORS = TESTS / "evaluate" / "floors.toml"


@pytest.fixture(scope="module")
def answered():
    from kg.suggest.model import load_model

    return answers(load_model(), cells())


def test_claims_of_the_grid_are_proposed_as_often_as_before(answered):
    found = sum(one.found for one in answered)
    proposed = sum(len(one.proposed) for one in answered)
    wanted = sum(len(one.cell.wanted) for one in answered)
    reached = Counts(right=found, proposed=proposed, found=found, wanted=wanted)
    files = [HERE / "grid.toml", *(HERE / "authorities").glob("*.toml")]
    pinned = read_floors(FLOORS.read_text("utf-8"))["claims-grid"]
    assert problems(pinned, reached, material_of(files)) == []


def test_no_construction_is_read_worse_than_before(answered):
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
    right = Counter(one.cell.family for one in answered if one.right)
    assert {family: right[family] for family in floors if right[family] < floors[family]} == {}
    assert set(floors) == {one.cell.family for one in answered}


def test_a_sentence_that_tells_nothing_makes_no_claim(answered):
    empty = [one for one in answered if one.cell.family == "nothing"]
    assert [one.cell.text for one in empty if one.proposed] == []
