"""Addresses of one release: the same data for ever, whatever is current meanwhile."""

import datetime as dt

import pytest

from kg.release.build import build
from kg.release.read import open_release
from kg.withdraw.withdraw import Asked, withdraw
from kg.workspace import open_workspace
from server import create_app

COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}


def count(client, place: str) -> int:
    answer = client.get(f"{place}/sparql.json", query_string=COUNT)
    return int(answer.json["results"]["bindings"][0]["n"]["value"])


@pytest.fixture
def followed(aven):
    """A client of two releases, with the name of the first: the second has an article less."""
    releases = aven.home / "releases"
    first = build(aven, releases).name
    (aven.root / "articles" / "aven-courier" / "mapping.toml").unlink()
    (aven.root / "articles" / "aven-courier").rmdir()
    build(open_workspace(aven.root), releases)
    client = create_app(lambda: open_release(releases)).test_client()
    return client, first, aven


def test_an_older_release_answers_beside_the_current_one(followed):
    client, first, _ = followed
    before, now = count(client, f"/v/{first}"), count(client, "")
    assert before > now > 0
    assert count(client, f"/v/{first}") == before and count(client, "") == now


def test_its_graphs_and_its_description_are_of_that_release(followed):
    client, first, _ = followed
    graph = {"graph": "https://example.org/valley/graph/article/aven-courier"}
    assert client.get(f"/v/{first}/graphs", query_string=graph).status_code == 200
    assert client.get("/graphs", query_string=graph).status_code == 404
    described = client.get(f"/v/{first}/sparql.ttl").text
    assert f"/v/{first}/sparql" in described
    page = client.get(f"/v/{first}/sparql", headers={"Accept": "text/html"}).text
    assert f'action="/v/{first}/sparql"' in page


def test_the_address_of_a_release_leads_to_its_files(followed):
    client, first, _ = followed
    answer = client.get(f"/v/{first}/")
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"/dumps/{first}/")


def test_a_release_that_is_not_there_is_told_with_those_that_are(followed):
    client, first, _ = followed
    answer = client.get("/v/1999.1/sparql")
    assert answer.status_code == 404 and first in answer.json["detail"]


def test_after_a_withdrawal_the_successor_answers_and_says_so(followed):
    client, first, aven = followed
    before = count(client, f"/v/{first}")
    link = client.get("/cite", query_string=COUNT).headers["Location"]
    iri = open_release(aven.home / "releases").names.iri("claim", "aven.bridge-taken")
    withdraw(aven.home / "releases", Asked(iri, "a private person is named", dt.date(2026, 1, 2)))
    answer = client.get(f"/v/{first}/sparql.json", query_string=COUNT)
    assert 0 < int(answer.json["results"]["bindings"][0]["n"]["value"]) < before
    links = ", ".join(answer.headers.getlist("Link"))
    assert 'rel="canonical"' in links and "/withdrawals" in links
    cited = client.get(link)
    assert cited.status_code == 410 and "/withdrawals" in cited.json["detail"]
