"""An article as the rules read it."""

from __future__ import annotations

import pytest

from kg.suggest.reading import read_text

TEXT = 'Aven falls\n\n"We hold it," she said. Holm is quiet.\nPhoto: the bridge'
BODY = (12, 50)


def test_only_the_parts_are_read():
    reading = read_text(TEXT, [BODY])
    assert [reading.words(s) for s in reading.sentences] == [
        '"We hold it," she said.',
        "Holm is quiet.",
    ]
    assert [reading.words(s) for s in reading.quoted] == ["We hold it,"]
    assert [reading.words((p.start, p.end)) for p in reading.paragraphs] == [TEXT[12:50]]


def test_a_span_knows_its_sentence():
    reading = read_text(TEXT)
    assert reading.words(reading.sentence((TEXT.index("quiet"), 0))) == "Holm is quiet."


def test_a_text_in_plain_lower_case_has_each_letter_where_it_stood():
    text = "İyidere’s “GRAIN” — ΣΑΣ"
    low = read_text(text).plain
    assert low.startswith('İyidere\'s "grain" - ') and len(low) == len(text)


def test_the_model_sees_each_paragraph_where_it_stands():
    pytest.importorskip("spacy")
    from kg.suggest.model import load_model, parse

    model = load_model()
    (reading,) = parse(model, [read_text(TEXT, [BODY])])
    paragraph = reading.paragraphs[0]
    assert paragraph.parsed is not None
    for token in paragraph.parsed:
        start = paragraph.start + token.idx
        assert TEXT[start : start + len(token)] == token.text
    assert model.digest.startswith("sha256:") and model.version in str(model)
