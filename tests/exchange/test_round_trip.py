"""What goes out and comes back is the same mapping, byte for byte."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings

from exchange.placed import placed
from kg.exchange.brat import write_brat
from kg.exchange.brat_read import read_brat
from kg.exchange.carried import carry, land
from kg.exchange.receive import receive
from kg.exchange.send import send
from kg.exchange.terms import Terms
from kg.exchange.web_annotation import read_annotations, write_annotations
from kg.mapping.write import write
from kg.names import Names
from kg.workspace import SHIPPED, open_workspace

TOOLS = ("web-annotation", "brat")
TERMS = Terms(Names(), "aven", {"aven-bridge", "holm"})
MANY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def there_and_back(mapping, tool):
    carried = carry(mapping, "mapping.toml", lambda _: 1)
    if tool == "brat":
        back = read_brat(write_brat(carried), "aven.ann")
    else:
        text = write_annotations(carried, TERMS, mapping.article.title, mapping.article.digest)
        back = read_annotations(text, "aven.json", TERMS, mapping.article.digest)
    return land(back, mapping, "there")


@given(placed())
@MANY
def test_web_annotation_changes_nothing(mapping):
    assert write(there_and_back(mapping, "web-annotation")) == write(mapping)


@given(placed())
@MANY
def test_brat_changes_nothing(mapping):
    assert write(there_and_back(mapping, "brat")) == write(mapping)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("slug", open_workspace(SHIPPED).slugs)
def test_the_shipped_mappings_come_back_as_they_went(slug, tool):
    mapping = open_workspace(SHIPPED).mapping(slug)
    assert write(there_and_back(mapping, tool)) == write(mapping)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("slug", ["aven", "aven-arabic", "aven-courier"])
def test_a_file_that_nothing_was_done_to_leaves_the_mapping_untouched(aven, tmp_path, slug, tool):
    before = aven.source(slug)
    send(aven, slug, tool, tmp_path / "out")
    received = receive(aven, slug, tool, tmp_path / "out")
    assert received.changes == ()
    assert received.summary == "nothing changed"
    assert aven.source(slug) == before


@pytest.mark.parametrize("tool", TOOLS)
def test_the_five_mappings_with_their_texts_are_left_untouched(shared, tmp_path, tool):
    corpus = open_workspace(shutil.copytree(SHIPPED, tmp_path / "corpus"))
    shutil.copytree(shared / "articles", corpus.root / "texts")
    assert len(corpus.slugs) == 5
    for slug in corpus.slugs:
        before = corpus.source(slug)
        send(corpus, slug, tool, tmp_path / "out")
        received = receive(corpus, slug, tool, tmp_path / "out")
        assert (received.changes, received.compared) == ((), True)
        assert corpus.source(slug) == before
