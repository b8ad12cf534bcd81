"""Questions: the list, the forms, the answers."""

from __future__ import annotations

import csv
import io
import re

import pytest

from kg.question import ask, load_question, load_questions
from kg.question.show import show
from markup import Page

HELD = "place=aven-bridge&date=2026-03-05"


def page(client, address, status=200):
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    return Page(answer.text)


def test_all_questions_are_listed_with_an_example_from_this_release(client):
    found = page(client, "/ask")
    for question in load_questions().values():
        assert f"/ask/{question.name}.html" in found.links and found.says(question.title)
    assert f"/ask/who-held.html?{HELD}" in found.links


@pytest.mark.slow
@pytest.mark.parametrize("name", load_questions())
def test_every_question_answers_its_example_and_each_form_is_right(client, name):
    links = [one for one in page(client, "/ask").links if one.startswith(f"/ask/{name}.html")]
    example = page(client, links[-1])
    assert example.says(load_question(name).title)
    for suffix, sent in {
        "csv": "text/csv",
        "json": "application/json",
        "ttl": "text/turtle",
    }.items():
        address = links[-1].replace(".html", f".{suffix}")
        assert client.get(address).mimetype == sent
        assert address in example.links


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, "text/html"),
        ("text/csv", "text/csv"),
        ("application/json", "application/json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("text/turtle", "text/turtle"),
    ],
)
def test_the_form_is_negotiated(client, accept, sent):
    answer = client.get(f"/ask/who-held?{HELD}", headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (200, sent)
    assert "Accept" in answer.headers["Vary"]
    refused = client.get(f"/ask/who-held?{HELD}", headers={"Accept": "image/png"})
    assert refused.status_code == 406


def test_data_are_what_the_library_answers(client, release):
    given = {"place": "aven-bridge", "date": "2026-03-05"}
    answer = ask(release.store, load_question("who-held"), given, release.names)
    for form in ("csv", "json"):
        served = client.get(f"/ask/who-held.{form}?{HELD}").text
        assert served == show(answer, form, release.names)


def test_each_row_links_to_its_things_and_to_the_words_behind_it(client):
    found = page(client, f"/ask/who-held?{HELD}")
    assert "/actor/free-valley-council.html" in found.links
    assert "/degree/Full.html" in found.links
    words = {link for link in found.links if link.endswith("#words")}
    rows = list(csv.reader(io.StringIO(client.get(f"/ask/who-held.csv?{HELD}").text)))
    assert len(words) == len({row[-1] for row in rows[1:]})
    for link in words:
        assert "words" in page(client, link.partition("#")[0]).ids


def test_what_an_empty_origin_means_is_said_in_its_place(client):
    assert page(client, f"/ask/who-held?{HELD}").says("all sources together")


def test_columns_that_are_given_or_empty_are_left_out_of_the_page(client):
    headers = re.findall(r'<th scope="col">([^<]*)', client.get(f"/ask/who-held?{HELD}").text)
    assert "holder" in headers and "since earliest" in headers
    assert not {"place", "date", "horizon"} & set(headers)


def test_an_empty_answer_says_what_that_means(client):
    found = page(client, "/ask/who-held?place=holm&date=1999-01-01")
    assert found.says(load_question("who-held").empty)
    assert client.get("/ask/who-held.csv?place=holm&date=1999-01-01").status_code == 200


def test_without_parameters_there_is_a_form_and_an_example(client):
    found = page(client, "/ask/who-held")
    assert {"place", "date", "horizon", "origin", "place-known"} <= found.ids
    assert f"/ask/who-held.html?{HELD}" in found.links
    assert found.loads.count("/ask/who-held.html") == 1
    assert "table" in page(client, "/ask/disagreements").tags


def test_the_form_suggests_what_the_release_knows(client):
    text = client.get("/ask/who-held").text
    assert '<option value="aven-bridge">Aven bridge</option>' in text
    kinds = client.get("/ask/disagreements?kind=time").text
    assert '<option value="time" selected>Time</option>' in kinds


def test_empty_fields_count_as_not_given(client):
    filled = client.get(f"/ask/who-held.csv?{HELD}&origin=&horizon=").data
    assert filled == client.get(f"/ask/who-held.csv?{HELD}").data


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("place=aven-bridge", "needs date=… (date): the day"),
        ("date=2026-03-05", "needs place=… (place): the place"),
        ("place=aven-bridge&date=yesterday", "a day like"),
        ("place=aven-bridge&date=2026-03-05&horizon=many", "a whole number"),
        ("place=Aven Bridge&date=2026-03-05", "the id or IRI of a place"),
        ("place=aven-brige&date=2026-03-05", "aven-bridge"),
        (f"{HELD}&origin=nobody", "is not known to this release"),
        (f"{HELD}&plaze=x", "no parameter 'plaze'"),
        (f"{HELD}&place=holm", "2 times"),
        ("place=https://example.org/x%3E&date=2026-03-05", "IRI of a place"),
    ],
)
def test_wrong_parameters_are_said_to_be_wrong(client, query, said):
    for suffix in ("csv", "json", "ttl"):
        answer = client.get(f"/ask/who-held.{suffix}?{query}")
        assert answer.status_code == 400 and said in answer.json["detail"]
    found = page(client, f"/ask/who-held?{query}", 400)
    assert found.says(said) and "form" in found.tags


def test_an_unknown_question_names_the_nearest(client):
    answer = client.get("/ask/who-hold")
    assert answer.status_code == 404 and "who-held" in answer.json["detail"]


def test_many_rows_are_paged_and_the_files_have_all(client, monkeypatch):
    monkeypatch.setattr("server.questions.ask.LONGEST", 2)
    found = page(client, f"/ask/who-held?{HELD}")
    assert found.says("Rows 1 to 2 of") and found.says("the files below have all")
    (next_,) = [link for link in found.links if "page=2" in link]
    second = page(client, next_)
    assert second.says("Rows 3 to") and f"/ask/who-held.csv?{HELD}" in second.links
    assert client.get(f"/ask/who-held?{HELD}&page=99").status_code == 404
    assert client.get(f"/ask/who-held.csv?{HELD}&page=2").status_code == 400


def test_an_answer_has_an_address_to_link_to_and_names_its_release(client, release):
    found = page(client, "/ask/who-held?date=2026-03-05&place=aven-bridge&origin=")
    assert "http://localhost/ask/who-held.html?date=2026-03-05&place=aven-bridge" in found.links
    assert found.says(release.digest[7:23])


def test_what_is_read_first_comes_first_and_rows_lead_to_their_words(client):
    text = client.get(f"/ask/who-held.html?{HELD}").text
    columns = re.findall(r'<th scope="col">([^<]*)</th>', text)
    assert columns[:3] == ["origin", "holder", "state"] and columns[-1] == "evidence"
    assert columns.index("degree") < columns.index("since earliest")
    assert text.count("#words") == text.count("<tr>") - 1
