"""IRIs are minted one way, and two things never get the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import (
    DEFAULT_BASE,
    KINDS,
    SCHEME_NAMES,
    SLUG,
    VOCABULARIES,
    Names,
    concept,
    concept_key,
    concept_name,
    is_slug,
    owned,
    slugify,
    span_local,
)
from kg.vocabulary import load_vocabulary

slugs = st.from_regex(SLUG, fullmatch=True)
positions = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7))
owners = st.sampled_from(["voice", "claim", "mention", "actor", "place"])
things = st.one_of(
    st.tuples(st.sampled_from(KINDS), slugs),
    st.tuples(owners, st.tuples(slugs, slugs)),
    st.tuples(st.just("span"), st.tuples(slugs, positions)),
)


def mint(thing) -> str:
    kind, local = thing
    if isinstance(local, tuple):
        local = span_local(*local) if kind == "span" else owned(*local)
    return Names().iri(kind, local)


@given(things, things)
def test_minting_is_injective(one, other):
    assert (mint(one) == mint(other)) == (one == other)


@given(things)
def test_what_was_minted_can_be_split(thing):
    kind, local = Names().split(mint(thing))
    assert kind == thing[0]
    assert Names().iri(kind, local) == mint(thing)


def test_an_iri_begins_with_the_workspaces_base():
    names = Names("https://example.org/valley/")
    assert names.iri("place", "aven") == "https://example.org/valley/place/aven"
    assert names.graph("article/aven") == "https://example.org/valley/graph/article/aven"
    assert names.split("https://example.org/elsewhere/place/aven") is None
    assert names.split("https://example.org/valley/nothing/aven") is None


@pytest.mark.parametrize("name", ["aven", "aven-bridge", "2nd-corps"])
def test_slugs(name):
    assert is_slug(name)


@pytest.mark.parametrize(
    "name", ["", "Aven", "aven--bridge", "-aven", "aven-", "a.b", "a_b", "آفن", "a\n"]
)
def test_no_slugs(name):
    assert not is_slug(name)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Several towns, north", "several-towns-north"),
        ("Zürich’s École", "zurich-s-ecole"),
        ("—", "x"),
        ("جسر", "62c633631"),
    ],
)
def test_slugify(words, slug):
    assert slugify(words) == slug


@given(st.text())
def test_slugify_gives_a_slug(words):
    assert is_slug(slugify(words))


@given(slugs)
def test_slugify_keeps_slugs(slug):
    assert slugify(slug) == slug


@given(*[st.lists(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"), min_size=1).map("".join)] * 2)
def test_different_arabic_words_keep_different_names(one, other):
    assert (slugify(one) == slugify(other)) == (one == other)


@pytest.mark.parametrize("scheme", SCHEME_NAMES)
def test_keys_and_concepts_are_each_others_inverse(scheme):
    for key in load_vocabulary().values[scheme]:
        assert concept_key(concept_name(key)) == key
        assert concept(scheme, key) == f"{DEFAULT_BASE}{scheme}/{concept_name(key)}"


def test_prefixes_do_not_shadow_each_other():
    prefixes = Names("https://example.org/valley/").prefixes()
    assert len(prefixes) == len(VOCABULARIES) + len(KINDS) + len(SCHEME_NAMES)
    assert len(set(prefixes.values())) == len(prefixes)
