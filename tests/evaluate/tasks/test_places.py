"""What counts as a named place of re3d, on articles of our own in its form."""

import json

import pytest

from kg.errors import TextError
from kg.evaluate.tasks.places import measure

TEXT = "Rain fell in Athens. They left a library. The people of Corinth wept. Greece has refused."


def marked(text: str, words: str, type_: str, confidence: float) -> dict[str, object]:
    begin = text.index(words)
    end = begin + len(words)
    return {"begin": begin, "end": end, "type": type_, "confidence": confidence, "value": words}


@pytest.fixture
def gold(tmp_path):
    entities = [
        marked(TEXT, "Athens", "Location", 1),
        marked(TEXT, "a library", "Location", 1),
        marked(TEXT, "The people of Corinth", "Organisation", 1),
        marked(TEXT, "Corinth", "Location", 0),
        marked(TEXT, "Greece", "Organisation", 1),
    ]
    (tmp_path / "re3d").mkdir()
    row = {"text": TEXT, "entities": entities}
    (tmp_path / "re3d" / "articles.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return tmp_path


def test_a_named_place_is_wanted_and_a_library_is_not(gold):
    lenient, strict = measure(gold)[:2]
    assert lenient.total.wanted == strict.total.wanted == 1
    assert lenient.total.found == 1


def test_a_place_that_only_describes_an_actor_is_open_and_then_wrong(gold):
    lenient, strict = measure(gold)[:2]
    assert (lenient.total.right, lenient.total.proposed) == (1, 1)
    assert (strict.total.right, strict.total.proposed) == (1, 2)


def test_where_the_set_is_not_it_is_said(tmp_path):
    with pytest.raises(TextError, match=r"re3d/articles\.jsonl"):
        measure(tmp_path)
