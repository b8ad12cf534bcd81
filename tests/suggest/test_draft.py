"""From proposals to the draft of a mapping: words that are found again, ids, roles, what is new."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kg.authority import Authorities
from kg.cli import main
from kg.gazetteer.record import Record
from kg.mapping.anchor import find
from kg.mapping.codec import Local
from kg.mapping.document import Article, Coding, Implied, Mapping, Part, Published, When, anchors
from kg.mapping.read import read
from kg.mapping.write import write
from kg.suggest.anchoring import anchor_of, page_of
from kg.suggest.article import store
from kg.suggest.draft import draft
from kg.suggest.found import By, Figure, Filled, Named, Proposals, Statement, Timed, Utterance
from kg.suggest.naming import Naming, is_name, unique
from kg.suggest.reading import read_text
from kg.suggest.scores import Score
from kg.text import digest

TEXT = (
    "River Guard takes Selm\n\n"
    "Fighters of the River Guard captured Selm on Sunday, Colonel Ada Brun said. "
    '"We hold Selm and the mill above it, and nobody who came up the road from the coast '
    'this spring will take it back," she told Radio Tarn. '
    "About 40 people died, the Valley Monitor said, and the River Guard denied that the old "
    "ferry landing below the mill was still in the hands of the army of the coast. "
    "If they reach Holm, the valley is cut.\n"
)
HEADLINE, BODY = (0, 22), (24, len(TEXT) - 1)
BY = By("test.rule", "says so")
SELM = Record(
    "almanac:7", "town", {"en": "Selm", "ar": "سلم"}, (-48.5, -24.5), parents=("almanac:1",)
)


def at(words, nth=1):
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def named(words, nth=1, **of):
    return Named(at(words, nth), of.pop("kind", "actor"), BY, **of)


GUARD = named("River Guard", 2, type="armed-group")
SELM_NAMED = named("Selm", 2, kind="place", record="almanac:7")
HOLM = named("Holm", kind="place", refers_to="holm")
BRUN = Utterance(
    "indirect",
    (at("Fighters of the River Guard captured Selm on Sunday"),),
    BY,
    cue=at("Colonel Ada Brun said"),
    speaker=at("Colonel Ada Brun"),
    named=named("Ada Brun", type="military-officer"),
    role=at("Colonel"),
)
WE_HOLD = Utterance(
    "direct",
    ((at("We hold Selm")[0], at("take it back,")[1]),),
    BY,
    speaker=at("she"),
    named=BRUN.named,
    said_to=named("Radio Tarn", refers_to="radio-tarn"),
)
DENIED = Utterance(
    "indirect",
    ((at("that the old ferry")[0], at("the army of the coast")[1]),),
    BY,
    speaker=at("the River Guard"),
    named=GUARD,
)
CAPTURE = Statement(
    span=at("captured Selm"),
    by=By("control.capture-verb", "'captured' with a place"),
    type="capture",
    roles=(
        Filled("gained-by", at("Fighters of the River Guard"), GUARD),
        Filled("place", at("Selm", 2), SELM_NAMED),
        Filled("agent", at("Fighters"), None),
    ),
    when=Timed(
        at("on Sunday"),
        "2026-03-01",
        BY,
        When(on=dt.date(2026, 3, 1), basis="relative-to-publication", words="on Sunday"),
    ),
    voice=BRUN,
)
REACH = Statement(
    at("reach Holm"),
    BY,
    type="advance",
    roles=(Filled("agent", at("they")), Filled("destination", at("Holm"), HOLM)),
    factuality="conditional",
)
CUT = Statement(
    at("the valley is cut"),
    BY,
    type="route-cut",
    roles=(Filled("place", at("the valley")),),
    factuality="conditional",
    on_condition=REACH,
)
HOLD = Statement(
    at("in the hands of the army of the coast"),
    BY,
    degree="full",
    roles=(
        Filled("controller", at("the army of the coast")),
        Filled("place", (at("the old")[0], at("ferry landing")[1])),
    ),
    polarity="negative",
    completion="ongoing",
    voice=DENIED,
)
KILLED = Figure(at("About 40 people"), "40", 40, BY, "people", "approximately", "people-killed")


ARABIC = "«النهر لنا»، قال المتحدث باسم الحرس. «النهر لنا»، قال المتحدث باسم الحرس أيضا.\n"


def test_a_voice_with_an_arabic_name_has_an_id_that_can_be_read():
    content = [ARABIC.index("النهر"), ARABIC.rindex("النهر")]
    speaker = [ARABIC.index("المتحدث"), ARABIC.rindex("المتحدث")]
    voices = [
        Utterance("direct", ((at, at + 9),), BY, speaker=(by, by + 18))
        for at, by in zip(content, speaker, strict=True)
    ]
    reading = read_text(ARABIC)
    part = Part("body", anchor_of(((0, len(ARABIC) - 1),), page_of(reading)))
    bare = Mapping(1, "draft", Article(title="x"), Coding(), (part,))
    naming = Naming(Authorities({}, {}), lambda _: None, ARABIC)
    made = draft(Proposals(utterances=voices), bare, reading, naming, {})
    assert list(made.mapping.voices) == ["mthdth-basm-hrs", "mthdth-basm-hrs-2"]


def proposals(**changed):
    whole = Proposals(
        [GUARD, SELM_NAMED, HOLM],
        [BRUN, WE_HOLD, DENIED],
        [],
        [KILLED],
        [CAPTURE, HOLD, CUT, REACH],
    )
    for kind, found in changed.items():
        setattr(whole, kind, found)
    return whole


def base():
    page = page_of(read_text(TEXT))
    published = Published(on=dt.date(2026, 3, 3), basis="outside", because="the site's archive")
    parts = (
        Part("headline", anchor_of((HEADLINE,), page)),
        Part("body", anchor_of((BODY,), page)),
    )
    about = Article(
        "River Guard takes Selm", "unstated", None, "en", published, digest=digest(TEXT.encode())
    )
    return Mapping(1, "draft", about, Coding("suggester", dt.date(2026, 3, 4), codebook="1"), parts)


@pytest.fixture
def made(aven):
    return drafted(aven)


def drafted(aven, found=None, scores=None):
    reading = read_text(TEXT, [HEADLINE, BODY])
    naming = Naming(aven.authorities, {"almanac:7": SELM}.get, TEXT)
    return draft(found or proposals(), base(), reading, naming, scores or {})


def test_every_anchor_is_found_again_where_it_was(made):
    page = made.page
    for path, anchor in anchors(made.mapping):
        ranges = [(0, len(TEXT))] if path[0] == "part" else page.parts
        assert find(anchor, TEXT, ranges) == anchor.at, path


def test_ids_say_what_and_where(made):
    assert list(made.mapping.claims) == [
        "capture-selm",
        "control-the-old-ferry-landing",
        "route-cut-the-valley",
        "advance-holm",
        "people-killed",
    ]
    assert list(made.mapping.voices) == ["ada-brun", "ada-brun-2", "river-guard"]


def test_an_event_has_the_roles_of_its_type_only(made):
    claim = made.mapping.claims["capture-selm"]
    assert claim.gained_by == ("river-guard",) and claim.place == ("selm",)
    assert claim.agent is None
    assert (claim.voice, claim.by) == ("ada-brun", "control.capture-verb")
    assert claim.when.on == dt.date(2026, 3, 1) and claim.completion is None


def test_what_nothing_names_keeps_the_words_of_the_article(made):
    claim = made.mapping.claims["control-the-old-ferry-landing"]
    assert claim.controller == (Local("unnamed", "the army of the coast"),)
    assert claim.place == (Local("described", "the old ferry landing"),)
    assert (claim.degree, claim.polarity, claim.completion) == ("full", "negative", None)


def test_a_consequence_names_its_condition(made):
    assert made.mapping.claims["route-cut-the-valley"].on_condition == "advance-holm"


def test_a_direct_quotation_keeps_all_its_words_and_a_long_passage_its_ends(made):
    direct, denied = made.mapping.voices["ada-brun-2"], made.mapping.voices["river-guard"]
    assert direct.form == "direct" and direct.said_to == "radio-tarn"
    assert direct.anchor.words[0].startswith("We hold Selm and") and len(direct.anchor.words) == 1
    assert denied.anchor.words is None
    assert (denied.anchor.first, denied.anchor.last) == ("that the old", "of the coast")


def test_new_actors_and_places_are_proposed_once_with_their_ground(made):
    entries = made.naming.proposed
    assert sorted(entries) == ["ada-brun", "river-guard", "selm"]
    assert entries["ada-brun"].publication_basis == "public-office"
    assert entries["selm"].point_from == "almanac:7" and entries["selm"].part_of == "tarn"


def test_a_private_person_is_not_proposed(aven):
    private = replace(BRUN, named=named("Ada Brun", type="private-person"))
    made = drafted(aven, proposals(names=[], utterances=[private], statements=[]))
    assert made.naming.proposed == {}
    assert made.mapping.voices["colonel-ada-brun"].speaker == Local("unnamed", "Colonel Ada Brun")


def test_what_no_claim_can_be_is_left_out_and_counted(aven):
    nowhere = replace(CAPTURE, roles=CAPTURE.roles[:1])
    unheld = replace(HOLD, roles=HOLD.roles[1:])
    area = replace(KILLED, unit="leagues", measure="territory-area")
    outside = replace(CAPTURE, span=(0, len(TEXT)))
    found = proposals(statements=[nowhere, unheld, outside], figures=[area])
    made = drafted(aven, found)
    assert made.mapping.claims == {}
    assert sum(made.left_out.values()) == 4


def test_a_denial_alone_says_what_it_denies_or_is_left_out(aven):
    denial = Statement(at("denied"), BY, denies=HOLD, voice=DENIED)
    both = drafted(aven, proposals(statements=[HOLD, denial]))
    assert both.mapping.claims["denial"].denies == "control-the-old-ferry-landing"
    alone = drafted(aven, proposals(statements=[denial]))
    assert "denial" not in alone.mapping.claims


def test_a_measured_rule_has_its_score_and_another_says_that_it_has_none(aven):
    made = drafted(aven, scores={"control.capture-verb": Score(9, 10, 0.6, ("claims",))})
    assert made.mapping.claims["capture-selm"].score == 0.6
    other = made.mapping.claims["advance-holm"]
    assert other.score is None and "not been measured" in other.because


def test_what_a_person_wrote_stays_and_keeps_its_id(aven):
    first = drafted(aven)
    own = replace(first.mapping.claims["capture-selm"], by=None, extent="the lower half of")
    reading = read_text(TEXT, [HEADLINE, BODY])
    kept = replace(base(), claims={"capture-selm": own})
    naming = Naming(aven.authorities, {"almanac:7": SELM}.get, TEXT)
    again = draft(proposals(), kept, reading, naming, {})
    assert again.mapping.claims["capture-selm"] is own
    assert "capture-selm-2" in again.mapping.claims


def test_the_same_proposals_give_the_same_bytes_and_are_read_again(aven):
    once, twice = (write(drafted(aven).mapping) for _ in range(2))
    assert once == twice
    assert read(once, "mapping.toml") == drafted(aven).mapping


def test_a_draft_conforms_with_what_it_proposes_and_is_not_released(aven, made, capsys):
    folder = aven.root / "articles" / "selm"
    folder.mkdir()
    (aven.root / "texts" / "selm.txt").write_text(TEXT, "utf-8")
    store(made, folder / "mapping.toml")
    assert main(["validate", "selm", "-w", str(aven.root)]) == 0, capsys.readouterr().err
    assert "draft" in capsys.readouterr().out
    (folder / "proposed.toml").unlink()
    assert main(["validate", "selm", "-w", str(aven.root)]) != 0
    assert "river-guard" in capsys.readouterr().err


def test_a_proposed_id_that_an_authority_has_is_found(aven, made, capsys):
    folder = aven.root / "articles" / "selm"
    folder.mkdir()
    store(made, folder / "mapping.toml")
    path = folder / "proposed.toml"
    path.write_text(path.read_text("utf-8").replace("[place.selm]", "[place.holm]"), "utf-8")
    assert main(["validate", "selm", "-w", str(aven.root)]) != 0
    assert "'holm' stands twice" in capsys.readouterr().err


def test_a_reviewed_mapping_refers_to_nothing_proposed(aven, made, capsys):
    folder = aven.root / "articles" / "selm"
    folder.mkdir()
    coding = replace(made.mapping.coding, reviewer="reviewer-1")
    made.mapping = replace(made.mapping, status="reviewed", coding=coding)
    store(made, folder / "mapping.toml")
    assert main(["validate", "selm", "-w", str(aven.root)]) != 0
    assert "which nothing bears" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Valley Monitor", True),
        ("Army of the Coast", True),
        ("Kurdish fighters", False),
        ("the army", False),
        ("al-Furat Guard", True),
        ("مرصد الوادي", False),
    ],
)
def test_names_have_capitals_and_descriptions_have_not(words, expected):
    assert is_name(words) is expected


def test_the_second_of_an_id_has_a_number():
    assert unique("a", ["b"]) == "a" and unique("a", ["a", "a-2"]) == "a-3"


def test_authorities_without_places_propose_a_place_without_part():
    naming = Naming(Authorities({}, {}), {"almanac:7": SELM}.get, TEXT)
    assert naming.slug(SELM_NAMED) == "selm"
    assert naming.proposed["selm"].part_of is None


def test_people_whose_noun_the_codebook_has_not_are_people(aven):
    made = drafted(aven, proposals(figures=[replace(KILLED, unit="millers")]))
    assert made.mapping.claims["people-killed"].unit == Implied("people")
