"""Every kind of page in a browser: asks nobody else, complains of nothing, is accessible."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.sound import PHONE, is_sound

PAGES = {
    "home": "/",
    "map": "/map?day=2015-05-22",
    "ask": "/ask",
    "answer": "/ask/who-held?place=palmyra&date=2015-05-22",
    "wrong question": "/ask/who-held?place=palmyra&date=yesterday",
    "disagreements": "/disagreements",
    "kind of disagreement": "/disagreements?kind=unit",
    "links": "/links",
    "links of a source": "/links?source=wikidata",
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
    "about": "/about",
    "labels": "/labels-policy",
    "corrections": "/corrections",
    "limits": "/limits",
    "withdrawals": "/withdrawals",
    "query": "/sparql",
    "not found": "/nothing/at-all",
}
STATUS = {"wrong question": 400, "not found": 404}
DRAWN = ".leaf .map-mark text"


@pytest.mark.slow
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_sound(visit, origin, kind):
    status = STATUS.get(kind, 200)
    assert visit.open(origin + PAGES[kind]) == status
    is_sound(visit, origin, status=status)


@pytest.mark.slow
def test_the_page_of_the_release_is_sound(visit, origin):
    visit.open(f"{origin}/about")
    visit.page.click("footer a[href*='/release/sha256-']")
    is_sound(visit, origin)


@pytest.mark.slow
def test_what_was_withdrawn_is_sound_too(visit, withdrawn):
    assert visit.open(withdrawn) == 410
    is_sound(visit, withdrawn.partition("/claim/")[0], status=410)


@pytest.mark.slow
def test_the_map_moves_and_the_slider_takes_another_day(visit, origin):
    visit.open(f"{origin}/map?day=2015-05-22")
    visit.page.wait_for_selector(DRAWN)
    assert visit.page.locator("svg.map.wide").is_hidden()
    slider = visit.page.get_by_label("Day", exact=True).and_(visit.page.locator("[type=range]"))
    slider.focus()
    slider.press("ArrowLeft")
    visit.page.wait_for_url("**/map?day=2015-05-21*")
    expect(visit.page.locator("h1")).to_contain_text("2015-05-21")
    visit.page.wait_for_selector(DRAWN)
    is_sound(visit, origin)


@pytest.mark.slow
@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_script_the_map_is_a_picture_and_a_form(visit, origin):
    assert visit.open(f"{origin}/map?day=2015-05-22") == 200
    assert visit.page.locator("svg.map.wide").is_visible()
    assert visit.page.locator(".leaf, [type=range]").count() == 0
    visit.page.fill("#map-day", "2015-05-21")
    visit.page.click("form.map-form button")
    assert "2015-05-21" in visit.page.inner_text("h1")
    assert [url for url in visit.requests if not url.startswith(f"{origin}/")] == []
    assert visit.said == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["home", "actor", "map", "answer"])
def test_on_a_phone_no_cell_of_a_table_lies_over_the_next(visit, origin, kind):
    visit.page.set_viewport_size(PHONE)
    visit.open(origin + PAGES[kind])
    over = visit.page.evaluate(
        "[...document.querySelectorAll('table.answers td')].filter(cell => "
        "[...cell.children].some(word => word.getBoundingClientRect().right > "
        "cell.getBoundingClientRect().right + 1)).map(cell => cell.innerText)"
    )
    assert over == []
