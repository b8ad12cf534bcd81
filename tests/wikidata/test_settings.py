"""The table `[wikidata]`: nothing is asked unless it names somebody."""

from __future__ import annotations

import pytest

from kg.errors import WorkspaceError
from kg.wikidata.cache import Cache
from kg.wikidata.settings import Wikidata, wikidata_of
from kg.wikidata.sources import client_of, entities_of, reconciliation_of
from kg.workspace import open_workspace

WHERE = "w/whoholds.toml"


def opened(folder, text):
    (folder / "whoholds.toml").write_text(text)
    return open_workspace(folder).settings


def test_at_first_nobody_is_asked(tmp_path):
    settings = opened(tmp_path, "").wikidata
    client, cache = client_of(settings, ""), Cache(tmp_path)
    assert entities_of(settings, client, cache) is None
    assert reconciliation_of(settings, client, cache) is None


def test_a_table_names_who_is_asked_and_how_patiently(tmp_path):
    text = 'contact = "desk@example.org"\n[wikidata]\nentities = "http://127.0.0.1:8/api.php"\n'
    settings = opened(tmp_path, f'{text}delay = 0\ntypes = {{ town = "Q3957" }}\n')
    assert settings.wikidata.types == {"town": "Q3957"} and settings.wikidata.seconds == 30
    client = client_of(settings.wikidata, settings.contact)
    assert "(desk@example.org)" in client.agent
    assert entities_of(settings.wikidata, client, Cache(tmp_path))
    assert reconciliation_of(settings.wikidata, client, Cache(tmp_path)) is None


def test_whoever_is_asked_is_told_who_asks():
    with pytest.raises(WorkspaceError, match="Set contact"):
        wikidata_of({"reconcile": "https://reconcile.example/en/api"}, "", WHERE)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"entity": "x"}, "nearest settings of wikidata: entities"),
        ({"entities": 5}, "expected words"),
        ({"entities": "ftp://x/"}, "expected the http address"),
        ({"reconcile": "https://x.example/api?x=y"}, "without"),
        ({"delay": -1}, "0 or more"),
        ({"seconds": 0}, "1 or more"),
        ({"failures": True}, "a whole number"),
        ({"types": []}, "a table"),
        ({"types": {"town": "town"}}, "id of a class"),
        ({"types": {"town": 5}}, "id of a class"),
        ({"types": {"twon": "Q5"}}, "nearest types of actors and places: town"),
    ],
)
def test_what_is_wrong_is_told(table, why):
    with pytest.raises(WorkspaceError, match=why):
        wikidata_of(table, "desk@example.org", WHERE)


def test_nothing_set_is_nothing_changed():
    assert wikidata_of({}, "", WHERE) == Wikidata()
