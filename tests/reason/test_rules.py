"""What follows from what is said: each test is one sentence about the rules, with its example."""

from pathlib import Path

import pytest

from kg.question import ask, load_question
from kg.reason import derive as deriving
from kg.reason.derive import ORDER, load_rules
from reason.world import (
    NAMES,
    claim,
    derived,
    disagreements,
    events,
    firing,
    origins,
    periods,
    report,
    rows,
    spells,
    spells_by_origin,
    the_period,
)

RULES = Path(deriving.__file__).parent / "rules"
OBSERVATORY = "voice.observatory = { form = 'indirect', speaker = 'observatory' }"
PEOPLE = "voice.people = { form = 'indirect', speaker = { unnamed = 'local people' } }"


def taken(by: str, place: str = "holm") -> str:
    return f"type = 'capture', gained-by = ['{by}'], place = ['{place}']"


def taken_from(loser: str, by: str) -> str:
    return f"{taken(by)}, lost-by = ['{loser}']"


def lost(by: str) -> str:
    return f"type = 'loss-of-control', lost-by = ['{by}'], place = ['holm']"


def held(by: str, degree: str = "full", place: str = "holm") -> str:
    return f"controller = ['{by}'], place = ['{place}'], degree = '{degree}'"


def killed(number: int, bound: str = "exactly", place: str = "'holm'") -> str:
    return (
        f"measure = 'people-killed', value = '{number}', number = {number}, unit = 'people', "
        f"bound = '{bound}', place = [{place}]"
    )


def area(unit: str) -> str:
    return (
        f"measure = 'territory-area', value = '5', number = 5, unit = '{unit}', "
        "bound = 'exactly', place = ['holm'], controller = ['crown']"
    )


def told_twice(first: str, second: str):
    """The courier's article `a` says the one, the gazette's article `b` the other."""
    return derived(report(first), report(second, slug="b", publisher="gazette"))


# --- which claims fire, and what makes an event ---


@pytest.mark.parametrize(
    "standing",
    [
        {"factuality": "planned"},
        {"factuality": "feared"},
        {"factuality": "predicted"},
        {"factuality": "conditional"},
        {"polarity": "negative"},
        {"completion": "failed"},
        {"completion": "ongoing"},
        {"completion": "unspecified"},
        {"certainty": "possible"},
    ],
    ids=lambda standing: " ".join(standing.values()),
)
def test_what_is_not_said_to_have_happened_makes_no_event_and_no_period(standing):
    store = derived(report(claim("taken", taken("crown"), event="holm-takeover", **standing)))
    assert firing(store) == set()
    assert events(store) == {}
    assert periods(store) == set()


def test_plans_fears_and_denials_together_still_make_no_event():
    store = derived(
        report(
            claim("planned", taken("crown"), event="holm-takeover", factuality="planned"),
            claim("feared", taken("crown"), event="holm-takeover", factuality="feared"),
            claim("denied", taken("crown"), event="holm-takeover", polarity="negative"),
        )
    )
    assert events(store) == {}


def test_one_claim_that_fires_makes_the_event():
    store = derived(
        report(
            claim("planned", taken("crown"), event="holm-takeover", factuality="planned"),
            claim("taken", taken("crown"), 1, event="holm-takeover"),
        )
    )
    assert events(store) == {"holm-takeover": "03-01"}
    assert firing(store) == {"a.taken"}


def test_a_probable_claim_fires():
    store = derived(report(claim("taken", taken("crown"), 1, certainty="probable")))
    assert firing(store) == {"a.taken"}


def test_a_siege_fires_while_it_lasts():
    siege = "type = 'siege', agent = ['crown'], place = ['holm'], completion = 'ongoing'"
    assert firing(derived(report(claim("siege", siege, 1)))) == {"a.siege"}


def test_what_hangs_on_a_condition_does_not_fire():
    store = derived(
        report(
            claim("if", taken("crown"), factuality="conditional"),
            claim("then", lost("league"), on_condition="if"),
        )
    )
    assert firing(store) == set()


