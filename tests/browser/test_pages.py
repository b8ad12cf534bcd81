"""Every kind of page in a browser: asks nobody else, complains of nothing, is accessible."""

from __future__ import annotations

import pytest

PAGES = {
    "home": "/",
    "map": "/map?day=2015-05-22",
    "ask": "/ask",
    "answer": "/ask/who-held?place=palmyra&date=2015-05-22",
    "wrong question": "/ask/who-held?place=palmyra&date=yesterday",
    "disagreements": "/disagreements",
    "kind of disagreement": "/disagreements?kind=unit",
    "disagreement": "/disagreement/unit--asianews-entire-border_area"
    "--asianews-entire-border_land-area.html",
    "place": "/place/palmyra.html",
    "actor": "/actor/islamic-state.html",
    "origin": "/actor/syrian-observatory-for-human-rights.html",
    "event": "/event/palmyra-takeover.html",
    "claim": "/claim/asianews-entire-border.area.html",
    "period": "/period/al-tanf-crossing--islamic-state--actor_asianews--open.html",
    "question": "/question/territory-area--controller-actor.islamic-state.html",
    "voice": "/voice/asianews-entire-border.sohr-area.html",
    "span": "/span/asianews-entire-border.1334-1368.html",
    "mention": "/mention/asianews-entire-border.observatory.html",
    "rule": "/rule/events.1.html",
    "articles": "/article",
    "article": "/article/grip-on-border.html",
    "concept": "/event-type/Capture",
    "scheme": "/event-type",
    "vocabulary": "/ns",
    "shapes": "/shapes",
    "search": "/search?q=palmyra",
    "quotations found": "/search?q=border",
    "nothing found": "/search?q=zzqx",
    "dumps": "/dumps/",
    "release": "/void",
    "about": "/about",
    "labels": "/labels-policy",
    "corrections": "/corrections",
    "limits": "/limits",
    "withdrawals": "/withdrawals",
    "query": "/sparql",
    "not found": "/nothing/at-all",
}
STATUS = {"wrong question": 400, "not found": 404}
PHONE = {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}
LAPTOP = {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}}
BOTH = pytest.mark.parametrize("visit", [LAPTOP, PHONE], indirect=True, ids=["laptop", "phone"])


def is_sound(visit, origin, *, status=200):
    """Asks nobody else, complains of nothing, is accessible, sets no cookie, fits the screen."""
    assert [url for url in visit.requests if not url.startswith(f"{origin}/")] == []
    assert [said for said in visit.said if status == 200] == []
    assert visit.violations() == []
    assert visit.page.context.cookies() == []
    wide = visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, "the page scrolls sideways"


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_sound(visit, origin, kind):
    status = STATUS.get(kind, 200)
    assert visit.open(origin + PAGES[kind]) == status
    is_sound(visit, origin, status=status)
