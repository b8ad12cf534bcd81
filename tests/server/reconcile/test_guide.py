"""docs/reconciliation.md tells of every property, feature and limit."""

import re

from kg.reconcile import asked, index
from kg.reconcile.extend import SETTINGS
from kg.reconcile.properties import PROPERTIES
from kg.reconcile.written import FEATURES
from paths import ROOT

GUIDE = (ROOT / "docs" / "reconciliation.md").read_text("utf-8")


def test_every_property_feature_and_setting_is_in_the_guide():
    names = {*PROPERTIES, *FEATURES, *(str(one["name"]) for one in SETTINGS)}
    assert [name for name in sorted(names) if f"`{name}`" not in GUIDE] == []


def test_every_limit_is_in_the_guide():
    for limit in (asked.BATCH, asked.MOST, asked.USUAL, asked.VALUES, index.LONGEST):
        assert re.search(rf"\b{limit}\b", GUIDE), limit
    assert f"{asked.COMPARED:,}" in GUIDE


def test_what_can_only_be_fetched_stands_last():
    fetched = [one.id for one in PROPERTIES.values() if one.agree is None]
    assert fetched == ["latitude", "longitude", "holders"]
