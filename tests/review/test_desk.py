"""What a reviewer does at the desk, and what comes of it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import InputError, MappingError
from kg.mapping.read import read
from kg.review.desk import NotAccepted
from kg.review.finish import finish, silent, undecided
from kg.review.session import sit_down
from kg.review.state import state
from kg.workspace import SHIPPED, open_workspace

SLUG = "tarn-ford"


def accept(desk, *paths):
    for path in paths:
        desk.judge(path, "positive")


def review_all(desk):
    """As a careful reviewer would: some retyped, some rejected, some sentences set aside."""
    accept(desk, "article", "actor/council-riders", "place/tarn-ford")
    desk.judge("place/monks", "negative", because="monks are no place")
    desk.judge("claim/paved", "negative")
    table = desk.item("claim/advance-on-holm").table
    moved = {k: v for k, v in table.items() if k not in ("gained-by", "place")}
    moved |= {"type": "advance", "agent": ["council-riders"], "destination": ["holm"]}
    desk.judge("claim/advance-on-holm", "positive", moved)
    for words in ("Riders take Tarn ford", "The ford was paved"):
        start = desk.text.index(words)
        anchor = desk.anchored((start, start + len(words)))
        desk.add("nothing", "", anchor | {"because": "background"})
    denial = {
        "voice": "ines-varro",
        "denies": "ford-taken",
        "words": "denied that the ford was lost",
    }
    accept(desk, desk.add("claim", "loss-denied", denial))
    accept(desk, *[p for p, i in desk.items.items() if i.judgement is None])


def test_everything_proposed_is_on_the_desk_undecided(desk):
    assert {i.judgement for i in desk.items.values() if i.kind != "part"} == {None}
    kinds = " ".join(i.kind for i in desk.items.values())
    before = "article part part actor place place mention mention"
    assert kinds == f"{before} voice voice voice claim claim claim claim claim"


def test_judgements_and_edits_are_there_when_the_reviewer_comes_back(desk, valley):
    desk.judge("claim/paved", "negative", because="no place")
    desk.edit("claim/bank-held", desk.item("claim/bank-held").table | {"degree": "partial"})
    desk.journal.close()
    again = sit_down(valley, SLUG, "reviewer-1")
    assert again.items == desk.items
    assert again.item("claim/paved").because == "no place"
    assert again.item("claim/bank-held").table["degree"] == "partial"
    assert again.item("claim/bank-held").proposed["degree"] == "full"
    again.journal.close()


def test_a_record_says_who_when_and_edited_from_what(desk):
    changed = desk.item("claim/bank-held").table | {"degree": "partial"}
    desk.judge("claim/bank-held", "positive", changed)
    line = json.loads(desk.journal.path.read_text("utf-8").splitlines()[-1])
    assert line["who"] == "reviewer-1" and line["when"].endswith("Z")
    assert line["was"]["degree"] == "full" and line["table"]["degree"] == "partial"


@pytest.mark.parametrize(
    ("path", "change", "key", "says"),
    [
        ("claim/ford-taken", {"place": ["tarn-frod"]}, "place", "which nothing bears"),
        ("claim/ford-taken", {"type": "capturing"}, "type", "Use one of the codebook's"),
        ("claim/ford-taken", {"words": "seized the ford"}, "words", "is not in the article"),
        ("claim/ford-taken", {"gained-by": "riders"}, "gained-by", "expected a list of ids"),
        ("claim/ford-taken", {"colour": "red"}, "colour", "no such key"),
        ("claim/bank-held", {"lost-by": ["government-troops"]}, "", "A state of control has"),
        ("claim/ford-taken", {"affected": ["holm"]}, "", "A capture has a place"),
        ("voice/ines-varro", {"form": "spoken"}, "form", "expected one of direct, mixed"),
        ("voice/valley-monitor", {"relayed-by": "valley-monitor"}, "relayed-by", "relays itself"),
        ("mention/ford", {"refers-to": None}, "", "has no refers-to"),
        ("place/tarn-ford", {"type": "ford"}, "type", "nearest values of place-type"),
        ("actor/council-riders", {"part-of": "nobody"}, "part-of", "which nothing bears"),
        ("actor/council-riders", {"type": "leader"}, "publication-basis", "named only on a ground"),
        ("article", {"published": None}, "", "has no published"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(desk, path, change, key, says):
    before = list(desk.journal.records)
    with pytest.raises(NotAccepted) as refused:
        desk.judge(path, "positive", desk.item(path).table | change)
    assert key in refused.value.findings, refused.value.findings
    assert says in " ".join(refused.value.findings[key])
    assert desk.journal.records == before


def test_what_refers_to_a_rejected_entry_is_not_accepted(desk):
    desk.judge("place/tarn-ford", "negative")
    desk.judge("voice/local-doctors", "negative")
    with pytest.raises(NotAccepted, match="'tarn-ford', which nothing bears"):
        desk.judge("claim/ford-taken", "positive")
    with pytest.raises(NotAccepted, match="'local-doctors', which is no voice"):
        desk.judge("claim/soldiers-killed", "positive")


def test_undo_takes_back_step_by_step_and_is_itself_kept(desk):
    first = desk.items
    desk.judge("claim/paved", "negative")
    desk.edit("claim/bank-held", desk.item("claim/bank-held").table | {"degree": "partial"})
    assert desk.undo() == ["claim/bank-held"]
    assert desk.undo() == ["claim/paved"]
    assert desk.undo() == []
    assert desk.items == first
    assert [r.do for r in desk.journal.records] == ["begin", "judge", "edit", "undo", "undo"]


def test_a_span_is_moved_to_other_words(desk):
    start = desk.text.index("seized the Tarn ford")
    desk.anchor("claim/ford-taken", (start - 1, start + len("seized the Tarn ford ")))
    assert desk.item("claim/ford-taken").table["words"] == "seized the Tarn ford"
    assert desk.located((None,)).spans["claim", "ford-taken"] == ((start, start + 20),)


def test_a_long_span_is_anchored_by_its_ends_and_a_repeated_one_by_its_number(desk):
    text = desk.text
    whole = (text.index("At least"), text.index(' "Our men'))
    assert desk.anchored(whole)["from"] == "At least 14"
    second = text.index("Tarn ford", text.index("seized"))
    assert desk.anchored((second, second + 9)) == {"words": "Tarn ford", "nth": 2}
    with pytest.raises(InputError, match="is no anchor"):
        desk.anchored((22, 23))


def test_a_review_ends_only_when_all_is_decided_and_every_sentence_accounted_for(desk):
    with pytest.raises(InputError, match=r"not decided: 14(.|\n)*say nothing yet: 7"):
        finish(desk)
    review_all(desk)
    assert [*undecided(desk), *silent(desk)] == []


def test_a_review_may_end_although_a_sentence_says_nothing(desk, valley):
    review_all(desk)
    desk.judge("nothing/1", "negative")
    with pytest.raises(InputError, match="nothing yet: 1, the first: Riders take"):
        finish(desk)
    finish(desk, anyway=True)
    assert open_workspace(valley.root).mapping(SLUG).status == "reviewed"


def test_the_reviewed_mapping_holds_what_was_accepted_and_is_released(desk, valley, capsys):
    review_all(desk)
    finish(desk)
    valley = open_workspace(valley.root)
    mapping = valley.mapping(SLUG)
    assert mapping.status == "reviewed" and mapping.coding.reviewer == "reviewer-1"
    assert "paved" not in mapping.claims and mapping.claims["loss-denied"].denies == "ford-taken"
    assert all(
        e.by is None and e.score is None and e.because is None for e in mapping.claims.values()
    )
    assert valley.authorities.places["tarn-ford"].judged["type"].by == "reviewer-1"
    assert "monks" not in valley.authorities.places
    assert not (valley.mapping_path(SLUG).parent / "proposed.toml").exists()
    assert main(["validate", SLUG, "-w", str(valley.root)]) == 0
    assert main(["ledger", SLUG, "-w", str(valley.root)]) == 0
    assert main(["build", "-w", str(valley.root), "--quiet"]) == 0
    assert "tarn-ford: conforms (5 claims)" in capsys.readouterr().out


def test_finishing_twice_writes_the_same_and_a_mapping_changed_by_hand_is_left_alone(desk, valley):
    review_all(desk)
    finish(desk)
    path = valley.mapping_path(SLUG)
    first = path.read_bytes()
    finish(desk)
    assert path.read_bytes() == first
    path.write_bytes(first.replace(b"# ", b"").replace(b"Riders take", b"Riders took", 1))
    with pytest.raises(InputError, match="changed by hand"):
        finish(desk)


def test_a_voice_undone_after_its_claim_was_accepted_stops_the_end(desk):
    review_all(desk)
    desk.judge("voice/local-doctors", "negative")
    with pytest.raises(MappingError, match=r"mapping\.toml:\d+: claim 'soldiers-killed' has voice"):
        finish(desk)
    assert read(desk.workspace.source(SLUG), "draft").status == "draft"


def test_a_draft_that_changes_under_a_review_is_noticed(desk, valley):
    desk.journal.close()
    path = valley.mapping_path(SLUG)
    path.write_text(path.read_text("utf-8").replace("rules-1", "rules-2"), "utf-8")
    with pytest.raises(InputError, match="the draft has changed since its review began"):
        sit_down(valley, SLUG, "reviewer-1")


def test_a_reviewed_mapping_that_was_no_draft_has_nothing_to_judge(valley):
    with pytest.raises(InputError, match="no proposals are kept"):
        sit_down(valley, "aven", "reviewer-1")


def test_accepting_all_of_a_mapping_gives_it_back(shared, tmp_path):
    slug = "asharq-shifts-to-defense"
    root = Path(shutil.copytree(SHIPPED, tmp_path / "corpus"))
    (root / "texts").mkdir()
    shutil.copy(shared / "articles" / f"{slug}.txt", root / "texts")
    path = root / "articles" / slug / "mapping.toml"
    before = read(path.read_text("utf-8"), slug)
    path.write_text(path.read_text("utf-8").replace('"reviewed"', '"draft"', 1), "utf-8")
    desk = sit_down(open_workspace(root), slug, "reviewer-1")
    accept(desk, *desk.items)
    finish(desk)
    desk.journal.close()
    after = read(path.read_text("utf-8"), slug)
    assert replace(after, coding=before.coding) == before


def test_a_part_is_moved_taken_away_and_added_like_any_entry(desk):
    assert [p for p in desk.items if p.startswith("part/")] == ["part/1", "part/2"]
    end = desk.text.index("paved by monks.") + len("paved by monks.")
    begin = desk.text.index("TARN FORD, 9 April")
    middle = desk.text.index(".", begin) + 1
    desk.anchor("part/2", (begin, middle))
    assert desk.item("part/2").judgement is None and desk.parts()[-1] == (begin, middle)
    desk.judge("part/2", "positive")
    path = desk.add("part", "", {"kind": "body"} | desk.anchored((middle, end), "part"))
    assert path == "part/3" and not desk.findings(path)
    desk.judge(path, "positive")
    desk.judge("part/1", "negative")
    shown = {item["path"]: item["spans"] for item in state(desk)["items"]}
    assert list(shown["part/1"]) == [] and shown["part/2"][0] == (begin, middle)
    assert [p.kind for p in desk.mapping(("positive",)).parts] == ["body", "body"]
