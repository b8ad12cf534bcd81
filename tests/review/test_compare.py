"""Two reviewers: blind to each other, compared, and settled."""

import pytest

from kg.cli import main
from kg.errors import InputError
from kg.review.compare import overlap_f1
from kg.review.finish import finish
from kg.review.session import adjudicate, both, sit_down
from kg.workspace import open_workspace

SLUG = "tarn-ford"


def review(desk, *rejected, changed=None):
    """Accepts all but some, and ends the review."""
    for path in rejected:
        desk.judge(path, "negative")
    for path, table in (changed or {}).items():
        desk.judge(path, "positive", desk.item(path).table | table)
    for path in [p for p, i in desk.items.items() if i.judgement is None]:
        desk.judge(path, "positive")
    desk.journal.close()


@pytest.fixture
def reviewed(valley):
    """Two reviews that differ in one degree and one rejected claim."""
    review(sit_down(valley, SLUG, "reviewer-1"), "claim/paved", "place/monks")
    second = sit_down(valley, SLUG, "reviewer-2", number=2)
    review(second, changed={"claim/bank-held": {"degree": "partial"}})
    return valley


def test_the_second_reviewer_sees_no_judgement_of_the_first(valley):
    review(sit_down(valley, SLUG, "reviewer-1"), "claim/paved", "place/monks")
    second = sit_down(valley, SLUG, "reviewer-2", number=2)
    assert {i.judgement for i in second.items.values() if i.kind != "part"} == {None}
    second.journal.close()


def test_the_second_review_writes_no_mapping(reviewed):
    before = reviewed.source(SLUG)
    second = sit_down(reviewed, SLUG, "reviewer-2", number=2)
    finish(second, anyway=True)
    second.journal.close()
    assert reviewed.source(SLUG) == before


def test_agreement_is_printed_and_kept_for_the_release(reviewed, capsys):
    assert main(["review", SLUG, "--agreement", "-w", str(reviewed.root)]) == 0
    said = capsys.readouterr().out
    assert "claims          4       5               0.89" in said
    assert "claims found by both (F1) 0.89" in said
    assert "degree       0.00" in said
    assert (
        main(["agreement", *[str(reviewed.root / f"reliability/pass-{n}.csv") for n in (1, 2)]])
        == 0
    )
    assert "tarn-ford" in capsys.readouterr().out
    first = (reviewed.root / "reliability/pass-1.csv").read_bytes()
    assert main(["review", SLUG, "--agreement", "-w", str(reviewed.root)]) == 0
    assert (reviewed.root / "reliability/pass-1.csv").read_bytes() == first


def test_agreement_needs_two_whole_reviews(valley):
    sit_down(valley, SLUG, "reviewer-1").journal.close()
    with pytest.raises(InputError, match=r"judgements-2\.jsonl is missing"), both(valley, SLUG):
        pass
    sit_down(valley, SLUG, "reviewer-2", number=2).journal.close()
    assert main(["review", SLUG, "--agreement", "-w", str(valley.root)]) == 1


def test_only_differences_are_left_to_settle_and_show_both_views(reviewed):
    desk = adjudicate(reviewed, SLUG, "adjudicator-1")
    left = {path for path, item in desk.items.items() if item.judgement is None}
    assert left == {"claim/bank-held", "claim/paved", "place/monks"} == set(desk.proposals.views)
    views = desk.proposals.views["claim/bank-held"]
    assert [(v.who, v.table["degree"]) for v in views] == [
        ("reviewer-1", "full"),
        ("reviewer-2", "partial"),
    ]
    desk.journal.close()


def test_what_was_settled_becomes_the_mapping(reviewed):
    desk = adjudicate(reviewed, SLUG, "adjudicator-1")
    desk.judge("claim/paved", "negative")
    desk.judge("place/monks", "negative")
    desk.judge(
        "claim/bank-held", "positive", desk.item("claim/bank-held").table | {"degree": "partial"}
    )
    finish(desk, anyway=True)
    desk.journal.close()
    mapping = open_workspace(reviewed.root).mapping(SLUG)
    assert (mapping.status, mapping.coding.reviewer) == ("reviewed", "adjudicator-1")
    assert mapping.claims["bank-held"].degree == "partial" and "paved" not in mapping.claims
    again = adjudicate(open_workspace(reviewed.root), SLUG, "adjudicator-1")
    assert again.item("claim/paved").judgement == "negative"
    again.journal.close()


def test_overlap_counts_entries_of_either_that_meet_one_of_the_other():
    first = [((0, 10),), ((20, 30),)]
    second = [((5, 6), (40, 50)), ((30, 40),)]
    assert overlap_f1(first, second) == 0.5
    assert overlap_f1([], []) == 1.0 and overlap_f1(first, []) == 0.0
