"""What must hold in a mapping beyond its form: one change, one finding, at its line."""

import pytest

from kg.mapping.check import check
from kg.mapping.read import read


@pytest.fixture
def findings(aven):
    """Changes the first invented mapping in one place and gives the findings, path left off."""
    source, content, known = aven.source("aven"), aven.content("aven"), aven.known()

    def change(old: str, new: str, *, attached: bool = True) -> list[str]:
        assert old in source, f"the fixture has no {old!r}"
        changed = source.replace(old, new, 1)
        text = content if attached else None
        mapping = read(changed, "m.toml")
        return [str(f) for f in check(mapping, changed, "m.toml", known, text)]

    return change


def line_of(aven, words: str) -> int:
    source = aven.source("aven")
    return source[: source.index(words)].count("\n") + 1


CHANGES = [
    ('title     = "Troops take Aven bridge"\n', "", "[article]", "[article] has no title. Add it."),
    ('coder    = "coder-1"  ', "#", "[coding]", "[coding] has no coder. Add it."),
    (
        'reviewer = "reviewer-1"\n',
        "",
        "[coding]",
        "status is reviewed, but [coding] names no reviewer. Add the role.",
    ),
    (
        'speaker = "free-valley-council"\n',
        "",
        "[voice.council]",
        "voice 'council' has no speaker. Add it.",
    ),
    (
        'refers-to = "ines-varro"\n',
        "",
        "[mention.varro]",
        "mention 'varro' has no refers-to. Name the actor or place.",
    ),
    (
        'because = "background"\n',
        "",
        "[[nothing]]",
        "[[nothing]] does not say why. Add because.",
    ),
    (
        '"capture"',
        '"captured"',
        'type      = "capture"',
        (
            "claim 'bridge-taken' has type 'captured'; nearest values of event-type: capture. "
            "Use one of the codebook's."
        ),
    ),
    (
        'kind = "body"  ',
        'kind = "boddy"',
        'kind = "body"',
        (
            "part '1' has kind 'boddy'; nearest values of article-part: body. "
            "Use one of the codebook's."
        ),
    ),
    (
        '["aven-bridge"]\nwhen',
        '["aven-brigde"]\nwhen',
        'place     = ["aven-bridge"]',
        (
            "claim 'bridge-taken' has place 'aven-brigde', which nothing bears. "
            "Fix the spelling or add it to the authority file; nearest places: aven-bridge."
        ),
    ),
    (
        'gained-by = ["government-troops"]',
        'gained-by = ["aven-bridge"]',
        'gained-by = ["gov',
        (
            "claim 'bridge-taken' has gained-by 'aven-bridge', which nothing bears. "
            "Fix the spelling or add it to the authority file; actors: free-valley-council, "
            "free-valley-guard, "
            "government-troops, ido-sale, ines-varro, radio-tarn, tarn-courier, valley-government, "
            "valley-monitor."
        ),
    ),
    (
        'relayed-by = "monitor"  ',
        'relayed-by = "monitors"',
        "relayed-by",
        (
            "voice 'doctors' is relayed-by 'monitors', which is no voice; "
            "nearest voices: monitor, doctors. Fix the spelling or add the voice."
        ),
    ),
    (
        'voice  = "council"',
        'voice  = "councils"',
        'voice  = "council"',
        (
            "claim 'bridge-denied' has voice 'councils', which is no voice; "
            "nearest voices: council. Fix the spelling or add the voice."
        ),
    ),
    (
        'denies = "bridge-taken"',
        'denies = "bridge"',
        "denies",
        (
            "claim 'bridge-denied' has denies 'bridge', which does not exist; nearest claims: "
            "bridge-taken, bridge-denied. Fix the spelling or add it."
        ),
    ),
    (
        'speaker = "valley-monitor"',
        'speaker = "valley-monitor"\nrelayed-by = "doctors"',
        'cue     = "the Valley Monitor said"',
        (
            "voice 'monitor' relays itself: monitor ← doctors ← monitor. "
            "A chain must end at the outlet."
        ),
    ),
    (
        'measure = "people-killed"',
        'measure = "people-killed"\ntype = "killing"',
        "[claim.twelve-dead]",
        "claim 'twelve-dead' has type and measure: write one claim for each.",
    ),
    (
        'type        = "advance"\n',
        "",
        "[claim.reach-holm]",
        "claim 'reach-holm' says nothing: give type, controller, measure, or what it denies.",
    ),
    (
        'controller = ["government-troops"]\n',
        "",
        "[claim.both-banks]",
        "claim 'both-banks' is a state of control: it needs controller and place.",
    ),
    (
        'bound   = "exactly"\n',
        "",
        "measure",
        "claim 'twelve-dead' is a figure without bound. Add it.",
    ),
    (
        'unit    = "people"',
        'unit    = "peoples"',
        'unit    = "people"',
        (
            "claim 'twelve-dead' has unit 'peoples', which no unit is printed as; "
            "nearest units: people, police, places. Give it as printed, or { implied = … }."
        ),
    ),
    (
        "basis   = { event =",
        "basis   = { evnt =",
        "basis   = { event",
        "claim 'twelve-dead' gives a basis for 'evnt', which is no key. Fix it.",
    ),
    (
        ', because = "the page gives day and month, the site\'s archive the year"',
        "",
        "published",
        "published does not say how that is known. Add because.",
    ),
    (
        "when      = { on = 2026-03-01",
        "when      = { on = 2026-03-02",
        "when ",
        "claim 'bridge-taken' says 'on Sunday', but 2026-03-02 is a Monday. Correct the date.",
    ),
    (
        '{ on = 2026-03-03, basis = "outside"',
        '{ on = 2026-03-04, basis = "outside"',
        "published",
        "the article says '3 March', but the date is 2026-03-04. Correct one.",
    ),
    (
        "when      = { on = 2026-03-01",
        "when      = { on = 2026-03-01, since = 2026-03-01",
        "when ",
        "claim 'bridge-taken' gives when by ['on', 'since']; give on, within, or since and until.",
    ),
    (
        "when      = { on = 2026-03-01",
        "when      = { since = 2026-03-04, until = 2026-03-01",
        "when ",
        (
            "claim 'bridge-taken' ends (2026-03-01) before it begins (2026-03-04). "
            "Exchange the dates or correct one."
        ),
    ),
    (
        'basis = "relative-to-publication", words = "on Sunday"',
        'basis = "relative-to-event", words = "on Sunday"',
        "when ",
        "claim 'bridge-taken' is dated relative to an event, but names none. Add anchor.",
    ),
    (
        'basis = "relative-to-publication", words = "on Sunday"',
        'basis = "inferred", words = "on Sunday"',
        "when ",
        "claim 'bridge-taken' has an inferred time. Say why in because.",
    ),
    (
        ', basis = "relative-to-publication", words = "on Sunday"',
        "",
        "when ",
        "claim 'bridge-taken' gives a time without basis. Say how it is known.",
    ),
    (
        "at        = [41, 61]",
        "at        = [40, 60]",
        'words     = "took the Aven bridge"',
        (
            "claim 'bridge-taken' records [40, 60], but its words stand at [41, 61]. "
            "Run `whoholds validate --write`."
        ),
    ),
    (
        'words     = "took the Aven bridge"',
        'words     = "took the Avon bridge"',
        'words     = "took the Aven bridge"',
        (
            "claim 'bridge-taken': 'took the Avon bridge' is not in the article. "
            "Copy the words letter for letter."
        ),
    ),
]


