"""Which sentences are accounted for, and how much of an article its mapping repeats."""

import pytest

from kg.mapping.anchor import locate
from kg.mapping.ledger import ledger, repeated_share
from kg.mapping.read import read

HEAD = 'format = 1\nstatus = "draft"\n'
BODY = '[[part]]\nfrom = "One two"\nto = "ten."\n'
TEXT = "Subscribe now. One two three. Four “five six” seven. Eight Aven ten."


def mapped(entries: str):
    mapping = read(HEAD + BODY + entries, "m.toml")
    return mapping, locate(mapping, TEXT)


def still_open(entries: str) -> list[str]:
    return [TEXT[start:end] for start, end in ledger(TEXT, mapped(entries)[1]).open]


def share(entries: str, names: tuple[str, ...] = ()) -> float:
    mapping, located = mapped(entries)
    return repeated_share(TEXT, mapping, located, names)


def test_every_sentence_of_the_parts_is_open_at_first():
    assert still_open("") == ["One two three.", "Four “five six” seven.", "Eight Aven ten."]


@pytest.mark.parametrize("section", ["[voice.a]", "[claim.a]", "[[nothing]]"])
def test_a_voice_a_claim_or_a_reason_accounts_for_a_sentence(section):
    found = still_open(f'{section}\nwords = "seven"\n')
    assert found == ["One two three.", "Eight Aven ten."]


def test_a_cue_accounts_for_its_sentence():
    assert len(still_open('[voice.a]\ncue = "seven"\n')) == 2


def test_a_name_alone_accounts_for_nothing():
    assert len(still_open('[mention.a]\nwords = "seven"\n')) == 3


def test_a_passage_accounts_for_all_its_sentences():
    assert still_open('[claim.a]\nfrom = "two three"\nto = "Eight"\n') == []


def test_the_share_counts_words_outside_quotation_marks():
    # counted: One two three Four seven Eight Aven ten; typed by the part: One two, ten
    assert share("") == 3 / 8
    assert share('[voice.a]\nwords = "five six"\n') == 3 / 8
    assert share('[claim.a]\nwords = "Four"\n') == 4 / 8


def test_names_are_not_counted():
    assert share("", names=("Aven",)) == 3 / 7
    assert share('[mention.a]\nwords = "Aven"\n') == 3 / 7


def test_of_a_passage_only_its_ends_are_repeated():
    assert share('[claim.a]\nfrom = "three"\nto = "Eight"\n') == 5 / 8


def test_a_text_without_parts_repeats_nothing():
    mapping = read(HEAD, "m.toml")
    assert repeated_share(TEXT, mapping, locate(mapping, TEXT), ()) == 0.0
