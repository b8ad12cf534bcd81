"""A sentence that stands twice is proposed once, and the ledger says why the other says nothing."""

import datetime as dt

import pytest

from kg.authority import Authorities
from kg.mapping.anchor import locate
from kg.mapping.document import Article, Coding, Mapping, Part
from kg.mapping.ledger import ledger
from kg.suggest.anchoring import anchor_of, page_of
from kg.suggest.draft import draft
from kg.suggest.found import By, Filled, Proposals, Statement, Utterance
from kg.suggest.naming import Naming
from kg.suggest.reading import read_text

FELL = "The guard left Selm on Monday"
SAID = 'The river is ours and stays ours," Ada Brun said.'
TEXT = f'{FELL}\n\nSELM, 3 March — {FELL}. It rained. "{SAID} Nobody saw them go. "{SAID}\n'
BY = By("test.rule", "says so")


def places(words):
    starts = [n for n in range(len(TEXT)) if TEXT.startswith(words, n)]
    return [(start, start + len(words)) for start in starts]


def left(nth, voice=None, place="Selm"):
    span = places("left Selm")[nth]
    roles = (
        Filled("lost-by", places("The guard")[nth]),
        Filled("place", places("Selm")[nth] if place == "Selm" else places(place)[0]),
    )
    return Statement(span, BY, type="withdrawal", roles=roles, voice=voice)


def said(nth, speaker="Ada Brun"):
    content = places("The river is ours and stays ours")[nth]
    return Utterance("direct", (content,), BY, speaker=places(speaker)[-1])


def drafted(nothings=(), /, **found):
    reading = read_text(TEXT)
    part = Part("body", anchor_of(((0, len(TEXT) - 1),), page_of(reading)))
    bare = Mapping(
        1,
        "draft",
        Article(title="Selm"),
        Coding(coded=dt.date(2026, 3, 3)),
        (part,),
        nothings=nothings,
    )
    naming = Naming(Authorities({}, {}), lambda _: None, reading.text)
    return draft(Proposals(**found), bare, reading, naming, {})


def test_a_headline_within_the_text_is_one_claim_and_its_sentence_is_set_aside():
    made = drafted(statements=[left(1), left(0)])
    (claim,) = made.mapping.claims.values()
    assert claim.anchor.at == (places("left Selm")[0],)
    assert made.left_out["voices and claims that only repeat a sentence"] == 1
    (nothing,) = made.mapping.nothings
    assert nothing.because == "repeats an earlier sentence"
    assert nothing.anchor.at == ((TEXT.index("SELM"), TEXT.index(" It rained")),)
    silent = ledger(TEXT, locate(made.mapping, TEXT)).open
    assert TEXT[slice(*silent[0])] == "It rained."


def test_a_quotation_set_twice_is_one_voice_and_claims_keep_a_speaker():
    first, second = said(0), said(1)
    made = drafted(utterances=[first, second], statements=[left(0, second)])
    assert list(made.mapping.voices) == ["ada-brun"]
    assert [claim.voice for claim in made.mapping.claims.values()] == ["ada-brun"]


@pytest.mark.parametrize(
    ("voices", "claims", "found"),
    [
        (0, 2, {"statements": [left(0), left(1, place="Nobody")]}),
        (2, 0, {"utterances": [said(0), said(1, "Nobody")]}),
        (1, 2, {"statements": [left(0), left(1, said(0))]}),
    ],
)
def test_what_says_otherwise_stays_though_its_words_are_the_same(voices, claims, found):
    made = drafted(**found).mapping
    assert (len(made.voices), len(made.claims), made.nothings) == (voices, claims, ())


def test_proposed_anew_it_is_set_aside_once():
    found = {"statements": [left(0), left(1)]}
    again = drafted(drafted(**found).mapping.nothings, **found)
    assert len(again.mapping.nothings) == 1
