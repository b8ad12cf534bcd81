"""What is malformed, wrong, too large or meant to harm gets a clear 4xx, and nothing breaks."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.probe.reconciliation import forms
from server import create_app
from tests.server.hostile import BIDI, LABELS, SCRIPT, hostile_quads

MALFORMED = {
    "no JSON": ("{", "not JSON"),
    "a list": ("[]", "expected an object"),
    "text": ('"Aven"', "expected an object"),
    "null": ("null", "expected an object"),
    "a query that is a list": ('{"q0": []}', "expected an object"),
    "nothing asked": ('{"q0": {}}', "neither query nor properties"),
    "no properties": ('{"q0": {"properties": []}}', "neither query nor properties"),
    "a number": ('{"q0": {"query": 3}}', "expected a name"),
    "unknown field": ('{"q0": {"query": "a", "props": []}}', "nearest fields: properties"),
    "unknown type": ('{"q0": {"query": "a", "type": "Plaec"}}', "nearest types: Place"),
    "a type that is none": ('{"q0": {"query": "a", "type": 1}}', "the id of a type"),
    "type_strict": ('{"q0": {"query": "a", "type_strict": "maybe"}}', "should, any, all"),
    "limit 0": ('{"q0": {"query": "a", "limit": 0}}', "1 or more"),
    "limit 1.5": ('{"q0": {"query": "a", "limit": 1.5}}', "1 or more"),
    "limit true": ('{"q0": {"query": "a", "limit": true}}', "1 or more"),
    "limit NaN": ('{"q0": {"query": "a", "limit": NaN}}', "NaN is not JSON. Leave out"),
    "limit 1e999": ('{"q0": {"query": "a", "limit": 1e999}}', "1 or more"),
    "no pid": ('{"q0": {"query": "a", "properties": [{"v": 1}]}}', "pid"),
    "no v": ('{"q0": {"query": "a", "properties": [{"pid": "country"}]}}', "pid"),
    "v null": ('{"q0": {"query": "a", "properties": [{"pid": "country", "v": null}]}}', "a text"),
    "unknown pid": (
        '{"q0": {"query": "a", "properties": [{"pid": "cuontry", "v": "x"}]}}',
        "nearest properties: country",
    ),
    "not to be asked": (
        '{"q0": {"query": "a", "properties": [{"pid": "holders", "v": "x"}]}}',
        "can be fetched",
    ),
    "half a sign": ('{"\\ud800": {"query": "a"}}', "not JSON"),
    "a key twice": ('{"q0": {"query": "a"}, "q0": {"query": "b"}}', "'q0' stands twice"),
    "a field twice": ('{"q0": {"query": "a", "query": "b"}}', "'query' stands twice"),
    "brackets": ("[" * 100_000, "not JSON"),
    "digits": ('{"q0": {"query": "a", "limit": ' + "9" * 10_000 + "}}", "not JSON"),
}
EXTENSIONS = {
    "no ids": '{"properties": []}',
    "ids no list": '{"ids": "place/aven", "properties": []}',
    "ids no texts": '{"ids": [1], "properties": []}',
    "no properties": '{"ids": ["place/aven"]}',
    "unknown property": '{"ids": ["place/aven"], "properties": [{"id": "colour"}]}',
    "twice": '{"ids": ["place/aven"], "properties": [{"id": "type"}, {"id": "type"}]}',
    "a limit": '{"ids": ["place/aven"],'
    ' "properties": [{"id": "type", "settings": {"limit": "-1"}}]}',
    "a day": '{"ids": ["place/aven"],'
    ' "properties": [{"id": "holders", "settings": {"date": "x"}}]}',
    "settings that are none": '{"ids": ["place/aven"],'
    ' "properties": [{"id": "type", "settings": []}]}',
    "settings": '{"ids": ["place/aven"], "properties": [{"id": "type", "settings": [1]}]}',
}


def refused(answer, status=400):
    assert answer.status_code == status, answer.text[:300]
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status and answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.json["detail"]


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_batch_is_told_what_is_wrong(service, send, name):
    text, said = MALFORMED[name]
    assert said in refused(send(queries=text))
    if len(text) < 5_000:
        assert said in refused(service.get("/reconcile", query_string={"queries": text}))


@pytest.mark.parametrize("name", EXTENSIONS)
def test_malformed_data_extension_is_told_what_is_wrong(send, name):
    assert refused(send(extend=EXTENSIONS[name]))


def test_unknown_ids_are_told(service, send):
    ids = ["place/aven", "place/nowhere", "x\u0000"]
    asked = {"ids": ids, "properties": [{"id": "type"}]}
    assert "'place/nowhere', 'x\\x00'" in refused(send(extend=asked), 404)
    for address in ("preview", "flyout/entity", "flyout/type", "flyout/property", "feature"):
        for identifier in ("nothing", "", "\u202e<script>", "../../etc/passwd", "%00"):
            found = service.get(f"/reconcile/{address}", query_string={"id": identifier})
            refused(found, 404)
    assert service.get("/reconcile/suggest/nothing?prefix=a").status_code == 404


def test_what_is_too_much_is_refused(service, send):
    refused(service.post("/reconcile", data={"queries": "x" * 10_000_000}), 413)
    many = {f"q{at}": {"query": "a"} for at in range(101)}
    assert "at most 100" in refused(send(queries=many), 413)
    asked = {"ids": [f"place/{at}" for at in range(101)], "properties": []}
    assert "at most 100" in refused(send(extend=asked), 413)
    values = [{"pid": "country", "v": ["x"] * 21}]
    assert "at most 20" in refused(send(queries={"q": {"query": "a", "properties": values}}))
    wanted = [{"pid": "country", "v": ["x"] * 20}] * 20
    crowded = {f"q{at}": {"query": "a", "properties": wanted} for at in range(3)}
    assert "at most 1,000" in refused(send(queries=crowded), 413)
    long = send(queries={"q": {"query": "a " * 100_000}})
    assert long.status_code == 200 and long.json == {"q": {"result": []}}
    refused(
        service.post(
            "/reconcile",
            data="&".join(f"a{n}=1" for n in range(2_000)).encode(),
            content_type="application/x-www-form-urlencoded",
        )
    )


def test_what_is_not_sent_as_it_should_be(service, send):
    body = json.dumps({"q0": {"query": "a"}})
    sent = service.post("/reconcile", data=body, content_type="application/json")
    assert "application/x-www-form-urlencoded" in refused(sent, 415)
    assert sent.headers["Accept-Post"] == "application/x-www-form-urlencoded"
    form, coded = "application/x-www-form-urlencoded", {"Content-Encoding": "gzip"}
    sent = service.post(
        "/reconcile", data=f"queries={quote(body)}", content_type=form, headers=coded
    )
    assert "gzip" in refused(sent, 415)
    refused(send(other="x"))
    refused(service.get("/reconcile?query=Aven"))
    refused(send(queries=body, extend="{}"))
    both = f"queries={quote(body)}&queries={quote(body)}"
    assert "2 times" in refused(service.get(f"/reconcile?{both}"))
    wrong = b"queries=%FF%FE"
    form = "application/x-www-form-urlencoded"
    assert "UTF-8" in refused(service.post("/reconcile", data=wrong, content_type=form))
    for address in ("suggest/entity?prefix=a&cursor=-1", "properties?limit=x"):
        refused(service.get(f"/reconcile/{address}"))
    assert service.put("/reconcile").status_code == 405


@pytest.fixture(scope="module")
def evil(release, tmp_path_factory):
    """A client of the release with content that is meant to harm."""
    from pyoxigraph import Store

    from kg.release.read import open_release
    from union import united

    folder = tmp_path_factory.mktemp("evil") / "release"
    folder.mkdir()
    store = Store(str(folder / "store"))
    store.extend([*release.store, *united(hostile_quads(release.names.base))])
    store.flush()
    (folder / "release.json").write_text(json.dumps(release.summary | {"title": SCRIPT}), "utf-8")
    return create_app(open_release(folder.parent, "release")).test_client()


def test_harmful_names_are_shown_as_text(evil):
    assert evil.get("/reconcile").json["name"].startswith(SCRIPT)
    for address in ("preview?id=place/evil", "preview?id=event/evil"):
        page = evil.get(f"/reconcile/{address}")
        assert page.status_code == 200
        assert "<script" not in page.text and "<img" not in page.text
    flyout = evil.get("/reconcile/flyout/entity?id=event/evil").json
    assert "<script" not in flyout["html"] and "<img" not in flyout["html"]
    script = evil.get("/reconcile/suggest/entity?prefix=evil&callback=f").text
    assert script.startswith("/**/f(") and "\u2028" not in script
    for name in (*LABELS, BIDI, SCRIPT):
        batch = {"q": {"query": name}}
        found = evil.post("/reconcile", data={"queries": json.dumps(batch)})
        assert found.status_code == 200 and list(forms.RESULTS(found.json, "it")) == []
    asked = [{"id": one} for one in ("exact-match", "coordinates", "part-of", "country", "holders")]
    query = {"ids": ["place/evil"], "properties": asked}
    found = evil.post("/reconcile", data={"extend": json.dumps(query)})
    assert list(forms.EXTENDED(found.json, "it")) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=12,
)
fields = st.sampled_from(("query", "type", "limit", "properties", "type_strict", "pid", "v"))
queries = st.dictionaries(fields, json_values, max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.text(max_size=5), queries, max_size=3) | json_values)
def test_any_json_is_answered_or_refused(service, batch):
    found = service.post("/reconcile", data={"queries": json.dumps(batch)})
    assert found.status_code in (200, 400)
    if found.status_code == 200:
        assert list(forms.RESULTS(found.json, "it")) == [] and list(found.json) == list(batch)
    found = service.post("/reconcile", data={"extend": json.dumps(batch)})
    assert found.status_code in (200, 400, 404)