def test_a_corrected_claim_no_longer_fires():
    store = derived(
        report(claim("taken", taken("crown"), 1)),
        report("claim.sorry = { corrects = 'a.taken' }", slug="b"),
    )
    assert "a.taken" not in firing(store)
    assert periods(store) == set()


def retracted():
    return derived(
        report(claim("taken", taken("crown"), 1)),
        report("claim.sorry = { corrects = 'a.taken' }", slug="b"),
    )


def test_a_retraction_puts_nothing_in_the_place_of_the_claim():
    store = retracted()
    assert firing(store) == set()
    assert disagreements(store) == set()


def test_a_correction_takes_the_place_of_the_claim():
    store = derived(
        report(claim("taken", taken("crown"), 1, event="e")),
        report(claim("rather", taken("league"), 1, event="e", corrects="a.taken"), slug="b"),
    )
    assert firing(store) == {"b.rather"}
    assert {period.holding for period in periods(store)} == {"holm league"}
    assert disagreements(store) == set(), "what was corrected is in dispute no more"


def test_retracted_and_corrected_claims_are_told_apart():
    corrected = derived(
        report(claim("taken", taken("crown"), 1)),
        report(claim("rather", taken("league"), 1, corrects="a.taken"), slug="b"),
    )
    for store, how in ((retracted(), "retracts"), (corrected, "corrects")):
        (row,) = ask(store, load_question("denied"), {}, NAMES).rows
        shown = [getattr(value, "value", "").rpartition("/")[2].rpartition("#")[2] for value in row]
        assert shown[0] == "a.taken" and shown[2] == how


def test_an_event_came_when_all_its_dated_claims_allow():
    store = told_twice(
        claim("one", taken("crown"), "within = [2020-03-01, 2020-03-04]", event="e"),
        claim("other", taken("crown"), "within = [2020-03-03, 2020-03-06]", event="e"),
    )
    assert events(store) == {"e": "03-03..03-04"}


def test_where_no_day_suits_them_all_the_event_spans_them():
    store = told_twice(
        claim("one", taken("crown"), 1, event="e"), claim("other", taken("crown"), 5, event="e")
    )
    assert events(store) == {"e": "03-01..03-05"}


def test_an_undated_claim_says_only_by_when_it_had_happened():
    undated = claim("undated", taken("crown"), event="e")
    assert events(derived(report(undated))) == {"e": "..03-20"}
    assert events(told_twice(undated, claim("dated", taken("crown"), 5, event="e"))) == {
        "e": "03-05"
    }


# --- periods ---


def test_a_capture_opens_a_period_for_the_gainer():
    assert spells(derived(report(claim("taken", taken("crown"), 1)))) == {
        "holm crown 03-01 to open"
    }


def test_a_takeover_without_a_fight_opens_a_period_too():
    takeover = "type = 'unopposed-takeover', gained-by = ['crown'], place = ['holm']"
    assert spells(derived(report(claim("taken", takeover, 1)))) == {"holm crown 03-01 to open"}


def test_a_named_losers_period_ends():
    store = derived(
        report(claim("held", held("league"), 1), claim("taken", taken_from("league", "crown"), 5))
    )
    assert spells(store) == {"holm league ..03-01 to 03-05", "holm crown 03-05 to open"}
    assert the_period(store, "holm league").reason == "CapturedByRival"


def test_a_loss_without_evidence_before_it_gives_a_period_of_unknown_begin():
    store = derived(report(claim("lost", lost("crown"), 5)))
    assert spells(store) == {"holm crown ? to 03-05"}
    assert the_period(store, "holm crown").reason == "Lost"


def test_a_withdrawal_ends_the_hold_on_the_place_that_is_left():
    left = "type = 'withdrawal', lost-by = ['crown'], departure = ['holm'], destination = ['aven']"
    store = derived(report(claim("left", left, 5)))
    assert spells(store) == {"holm crown ? to 03-05"}
    assert the_period(store, "holm crown").reason == "Withdrew"


