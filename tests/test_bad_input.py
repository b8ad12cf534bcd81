"""Whatever is wrong in what a user hands over, the message says where, what, and what to do."""

import re
import time

import pytest

from kg.cli import main

MAPPING = "articles/aven/mapping.toml"
WHERE = re.compile(r"^[\w./-]+:\d+: ")


@pytest.fixture
def validate(aven, capsys):
    """Runs `whoholds validate` on one changed article; exit code and the lines of the message."""

    def run(*words: str) -> tuple[int, list[str]]:
        capsys.readouterr()
        code = main(["validate", "-w", str(aven.root), *(words or ("aven",))])
        return code, capsys.readouterr().err.splitlines()

    return run


@pytest.fixture
def change(aven):
    """Puts other words in the place of some, once, in a file of the workspace."""

    def edit(old: str, new: str, name: str = MAPPING) -> int:
        path = aven.root / name
        source = path.read_text("utf-8")
        assert old in source
        path.write_text(source.replace(old, new, 1), "utf-8")
        return source[: source.index(old)].count("\n") + 1

    return edit


def assert_said(found: tuple[int, list[str]], where: str, what: str, do: str) -> None:
    code, lines = found
    assert code == 1
    assert all(WHERE.match(line) for line in lines), lines
    line = next((line for line in lines if line.startswith(f"{where}: ")), None)
    assert line is not None, f"nothing is said of {where}: {lines}"
    assert what in line
    assert do in line


# --- form -----------------------------------------------------------------------------


def test_broken_toml(validate, change):
    line = change('title     = "Troops', "title     = Troops")
    what = (
        "not valid TOML: Invalid value. Correct the line: 'title     = Troops take Aven bridge\"'"
    )
    assert_said(validate(), f"{MAPPING}:{line}", what, "Correct the line")


def test_broken_toml_at_the_end(validate, change):
    change('because = "background"', 'because = """background')
    code, (line,) = validate()
    assert code == 1 and WHERE.match(line) and "not valid TOML" in line


def test_an_impossible_date(validate, change):
    line = change("2026-03-01", "2026-02-30")
    what, do = "2026-02-30", "The calendar has no such day; correct the line"
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_duplicate_ids(validate, change):
    line = change("[voice.monitor]", "[voice.varro]")
    what, do = "Cannot declare ('voice', 'varro') twice", "rename or remove one"
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_duplicate_keys(validate, change):
    line = change('speaker = "valley-monitor"', 'form    = "direct"')
    what, do = "Cannot overwrite a value", "rename or remove one"
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_reversed_dates(validate, change):
    line = change("{ on = 2026-03-01", "{ within = [2026-03-02, 2026-03-01]")
    what, do = "2026-03-02 is after 2026-03-01", "expected the earlier date first"
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_a_time_that_ends_before_it_begins(validate, change):
    line = change("{ on = 2026-03-01", "{ since = 2026-03-04, until = 2026-03-01")
    what, do = "ends (2026-03-01) before it begins (2026-03-04)", "Exchange the dates"
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_a_weekday_that_does_not_match(validate, change):
    line = change("{ on = 2026-03-01", "{ on = 2026-03-02")
    what, do = "says 'on Sunday', but 2026-03-02 is a Monday", "Correct the date"
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


# --- references -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "what", "do"),
    [
        (
            'speaker = "valley-monitor"',
            'speaker = "valey-monitor"',
            "speaker 'valey-monitor', which nothing bears",
            "Fix the spelling or add it to the authority file; nearest actors: valley-monitor",
        ),
        (
            '["holm"]',
            '["holms"]',
            "destination 'holms', which nothing bears",
            "Fix the spelling or add it to the authority file; nearest places: holm",
        ),
        (
            '"capture"',
            '"captured"',
            "type 'captured'; nearest values of event-type: capture",
            "Use one of the codebook's",
        ),
        (
            'unit    = "people"',
            'unit    = "poeple"',
            "unit 'poeple', which no unit is printed as; nearest units: people",
            "Give it as printed",
        ),
        (
            'relayed-by = "monitor"',
            'relayed-by = "observer"',
            "relayed-by 'observer', which is no voice; voices: council, doctors, monitor",
            "Fix the spelling or add the voice",
        ),
        (
            'denies = "bridge-taken"',
            'denies = "bridge-took"',
            "denies 'bridge-took', which does not exist; nearest claims: bridge-taken",
            "Fix the spelling or add it",
        ),
    ],
    ids=["actor", "place", "type", "unit", "headless chain", "claim"],
)
def test_what_is_unknown(validate, change, old, new, what, do):
    line = change(old, new)
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_a_cyclic_chain(validate, change):
    line = change(
        'speaker = "valley-monitor"', 'speaker = "valley-monitor"\nrelayed-by = "doctors"'
    )
    what, do = "relays itself: monitor ← doctors ← monitor", "A chain must end at the outlet"
    assert_said(validate(), f"{MAPPING}:{line + 1}", what, do)


# --- words ----------------------------------------------------------------------------


