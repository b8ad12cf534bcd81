"""What every page is in a browser."""

from __future__ import annotations

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}


def is_sound(visit, origin, *, status=200):
    """Asks nobody else, complains of nothing, sets no cookie; is accessible and fits the screen,

    a laptop's in light colours as a phone's in dark ones.
    """
    for size, scheme in ((LAPTOP, "light"), (PHONE, "dark")):
        visit.page.set_viewport_size(size)
        visit.page.emulate_media(color_scheme=scheme)
        assert visit.violations() == [], f"on a screen of {size['width']}, {scheme}"
        wide = visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"the page scrolls sideways on a screen of {size['width']}"
    assert [url for url in visit.requests if not url.startswith(f"{origin}/")] == []
    assert [said for said in visit.said if status == 200] == []
    assert visit.page.context.cookies() == []
