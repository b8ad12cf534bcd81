"""Another name for an entry: everywhere, at once, and taken back at once."""

import pytest

from kg.errors import InputError
from kg.review.adding import add_named
from kg.review.desk import NotAccepted
from kg.review.finish import finish
from kg.review.renaming import rename
from kg.review.session import sit_down
from kg.workspace import open_workspace

SLUG = "tarn-ford"


def tables(desk):
    return {path: item.table for path, item in desk.items.items()}


def test_a_new_name_is_in_every_entry_that_names_it_and_one_undo_takes_it_back(desk, valley):
    before = desk.items
    changed = rename(desk, "place/tarn-ford", "Tarn Bridge")
    places = ["claim/ford-taken", "claim/bank-held"]
    assert changed == ["place/tarn-bridge", "mention/ford", *places]
    table = desk.item("place/tarn-bridge").table
    assert table == {"type": "facility", "label": {"en": "Tarn Bridge"}, "part-of": "tarn"}
    assert desk.why(desk.item("place/tarn-bridge")) == "the word 'ford' stands beside the name"
    assert all(desk.item(one).table["place"] == ["tarn-bridge"] for one in places)
    assert [path.replace("-bridge", "-ford") for path in desk.items] == list(before)
    desk.judge("place/tarn-bridge", "positive")
    after = desk.items
    desk.journal.close()
    again = sit_down(valley, SLUG, "reviewer-1")
    assert again.items == after
    assert [again.undo(), again.undo()] == [["place/tarn-bridge"], ["place/tarn-ford"]]
    assert again.items == before
    again.journal.close()


def test_what_is_one_that_is_known_gives_way_to_it(desk):
    desk.judge("claim/paved", "unsure")
    assert rename(desk, "place/monks", "holm") == ["place/monks", "claim/paved"]
    assert desk.item("claim/paved").table["place"] == ["holm"]
    assert desk.item("claim/paved").judgement == "unsure"
    assert desk.item("place/monks").judgement == "negative"
    assert desk.item("place/monks").because == "it is holm"
    desk.undo()
    assert desk.item("place/monks").judgement is None


def test_another_id_alone_changes_nothing_of_the_entry(desk):
    table = desk.item("place/tarn-ford").table
    rename(desk, "place/tarn-ford", "ford-of-tarn")
    assert desk.item("place/ford-of-tarn").table == table


def test_two_references_that_become_one_are_one(desk):
    table = desk.item("claim/bank-held").table | {"place": ["tarn-ford", "monks", "holm"]}
    desk.edit("claim/bank-held", table)
    rename(desk, "place/monks", "tarn-ford")
    assert desk.item("claim/bank-held").table["place"] == ["tarn-ford", "holm"]


def test_claims_and_voices_are_renamed_with_what_refers_to_them(desk):
    claim = {"denies": "ford-taken", "words": "denied that the ford was lost"}
    desk.add("claim", "loss-denied", claim)
    anchored = desk.item("claim/bank-held").table | {"when": {"anchor": "ford-taken"}}
    desk.edit("claim/bank-held", anchored)
    rename(desk, "claim/ford-taken", "ford-seized")
    assert desk.item("claim/loss-denied").table["denies"] == "ford-seized"
    assert desk.item("claim/bank-held").table["when"] == {"anchor": "ford-seized"}
    rename(desk, "voice/valley-monitor", "Monitor on the ford")
    assert desk.item("claim/ford-seized").table["voice"] == "monitor-on-the-ford"


@pytest.mark.parametrize(
    ("path", "name", "says"),
    [
        ("article", "tarn", "cannot be called"),
        ("place/monks", "monks", "cannot be called"),
        ("place/monks", " !", "cannot be called"),
        ("claim/paved", "bank-held", "is another claim"),
        ("place/nowhere", "holm", "nothing is called"),
    ],
)
def test_what_cannot_be_renamed_is_said_and_nothing_is_kept(desk, path, name, says):
    before = list(desk.journal.records)
    with pytest.raises(InputError, match=says):
        rename(desk, path, name)
    assert desk.journal.records == before


def test_a_rejected_one_is_not_meant(desk):
    desk.judge("place/monks", "negative")
    with pytest.raises(InputError, match="is another place"):
        rename(desk, "place/tarn-ford", "monks")


def test_what_was_renamed_is_published_under_its_name(desk, valley):
    rename(desk, "place/tarn-ford", "Tarn Crossing")
    for path in ("claim/paved", "place/monks", "claim/advance-on-holm"):
        desk.judge(path, "negative")
    for path in [path for path, item in desk.items.items() if item.judgement is None]:
        desk.judge(path, "positive")
    finish(desk, anyway=True)
    workspace = open_workspace(valley.root)
    assert workspace.mapping(SLUG).claims["ford-taken"].place == ("tarn-crossing",)
    assert workspace.authorities.places["tarn-crossing"].label == {"en": "Tarn Crossing"}
    assert "tarn-ford" not in workspace.authorities.places


def test_what_entries_had_by_its_words_alone_they_name_when_it_is_added(desk):
    before = desk.items
    start = desk.text.index("local doctors")
    desk.judge("claim/soldiers-killed", "positive")
    add_named(desk, "actor", "doctors", (start, start + len("local doctors")))
    assert desk.item("voice/local-doctors").table["speaker"] == "doctors"
    assert desk.item("actor/doctors").table == {"label": {"en": "local doctors"}}
    assert desk.item("mention/doctors").table["refers-to"] == "doctors"
    assert desk.item("claim/soldiers-killed").judgement == "positive"
    assert desk.undo() == ["actor/doctors", "mention/doctors", "voice/local-doctors"]
    desk.undo()
    assert desk.items == before


def test_of_one_that_is_known_already_there_is_the_mention_only(desk):
    start = desk.text.index("Tarn ford", desk.text.index("seized"))
    desk.add("claim", "held", {"place": [{"described": "the Tarn ford"}], "words": "seized"})
    assert add_named(desk, "place", "holm", (start, start + 9)) == "mention/holm"
    assert "place/holm" not in desk.items
    assert desk.item("claim/held").table["place"] == ["holm"]
    assert desk.undo() == ["mention/holm", "claim/held"]


def test_an_id_of_the_authorities_is_not_accepted_for_another(desk):
    desk.add("place", "holm", {"label": {"en": "Holm"}, "type": "town"})
    with pytest.raises(NotAccepted, match="'holm' stands twice"):
        desk.judge("place/holm", "positive")
