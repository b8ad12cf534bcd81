"""Every kind of answer has the form of the specification: by our statement, and by its schemas."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.probe.reconciliation import forms
from kg.reconcile.properties import PROPERTIES
from kg.release.read import open_release
from paths import ROOT
from server import create_app

FORMS = {
    "manifest": forms.MANIFEST,
    "reconciliation-result-batch": forms.RESULTS,
    "suggest-entities-response": forms.ENTITIES,
    "suggest-types-response": forms.TYPES,
    "suggest-properties-response": forms.PROPERTIES,
    "data-extension-property-proposal": forms.PROPOSED,
    "data-extension-response": forms.EXTENDED,
}
NAMES = ("Aven", "avne", "جسر", "bridge", "Holm", "place/aven", "Valley", "", "zz", "Palmyra", "IS")


def answers(client) -> dict[str, list]:
    """Answers of every kind, by their schema."""
    found: dict[str, list] = {name: [] for name in FORMS}
    found["manifest"] = [client.get("/reconcile").json]
    place = "/reconcile/suggest"
    for prefix in ("", "a", "b", "m", "p", "co", "جس"):
        for what, schema in (("entity", "entities"), ("type", "types"), ("property", "properties")):
            got = client.get(f"{place}/{what}", query_string={"prefix": prefix}).json
            found[f"suggest-{schema}-response"].append(got)
    for kind in ("", "Place", "Actor", "Event", "place-type/Town"):
        got = client.get("/reconcile/properties", query_string={"type": kind, "limit": 3}).json
        found["data-extension-property-proposal"].append(got)
    properties = [
        {"pid": one.id, "v": ["Tarn", {"id": "place/tarn"}, 10.5, True]}
        for one in PROPERTIES.values()
        if one.agree
    ]
    for strict in ("should", "any", "all"):
        asked = {"type": ["Place"], "type_strict": strict, "limit": 5, "properties": properties}
        batch = {f"q{at}": {"query": name, **asked} for at, name in enumerate(NAMES)}
        batch |= {name: {"query": name} for name in NAMES}
        got = client.post("/reconcile", data={"queries": json.dumps(batch)}).json
        found["reconciliation-result-batch"].append(got)
    fetched = [{"id": one, "settings": {"limit": "0"}} for one in PROPERTIES]
    for start in "abcdefghijklmnopqrstuvwxyz":
        ids = [one["id"] for one in client.get(f"{place}/entity?prefix={start}").json["result"]]
        query = json.dumps({"ids": ids, "properties": fetched})
        found["data-extension-response"].append(
            client.post("/reconcile", data={"extend": query}).json
        )
    return found


@pytest.fixture(scope="module", params=["invented", "shipped"])
def answered(request, service, shipped_releases):
    """Answers of the service of each release that we have."""
    shipped = create_app(open_release(shipped_releases)).test_client()
    return answers(service if request.param == "invented" else shipped)


@pytest.fixture(scope="module")
def standard() -> Path:
    """The folder of the specification's schemas and examples, which are not in the repository."""
    shared = Path(os.environ.get("WHOHOLDS_SHARED") or ROOT.parent / "shared")
    if not (shared / "reconciliation").is_dir():
        pytest.skip("needs ../shared/reconciliation: the schemas of the specification")
    return shared / "reconciliation"


def validator(standard: Path, name: str):
    """What validates by a schema of the specification."""
    jsonschema = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")
    from referencing.jsonschema import DRAFT7

    folder = standard / "schemas-0.2"
    schemas = {one.stem: json.loads(one.read_text("utf-8")) for one in folder.glob("*.json")}
    known = [(one["$id"], DRAFT7.create_resource(one)) for one in schemas.values() if "$id" in one]
    registry = referencing.Registry().with_resources(known)
    return jsonschema.Draft7Validator(schemas[name], registry=registry)


@pytest.mark.parametrize("name", FORMS)
def test_every_answer_has_the_form_that_we_state(answered, name):
    assert answered[name]
    for one in answered[name]:
        assert list(FORMS[name](one, "the body")) == []


@pytest.mark.parametrize("name", FORMS)
def test_every_answer_is_valid_by_the_schema(answered, standard, name):
    valid = validator(standard, name)
    for one in answered[name]:
        assert [error.message for error in valid.iter_errors(one)] == []


@pytest.mark.parametrize("name", FORMS)
def test_our_statement_agrees_with_the_examples_of_the_specification(standard, name):
    folder = standard / "examples-0.2" / name
    valid = [json.loads(one.read_text("utf-8")) for one in sorted(folder.glob("valid/*.json"))]
    assert valid
    for one in valid:
        assert list(FORMS[name](one, "it")) == []


def test_what_the_specification_calls_invalid_we_do_too(standard):
    for name in ("reconciliation-result-batch", "data-extension-response"):
        for path in sorted((standard / "examples-0.2" / name / "invalid").glob("*.json")):
            assert list(FORMS[name](json.loads(path.read_text("utf-8")), "it")), path.name


def test_the_queries_of_the_specification_are_answered_or_told_what_is_unknown(standard, send):
    folder = standard / "examples-0.2"
    for field, name in (
        ("queries", "reconciliation-query-batch"),
        ("extend", "data-extension-query"),
    ):
        for path in sorted((folder / name).glob("*/*.json")):
            found = send(**{field: json.loads(path.read_text("utf-8"))})
            wanted = (200, 400, 404) if path.parent.name == "valid" else (400,)
            assert found.status_code in wanted, (path.name, found.text)
            if path.name == "example-min.json" and field == "queries":
                assert found.status_code == 200
