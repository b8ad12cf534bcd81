"""Every error has one shape for programs, and a page for people."""

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from kg.errors import ReleaseError
from markup import Page
from server import create_app


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/sparql?q=ASK", 400),
        ("GET", "/sparql?query=SELECT", 400),
        ("PUT", "/sparql", 405),
        ("POST", "/sparql", 415),
        ("GET", "/sparql.exe?query=ASK{}", 404),
        ("GET", "/ask/no-such-question", 404),
        ("GET", "/ask/who-held.csv?place=aven-bridge", 400),
        ("GET", "/ask/who-held.json?place=aven-bridge&date=yesterday", 400),
        ("GET", "/claim/aven.nowhere", 404),
        ("GET", "/claim/aven.nowhere.ttl", 404),
        ("GET", "/claim/a%20b%3Cc%3E", 404),
        ("GET", "/static/nothing.css", 404),
        ("POST", "/ask", 405),
        ("DELETE", "/article/aven", 405),
    ],
)
def test_an_error_is_a_problem_of_one_shape(client, method, address, status):
    answer = client.open(address, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert set(answer.json) == {"type", "title", "status", "detail"}
    assert answer.json["type"] == "about:blank" and answer.json["status"] == status
    assert answer.json["title"] and answer.json["detail"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/", "/sparql", "/sparql.ttl", "/cite?query=ASK{}"])
def test_a_host_that_is_none_is_the_clients_mistake(release, address):
    for accept in ("text/html", "application/json"):
        environ = create_environ(address, headers={"Accept": accept})
        body, status, _ = run_wsgi_app(create_app(release), environ | {"HTTP_HOST": "xn--a"})
        assert status.startswith("400 ") and b"Host" in b"".join(body)


@pytest.mark.parametrize("address", ["/claim/aven.nowhere", "/ask/nothing", "/sparql?query=SELECT"])
def test_a_browser_gets_a_page_that_says_what_to_do(client, address):
    answer = client.get(address, headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code in (400, 404) and answer.mimetype == "text/html"
    assert Page(answer.text).links


def test_a_program_that_asks_for_data_gets_no_page(client):
    browser = {"Accept": "text/html,*/*;q=0.8"}
    answer = client.get("/ask/who-held.csv", headers=browser)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    asked = client.get("/article/aven", headers={"Accept": "image/png"})
    assert (asked.status_code, asked.mimetype) == (406, "application/problem+json")


def test_a_bug_is_not_explained_to_strangers(release):
    def broken(_):
        raise ZeroDivisionError("a secret")

    app = create_app(release, broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/article/aven.html")
    assert answer.status_code == 500 and answer.json["status"] == 500
    assert "secret" not in answer.text


def test_without_a_release_the_answer_is_503():
    def missing():
        raise ReleaseError("there is no release. Run `whoholds build` first.")

    client = create_app(missing).test_client()
    for address in ("/", "/ask", "/article/aven", "/sparql?query=ASK{}"):
        answer = client.get(address)
        assert answer.status_code == 503 and "whoholds build" in answer.json["detail"]
