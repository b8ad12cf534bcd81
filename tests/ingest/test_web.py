"""Visiting: robots.txt, pauses, redirects, private machines, and what comes back."""

from __future__ import annotations

import gzip
import time

import pytest

from kg.errors import IngestError

pytest.importorskip("trafilatura")

from kg.ingest import web as visiting
from kg.ingest.robots import rules_of
from kg.ingest.web import Web


def visitor(site, delay=0.0) -> Web:
    return Web((site.url,), delay)


def test_a_page_is_got_with_its_charset(site):
    site.page("/a", "<p>é".encode("latin-1"), "text/html; charset=iso-8859-1")
    answer = visitor(site).get(f"{site.url}/a")
    assert (answer.media, answer.charset, answer.content) == (
        "text/html",
        "iso-8859-1",
        b"<p>\xe9",
    )
    assert site.asked == ["/robots.txt", "/a"]


def test_robots_are_obeyed_and_asked_once(site):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/*.html$\n", "text/plain")
    site.page("/open", "x")
    web = visitor(site)
    with pytest.raises(IngestError, match=r"robots\.txt"):
        web.get(f"{site.url}/private/a.html")
    web.get(f"{site.url}/open")
    assert site.asked == ["/robots.txt", "/open"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_a_site_without_robots_is_open_and_one_that_fails_is_left_alone(status, allowed):
    assert rules_of(status, b"").allows("http://127.0.0.1/a") is allowed


def test_there_is_a_pause_between_two_requests(site):
    site.page("/a", "x")
    web = visitor(site, delay=0.15)
    begun = time.monotonic()
    web.get(f"{site.url}/a")
    web.get(f"{site.url}/a")
    assert time.monotonic() - begun >= 0.3


def test_robots_may_ask_for_a_longer_pause():
    assert rules_of(200, b"User-agent: *\nCrawl-delay: 7").delay == 7


def test_a_redirect_is_followed_and_its_own_rules_are_read(site):
    site.page("/robots.txt", "User-agent: *\nDisallow: /closed", "text/plain")
    site.page("/a", "", status=301, Location="/b")
    site.page("/b", "there")
    site.page("/c", "", status=302, Location="/closed")
    web = visitor(site)
    assert web.get(f"{site.url}/a").url == f"{site.url}/b"
    with pytest.raises(IngestError, match="robots"):
        web.get(f"{site.url}/c")


def test_a_redirect_does_not_lead_to_another_private_machine(site):
    site.page("/a", "", status=302, Location="http://127.0.0.1:1/secret")
    site.page("/f", "", status=302, Location="file:///etc/hosts")
    for path, why in (("/a", "private address"), ("/f", "no http address")):
        with pytest.raises(IngestError, match=why):
            visitor(site).get(site.url + path)


def test_a_private_machine_is_asked_only_where_it_was_named(site):
    with pytest.raises(IngestError, match="private address"):
        Web(("http://example.org",)).get(site.url)
    assert site.asked == []


def test_redirects_in_a_circle_end(site):
    site.page("/a", "", status=302, Location="/a")
    with pytest.raises(IngestError, match="more than 5 times"):
        visitor(site).get(f"{site.url}/a")


def test_what_is_packed_is_unpacked_and_what_is_too_long_is_refused(site, monkeypatch):
    monkeypatch.setattr(visiting, "BYTES", 1000)
    site.page("/a", gzip.compress(b"x" * 900), Content_Encoding="gzip")
    site.page("/b", gzip.compress(b"x" * 100_000), Content_Encoding="gzip")
    site.page("/c", b"x" * 2000)
    web = visitor(site)
    assert web.get(f"{site.url}/a").content == b"x" * 900
    for path in ("/b", "/c"):
        with pytest.raises(IngestError, match="more than 1,000 bytes"):
            web.get(site.url + path)


def test_an_answer_that_breaks_off_or_never_comes_is_said(site, monkeypatch):
    site.page("/a", b"x", Content_Length="50")
    monkeypatch.setattr(visiting, "SECONDS", 0.5)
    with pytest.raises(IngestError, match=r"broke its answer off|did not answer"):
        visitor(site).get(f"{site.url}/a")
    with pytest.raises(IngestError, match="answers 404"):
        visitor(site).get(f"{site.url}/none")