def test_who_is_losing_a_place_still_holds_it_contested():
    store = derived(report(claim("losing", lost("crown"), 5, completion="ongoing")))
    assert spells(store) == {"holm crown ..03-05 to open"}
    period = the_period(store, "holm crown")
    assert (period.situation, period.attested) == ("Contested", "03-05")
    assert firing(store) == set()


def test_a_state_of_control_attests_its_controller_on_its_day():
    store = derived(report(claim("held", held("crown", "dominant"), 5)))
    period = the_period(store, "holm crown")
    assert (period.begin, period.end, period.attested) == ("..03-05", "open", "03-05")
    assert period.degree == "Dominant"


def test_what_has_been_held_since_a_day_began_then_and_lasts_to_publication():
    store = derived(report(claim("held", held("crown"), "since = 2020-03-05")))
    period = the_period(store, "holm crown")
    assert (period.begin, period.end, period.attested) == ("03-05", "open", "03-20")


def test_what_was_held_until_a_day_ended_then():
    time = "since = 2020-03-05, until = 2020-03-09"
    store = derived(report(claim("held", held("crown"), time, completion="completed")))
    assert spells(store) == {"holm crown 03-05 to 03-09"}


def test_a_base_is_a_presence():
    base = "type = 'base-established', agent = ['crown'], place = ['holm']"
    store = derived(report(claim("base", base, 5)))
    assert the_period(store, "holm crown").degree == "Presence"


def test_belonging_by_law_is_no_hold():
    assert periods(derived(report(claim("held", held("crown"), 5, hold="sovereign")))) == set()


def test_a_capture_of_a_part_excludes_nobody():
    store = derived(
        report(
            claim("held", held("league"), 1),
            claim("taken", taken("crown"), 5, extent="the east of"),
        )
    )
    assert spells(store) == {"holm league ..03-01 to open", "holm crown 03-05 to open"}
    assert the_period(store, "holm crown").degree == "Partial"


def test_the_armys_hold_is_the_crowns():
    store = derived(report(claim("taken", taken("crown-army"), 1), claim("lost", lost("crown"), 5)))
    assert spells(store) == {"holm crown 03-01 to 03-05"}


def test_a_capture_without_a_named_loser_ends_exclusive_rivals_for_all_sources_only():
    store = derived(report(claim("held", held("league"), 1), claim("taken", taken("crown"), 5)))
    assert spells(store) == {"holm league ..03-01 to 03-05", "holm crown 03-05 to open"}
    assert the_period(store, "holm league").reason == "DisplacedInferred"
    assert the_period(store, "holm league", "courier").end == "open"
    inferred = "SELECT ?who { ?e wh:effect effect:EndsInferred ; wh:controller ?who }"
    assert rows(store, inferred) == [{"who": "league"}]


@pytest.mark.parametrize("degree", ["partial", "presence"])
def test_a_capture_leaves_rivals_that_held_not_all_of_it(degree):
    store = derived(
        report(claim("held", held("league", degree), 1), claim("taken", taken("crown"), 5))
    )
    assert "holm league ..03-01 to open" in spells(store)


def test_holding_the_town_is_not_holding_the_province():
    store = derived(
        report(
            claim("province", held("crown", place="tarn-province"), 1),
            claim("town", taken("league"), 5),
        )
    )
    assert spells(store) == {"tarn-province crown ..03-01 to open", "holm league 03-05 to open"}


def test_two_reports_of_one_loss_are_one_ending():
    store = told_twice(
        claim("lost", lost("crown"), 3, event="holm-loss"),
        claim("lost", lost("crown"), 4, event="holm-loss"),
    )
    assert spells(store) == {"holm crown ? to 03-03..03-04"}


