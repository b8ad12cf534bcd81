"""Mappings drawn at random: every field of every kind of entry, by the codec that it names."""

from dataclasses import fields

from hypothesis import strategies as st

from kg.mapping import codec
from kg.mapping.codec import Local
from kg.mapping.document import (
    BASIS,
    SPREAD,
    UNIT,
    Article,
    Basis,
    Claim,
    Coding,
    Implied,
    Mapping,
    Mention,
    Nothing,
    Part,
    Published,
    Voice,
    When,
)
from kg.names import SLUG
from kg.text import UNWRITABLE

slugs = st.from_regex(SLUG, fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: text.strip() and not UNWRITABLE.search(text)
)
pairs = st.tuples(st.dates(), st.dates()).map(lambda pair: tuple(sorted(pair)))
owned = slugs | st.builds("{}.{}".format, slugs, slugs)
locals_ = st.builds(Local, st.sampled_from(["unnamed", "described"]), texts)
counts = st.integers(1, 10**6)
spans = st.tuples(st.integers(0, 10**6), counts).map(lambda at: (at[0], at[0] + at[1]))
numbers = st.integers(-(10**17), 10**17) | st.floats(-1e17, 1e17)


def several(one):
    return st.lists(one, min_size=1, max_size=3).map(tuple)


def bases():
    kinds = st.sampled_from(["inferred", "outside"])
    named = st.dictionaries(slugs.filter("because".__ne__), kinds, min_size=1, max_size=2)
    return st.builds(lambda found, why: Basis(tuple(found.items()), why), named, texts)


BY_CODEC = {
    codec.ADDRESS: st.builds("https://{}.example/{}?q=a%20b#c".format, slugs, slugs),
    codec.TEXT: texts,
    codec.SLUG: slugs,
    codec.OWNED: owned,
    codec.OWNED_LIST: several(owned),
    codec.SLUG_LIST: several(slugs),
    codec.DATE: st.dates(),
    codec.PAIR: pairs,
    codec.BOUND: pairs,
    codec.COUNT: counts,
    codec.COUNTS: several(counts),
    codec.NUMBER: numbers,
    codec.PHRASES: several(texts),
    codec.SPANS: several(spans),
    codec.REFERENCE: slugs | locals_,
    codec.REFERENCES: several(slugs | locals_),
    UNIT: texts | st.builds(Implied, slugs),
    BASIS: bases(),
}
FORMS = st.sampled_from(["direct", "mixed", "indirect"])


def entries(kind):
    """Any value of a kind of entry: each field there or not."""
    found = {f.name: _field(kind, f) for f in fields(kind)}
    return st.builds(kind, **found)


def _field(kind, item):
    if SPREAD in item.metadata:
        return entries(item.metadata[SPREAD])
    if (kind, item.name) == (Voice, "form"):
        return st.none() | FORMS
    inner = {"published": Published, "when": When}.get(item.name)
    return st.none() | (entries(inner) if inner else BY_CODEC[item.metadata["codec"]])


def named(kind):
    return st.dictionaries(slugs, entries(kind), max_size=2)


def listed(kind):
    return st.lists(entries(kind), max_size=2).map(tuple)


mappings = st.builds(
    Mapping,
    format=st.just(1),
    status=st.sampled_from(["draft", "reviewed"]),
    article=entries(Article),
    coding=entries(Coding),
    parts=listed(Part),
    voices=named(Voice),
    claims=named(Claim),
    mentions=named(Mention),
    nothings=listed(Nothing),
)
