"""A mapped article as quads: spans show their words, and the same mapping gives the same quads."""

import dataclasses
import datetime as dt

import pytest
from pyoxigraph import Literal, NamedNode

from goldens import as_turtle, assert_golden
from kg.lift.article import PROPERTIES, Context, lift_article
from kg.lift.terms import term
from kg.mapping.anchor import locate, recorded
from kg.mapping.codec import Local
from kg.mapping.document import ROLES, Claim, Published, When
from kg.vocabulary import load_vocabulary

SLUGS = ("aven", "aven-courier", "aven-arabic")


@pytest.fixture
def context(aven):
    return Context(aven.names, load_vocabulary(), frozenset(aven.authorities.places))


@pytest.fixture
def lift(aven, context):
    def lifted(slug: str = "aven"):
        mapping = aven.mapping(slug)
        return lift_article(slug, mapping, recorded(mapping), context)

    return lifted


@pytest.fixture
def claim(aven, context):
    """Lifts one claim, put in the place of another, and gives its properties."""

    def lifted(changed: Claim, name: str = "bridge-taken"):
        mapping = aven.mapping("aven")
        located = recorded(mapping)
        mapping = dataclasses.replace(mapping, claims=mapping.claims | {name: changed})
        node = NamedNode(aven.names.iri("claim", f"aven.{name}"))
        found: dict[str, list[str]] = {}
        for quad in lift_article("aven", mapping, located, context):
            if quad.subject == node:
                found.setdefault(quad.predicate.value.rpartition("#")[2], []).append(
                    quad.object.value.removeprefix(aven.names.base)
                )
        return found

    return lifted


def objects(quads, subject: NamedNode, predicate: str) -> list:
    return [q.object for q in quads if q.subject == subject and q.predicate == term(predicate)]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_golden_article(slug, aven, lift):
    assert_golden(f"{slug}.ttl", as_turtle(lift(slug), aven.names))


