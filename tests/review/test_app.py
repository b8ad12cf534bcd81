"""Who may ask the page of a review, and what it answers."""

import pytest

from kg.review.app import create_app

TOKEN = "a-token-of-this-test"  # noqa: S105
TAKEN = {"path": "claim/ford-taken", "judgement": "positive"}
OWN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def client(desk):
    return create_app(desk, TOKEN).test_client()


def test_the_page_itself_holds_nothing_of_the_article(client):
    for path in ("/", "/static/review.js", "/static/review.css"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Council riders" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer x"}, {"Cookie": f"token={TOKEN}"}]
)
@pytest.mark.parametrize(("method", "path"), [("get", "/api/state"), ("post", "/api/undo")])
def test_without_the_token_nothing_is_answered(client, headers, method, path):
    answer = getattr(client, method)(
        path, headers=headers, **({"json": {}} if method == "post" else {})
    )
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


def test_another_host_name_or_another_page_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example:8000"}).status_code == 421
    other = OWN | {"Origin": "http://127.0.0.1:9999"}
    assert client.post("/api/undo", json={}, headers=other).status_code == 403
    own = OWN | {"Origin": "http://localhost"}
    assert client.post("/api/undo", json={}, headers=own).status_code == 200


def test_every_answer_forbids_what_the_page_does_not_need(client):
    for path in ("/", "/api/state", "/nowhere"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "http:" not in policy


def test_state_and_forms_are_whole(client, desk):
    found = client.get("/api/state", headers=OWN).get_json()
    assert len(found["items"]) == len(desk.items) and found["text"] == desk.text
    forms = client.get("/api/forms", headers=OWN).get_json()
    (place,) = [f for f in forms["kinds"]["claim"] if f["key"] == "place"]
    assert place["widget"] == "references" and place["of"] == "places"
    assert forms["roles"]["withdrawal"]["needs"] == [["lost-by"]]


def test_a_judgement_is_kept_and_the_desk_answered(client, desk):
    asked = {"path": "claim/paved", "judgement": "negative", "because": "no place"}
    answer = client.post("/api/judge", json=asked, headers=OWN).get_json()
    assert answer["said"] == "claim/paved" and answer["state"]["undecided"] == 13
    assert desk.journal.records[-1].because == "no place"


def test_what_is_added_is_called_by_its_words_in_latin_letters(client):
    asked = {"kind": "place", "called": "المخاضة", "table": {"label": {"ar": "المخاضة"}}}
    said = [client.post("/api/add", json=asked, headers=OWN).get_json()["said"] for _ in "12"]
    assert said == ["place/mkhada", "place/mkhada-2"]
    assert client.post("/api/add", json={"kind": "nothing"}, headers=OWN).get_json()["said"] == (
        "nothing/1"
    )


@pytest.mark.parametrize(
    ("verb", "asked", "status", "key"),
    [
        ("judge", TAKEN | {"table": {"type": "x"}}, 422, "type"),
        ("edit", {"path": "claim/ford-taken", "table": {"basis": {"toml": "{"}}}, 422, "basis"),
        ("judge", {"path": "claim/nowhere", "judgement": "positive"}, 422, None),
        ("judge", {"path": "claim/paved", "judgement": "perhaps"}, 422, None),
        ("judge", {}, 422, None),
        ("anchor", {"path": "claim/paved", "span": ["a"]}, 422, None),
        ("add", {"kind": "rumour"}, 422, None),
        ("add", {"kind": "claim", "called": "x", "span": [0]}, 422, None),
        ("rename", {"path": "claim/paved"}, 422, None),
        ("finish", {}, 422, None),
        ("burn", {}, 404, None),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_shape(client, desk, verb, asked, status, key):
    before = len(desk.journal.records)
    answer = client.post(f"/api/{verb}", json=asked, headers=OWN)
    assert answer.status_code == status
    assert set(answer.get_json()) == {"status", "detail", "findings"}
    assert key is None or key in answer.get_json()["findings"]
    assert len(desk.journal.records) == before
