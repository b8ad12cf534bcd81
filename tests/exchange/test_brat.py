"""brat stand-off: what it looks like, and what is done in brat arrives as that."""

import re
import shutil
from itertools import pairwise

import pytest

from exchange.gate import TEXT
from kg.errors import ExchangeError
from kg.exchange.brat import ATTRIBUTES, RELATIONS
from kg.exchange.brat_conf import annotation_conf
from kg.exchange.fragments import shown
from kg.exchange.receive import receive
from kg.exchange.send import send
from kg.vocabulary import load_vocabulary
from kg.workspace import SHIPPED, open_workspace

CAFE = "cafe\u0301 burned"
PIER = "\U00010330 pier"
CUE = "\u0642\u0627\u0644 \u0627\u0644\u062d\u0627\u0643\u0645"


@pytest.fixture
def edit(gate, tmp_path):
    """Sends the mapping out, changes the .ann, and brings it back."""
    folder = tmp_path / "brat"
    send(gate, "gate", "brat", folder)

    def change(*pairs):
        file = folder / "gate.ann"
        text = file.read_bytes().decode("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_bytes(text.encode("utf-8"))
        return receive(gate, "gate", "brat", folder)

    return change


def span(words):
    start = TEXT.index(words)
    return f"{start} {start + len(words)}"


def spans_that_brat_verifies(folder, slug):
    """How many spans a file has: the pieces of the text, joined by one space, are each one's words,
    and none of its pieces shares a place with another.
    """
    text = (folder / f"{slug}.txt").read_bytes().decode("utf-8")
    lines = (folder / f"{slug}.ann").read_bytes().decode("utf-8").split("\n")
    bound = [line.split("\t", 2) for line in lines if line.startswith("T")]
    for _, said, words in bound:
        at = [tuple(map(int, pair.split())) for pair in said.split(" ", 1)[1].split(";")]
        assert " ".join(text[start:end] for start, end in at) == words
        assert all(one[1] <= other[0] for one, other in pairwise(at))
    return len(bound)


def test_every_span_is_what_brat_reads_there(gate, tmp_path):
    send(gate, "gate", "brat", tmp_path / "brat")
    assert spans_that_brat_verifies(tmp_path / "brat", "gate") == 6
    text = (tmp_path / "brat" / "gate.txt").read_bytes().decode("utf-8")
    assert len(text) == len(TEXT) and len(text.encode("utf-16-le")) == 2 * len(text)


def test_every_span_of_the_five_articles_is_what_brat_reads_there(shared, tmp_path):
    corpus = open_workspace(shutil.copytree(SHIPPED, tmp_path / "corpus"))
    shutil.copytree(shared / "articles", corpus.root / "texts")
    for slug in corpus.slugs:
        entries = send(corpus, slug, "brat", tmp_path / "brat").entries
        assert spans_that_brat_verifies(tmp_path / "brat", slug) >= entries > 0


def test_a_span_over_a_line_break_is_two(gate, tmp_path):
    send(gate, "gate", "brat", tmp_path / "brat")
    text = (tmp_path / "brat" / "gate.ann").read_text("utf-8")
    assert f"\tclaim {span('held')};{TEXT.index('Salt Gate on')}" in text


def test_every_type_that_is_written_is_one_that_brat_is_told(gate, aven, tmp_path):
    conf = annotation_conf(load_vocabulary())
    entities = conf.partition("[relations]")[0].splitlines()[1:]
    for workspace, slug in ((gate, "gate"), (aven, "aven"), (aven, "aven-arabic")):
        send(workspace, slug, "brat", tmp_path / slug)
        text = (tmp_path / slug / f"{slug}.ann").read_text("utf-8")
        assert set(re.findall(r"^T\d+\t(\S+)", text, re.MULTILINE)) <= set(entities)
    for name in (*RELATIONS, *ATTRIBUTES, "cue"):
        assert re.search(rf"^{name}\tArg", conf, re.MULTILINE)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", "".join(entities).replace("\n", ""))


def test_nothing_done_is_nothing_changed(edit, gate):
    before = gate.source("gate")
    assert edit().changes == ()
    assert gate.source("gate") == before


def test_a_moved_span(edit, gate):
    received = edit(
        (
            f"claim_destruction {span(CAFE)};{span(PIER)}\t{CAFE} \ufffd pier",
            f"claim_destruction {span('A ' + CAFE)}\tA {CAFE}",
        )
    )
    start = TEXT.index(PIER)
    was = f"[[{span(CAFE).replace(' ', ', ')}], [{start}, {start + len(PIER)}]]"
    (told,) = received.changes
    assert told == (
        f'changed: claim \'cafe-burned\': words ["{CAFE}", "{PIER}"] is now "A {CAFE}"; '
        f"at {was} is now [{span('A ' + CAFE).replace(' ', ', ')}]"
    )
    anchor = gate.mapping("gate").claims["cafe-burned"].anchor
    assert anchor.words == (f"A {CAFE}",) and anchor.nth is None
    assert TEXT[slice(*anchor.at[0])] == f"A {CAFE}"


def test_what_is_marked_beyond_the_plane_and_over_a_line_comes_back_in_the_articles_own_words(
    edit, gate
):
    old = f"{span('held')};{TEXT.index('Salt Gate on')} {TEXT.index(' on Friday')}\theld Salt Gate"
    start = TEXT.index("\U0001f6a2")
    end = TEXT.index("\r\n")
    gate_at = TEXT.index("Salt Gate on")
    new = f"{start} {end};{gate_at} {gate_at + 4}\t\ufffd The Harbour Guard held Salt"
    edit((old, new))
    words = gate.mapping("gate").claims["gate-held"].anchor.words
    assert words == ("\U0001f6a2 The Harbour Guard held\r\nSalt",)


def test_a_changed_type_and_attribute_and_relation(edit, gate):
    edit(("claim_withdrawal", "claim_loss-of-control"), ("degree T3 full", "degree T3 partial"))
    claims = gate.mapping("gate").claims
    assert claims["guard-left"].type == "loss-of-control"
    assert claims["gate-held"].degree == "partial"
    assert claims["guard-left"].denies == "gate-held"


def test_an_added_claim_is_named_by_its_words_and_counted(edit, gate):
    first = TEXT.index("The Harbour Guard")
    voice = f"T91\tvoice_indirect {span('Friday')}\tFriday\n"
    received = edit(
        ("T1\t", f"T90\tclaim_clash {first} {first + 17}\tThe Harbour Guard\nT1\t"),
        (
            "#1\t",
            f"R90\tvoice Arg1:T90 Arg2:T91\n#90\tAnnotatorNotes T90\tthe guard fought\n{voice}#1\t",
        ),
    )
    assert received.changes == ("added: voice 'voice-t91'", "added: claim 'the-harbour-guard'")
    claim = gate.mapping("gate").claims["the-harbour-guard"]
    assert (claim.type, claim.voice, claim.because) == ("clash", "voice-t91", "the guard fought")
    assert claim.anchor.nth == (1,)


def test_a_removed_claim(edit, gate, tmp_path):
    file = tmp_path / "brat" / "gate.ann"
    lines = file.read_bytes().decode("utf-8").splitlines(keepends=True)
    mark = next(line for line in lines if "claim_destruction" in line).partition("\t")[0]
    kept = [line for line in lines if not re.search(rf"(^|[ :]){mark}\b", line)]
    file.write_bytes("".join(kept).encode("utf-8"))
    assert edit().changes == ("removed: claim 'cafe-burned'",)
    assert list(gate.mapping("gate").claims) == ["gate-held", "guard-left"]


def test_a_long_new_span_becomes_its_two_ends(edit, gate):
    long = TEXT[TEXT.index("Salt Gate on") : TEXT.index(" pier")]
    words = shown(long)
    start = TEXT.index(long)
    edit(("T1\t", f"T90\tclaim {start} {start + len(long)}\t{words}\nT1\t"))
    added = [c for n, c in gate.mapping("gate").claims.items() if n.startswith("salt-gate-on")]
    assert added[0].anchor.first == "Salt Gate on Friday."
    assert added[0].anchor.words is None
    assert TEXT[slice(*added[0].anchor.at[0])] == long


def test_all_mistakes_of_form_are_told_at_once_with_their_lines(edit, gate):
    before = gate.source("gate")
    with pytest.raises(ExchangeError) as raised:
        edit(
            ("T1\tpart_body", "T1\tpart_body x"),
            ("denies Arg1:T5 Arg2:T3", "denies Arg1:T5 Arg2:T2"),
            ("degree T3 full", "degree T33 full"),
            ("AnnotatorNotes T5\t{", "AnnotatorNotes T5\t{{"),
            ("claim_destruction", "clam_destruction"),
        )
    told = str(raised.value).splitlines()
    assert all(re.match(r".*gate\.ann:\d+: ", line) for line in told)
    joined = "\n".join(told)
    for said in (
        "T1 is no span",
        "is about T2, which is a voice_indirect; expected a claim",
        "is about T33, which is not in the file",
        "the note of T5 is no JSON",
        "is a clam_destruction, which no mapping has",
    ):
        assert said in joined
    assert [f.line for f in raised.value.findings] == sorted(f.line for f in raised.value.findings)
    assert gate.source("gate") == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "claim_withdrawal",
            "claim_withdrawl",
            "has type 'withdrawl'; nearest values",
        ),
        ("voice_indirect", "voice_indirekt", "form"),
        ("degree T3 full", "degree T3 fully", "has degree 'fully'; nearest values"),
        ("degree T3 full", "strength T3 full", "the name one of mode, degree"),
        ("R1\t", "E1\tclash:T3\nR1\t", "'E1' begins no line that a mapping has"),
        ('{"unnamed": "The Harbour Guard"}', '"harbour-guard"', "which nothing bears"),
        ("A1\t", "A1\tmode T3 physical\nA1\t", "A1 stands twice, first on line"),
        ("T4\t", "T3\t", "T3 stands twice, first on line"),
        ('{"id": "cafe', '{"because": "\\ud800", "id": "cafe', "half of a pair of surrogates"),
        ('"id": "cafe-burned"', '"id": "gate-held"', "'gate-held' stands twice, first on line"),
    ],
)
def test_what_no_mapping_has_or_what_stands_twice_is_refused(edit, gate, old, new, said):
    before = gate.source("gate")
    with pytest.raises(ExchangeError, match=r"gate\.ann:\d+: ") as raised:
        edit((old, new))
    assert said in str(raised.value)
    assert gate.source("gate") == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (r"T3\t", "is about T3, which is not in the file; expected a claim"),
        (r"#\d+\tAnnotatorNotes T3\t", "stands where claim 'gate-held' stood, without its name"),
        (r"#\d+\tAnnotatorNotes T1\t", "marks only the two ends of a passage"),
        (r"R\d+\tcue ", "is a cue of no voice"),
        (r"", "has no entry; expected those of the mapping"),
    ],
)
def test_lines_that_are_missing_are_missed(edit, gate, tmp_path, line, said):
    before, file = gate.source("gate"), tmp_path / "brat" / "gate.ann"
    kept = [one for one in file.read_text("utf-8").splitlines() if not re.match(line, one)]
    file.write_text("".join(f"{one}\n" for one in kept), "utf-8")
    with pytest.raises(ExchangeError) as raised:
        edit()
    assert said in str(raised.value)
    assert gate.source("gate") == before