def test_an_ending_after_an_ending_with_nothing_between_makes_no_second_period():
    store = derived(
        report(
            claim("lost", lost("crown"), 3, event="holm-loss"),
            claim("again", lost("crown"), 8, event="holm-loss-2"),
        )
    )
    assert spells(store) == {"holm crown ? to 03-03"}


def test_a_recapture_makes_a_second_period():
    store = derived(
        report(
            claim("taken", taken_from("league", "crown"), 1),
            claim("retaken", taken_from("crown", "league"), 5),
            claim("taken-again", taken_from("league", "crown"), 9),
        )
    )
    assert spells(store) == {
        "holm league ? to 03-01",
        "holm crown 03-01 to 03-05",
        "holm league 03-05 to 03-09",
        "holm crown 03-09 to open",
    }


def test_joint_control_is_no_conflict():
    joint = "controller = ['crown', 'league'], place = ['holm'], degree = 'full'"
    store = derived(report(claim("joint", joint, 5)))
    assert spells(store) == {"holm crown ..03-05 to open", "holm league ..03-05 to open"}
    assert disagreements(store) == set()


def test_a_hold_of_no_degree_ends_it():
    store = derived(
        report(claim("held", held("crown"), 1), claim("gone", held("crown", "none"), 5))
    )
    assert spells(store) == {"holm crown ..03-01 to ..03-05"}
    assert the_period(store, "holm crown").reason == "AbsenceStated"


def test_that_nothing_is_held_gives_no_period_by_itself():
    assert periods(derived(report(claim("gone", held("crown", "none"), 5)))) == set()


def test_what_only_an_article_knows_is_no_place_that_is_held():
    vague = "type = 'capture', gained-by = ['crown'], place = [{ described = 'several towns' }]"
    assert periods(derived(report(claim("taken", vague, 1)))) == set()


def test_a_capture_from_a_named_loser_ends_nobody_elses_hold():
    store = derived(
        report(claim("held", held("riders"), 1), claim("taken", taken_from("league", "crown"), 5))
    )
    assert "holm riders ..03-01 to open" in spells(store)


def test_gunmen_that_only_one_article_knows_displace_nobody():
    gunmen = "type = 'capture', gained-by = [{ unnamed = 'gunmen' }], place = ['holm']"
    store = derived(report(claim("held", held("league"), 1), claim("taken", gunmen, 5)))
    assert spells(store) == {"holm league ..03-01 to open", "holm a.gunmen 03-05 to open"}


def test_what_the_crown_takes_over_from_its_army_it_has_not_lost():
    store = derived(report(claim("taken", taken_from("crown-army", "crown"), 5)))
    assert spells(store) == {"holm crown 03-05 to open"}


def test_the_loss_of_a_part_ends_nothing():
    store = derived(
        report(claim("held", held("crown"), 1), claim("lost", lost("crown"), 5, extent="parts of"))
    )
    assert spells(store) == {"holm crown ..03-01 to open"}


def test_a_period_begins_when_all_dated_reports_of_the_takeover_allow():
    store = told_twice(
        claim("one", taken("crown"), "within = [2020-03-01, 2020-03-04]", event="e"),
        claim("other", taken("crown"), "within = [2020-03-03, 2020-03-06]", event="e"),
    )
    assert spells(store) == {"holm crown 03-03..03-04 to open"}


# --- according to whom ---


def test_origins_do_not_mix():
    store = told_twice(claim("taken", taken("crown"), 1), claim("lost", lost("crown"), 5))
    assert spells(store) == {"holm crown 03-01 to 03-05"}
    assert spells_by_origin(store) == {
        "courier: holm crown 03-01 to open",
        "gazette: holm crown ? to 03-05",
    }


def test_unnamed_sources_count_for_nobody():
    store = derived(report(PEOPLE, claim("taken", taken("crown"), 1, voice="people")))
    assert origins(store) == {}
    assert spells(store) == {"holm crown 03-01 to open"}
    assert spells_by_origin(store) == set()


