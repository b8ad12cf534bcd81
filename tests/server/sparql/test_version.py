"""Addresses of one release: the same data for ever, whatever is current meanwhile."""

import datetime as dt
import shutil
from dataclasses import replace

import pytest

from kg.cite.permalink import code_in, read_code
from kg.cli import main
from kg.release.build import build
from kg.release.read import open_release
from kg.withdraw.withdraw import Asked, withdraw
from kg.workspace import open_workspace
from paths import FIXTURES
from server import create_app

COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}


def count(client, place: str) -> int:
    answer = client.get(f"{place}/sparql.json", query_string=COUNT)
    return int(answer.json["results"]["bindings"][0]["n"]["value"])


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A folder of two releases, and the name of the first: the second has an article less."""
    root = tmp_path_factory.mktemp("two") / "aven"
    aven = open_workspace(shutil.copytree(FIXTURES / "aven", root))
    releases = aven.home / "releases"
    first = build(aven, releases, jobs=1).name
    shutil.rmtree(root / "articles" / "aven-courier")
    build(open_workspace(root), releases, jobs=1)
    return releases, first


@pytest.fixture(scope="module")
def followed(two):
    """A client of the two releases, and the name of the first."""
    releases, first = two
    return create_app(open_release(releases)).test_client(), first


def test_an_older_release_answers_beside_the_current_one(followed):
    client, first = followed
    before, now = count(client, f"/v/{first}"), count(client, "")
    assert before > now > 0
    assert count(client, f"/v/{first}") == before and count(client, "") == now


def test_its_graphs_and_its_description_are_of_that_release(followed):
    client, first = followed
    graph = {"graph": "https://example.org/valley/graph/article/aven-courier"}
    assert client.get(f"/v/{first}/graphs", query_string=graph).status_code == 200
    assert client.get("/graphs", query_string=graph).status_code == 404
    described = client.get(f"/v/{first}/sparql.ttl").text
    assert f"/v/{first}/sparql" in described
    page = client.get(f"/v/{first}/sparql", headers={"Accept": "text/html"}).text
    assert f'action="/v/{first}/sparql"' in page and f'href="/v/{first}/cite?query=' in page
    assert f"<strong>{first}</strong>" in page and 'href="/sparql">Ask the current' in page
    assert client.get(f"/v/{first}/sparql/terms.json").json["examples"]


def test_what_is_cited_there_is_of_that_release(followed):
    client, first = followed
    before = client.get(f"/v/{first}/cite", query_string=COUNT).headers["Location"]
    now = client.get("/cite", query_string=COUNT).headers["Location"]
    assert read_code(code_in(before)).release != read_code(code_in(now)).release
    found = client.get(f"{before}.json").json["results"]["bindings"][0]["n"]["value"]
    assert int(found) == count(client, f"/v/{first}")


def test_the_address_of_a_release_leads_to_its_files(followed):
    client, first = followed
    answer = client.get(f"/v/{first}/")
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"/dumps/{first}/")


def test_a_release_that_is_not_there_is_told_with_those_that_are(followed):
    client, first = followed
    answer = client.get("/v/1999.1/sparql")
    assert answer.status_code == 404 and first in answer.json["detail"]


def test_after_a_withdrawal_the_successor_answers_and_says_so(two, tmp_path):
    first = two[1]
    releases = shutil.copytree(two[0], tmp_path / "releases", symlinks=True)
    client = create_app(lambda: open_release(releases)).test_client()
    before = count(client, f"/v/{first}")
    link = client.get("/cite", query_string=COUNT).headers["Location"]
    iri = open_release(releases).names.iri("claim", "aven.bridge-taken")
    withdraw(releases, Asked(iri, "a private person is named", dt.date(2026, 1, 2)))
    answer = client.get(f"/v/{first}/sparql.json", query_string=COUNT)
    assert 0 < int(answer.json["results"]["bindings"][0]["n"]["value"]) < before
    links = ", ".join(answer.headers.getlist("Link"))
    assert 'rel="canonical"' in links and "/withdrawals" in links
    cited = client.get(link)
    assert cited.status_code == 410 and "/withdrawals" in cited.json["detail"]


TITLES = {"query": "SELECT ?t { ?s dcterms:title ?t FILTER(CONTAINS(?t, 'Aven')) } ORDER BY ?t"}


@pytest.fixture(scope="module")
def alike(tmp_path_factory):
    """A client of two releases of the same data, one of which has another title; their folder."""
    root = tmp_path_factory.mktemp("alike") / "aven"
    aven = open_workspace(shutil.copytree(FIXTURES / "aven", root))
    releases = aven.home / "releases"
    build(aven, releases, jobs=1)
    settings = replace(aven.settings, title="The Aven, told anew")
    build(replace(aven, settings=settings), releases, jobs=1)
    return create_app(open_release(releases)).test_client(), releases


def names_of(releases) -> list[str]:
    return sorted(path.name for path in releases.glob("????????????????*") if path.is_dir())


def test_what_is_cited_of_each_of_two_releases_of_the_same_data_is_found(alike, capsys):
    client, releases = alike
    first, second = names_of(releases)
    assert second == f"{first}.2"
    results = set()
    for name in (first, second):
        link = client.get(f"/v/{name}/cite", query_string=TITLES).headers["Location"]
        cited = read_code(code_in(link))
        results.add(cited.result)
        direct = client.get(f"/v/{name}/sparql.csv", query_string=TITLES).text
        for one in (cited, replace(cited, edition=""), replace(cited, edition="0" * 16)):
            assert client.get(f"/q/{one.code}.csv").text == direct
            page = client.get(f"/q/{one.code}", headers={"Accept": "text/html"}).text
            assert f'href="/v/{name}/sparql?query=' in page
            where = ["-w", str(releases.parent), "--releases", str(releases)]
            assert main(["verify", *where, one.code]) == 0
            assert capsys.readouterr().out.startswith("the same result")
    assert len(results) == 2


def test_a_result_that_both_have_is_that_of_the_one_that_is_named_else_of_the_first(alike):
    client, releases = alike
    first, second = names_of(releases)
    asked = {"query": "SELECT ?c { ?c a wh:Claim } ORDER BY ?c"}
    link = client.get(f"/v/{second}/cite", query_string=asked).headers["Location"]
    cited = read_code(code_in(link))
    for one, name in ((cited, second), (replace(cited, edition=""), first)):
        page = client.get(f"/q/{one.code}", headers={"Accept": "text/html"}).text
        assert f'href="/v/{name}/"' in page


def test_another_result_is_shown_of_neither(alike):
    client, _ = alike
    cited = read_code(code_in(client.get("/cite", query_string=TITLES).headers["Location"]))
    other = replace(cited, result=f"sha256:{'0' * 64}", edition="")
    assert client.get(f"/q/{other.code}").status_code == 409
