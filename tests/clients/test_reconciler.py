"""The client `reconciler`, which matches a column of a table by a service: needs pandas."""

import pytest

from kg.release.read import open_release
from server import create_app
from tests.probe.served import served

pandas = pytest.importorskip("pandas")
numpy = pytest.importorskip("numpy")
reconciler = pytest.importorskip("reconciler")


@pytest.fixture(scope="module")
def service(shipped_releases):
    with served(create_app(open_release(shipped_releases))) as url:
        yield url.replace("/sparql", "/reconcile")


def test_it_matches_a_column(service):
    names = pandas.Series(["Palmyra", "Tadmur", "تدمر", "Aleppo", "Palmyra"])
    found = reconciler.reconcile(names, reconciliation_endpoint=service)
    best = dict(zip(found["input_value"], found["id"], strict=True))
    assert best == dict.fromkeys(["Palmyra", "Tadmur", "تدمر"], "place/palmyra") | {
        "Aleppo": "place/aleppo"
    }
    sure = dict(zip(found["input_value"], found["match"], strict=True))
    assert sure["Palmyra"] and not sure["Aleppo"]
    assert set(found["type_id"]) == {"place-type/City"}


def test_it_asks_for_a_type_and_for_properties(service):
    table = pandas.DataFrame({"town": ["Aleppo", "Sinjar"], "country": ["Syria", "Iraq"]})
    found = reconciler.reconcile(
        table["town"],
        type_id="place-type/City",
        property_mapping={"country": table["country"]},
        reconciliation_endpoint=service,
    )
    assert list(found["id"]) == ["place/aleppo", "place/sinjar"] and all(found["match"])


def test_it_is_told_where_there_is_nothing(service, monkeypatch):
    monkeypatch.setattr(numpy, "NaN", numpy.nan, raising=False)  # it is older than numpy 2
    names = pandas.Series(["Palmyra", "Xqzzvk"])
    found = reconciler.reconcile(names, top_res="all", reconciliation_endpoint=service)
    assert found["id"].isna().tolist() == [False, True]