def test_unnamed_sources_of_the_observatory_in_the_courier_count_for_the_observatory():
    people = f"{PEOPLE[:-2]}, relayed-by = 'observatory' }}"
    store = derived(report(OBSERVATORY, people, claim("taken", taken("crown"), 1, voice="people")))
    assert origins(store) == {"a.taken": "observatory"}
    assert spells_by_origin(store) == {"observatory: holm crown 03-01 to open"}


def test_the_innermost_named_voice_is_the_origin():
    army = "voice.army = { form = 'indirect', speaker = 'crown-army', relayed-by = 'observatory' }"
    store = derived(report(OBSERVATORY, army, claim("taken", taken("crown"), 1, voice="army")))
    assert origins(store) == {"a.taken": "crown-army"}


def test_the_outlets_own_voice_counts_for_the_outlet():
    assert origins(derived(report(claim("taken", taken("crown"), 1)))) == {"a.taken": "courier"}


def test_the_own_voice_of_an_unstated_outlet_counts_for_the_article():
    store = derived(report(claim("taken", taken("crown"), 1), publisher="unstated"))
    assert origins(store) == {"a.taken": "a"}


# --- disagreements ---


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Occurrence", taken("crown"), "denies = 'a.x'"),
        ("Occurrence", taken("crown"), f"{taken('crown')}, polarity = 'negative', event = 'e'"),
        ("Occurrence", taken("crown"), f"{taken('crown')}, completion = 'failed', event = 'e'"),
        ("Actor", taken("crown"), f"{taken('league')}, event = 'e'"),
        ("Place", taken("crown"), f"{taken('crown', 'aven')}, event = 'e'"),
        ("Quantity", killed(50, "more-than"), f"{killed(50)}, event = 'e'"),
        ("Quantity", killed(20), f"{killed(21)}, event = 'e'"),
        ("Unit", area("square metres"), f"{area('square kilometres')}, event = 'e'"),
        ("Scope", killed(50), killed(50, place="'holm', 'aven'") + ", event = 'e'"),
    ],
    ids=["denied", "not-so", "failed", "actor", "place", "more", "number", "unit", "scope"],
)
def test_two_claims_of_one_event_disagree(kind, one, other):
    store = told_twice(claim("x", one, 1, event="e"), claim("y", other, 1))
    assert disagreements(store) == {f"{kind}: a.x, b.y"}


def test_two_days_of_one_event_are_a_matter_of_time():
    store = told_twice(
        claim("x", taken("crown"), 1, event="e"), claim("y", taken("crown"), 5, event="e")
    )
    assert disagreements(store) == {"Time: a.x, b.y"}


def test_by_force_or_negotiated_is_a_matter_of_mode():
    store = told_twice(
        claim("x", taken("crown"), 1, event="e", mode="by-force"),
        claim("y", taken("crown"), 1, event="e", mode="negotiated"),
    )
    assert disagreements(store) == {"Mode: a.x, b.y"}


def test_one_holder_to_two_degrees_on_one_day_is_a_matter_of_degree():
    store = told_twice(claim("x", held("crown"), 5), claim("y", held("crown", "presence"), 5))
    assert disagreements(store) == {"Degree: a.x, b.y"}


def test_one_voice_that_words_a_degree_in_two_ways_does_not_contradict_itself():
    both = claim("x", held("crown"), 5), claim("y", held("crown", "dominant"), 5)
    assert disagreements(derived(report(*both))) == set()


def test_two_exclusive_holders_on_one_day_are_a_matter_of_the_actor():
    store = told_twice(claim("x", held("crown"), 5), claim("y", held("league"), 5))
    assert disagreements(store) == {"Actor: a.x, b.y"}
    disputed = "SELECT ?who { ?period wh:disputed true ; wh:controller ?who }"
    assert {row["who"] for row in rows(store, disputed)} == {"crown", "league"}


