"""A claim as pages show it: what it says, how it stands, through whom, when, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal

from server.show import dates, standing
from server.show.dates import Bounds
from server.show.facts import Facts, property_of
from server.show.standing import Standing
from server.show.term import Shown, Terms
from server.show.words import Anchor, Passage, Text, passages

ROLES: Final = (
    "wh:gainedBy",
    "wh:lostBy",
    "wh:agent",
    "wh:affected",
    "wh:supportedBy",
    "wh:controller",
    "wh:place",
    "wh:departure",
    "wh:destination",
    "wh:extent",
    "wh:scope",
    "wh:mode",
    "wh:situation",
    "wh:holdKind",
    "wh:aboutEvent",
    "wh:denies",
    "wh:corrects",
    "wh:onCondition",
    "wh:probablyDerivedFrom",
)
"""What a claim can say beside its type, in the order in which pages show it."""
_DEGREES: Final = {
    "Full": "Full control",
    "Dominant": "Dominant control",
    "Partial": "Partial control",
    "None": "No control",
}
_UNSAID: Final = ("/mode/Unspecified", "/bound/Exactly")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of a chain: who speaks (or is quoted without a name), and in which role."""

    shown: Shown
    voice: Shown
    form: Shown
    role: str | None


@dataclass(frozen=True, slots=True)
class Role:
    """A property of a claim with its values."""

    label: Shown
    values: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Everything that a page shows of one claim."""

    iri: Shown
    local: str
    what: Shown
    figure: str
    roles: tuple[Role, ...]
    standing: str
    when: str
    when_words: Literal | None
    chain: tuple[Speaker, ...]
    passages: tuple[Passage, ...]
    positions: tuple[tuple[int, int], ...]
    concluded: tuple[Role, ...]
    because: tuple[str, ...]


def view(claim: str, facts: Facts, terms: Terms, text: Text | None, excerpt: str) -> ClaimView:
    """One claim. The facts must hold its spans and its voices too."""
    found = tuple(anchors(claim, facts))
    words = facts.all(claim, "wh:timeWords")
    return ClaimView(
        iri=terms.thing(claim),
        local=(terms.names.split(claim) or ("", claim))[1],
        what=_what(claim, facts, terms),
        figure=_figure(claim, facts),
        roles=tuple(_roles(claim, ROLES, facts, terms)),
        standing=standing.in_words(_standing(claim, facts)),
        when=dates.in_words(bounds(claim, facts)),
        when_words=next((w for w in words if isinstance(w, Literal)), None),
        chain=tuple(chain(claim, facts, terms)),
        passages=tuple(passages(found, text, excerpt)),
        positions=tuple(sorted(anchor.at for anchor in found)),
        concluded=tuple(_roles(claim, ("wh:inferred", "wh:fromOutside"), facts, terms)),
        because=tuple(facts.texts(claim, "wh:because")),
    )


def _what(claim: str, facts: Facts, terms: Terms) -> Shown:
    """The type of event, degree of control or measure; of a bare reply, what it does."""
    for curie in ("wh:eventType", "wh:degree", "wh:measure"):
        if found := facts.one(claim, curie):
            shown = terms.thing(found)
            return replace(shown, text=_DEGREES.get(found.rpartition("/degree/")[2], shown.text))
    bare = facts.one(claim, "wh:controller") is None
    if facts.one(claim, "wh:corrects"):
        return Shown("Retraction" if bare else "Correction")
    return Shown("Denial" if facts.one(claim, "wh:denies") else "Claim")


def _figure(claim: str, facts: Facts) -> str:
    """The figure as printed, with its unit if that is printed too."""
    implied = property_of("wh:unit").value in facts.texts(claim, "wh:inferred")
    unit = None if implied else facts.one(claim, "wh:unit")
    return " ".join(part for part in (facts.one(claim, "wh:value"), unit) if part)


def _roles(claim: str, curies: Iterable[str], facts: Facts, terms: Terms) -> Iterator[Role]:
    for curie in curies:
        values = [v for v in facts.all(claim, curie) if not v.value.endswith(_UNSAID)]
        if values:
            label = terms.thing(property_of(curie).value)
            yield Role(label, tuple(terms.show(v) for v in values))


def _standing(claim: str, facts: Facts) -> Standing:
    """The four values; a figure is neither done nor going on."""
    curies = ("wh:polarity", "wh:completion", "wh:factuality", "wh:voiceCertainty")
    found = Standing(*((facts.one(claim, c) or "").rpartition("/")[2] for c in curies))
    counted = facts.one(claim, "wh:measure") is not None
    return replace(found, completion="Unspecified") if counted else found


def bounds(thing: str, facts: Facts) -> Bounds:
    """The four bounds of a claim's, event's or period's time."""
    curies = ("wh:beginEarliest", "wh:beginLatest", "wh:endEarliest", "wh:endLatest")
    return Bounds(*(facts.one(thing, c) for c in curies))


def chain(claim: str, facts: Facts, terms: Terms) -> Iterator[Speaker]:
    """The voices from the innermost to the outlet."""
    voice, seen = facts.one(claim, "wh:voice"), set[str]()
    while voice and voice not in seen:
        seen.add(voice)
        yield speaker(voice, facts, terms)
        voice = facts.one(voice, "wh:relayedBy")


def speaker(voice: str, facts: Facts, terms: Terms) -> Speaker:
    """One voice."""
    classes = [c.rpartition("#")[2] for c in facts.texts(voice, "rdf:type")]
    said_by = facts.one(voice, "wh:speaker")
    unnamed = "the outlet" if "OutletVoice" in classes else "somebody unnamed"
    shown = terms.thing(said_by) if said_by else Shown(unnamed)
    narrow = [c for c in classes if c not in ("Voice", "Quotation")]
    form = terms.thing(property_of(f"wh:{next(iter(narrow), 'Voice')}").value)
    return Speaker(shown, terms.thing(voice), form, facts.one(voice, "wh:speakerRole"))


def anchors(thing: str, facts: Facts) -> Iterator[Anchor]:
    """The spans of a claim, voice or mention."""
    yield from anchors_of(facts.texts(thing, "wh:span"), facts)


def anchors_of(spans: Iterable[str], facts: Facts) -> Iterator[Anchor]:
    """Where some spans stand, and the words that they are found by."""
    for span in spans:
        selectors = facts.texts(span, "oa:hasSelector")
        start = next((s for one in selectors if (s := facts.one(one, "oa:start"))), None)
        end = next((e for one in selectors if (e := facts.one(one, "oa:end"))), None)
        if start and end:
            yield Anchor((int(start), int(end)), *_exact(selectors, facts))


def _exact(selectors: Iterable[str], facts: Facts) -> tuple[str, str | None]:
    """The words that a span is found by, and their language; of a long one the first and last."""
    for selector in selectors:
        if exact := facts.all(selector, "oa:exact"):
            return exact[0].value, getattr(exact[0], "language", None)
        ends = [
            found[0]
            for curie in ("oa:hasStartSelector", "oa:hasEndSelector")
            for one in facts.texts(selector, curie)
            if (found := facts.all(one, "oa:exact"))
        ]
        if ends:
            return " … ".join(e.value for e in ends), getattr(ends[0], "language", None)
    return "", None
