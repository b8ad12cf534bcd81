"""SERVICE over HTTP: what the release alone does not decide is neither kept nor cited."""

from __future__ import annotations

import time

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kg.limits import Limits
from server import create_app
from server.workers.pool import Pool
from sparql.elsewhere import JSON, elsewhere, knows, says

GRAPHS = {"http://example.org/g": b"<http://e/a> <http://e/p> <http://e/b> ."}
FAR = "<http://e/b> <http://e/n> 'Ben' ."


@pytest.fixture(scope="module")
def there():
    store = Store()
    store.extend(parse(FAR, format=RdfFormat.TURTLE))
    with elsewhere(knows(store)) as found:
        yield found


@pytest.fixture(scope="module")
def client_of(publish):
    pools = list[Pool]()
    release = publish(GRAPHS)

    def make(*services, **limits):
        pools.append(Pool(Limits(workers=1, services=services, **limits)))
        return create_app(release, pool=pools[-1]).test_client()

    yield make
    for pool in pools:
        pool.close()


def query(address, word=""):
    return f"SELECT ?n {{ ?s <http://e/p> ?o SERVICE {word} <{address}> {{ ?o <http://e/n> ?n }} }}"


def ask(client, text, path="/sparql", media=JSON):
    return client.get(path, query_string={"query": text}, headers={"Accept": media})


def test_a_listed_endpoint_is_asked_each_time_and_nothing_is_kept(client_of, there):
    client, text = client_of(there.address), query(there.address)
    before = len(there.asked)
    for path in ("/sparql", "/sparql", "/sparql.json"):
        found = ask(client, text, path)
        assert [r["n"]["value"] for r in found.json["results"]["bindings"]] == ["Ben"]
        assert found.headers["Cache-Control"] == "no-store" and "Last-Modified" not in found.headers
    assert len(there.asked) == before + 3
    assert ask(client, text, media="text/html").headers["Cache-Control"] == "no-store"
    assert ask(client, "ASK {}").headers["Cache-Control"] != "no-store"


def test_it_cannot_be_cited(client_of, there):
    found = ask(client_of(there.address), query(there.address), "/cite")
    assert found.status_code == 400 and "cannot be cited" in found.json["detail"]


def test_who_is_not_listed_is_not_asked(client_of, there):
    before = len(there.asked)
    for client in (client_of(), client_of("http://127.0.0.1:9/")):
        for word in ("", "SILENT"):
            found = ask(client, query(there.address, word))
            assert found.status_code == 400 and "Refused: SERVICE" in found.json["detail"]
    assert len(there.asked) == before


def test_a_failure_elsewhere_is_a_bad_gateway(client_of):
    with elsewhere(says(b"", status=302, Location="http://127.0.0.1:9/")) as found:
        client = client_of(found.address)
        answer = ask(client, query(found.address))
        assert answer.status_code == 502 and "302, a redirect" in answer.json["detail"]
        assert ask(client, query(found.address, "SILENT")).json["results"]["bindings"] == [{}]


def test_who_does_not_answer_takes_half_of_the_time_and_nobody_elses(client_of):
    with elsewhere(lambda *_: time.sleep(2.5)) as found:
        client = client_of(found.address, seconds=2)
        answer = ask(client, query(found.address))
        assert answer.status_code == 502 and "in time" in answer.json["detail"]
        assert ask(client, "ASK {}").json["boolean"]


def test_the_description_and_the_page_say_whether_others_are_asked(client_of, there):
    asks, alone = client_of(there.address), client_of()
    turtle = [c.get("/sparql.ttl") for c in (asks, alone)]
    assert ["sd:BasicFederatedQuery" in found.text for found in turtle] == [True, False]
    assert there.address in turtle[0].text and "SERVICE is refused" in turtle[1].text
    assert turtle[0].headers["ETag"] != turtle[1].headers["ETag"]
    pages = [c.get("/sparql", headers={"Accept": "text/html"}).text for c in (asks, alone)]
    assert there.address in pages[0] and "SERVICE is refused" in pages[1]
