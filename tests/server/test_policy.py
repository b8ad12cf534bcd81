"""How the publication behaves: about, labels, corrections, limits."""

from __future__ import annotations

import pytest

from markup import Page
from server import create_app
from server.policy import PAGES

ADDRESSES = [f"/{name}" for name in PAGES]


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_leads_to_the_others(client, address):
    found = Page(client.get(address).text)
    assert set(ADDRESSES) <= set(found.links) and found.tags.count("h1") == 1


def test_it_is_evidence_and_no_estimate(client):
    limits = Page(client.get("/limits").text)
    assert limits.says("not an estimate of who was in control")
    assert limits.says("3 articles")


def test_the_sampling_statement_is_linked_where_there_is_one(client, release, altered):
    links = Page(client.get("/limits").text).links
    assert f"/dumps/{release.folder.name}/sampling.md" in links
    without = Page(create_app(altered()).test_client().get("/limits").text)
    assert without.says("has no sampling statement")


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("https://example.org/write", "https://example.org/write"),
        ("desk@example.org", "mailto:desk@example.org"),
        ("javascript:alert(1)", None),
        ("ask at the desk", None),
    ],
)
def test_corrections_are_asked_of_the_contact(altered, contact, link):
    found = Page(create_app(altered(contact=contact)).test_client().get("/corrections").text)
    assert found.says(contact) and not found.says("has named no address")
    assert (link in found.links) == (link is not None)
    assert not [one for one in found.links if one.startswith("javascript")]


def test_a_workspace_without_a_contact_says_so(client):
    assert Page(client.get("/corrections").text).says("has named no address")


def test_withdrawal_and_neutral_naming_are_explained(client):
    assert Page(client.get("/corrections").text).says("is withdrawn")
    assert Page(client.get("/labels-policy").text).says("Quoted words stay as they were quoted")