@pytest.mark.parametrize(("old", "new", "at", "message"), CHANGES, ids=lambda text: text[:24])
def test_one_change_one_finding(aven, findings, old, new, at, message):
    found = findings(old, new)
    place, said = zip(*((f.split(": ", 1)) for f in found), strict=True)
    assert message in said
    assert place[said.index(message)] == f"m.toml:{line_of(aven, at)}"


def test_a_changed_text_is_told_by_its_digest(aven, findings):
    (found,) = findings("sha256:56f9", "sha256:0000")
    assert f"m.toml:{line_of(aven, 'digest')}: the attached text is sha256:56f9" in found
    assert found.endswith("Attach the text it was made from, or run `whoholds validate --write`.")


def test_without_the_text_recorded_positions_serve(findings):
    assert findings("took", "took", attached=False) == []


def test_without_the_text_missing_positions_are_findings(aven, findings):
    line = line_of(aven, 'words     = "took the')
    (found,) = findings("at        = [41, 61]\n", "", attached=False)
    assert found == (
        f"m.toml:{line}: claim 'bridge-taken': "
        "has no recorded position. Attach the text and run `whoholds validate --write`."
    )


def test_without_the_text_positions_must_be_as_long_as_the_words(findings):
    (found,) = findings("at        = [41, 61]", "at        = [41, 62]", attached=False)
    assert "claim 'bridge-taken': positions [41, 62] are not as long as the words." in found


LONG = "Government troops took the Aven bridge on Sunday, said Colonel Ines Varro of the northern"


def test_more_than_twelve_words_of_the_article_are_too_many(findings):
    found = findings(
        'words     = "took the Aven bridge"\nat        = [41, 61]', f'words = "{LONG}"'
    )
    assert [f.split(": ", 1)[1] for f in found] == [
        (
            "claim 'bridge-taken' repeats 15 words of the article; at most 12 may stand here "
            "outside its quotation marks. Use from and to."
        )
    ]


def test_what_the_article_quotes_may_be_longer(aven):
    text = "He said “one two three four five six seven eight nine ten eleven twelve thirteen”."
    source = (
        'format = 1\nstatus = "draft"\n[article]\ntitle = "T"\npublisher = "unstated"\n'
        'language = "en"\npublished = { on = 2026-03-03, basis = "stated" }\n[coding]\n'
        'coder = "c"\ncoded = 2026-03-04\ncodebook = "1"\n[[part]]\nfrom = "He said"\nto = "”."\n'
        f'[voice.he]\nform = "direct"\nspeaker = {{ unnamed = "He" }}\nwords = "{text[9:-2]}"\n'
    )
    found = check(read(source, "m.toml"), source, "m.toml", aven.known(), text.encode())
    assert [f.message[:21] for f in found] == ["the attached text is "]


def test_an_inline_entry_must_become_a_table(aven):
    source = 'format = 1\nstatus = "draft"\nvoice = { he = { form = "direct" } }\n[article]\n'
    found = check(read(source, "m.toml"), source, "m.toml", aven.known())
    assert "m.toml:3: voice 'he' stands inline. Write it as a table of its own, [voice.he]." in map(
        str, found
    )


def test_another_articles_claims_are_known_where_all_are_read(aven):
    mappings = {slug: aven.mapping(slug) for slug in aven.slugs}
    source = aven.source("aven-courier").replace("aven.reach-holm", "aven.reach-home")
    mapping = read(source, "m.toml")
    content = aven.content("aven-courier")
    assert check(mapping, source, "m.toml", aven.known(), content) == []
    (found,) = check(mapping, source, "m.toml", aven.known(mappings), content)
    assert found.message.startswith(
        "claim 'reach-holm' has probably-derived-from 'aven.reach-home', which does not exist; "
        "nearest claims: aven.reach-holm"
    )