def test_a_text_that_changed_at_home_is_refused_both_ways(aven, tmp_path):
    send(aven, "aven", "brat", tmp_path / "brat")
    text = aven.text_path("aven")
    text.write_text(" " + text.read_text("utf-8"), "utf-8")
    for exchange in (receive, send):
        with pytest.raises(ExchangeError, match=r"mapping\.toml:8: the attached text is sha256:"):
            exchange(aven, "aven", "brat", tmp_path / "brat")


def test_drift_is_an_error_with_what_stands_there_and_nothing_is_written(edit, gate):
    before = gate.source("gate")
    start, cue = TEXT.index(CUE), CUE
    with pytest.raises(ExchangeError) as raised:
        edit((f"cue {span(cue)}", f"cue {start + 2} {start + 2 + len(cue)}"))
    (finding,) = raised.value.findings
    there = TEXT[start + 2 : start + 2 + len(cue)]
    assert f"has {there!r}; expected {cue!r}" in finding.message
    assert f"These words stand at [{start}, {start + len(cue)}]" in finding.message
    assert gate.source("gate") == before


def test_another_text_beside_it_is_refused(gate, tmp_path):
    folder = tmp_path / "brat"
    send(gate, "gate", "brat", folder)
    (folder / "gate.txt").write_text(shown(TEXT).replace("Friday", "Monday"), "utf-8", newline="")
    with pytest.raises(ExchangeError, match=r"gate\.txt:2: is another text from character"):
        receive(gate, "gate", "brat", folder)


def test_the_text_goes_nowhere_where_it_could_be_published(gate, tmp_path):
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    for folder in (repository / "out", gate.root / "brat"):
        sent = send(gate, "gate", "brat", folder)
        assert not (folder / "gate.txt").exists() and (folder / "gate.ann").is_file()
        assert "private" in sent.text and "not written" in sent.text
    sent = send(gate, "gate", "brat", gate.root / "texts" / "brat")
    assert "private" in sent.text
    assert (gate.root / "texts" / "brat" / "gate.txt").is_file()


def test_without_the_text_it_says_so(aven, tmp_path):
    aven.text_path("aven").unlink()
    sent = send(aven, "aven", "brat", tmp_path / "brat")
    assert sent.text == "No text is attached: brat also needs aven.txt."
    received = receive(aven, "aven", "brat", tmp_path / "brat" / "aven.ann")
    assert received.summary == "nothing changed (no text is attached to compare the words with)"
