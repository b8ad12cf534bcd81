"""Two releases of one digest that say other things of themselves are two to the server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.release.build import build
from kg.workspace import Workspace
from server import create_app
from server.site import follow


@pytest.fixture
def folder(tmp_path, valley):
    build(valley, tmp_path, jobs=1)
    return tmp_path


def test_a_new_title_is_served_though_the_digest_is_the_same(folder, valley):
    client = create_app(follow(folder)).test_client()
    home, void = client.get("/"), client.get("/.well-known/void").headers["Location"]
    address = void.replace(".html", ".ttl")
    before = client.get(address)
    files = client.get("/dumps/", headers={"Accept": "application/json"}).json["files"]
    settings = replace(valley.settings, title="Another title")
    second = build(Workspace(valley.root, valley.home, settings), folder, jobs=1)
    assert second.name.endswith(".2")
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and "Another title" in after.text
    assert "Another title" in client.get("/").text and "Another title" not in home.text
    assert client.get("/dumps/", headers={"Accept": "application/json"}).json["files"] != files
