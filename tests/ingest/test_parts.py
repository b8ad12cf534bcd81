"""Which lines of a page are the story, and which stand around it."""

from __future__ import annotations

import datetime as dt
import textwrap

import pytest

from kg.ingest.anchors import part_of
from kg.ingest.furniture import furniture, is_caption
from kg.ingest.parts import mark
from kg.ingest.plain import read_plain
from kg.mapping.anchor import find
from kg.workspace import SHIPPED, open_workspace

PAGE = """\
You have reached your limit of free articles.

River guard abandons Orrin mill
River guard abandons Orrin mill
Scouts found the buildings empty on Monday and nobody to ask about it.
3 min read
The mill at Orrin in April [Tarn Press/Archive]
By Mara Holt

ORRIN, 4 May 1911 — The river guard has left the mill after eleven days, the herald said.

What the scouts saw

The kitchens were cold and the keys hung beside the door, said Marten Oster of the league.
Sign up to our newsletter
Carts stood on the road as far as the chapel, and the first families went home in the evening.
Share this

Leave a comment
Old Miller wrote that the guard would come back with the first snow, as it always had done.
"""


def parts(text: str) -> list[tuple[str, str]]:
    return [(p.kind, text[p.start : p.end].split("\n", maxsplit=1)[0][:20]) for p in mark(text)]


def test_a_story_is_told_from_what_stands_around_it():
    assert parts(PAGE) == [
        ("headline", "River guard abandons"),
        ("standfirst", "Scouts found the bui"),
        ("caption", "The mill at Orrin in"),
        ("body", "ORRIN, 4 May 1911 — "),
        ("body", "Carts stood on the r"),
    ]
    body = [PAGE[p.start : p.end] for p in mark(PAGE) if p.kind == "body"]
    assert "What the scouts saw" in body[0] and body[1].endswith("in the evening.")


def test_each_part_is_found_again_by_a_few_words():
    for stretch in mark(PAGE):
        anchor = part_of(PAGE, stretch).anchor
        assert find(anchor, PAGE, [(0, len(PAGE))]) == ((stretch.start, stretch.end),)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("4 min read", "reading-time"),
        ("You’ve reached your limit of free articles.", "pay-wall"),
        ("PUBLISHED: 3 March 1911", "dates"),
        ("3 March 1911", "dates"),
        ("اقرأ أيضا", "related"),
        ("© The Courier", "rights"),
        ("The share of the mill that was promised is gone, the miller said.", None),
        ("Comments by the reeve were read aloud in the chapel on Sunday.", None),
        ("3 March 1911 was the day on which the mill burned.", None),
    ],
)
def test_furniture_is_known_by_its_wording(line, kind):
    found = furniture(line)
    assert (found and found.name) == kind


def test_a_caption_is_known_by_its_credit():
    assert is_caption("Riders at the sluice (AFP)") and is_caption("File photo: the mill")
    assert not is_caption("The riders (forty men) crossed at dawn.")


def test_text_without_a_title_or_a_story_has_no_such_part():
    assert mark("Menu\nShare") == []
    assert [p.kind for p in mark("The guard has left the mill at dawn, the old herald said.")] == [
        "body"
    ]


def test_the_five_articles_have_the_parts_that_people_gave_them(shared):
    """One caption differs: a person left the credit in brackets out."""
    right = total = 0
    workspace = open_workspace(SHIPPED)
    for slug in workspace.slugs:
        text = (shared / "articles" / f"{slug}.txt").read_bytes().decode("utf-8")
        wanted = {(p.kind, *p.anchor.at[0]) for p in workspace.mapping(slug).parts}
        found = {(p.kind, p.start, p.end) for p in mark(text)}
        right, total = right + len(wanted & found), total + len(wanted | found)
    assert (right, total) == (15, 17)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Riders take Tarn ford\nBy Mara Holt in Tarn\n\n", None),
        ("Riders take Tarn ford\nTarn, 4 May 1911\n\n", dt.date(1911, 5, 4)),
        ("Riders take Tarn ford\nتارن – ٤ أيار ١٩١١\n\n", dt.date(1911, 5, 4)),
    ],
)
def test_neither_by_line_nor_dateline_is_taken_for_the_title(head, day):
    story = "The riders of the hill league took the ford at dawn, the herald said on Monday.\n"
    received = read_plain(head + story, "tarn.txt")
    assert received.title.value == "Riders take Tarn ford"
    assert (received.published.on if received.published else None) == day
    assert [a.value for a in received.authors] == (["Mara Holt in Tarn"] if day is None else [])


def test_the_parts_of_a_wrapped_text_are_those_of_the_text_before_it_was_wrapped():
    page = PAGE[PAGE.index("River guard") : PAGE.index("Sign up")].replace("\n", "\n\n")
    wrapped = "\n".join(textwrap.fill(line, 50) for line in page.split("\n"))
    assert parts(wrapped) == parts(page) and wrapped != page
    for stretch in mark(wrapped):
        anchored = part_of(wrapped, stretch).anchor
        assert find(anchored, wrapped, [(0, len(wrapped))]) == anchored.at
