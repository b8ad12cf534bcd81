"""The periods of the shipped corpus, each argued from the articles' words.

A person can read each test against the articles: what is said, by whom, and what follows.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.question import ask, load_question
from kg.question.show import short
from kg.release.read import Release, open_release

ALL = ""


@pytest.fixture(scope="module")
def release(shipped_releases: Path) -> Release:
    return open_release(shipped_releases)


def held(release: Release, place: str, day: str, origin: str = ALL) -> dict[str, set[str]]:
    """Who held a place on a day, by one origin's account or all sources': holder to states."""
    answer = ask(
        release.store, load_question("who-held"), {"place": place, "date": day}, release.names
    )
    column = {name: i for i, name in enumerate(answer.columns)}
    found: dict[str, set[str]] = {}
    for row in answer.rows:
        if short(row[column["origin"]], release.names) == origin:
            holder = short(row[column["holder"]], release.names)
            found.setdefault(holder, set()).add(short(row[column["state"]], release.names))
    return found


def degrees(release: Release, place: str, day: str) -> set[str]:
    """To which degrees a place was held on a day, taking all sources together."""
    asked = {"place": place, "date": day}
    answer = ask(release.store, load_question("who-held"), asked, release.names)
    column = {name: i for i, name in enumerate(answer.columns)}
    together = [row for row in answer.rows if row[column["origin"]] is None]
    return {short(row[column["degree"]], release.names) for row in together} - {""}


def test_al_tanf(release):
    """Captured "late on Thursday" (21 May 2015), says one outlet; the last crossing that the
    Damascus government "still held". Others tell it without a day: by publication it had
    happened.
    """
    assert "islamic-state" not in held(release, "al-tanf-crossing", "2015-05-20")
    before = held(release, "al-tanf-crossing", "2015-05-20")
    assert before == {"syrian-government": {"boundary-uncertain"}}, "held until then, since unknown"
    assert held(release, "al-tanf-crossing", "2015-05-22") == {"islamic-state": {"carried"}}
    outlet = "article:grip-on-border"
    assert held(release, "al-tanf-crossing", "2015-05-22", outlet) == {"islamic-state": {"carried"}}
    origin = "syrian-observatory-for-human-rights"
    monitor = held(release, "al-tanf-crossing", "2015-05-22", origin)
    assert set().union(*monitor.values()) == {"boundary-uncertain"}, "the monitor gives no day"


def test_palmyra(release):
    """It fell hours before the Friday; state media have loyalist troops withdraw from it, which
    are the government's. The group proclaims its capture in its own voice.
    """
    day = held(release, "palmyra", "2015-05-22")
    assert day["islamic-state"] == {"attested"}
    assert day["syrian-government"] == {"boundary-uncertain"}, "it ended on the 21st or 22nd"
    own = held(release, "palmyra", "2015-05-22", "islamic-state")
    assert own == {"islamic-state": {"attested"}}, "its own account is kept apart"
    state_media = held(release, "palmyra", "2015-05-22", "syrian-state-media")
    assert set(state_media) == {"syrian-government"}, "state media name nobody who took it"
    assert held(release, "palmyra", "2015-05-23") == {"islamic-state": {"carried"}}


def test_ramadi(release):
    """Captured less than a week before the Friday; “routed” names the loser, undated."""
    assert held(release, "ramadi", "2015-05-22")["islamic-state"] == {"attested"}
    leader = held(release, "ramadi", "2015-05-22", "rafie-al-fahdawi")
    assert leader == {"islamic-state": {"carried"}}
    assert "islamic-state" not in held(release, "ramadi", "2015-05-14"), "not a week before"
    assert held(release, "ramadi", "2015-07-01") == {}, "nothing is carried past the horizon"


def test_husseiba(release):
    """The small town near Ramadi "fell overnight"; police and tribal fighters withdrew, a leader
    says.
    """
    day = held(release, "husseiba", "2015-05-22", "rafie-al-fahdawi")
    assert day["islamic-state"] == {"attested"}
    assert day["iraqi-government"] == {"boundary-uncertain"}, "the police are the government's"
    assert day["anbar-tribal-fighters"] == {"boundary-uncertain"}, "the fighters are nobody's"


@pytest.mark.parametrize("place", ["deir-ez-zor-governorate", "raqqa-governorate"])
def test_a_governorate_dominated(release, place):
    """The broadcaster says that they dominate the two provinces, undated: at publication, 22–24
    May.
    """
    assert held(release, place, "2015-05-25") == {"islamic-state": {"carried"}}
    assert held(release, place, "2015-05-22", "bbc") == {"islamic-state": {"boundary-uncertain"}}


def test_deir_ez_zor_in_2014_and_2015(release):
    """In June 2014 an analyst has the group operate in the province, among rivals: a presence, a
    year before it dominates it. Between the two nothing is known, and the city is not the
    province.
    """
    june = held(release, "deir-ez-zor-governorate", "2014-06-20")
    assert june == {"islamic-state": {"boundary-uncertain"}}
    assert degrees(release, "deir-ez-zor-governorate", "2014-06-20") == {"Presence"}
    assert held(release, "deir-ez-zor-governorate", "2014-12-20") == {}
    assert degrees(release, "deir-ez-zor-governorate", "2015-05-25") == {"Dominant"}
    assert held(release, "deir-ez-zor", "2015-05-22") == {}, "no sentence is about the city"


def test_sinjar(release):
    """Lost "just last month", says an article of December 2015: in November, to nobody named."""
    assert held(release, "sinjar", "2015-11-15") == {"islamic-state": {"boundary-uncertain"}}
    assert held(release, "sinjar", "2015-12-20") == {}, "lost; who holds it now is not said"


def test_baiji_and_its_refinery(release):
    """The city it "is losing", and so still holds, contested; the refinery "fell in October"."""
    city = held(release, "baiji", "2015-12-20")
    assert city == {"islamic-state": {"boundary-uncertain"}}
    assert held(release, "baiji-refinery", "2015-10-15") == {
        "islamic-state": {"boundary-uncertain"}
    }
    assert held(release, "baiji-refinery", "2015-11-15") == {}


def test_raqqa_the_city(release):
    """Taken over "last year" and made the group's seat, says an article of June 2014. No article
    of May 2015 speaks of the city: who dominates the governorate is not who holds it.
    """
    assert held(release, "raqqa", "2013-12-31")["islamic-state"] == {"attested"}
    assert held(release, "raqqa", "2014-06-20") == {"islamic-state": {"boundary-uncertain"}}
    assert held(release, "raqqa", "2015-05-22") == {}


def test_the_hospital_at_jisr_al_shughur(release):
    """Overrun on Friday by the rebels, the monitor says; that forces were trapped in it is no
    hold.
    """
    monitor = "syrian-observatory-for-human-rights"
    expected = {"idlib-rebel-alliance": {"attested"}}
    assert held(release, "jisr-al-shughur-hospital", "2015-05-22") == expected
    assert held(release, "jisr-al-shughur-hospital", "2015-05-22", monitor) == expected
    assert held(release, "jisr-al-shughur-hospital", "2015-05-20") == {}


@pytest.mark.parametrize("day", ["2015-05-20", "2015-05-22", "2015-05-24", "2015-06-10"])
def test_habbaniya(release, day):
    """A condition (“If they take Habbaniya”), and pressing towards it is no hold: nobody is said
    to.
    """
    assert "islamic-state" not in held(release, "habbaniya", day)


def test_the_five_articles_disagree_where_a_reader_would_say_so(release):
    """The share of Syria (one origin, two wordings), the area (a factor of a million), the
    strikes' scope: and nowhere about who took a place.
    """
    answer = ask(release.store, load_question("disagreements"), {}, release.names)
    column = {name: i for i, name in enumerate(answer.columns)}
    kinds = {short(row[column["kind"]], release.names) for row in answer.rows}
    assert {"Quantity", "Relay", "Unit", "Scope"} <= kinds
    assert "Occurrence" not in kinds