def test_held_and_not_held_on_one_day_is_a_matter_of_occurrence():
    store = told_twice(
        claim("x", held("crown"), 5), claim("y", held("crown"), 5, polarity="negative")
    )
    assert disagreements(store) == {"Occurrence: a.x, b.y"}


def test_one_origin_worded_differently_by_two_outlets_is_a_matter_of_relay_too():
    def told(day: int) -> tuple[str, str]:
        return OBSERVATORY, claim("x", taken("crown"), day, event="e", voice="observatory")

    store = derived(report(*told(1)), report(*told(5), slug="b", publisher="gazette"))
    assert disagreements(store) == {"Time: a.x, b.x", "Relay: a.x, b.x"}


def test_a_year_apart_is_change():
    store = derived(
        report(claim("x", held("crown"), 5)),
        report(claim("y", held("league"), "on = 2021-03-05"), slug="b", published="2021-03-20"),
    )
    assert disagreements(store) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (killed(20, "approximately"), killed(21)),
        (killed(50, "at-least"), killed(50)),
        (taken("crown"), taken("crown", "tarn-province")),
        (taken("crown"), taken("crown-army")),
        (taken("crown"), f"{taken('league')}, extent = 'the west of'"),
        (taken("crown"), f"{taken('league')}, factuality = 'planned'"),
    ],
    ids=["about", "at-least", "place-within", "one-principal", "a-part", "a-plan"],
)
def test_two_claims_of_one_event_that_can_both_be_true_agree(one, other):
    day = None if "planned" in other else 1
    store = told_twice(claim("x", one, 1, event="e"), claim("y", other, day, event="e"))
    assert disagreements(store) == set()


def test_a_presence_beside_a_full_hold_of_another_is_no_disagreement():
    store = told_twice(claim("x", held("crown"), 5), claim("y", held("league", "presence"), 5))
    assert disagreements(store) == set()


def test_holds_of_parts_are_no_disagreement():
    store = told_twice(
        claim("x", held("crown"), 5, extent="the east of"), claim("y", held("league"), 5)
    )
    assert disagreements(store) == set()


def test_the_dead_of_two_days_are_two_figures():
    store = told_twice(claim("x", killed(50), 1), claim("y", killed(60), 9))
    assert disagreements(store) == set()


def test_on_the_day_of_a_handover_both_holders_can_be_right():
    store = told_twice(
        claim("x", held("crown"), "since = 2020-03-01, until = 2020-03-05"),
        claim("y", held("league"), "since = 2020-03-05"),
    )
    assert disagreements(store) == set()


# --- the rules themselves ---


def test_every_rule_has_a_file_and_every_file_is_run():
    assert sorted(ORDER) == sorted(path.stem for path in RULES.glob("*.rq"))
    assert len(set(ORDER)) == len(ORDER)


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.name)
def test_every_rule_has_a_name_a_version_and_says_what_it_does(rule):
    text = (RULES / f"{rule.name}.rq").read_text("utf-8")
    assert text.startswith(f"# rule: {rule.name}\n# version: {rule.version}\n")
    assert rule.version.isdigit()
    assert rule.says.endswith(".")
    assert rule.each


def test_what_only_later_rules_need_is_not_published():
    store = derived(report(claim("taken", taken("crown"), 1)))
    graphs = {graph.value for graph in store.named_graphs()}
    assert not any("scratch" in graph for graph in graphs)


def test_every_derived_thing_names_its_rule_and_the_claims_it_rests_on():
    store = derived(
        report(claim("held", held("league"), 1), claim("taken", taken("crown"), 5, event="e"))
    )
    without = """SELECT ?thing { VALUES ?class { wh:Event wh:ControlPeriod wh:HoldingEvidence }
        ?thing a ?class
        FILTER NOT EXISTS { ?thing prov:wasGeneratedBy ?rule ; prov:wasDerivedFrom/a wh:Claim } }"""
    assert rows(store, without) == []