@pytest.mark.parametrize("slug", SLUGS)
def test_two_lifts_are_equal(slug, lift):
    assert lift(slug) == lift(slug)
    assert len(set(lift(slug))) == len(lift(slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_lifting_with_the_text_gives_what_lifting_without_it_gives(slug, aven, context, lift):
    mapping = aven.mapping(slug)
    located = locate(mapping, aven.content(slug).decode())
    assert lift_article(slug, mapping, located, context) == lift(slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_span_re_slices_to_its_exact_words(slug, aven, lift):
    text, quads, seen = aven.content(slug).decode(), lift(slug), 0
    for span in {q.subject for q in quads if q.object == term("wh:TextSpan")}:
        (position,) = [
            s for s in objects(quads, span, "oa:hasSelector") if objects(quads, s, "oa:start")
        ]
        (start,), (end,) = (objects(quads, position, f"oa:{edge}") for edge in ("start", "end"))
        words = text[int(start.value) : int(end.value)]
        for selector in objects(quads, span, "oa:hasSelector"):
            for exact in objects(quads, selector, "oa:exact"):
                seen += 1
                assert exact.value == words
            for first in objects(quads, selector, "oa:hasStartSelector"):
                assert words.startswith(objects(quads, first, "oa:exact")[0].value)
            for last in objects(quads, selector, "oa:hasEndSelector"):
                assert words.endswith(objects(quads, last, "oa:exact")[0].value)
    assert seen


@pytest.mark.parametrize("slug", SLUGS)
def test_everything_is_in_the_articles_graph_without_blank_nodes(slug, aven, lift):
    graph = NamedNode(aven.names.graph(f"article/{slug}"))
    for quad in lift(slug):
        assert quad.graph_name == graph
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)


def test_words_are_in_the_articles_language(lift):
    exact = [q.object for q in lift("aven-arabic") if q.predicate == term("oa:exact")]
    assert {literal.language for literal in exact} == {"ar"}


def test_every_property_of_a_field_is_named_once():
    assert set(ROLES) <= set(PROPERTIES)
    assert len(set(PROPERTIES.values())) == len(PROPERTIES)


BASE = Claim(type="capture", gained_by=("government-troops",), place=("aven-bridge",))


def test_defaults_of_an_event(claim):
    found = claim(BASE)
    expected = {
        "polarity": "Positive",
        "completion": "Completed",
        "factuality": "Asserted",
        "voiceCertainty": "Underspecified",
        "mode": "Unspecified",
        "timeBasis": "Publication",
    }
    assert {key: found[key][0].rpartition("/")[2] for key in expected} == expected
    assert found["voice"] == ["voice/aven.outlet"]
    assert found["beginLatest"] == found["endLatest"] == ["2026-03-03"]
    assert "beginEarliest" not in found and "endEarliest" not in found


def test_defaults_of_a_state(claim):
    found = claim(Claim(controller=("government-troops",), place=("aven-bridge",), degree="full"))
    assert found["completion"][0].endswith("/Ongoing")
    assert found["beginLatest"] == found["endEarliest"] == ["2026-03-03"]
    assert "mode" not in found


def test_a_bare_denial_is_negative_and_a_correction_is_not(claim):
    assert claim(Claim(denies="both-banks"))["polarity"][0].endswith("/Negative")
    assert claim(Claim(corrects="both-banks"))["polarity"][0].endswith("/Positive")
    assert claim(Claim(denies="both-banks"))["denies"] == ["claim/aven.both-banks"]
    assert claim(Claim(denies="other.x"))["denies"] == ["claim/other.x"]


@pytest.mark.parametrize(
    ("anchor", "iri"),
    [
        (None, "article/aven"),
        ("publication", "article/aven"),
        ("both-banks", "claim/aven.both-banks"),
        ("other.claim", "claim/other.claim"),
        ("aven-bridge-takeover", "event/aven-bridge-takeover"),
    ],
)
def test_what_a_relative_time_hangs_on(claim, anchor, iri):
    when = When(on=dt.date(2026, 3, 1), basis="relative-to-event", anchor=anchor)
    assert claim(dataclasses.replace(BASE, when=when))["timeAnchor"] == [iri]


def test_an_explicit_time_hangs_on_nothing(claim):
    when = When(on=dt.date(2026, 3, 1), basis="explicit")
    assert "timeAnchor" not in claim(dataclasses.replace(BASE, when=when))


def test_a_figure_is_kept_as_printed_and_normalised(claim):
    figure = Claim(measure="distance", value="2.5", number=2.5, unit="miles", bound="approximately")
    found = claim(figure)
    assert (found["value"], found["number"], found["unit"]) == (["2.5"], ["2.5"], ["miles"])
    assert found["normalisedUnit"][0].endswith("unit/Kilometre")
    assert (found["minValue"], found["maxValue"]) == (["3.621024"], ["4.425696"])


def test_an_actor_and_a_place_that_only_the_article_knows(claim):
    found = claim(
        Claim(
            type="attack",
            agent=(Local("unnamed", "gunmen"),),
            affected=(Local("described", "several towns"), "aven", "valley-monitor"),
            place=(Local("described", "several towns"),),
        )
    )
    assert found["agent"] == ["actor/aven.gunmen"]
    assert found["affected"] == ["place/aven.several-towns", "place/aven", "actor/valley-monitor"]
    assert found["place"] == ["place/aven.several-towns"]


def test_an_article_without_a_date_gives_no_times(aven, context):
    mapping = aven.mapping("aven")
    article = dataclasses.replace(mapping.article, published=None)
    mapping = dataclasses.replace(mapping, article=article)
    quads = lift_article("aven", mapping, recorded(mapping), context)
    assert not [q for q in quads if q.predicate == term("wh:timeBasis")]
    with pytest.raises(ValueError, match="neither `on` nor `within`"):
        _ = Published().bounds
