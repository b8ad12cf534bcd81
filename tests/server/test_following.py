"""A release published while another is served: nobody waits for it, and no request is lost."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from time import monotonic, sleep

import pytest
from flask import Flask

from kg.release.build import build
from kg.withdraw.withdraw import Asked, withdraw
from kg.workspace import Workspace
from server import create_app, warm
from server.site import KEY, follow, once


@pytest.fixture
def folder(releases, tmp_path):
    return shutil.copytree(releases, tmp_path / "releases", symlinks=True)


def retitled(valley, folder):
    settings = replace(valley.settings, title="Another title")
    return build(Workspace(valley.root, valley.home, settings), folder, jobs=1)


def until(true):
    limit = monotonic() + 30
    while not true() and monotonic() < limit:
        sleep(0.02)
    assert true()


def test_the_old_release_is_served_until_the_new_one_is_ready(folder, valley):
    follows, ready, asked = follow(folder), Event(), []
    old = follows()
    follows.prepare = lambda release: (asked.append(release), ready.wait(30))
    made = retitled(valley, folder)
    assert follows() is old and follows() is old
    until(lambda: asked)
    assert follows() is old and [one.folder for one in asked] == [made]
    ready.set()
    until(lambda: follows() is asked[0])
    assert len(asked) == 1


def test_requests_go_on_while_a_release_is_published_and_find_it_warm(folder, valley):
    app = create_app(follow(folder), valley.content)
    warm.start(app).join(60)
    client, site = app.test_client(), app.extensions[KEY]
    before = site.release_of().folder.name
    with ThreadPoolExecutor(2) as pool:
        building = pool.submit(retitled, valley, folder)
        answers = []
        while not answers or "Another title" not in answers[-1].text:
            answers.append(client.get("/"))
            assert answers[-1].status_code == 200 and len(answers) < 5_000
            sleep(0.005)  # whoever builds needs the interpreter, too
    after = building.result().name
    assert before != after == site.release_of().folder.name
    kept = {name for folder, name in site.kept if folder == after}
    assert {"map", "search", "examples", "home"} <= kept


def test_what_was_withdrawn_is_not_served_while_its_successor_gets_ready(folder):
    follows = follow(folder)
    old = follows()
    follows.prepare = lambda _: pytest.fail("a masked release was served meanwhile")
    withdraw(folder, Asked(old.names.iri("claim", "aven.bridge-taken"), "an error"))
    assert follows().summary["successor_of"] == old.digest


def test_a_release_that_cannot_be_opened_leaves_the_last_one(folder, valley, caplog):
    follows = follow(folder)
    follows.prepare = lambda _: None
    old = follows()
    shutil.rmtree(retitled(valley, folder) / "store")
    follows()
    until(lambda: caplog.records)
    assert follows() is old and "is not served" in caplog.text


def test_what_several_ask_for_at_once_is_worked_out_once(release):
    app: Flask = create_app(release)
    made = []

    def make(_):
        made.append(1)
        sleep(0.2)
        return "made"

    def ask(_):
        with app.test_request_context():
            return once("slow", make)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == ["made"] * 4
    assert made == [1]
