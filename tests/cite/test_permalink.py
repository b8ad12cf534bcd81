"""Permalinks hold a query, a release and a result's digest, and nothing but whole ones are read."""

import base64
import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cite.permalink import LONGEST_CODE, Permalink, code_in, read_code
from kg.errors import CitationError
from kg.sparql.dataset import Dataset

ONE, OTHER = (f"sha256:{sign * 64}" for sign in "1f")


EDITION = "0123456789abcdef"
UNNAMED = (
    "ARERERERERERERERERERERERERERERERERERERERERER"
    "__________________________________________-LVnIM9laorlXSiY4FolgA"
)
"""A code as they were made before editions were named in them."""


@given(
    st.text(max_size=400),
    st.lists(st.text(max_size=20), max_size=3),
    st.sampled_from(["", EDITION]),
)
def test_what_goes_in_comes_out(query, graphs, edition):
    link = Permalink(query, Dataset(tuple(graphs), ("urn:x",)), ONE, OTHER, edition)
    assert read_code(link.code) == link
    assert code_in(f"https://example.org/q/{link.code}\n") == link.code
    assert code_in(f"https://example.org/q/{link.code}.csv") == link.code


def test_a_link_that_names_no_edition_is_read_as_ever():
    assert read_code(UNNAMED) == Permalink("ASK {}", Dataset(), ONE, OTHER)


@pytest.mark.parametrize("version", [0, 3, 255])
def test_a_link_of_a_later_version_is_refused(version):
    content = base64.urlsafe_b64decode(f"{UNNAMED}{'=' * (-len(UNNAMED) % 4)}")
    with pytest.raises(CitationError, match="no whole permalink"):
        read_code(base64.urlsafe_b64encode(bytes([version]) + content[1:]).decode().rstrip("="))


def test_a_link_is_short():
    query = "SELECT ?place (COUNT(?claim) AS ?n) WHERE { ?claim wh:place ?place } GROUP BY ?place"
    assert len(Permalink(query, Dataset(), ONE, OTHER, EDITION).code) < 220


@pytest.mark.parametrize(
    "change", [lambda c: c[:-1], lambda c: c[:40], lambda c: "A" + c, str.upper]
)
def test_a_link_that_is_not_whole_is_refused(change):
    code = Permalink("ASK { ?s ?p ?o }", Dataset(), ONE, OTHER).code
    with pytest.raises(CitationError, match="no whole permalink"):
        read_code(change(code))


@pytest.mark.parametrize("code", ["", "§", "a b", "A" * (LONGEST_CODE + 1), "AAAA", "../../etc"])
def test_garbage_is_refused(code):
    with pytest.raises(CitationError):
        read_code(code)


@pytest.mark.parametrize(
    "said",
    [
        b'["' + b"x" * 3_000_000 + b'",[],[]]',
        b"[" * 200_000,
        b'["ASK {}",' + b"[" * 90_000 + b"]" * 90_000 + b",[]]",
        b"[\"ASK { ?s ?p '\\ud800' }\",[],[]]",
        b'["ASK {}",["\\udfff"],[]]',
        b'{"ASK {}":[]}',
    ],
    ids=["bomb", "open", "deep", "half a character", "half a graph", "object"],
)
def test_what_is_packed_is_not_trusted(said):
    content = bytes([1]) + bytes(64) + zlib.compress(said)[2:-4]
    with pytest.raises(CitationError):
        read_code(base64.urlsafe_b64encode(content).decode().rstrip("="))


def test_a_query_that_is_too_long_says_what_to_do():
    words = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(200))
    with pytest.raises(CitationError, match="too long for an address"):
        _ = Permalink(words, Dataset(), ONE, OTHER).code
