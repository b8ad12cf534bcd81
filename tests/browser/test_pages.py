"""Every kind of page in a browser: asks nobody else, complains of nothing, is accessible."""

from __future__ import annotations

import pytest

PAGES = [
    "/",
    "/ask",
    "/ask/who-held?place=palmyra&date=2015-05-22",
    "/ask/who-held?place=palmyra&date=yesterday",
    "/ask/disagreements",
    "/sparql",
    "/article",
    "/article/grip-on-border.html",
    "/place/palmyra.html",
    "/actor/islamic-state.html",
    "/actor/syrian-observatory-for-human-rights.html",
    "/event/palmyra-takeover.html",
    "/claim/asianews-entire-border.area.html",
    "/ns",
    "/nothing/at-all",
]
WRONG = {"/ask/who-held?place=palmyra&date=yesterday": 400, "/nothing/at-all": 404}
DARK = {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}
LIGHT = {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}}


@pytest.mark.slow
@pytest.mark.parametrize("visit", [LIGHT, DARK], indirect=True, ids=["laptop", "phone-dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_at_home_says_nothing_and_is_accessible(visit, origin, path):
    assert visit.open(origin + path) == WRONG.get(path, 200)
    assert [url for url in visit.requests if not url.startswith(f"{origin}/")] == []
    assert [said for said in visit.said if path not in WRONG] == []
    assert visit.violations() == []
    assert visit.page.context.cookies() == []
    wide = visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, "the page scrolls sideways"
