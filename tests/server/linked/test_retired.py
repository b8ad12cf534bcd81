"""What is no longer there says where it went, or why; and the log of withdrawals is public."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.lift.retired import lift_retired
from kg.lift.terms import Quads, term
from kg.names import Names
from kg.release.read import open_release
from kg.retired import Retired
from kg.withdraw.withdraw import Asked, withdraw
from server import create_app
from server.site import follow

NAMES = Names("https://example.org/valley/")
DAY = dt.date(2026, 11, 21)
HOSTILE = "<script>alert(1)</script> \u202e asked"
HTML = {"Accept": "text/html"}
ENTRIES = [
    Retired("event/old", "merged", DAY, "one event", ("event/aven-bridge-takeover",)),
    Retired("place/banks", "split", DAY, "two banks", ("place/aven-bridge", "place/holm")),
    Retired("claim/aven.gone", "withdrawn", DAY, HOSTILE),
    Retired("article/lost", "withdrawn", DAY, "its author asked"),
]


@pytest.fixture(scope="module")
def site(altered_once):
    return create_app(altered_once(*lift_retired(ENTRIES, NAMES))).test_client()


@pytest.fixture(scope="module")
def masked(releases, tmp_path_factory):
    """A client of releases from which a claim was withdrawn, and the folder."""
    root = tmp_path_factory.mktemp("masked")
    folder = Path(shutil.copytree(releases, root / "releases", symlinks=True))
    withdraw(folder, Asked(f"{NAMES.base}claim/aven.bridge-taken", HOSTILE, DAY))
    return create_app(follow(folder)).test_client(), folder


@pytest.mark.parametrize("suffix", ["", ".html", ".ttl", ".jsonld"])
def test_what_was_merged_leads_to_what_it_became(site, suffix):
    answer = site.get(f"/event/old{suffix}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/event/aven-bridge-takeover{suffix}"
    assert site.get(answer.headers["Location"]).status_code in (200, 303)


def test_below_another_root_it_leads_there(site):
    answer = site.get("/event/old", environ_overrides={"SCRIPT_NAME": "/valley"})
    assert answer.headers["Location"] == "/valley/event/aven-bridge-takeover"


def test_what_was_split_lists_its_parts(site):
    page = site.get("/place/banks", headers=HTML)
    assert page.status_code == 410 and "two banks" in page.text
    assert 'href="/place/aven-bridge"' in page.text and 'href="/place/holm"' in page.text
    told = site.get("/place/banks.ttl")
    assert told.status_code == 410 and told.mimetype == "application/problem+json"
    assert told.json["into"] == [f"{NAMES.base}place/aven-bridge", f"{NAMES.base}place/holm"]


@pytest.mark.parametrize("path", ["/claim/aven.gone", "/claim/aven.gone.html"])
def test_what_was_withdrawn_says_why(site, path):
    page = site.get(path, headers=HTML)
    assert page.status_code == 410 and page.mimetype == "text/html"
    assert "<script>" not in page.text and "&lt;script&gt;alert(1)" in page.text
    assert "2026-11-21" in page.text and "Accept" in page.headers["Vary"]
    told = site.get("/claim/aven.gone", headers={"Accept": "application/json"})
    assert told.status_code == 410 and HOSTILE in told.json["detail"]


def test_what_a_withdrawn_article_said_answers_as_it_does(site):
    assert site.get("/claim/lost.anything").status_code == 410
    assert "its author asked" in site.get("/article/lost", headers=HTML).text
    assert site.get("/claim/losts.anything").status_code == 404


def test_what_is_there_is_served(site):
    assert site.get("/claim/aven.bridge-taken").status_code == 303
    assert site.get("/claim/aven.nothing").status_code == 404


def test_a_masked_release_says_so_and_why(masked):
    client, folder = masked
    page = client.get("/claim/aven.bridge-taken", headers=HTML)
    assert page.status_code == 410 and "&lt;script&gt;" in page.text
    log = client.get("/withdrawals")
    assert log.status_code == 200 and "<script>" not in log.text
    assert f"{NAMES.base}claim/aven.bridge-taken" in log.text
    assert open_release(folder).digest in log.text
    told = client.get("/withdrawals.json")
    assert told.json == json.loads((folder / "withdrawals.json").read_bytes())
    assert told.json[0]["withdrawn"] == f"{NAMES.base}claim/aven.bridge-taken"


def test_the_notice_stands_with_the_log(masked, client):
    served, _ = masked
    assert 'aria-label="Notice"' in served.get("/withdrawals").text
    assert 'aria-label="Notice"' not in client.get("/withdrawals").text
    assert "Nothing has been withdrawn" in client.get("/withdrawals").text
    assert client.get("/withdrawals.json").json == []


def test_a_server_follows_a_withdrawal_at_once(releases, tmp_path):
    folder = Path(shutil.copytree(releases, tmp_path / "releases", symlinks=True))
    client = create_app(follow(folder)).test_client()
    assert client.get("/claim/aven.bridge-taken").status_code == 303
    withdraw(folder, Asked(f"{NAMES.base}claim/aven.bridge-taken", "asked", DAY))
    assert client.get("/claim/aven.bridge-taken", headers=HTML).status_code == 410


def test_the_address_of_the_release_replaced_leads_to_the_new_one(release, masked):
    client, folder = masked
    answer = client.get(f"/release/{release.digest.replace(':', '-')}.html")
    assert answer.status_code == 301
    new = open_release(folder).digest.replace(":", "-")
    assert answer.headers["Location"] == f"/release/{new}.html"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_a_retracted_claim_is_shown_as_corrected(altered):
    claim, graph = (
        NamedNode(f"{NAMES.base}claim/aven.sorry"),
        NamedNode(NAMES.graph("article/aven")),
    )
    quads = Quads(graph)
    quads.add(claim, "rdf:type", term("wh:Claim"))
    quads.add(claim, "wh:inArticle", NamedNode(f"{NAMES.base}article/aven"))
    quads.add(claim, "wh:voice", NamedNode(f"{NAMES.base}voice/aven.varro"))
    quads.add(claim, "wh:corrects", NamedNode(f"{NAMES.base}claim/aven.bridge-taken"))
    client = create_app(altered(*quads.found)).test_client()
    assert "Retraction" in client.get("/claim/aven.sorry.html").text
    assert "claim/aven.sorry.html" in client.get("/claim/aven.bridge-taken.html").text