def test_words_that_are_not_in_the_text(validate, change):
    line = change('"took the Aven bridge"', '"took the old bridge"')
    what, do = "'took the old bridge' is not in the article", "Copy the words letter for letter"
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_words_that_stand_there_twice(validate, change):
    line = change('"took the Aven bridge"', '"ridge"')
    what, do = "'ridge' stands 2 times", "Add nth, or more words. 1: …"
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_curly_against_straight_quotes(validate, change):
    line = change("a miller's guild.", "a miller’s guild.")
    what = "it has straight ' where you typed ’ (U+2019)"
    do = 'Copy its own signs: "a miller\'s guild."'
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_a_changed_text(validate, change, aven):
    path = aven.text_path("aven")
    path.write_text(path.read_text("utf-8").replace("on Sunday", "on  Sunday"), "utf-8")
    line = change("digest", "digest")
    what, do = "the attached text is sha256:", "Attach the text it was made from, or run"
    found = validate()
    assert_said(found, f"{MAPPING}:{line}", what, do)
    moved = [x for x in found[1] if "but its words stand at" in x]
    assert moved and all("Run `whoholds validate --write`" in x for x in moved)


def test_a_rewrapped_text(validate, change, aven):
    path = aven.text_path("aven")
    path.write_text(path.read_text("utf-8").replace("the Aven bridge", "the\nAven bridge"), "utf-8")
    line = change('"took the Aven bridge"', '"took the Aven bridge"')
    what = "it has a line break where you typed a space"
    do = 'Copy its own signs: "took the\\nAven bridge"'
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_a_no_break_space(validate, change, aven):
    path = aven.text_path("aven")
    path.write_text(path.read_text("utf-8").replace("Radio Tarn", "Radio\u00a0Tarn"), "utf-8")
    line = change('"she told Radio Tarn"', '"she told Radio Tarn"')
    what = "it has a no-break space where you typed a space"
    do = 'Copy its own signs: "she told Radio\\u00a0Tarn"'
    assert_said(validate(), f"{MAPPING}:{line}", what, do)


def test_a_text_that_is_not_utf_8(validate, aven):
    aven.text_path("aven").write_bytes("café".encode("latin-1"))
    code, lines = validate()
    assert code == 1
    assert lines == [
        (
            "texts/aven.txt: byte 3 is not UTF-8. Save the text as UTF-8 "
            "(positions are counted in its code points)."
        )
    ]


def test_an_empty_text(validate, aven):
    aven.text_path("aven").write_bytes(b"\n\n")
    assert validate() == (
        1,
        ["texts/aven.txt: the text is empty. Save the article's text there first."],
    )


# --- several articles -----------------------------------------------------------------


def test_two_mappings_of_one_article(aven, capsys):
    again = aven.root / "articles" / "aven-again"
    again.mkdir()
    (again / "mapping.toml").write_bytes(aven.mapping_path("aven").read_bytes())
    code = main(["build", "-w", str(aven.root), "--quiet"])
    assert_said(
        (code, capsys.readouterr().err.splitlines()),
        "articles/aven-again/mapping.toml:1",
        "maps the same text as 'aven' (equal digest)",
        "Keep one mapping an article",
    )


@pytest.mark.parametrize("verb", [["build", "--quiet"], ["validate"]], ids=" ".join)
@pytest.mark.parametrize(
    ("old", "new", "table", "key"),
    [
        ("aven.varro-both-banks", "aven.varro-bank", "[voice.varro]", "same-utterance-as"),
        ("aven.reach-holm", "aven.reach-home", "[claim.reach-holm]", "probably-derived-from"),
    ],
)
def test_what_another_article_does_not_have(aven, change, capsys, verb, old, new, table, key):
    name = "articles/aven-courier/mapping.toml"
    change(old, new, name)
    line = (aven.root / name).read_text("utf-8").split(table)[0].count("\n") + 1
    code = main([*verb, "-w", str(aven.root)])
    said = capsys.readouterr().err.splitlines()
    what = f"has {key} '{new}', which no released article has"
    assert_said((code, said), f"{name}:{line}", what, "Correct it")


def test_a_mistake_in_an_authority_file(validate, change):
    line = change('type = "village"', 'type = "vilage"', "authorities/places.toml")
    what, do = "has type 'vilage'; nearest values of place-type: village", "Use one of them"
    assert_said(validate(), f"authorities/places.toml:{line}", what, do)


# --- what is unusual and right --------------------------------------------------------


def test_arabic_and_mixed_direction_work(validate, aven):
    assert validate("aven-arabic") == (0, [])
    text = aven.content("aven-arabic").decode("utf-8")
    spans = {
        name: [text[start:end] for start, end in claim.anchor.at]
        for name, claim in aven.mapping("aven-arabic").claims.items()
    }
    assert spans["troops-left"] == ["نحو Holm"]
    assert spans["twelve-dead"] == ["وقُتل 12 شخصًا"]


@pytest.mark.slow
def test_ten_megabytes_of_text_work_in_seconds(validate, aven, capsys):
    path = aven.text_path("aven")
    filler = "He said “nothing new” of it, at noon, to Gen. Varro. " * 200_000
    path.write_text(path.read_text("utf-8") + "\n" + filler, "utf-8")
    assert path.stat().st_size > 10_000_000
    source = aven.mapping_path("aven").read_text("utf-8")
    aven.mapping_path("aven").write_text(
        source.replace('to   = "a miller\'s guild."', 'to   = "Gen. Varro. "\nto-nth = 200000'),
        "utf-8",
    )
    start = time.process_time()
    assert validate("aven", "--write") == (0, [])
    assert main(["ledger", "-w", str(aven.root), "aven"]) == 2
    assert time.process_time() - start < 20
    assert "200006 sentences, 200000 not accounted for" in capsys.readouterr().out.splitlines()[0]
