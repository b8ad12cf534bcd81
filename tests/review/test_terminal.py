"""The review in a terminal, from the first line to the released mapping."""

import io

from kg.cli import main
from kg.review.terminal import HELP, converse
from kg.workspace import open_workspace

SLUG = "tarn-ford"
LINES = """
g place/monks
r monks are no place
g claim/paved
r
g claim/advance-on-holm
t advance
unset gained-by
unset place
set agent council-riders
set destination ["holm"]
a
x Riders take Tarn ford | repeats the body
x The ford was paved | background
+ claim loss-denied denied that the ford was lost
set voice ines-varro
set denies ford-taken
a
"""


def talk(desk, lines: str) -> str:
    out = io.StringIO()
    converse(desk, lines.splitlines(), out)
    return out.getvalue()


def test_a_whole_review_ends_in_a_mapping_that_conforms(desk, valley, capsys):
    talk(desk, LINES)
    left = sum(item.judgement is None for item in desk.items.values())
    said = talk(desk, "a\n" * left + "f\n")
    assert "the review is finished and kept" in said
    assert open_workspace(valley.root).mapping(SLUG).status == "reviewed"
    assert main(["validate", SLUG, "-w", str(valley.root)]) == 0
    assert "5 claims" in capsys.readouterr().out


def test_it_shows_words_fields_and_why(desk):
    said = talk(desk, "g place/tarn-ford\ng claim/ford-taken\n")
    assert "why: the word 'ford' stands beside the name" in said
    assert "why: 'seize' with a place as its object" in said
    assert "claim/ford-taken · open · control.capture-verb 0.8" in said
    assert "»Council riders seized the Tarn ford« on Wednesday" in said
    assert 'gained-by   = ["council-riders"]' in said


def test_a_refused_entry_says_why_and_goes_nowhere(desk):
    said = talk(desk, "g claim/ford-taken\nset place tarn-frod\na\n")
    assert "! claim 'ford-taken' has place 'tarn-frod', which nothing bears" in said
    assert desk.item("claim/ford-taken").judgement is None


def test_search_undo_order_and_open_sentences(desk):
    said = talk(desk, "/ varro\norder score\nr\nz\no\nw nowhere\ng nothing\nset colour red\nwhat\n")
    assert "ines-varro  Ines Varro (military-officer)" in said
    assert "undone: voice/ines-varro" in said
    assert "Riders take Tarn ford" in said
    assert "'nowhere' stands 0 times" in said
    assert "nothing is called 'nothing'" in said
    assert "has no field 'colour'" in said
    assert f"'what' is no command. These are:\n{HELP}" in said


def test_a_name_is_changed_in_every_entry_by_one_line(desk):
    said = talk(desk, "g place/tarn-ford\nname Tarn Crossing\nz\nname holm\n")
    assert "renamed, also in: mention/ford, claim/ford-taken, claim/bank-held" in said
    assert "undone: place/tarn-ford" in said
    assert desk.item("claim/ford-taken").table["place"] == ["holm"]
    said = talk(desk, "+ place north-bank north bank\n")
    assert (
        'en = "north bank"' in said
        and "north-bank" in desk.item("mention/north-bank").table.values()
    )


def test_words_that_stand_twice_are_chosen_by_number(desk):
    talk(desk, "g mention/ford\nw #2 Tarn ford\n")
    assert desk.item("mention/ford").table["nth"] == 2


def test_leaving_keeps_everything(desk):
    talk(desk, "r\nq\na\n")
    assert desk.item("article").judgement == "negative"
