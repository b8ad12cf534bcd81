"""The mapping document as values: what the TOML says, nothing more.

Each field names the codec that reads and writes it; its key in the file is the field's name with
hyphens, unless the metadata says otherwise. `SPREAD` fields lend their own keys to the table they
are in (the words of a claim stand beside its roles).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import Field, dataclass, field, fields
from typing import Any, Final

from kg.mapping import codec
from kg.mapping.codec import Codec, Reference
from kg.text import Span

SPREAD: Final = "spread"


def _key(codec_: Codec, key: str | None = None, default: Any = None) -> Any:
    return field(default=default, metadata={"codec": codec_, "key": key})


def _spread(kind: type) -> Any:
    return field(default_factory=kind, metadata={SPREAD: kind})


def key_of(item: Field[Any]) -> str:
    """The key that a field has in the file."""
    return item.metadata["key"] or item.name.replace("_", "-")


def table_codec(kind: type, expected: str) -> Codec:
    """The codec of an inline table whose keys are the fields of a value."""
    known = {key_of(f): f for f in fields(kind)}

    def parse(value: Any) -> Any:
        codec.expect(isinstance(value, dict) and set(value) <= set(known), expected)
        found = {known[k].name: known[k].metadata["codec"].parse(v) for k, v in value.items()}
        return kind(**found)

    def form(value: Any) -> str:
        present = ((f, getattr(value, f.name)) for f in fields(kind))
        return codec.inline(
            {key_of(f): f.metadata["codec"].format(v) for f, v in present if v is not None}
        )

    return Codec(parse, form)


@dataclass(frozen=True, slots=True)
class Implied:
    """A unit that is meant and not printed."""

    unit: str


def _parse_unit(value: Any) -> str | Implied:
    if isinstance(value, dict):
        codec.expect(set(value) == {"implied"}, 'the unit as printed, or { implied = "percent" }')
        return Implied(codec.parse_slug(value["implied"]))
    return codec.parse_text(value)


def _format_unit(value: str | Implied) -> str:
    if isinstance(value, Implied):
        return codec.inline({"implied": codec.quote(value.unit)})
    return codec.quote(value)


UNIT: Final = Codec(_parse_unit, _format_unit)


@dataclass(frozen=True, slots=True)
class Basis:
    """Which fields the words do not state, and why they stand there all the same."""

    fields: tuple[tuple[str, str], ...]
    because: str


def _parse_basis(value: Any) -> Basis:
    expected = '{ lost-by = "inferred", because = "…" }: fields inferred or outside, and why'
    codec.expect(isinstance(value, dict) and "because" in value and len(value) > 1, expected)
    named = {k: v for k, v in value.items() if k != "because"}
    codec.expect(all(v in ("inferred", "outside") for v in named.values()), expected)
    return Basis(tuple(named.items()), codec.parse_text(value["because"]))


def _format_basis(value: Basis) -> str:
    named = {k: codec.quote(v) for k, v in value.fields}
    return codec.inline(named | {"because": codec.quote(value.because)})


BASIS: Final = Codec(_parse_basis, _format_basis)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words by which a span is found, and where the tool found them."""

    words: tuple[str, ...] | None = _key(codec.PHRASES)
    first: str | None = _key(codec.TEXT, "from")
    last: str | None = _key(codec.TEXT, "to")
    nth: tuple[int, ...] | None = _key(codec.COUNTS)
    to_nth: int | None = _key(codec.COUNT)
    at: tuple[Span, ...] | None = _key(codec.SPANS)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase the mapper typed."""
        return (*(self.words or ()), *(p for p in (self.first, self.last) if p))


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that attribute an utterance to its speaker."""

    words: tuple[str, ...] | None = _key(codec.PHRASES, "cue")
    nth: tuple[int, ...] | None = _key(codec.COUNTS, "cue-nth")
    at: tuple[Span, ...] | None = _key(codec.SPANS, "cue-at")

    def anchor(self) -> Anchor:
        """The cue as any other anchor."""
        return Anchor(words=self.words, nth=self.nth, at=self.at)


@dataclass(frozen=True, slots=True)
class Published:
    """When the article appeared, and how that is known."""

    on: dt.date | None = _key(codec.DATE)
    within: tuple[dt.date, dt.date] | None = _key(codec.PAIR)
    basis: str | None = _key(codec.SLUG)
    words: str | None = _key(codec.TEXT)
    because: str | None = _key(codec.TEXT)

    @property
    def bounds(self) -> tuple[dt.date, dt.date]:
        """The first and last day on which it can have appeared."""
        first = self.on or (self.within and self.within[0])
        last = self.on or (self.within and self.within[1])
        if first is None or last is None:
            raise ValueError("neither `on` nor `within`")
        return first, last


@dataclass(frozen=True, slots=True)
class When:
    """The time that a claim speaks of."""

    on: dt.date | None = _key(codec.DATE)
    within: tuple[dt.date, dt.date] | None = _key(codec.PAIR)
    since: tuple[dt.date, dt.date] | None = _key(codec.BOUND)
    until: tuple[dt.date, dt.date] | None = _key(codec.BOUND)
    basis: str | None = _key(codec.SLUG)
    anchor: str | None = _key(codec.OWNED)
    words: str | None = _key(codec.TEXT)
    because: str | None = _key(codec.TEXT)


@dataclass(frozen=True, slots=True)
class Article:
    """What the text is."""

    title: str | None = _key(codec.TEXT)
    publisher: str | None = _key(codec.SLUG)
    authors: tuple[str, ...] | None = _key(codec.SLUG_LIST)
    language: str | None = _key(codec.TEXT)
    published: Published | None = _key(
        table_codec(
            Published, '{ on = date, basis = "…", because = "…" }, or within = [date, date]'
        )
    )
    url: str | None = _key(codec.ADDRESS)
    archived: str | None = _key(codec.ADDRESS)
    accessed: dt.date | None = _key(codec.DATE)
    digest: str | None = _key(codec.TEXT)
    probably_derived_from: tuple[str, ...] | None = _key(codec.SLUG_LIST)
    because: str | None = _key(codec.TEXT)


@dataclass(frozen=True, slots=True)
class Coding:
    """Who mapped it and by which codebook; roles, never names; and what proposed entries, if so."""

    coder: str | None = _key(codec.TEXT)
    coded: dt.date | None = _key(codec.DATE)
    reviewer: str | None = _key(codec.TEXT)
    reviewed: dt.date | None = _key(codec.DATE)
    codebook: str | None = _key(codec.TEXT)
    proposer: str | None = _key(codec.TEXT)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the page that can carry statements."""

    kind: str | None = _key(codec.SLUG)
    anchor: Anchor = _spread(Anchor)


@dataclass(frozen=True, slots=True)
class Voice:
    """One utterance as the article gives it."""

    form: str | None = _key(codec.one_of("direct", "mixed", "indirect"))
    speaker: Reference | None = _key(codec.REFERENCE)
    role: str | None = _key(codec.TEXT)
    affiliation: str | None = _key(codec.SLUG)
    said_to: Reference | None = _key(codec.REFERENCE)
    relayed_by: str | None = _key(codec.SLUG)
    cue: Cue = _spread(Cue)
    anchor: Anchor = _spread(Anchor)
    same_utterance_as: tuple[str, ...] | None = _key(codec.OWNED_LIST)
    probably_derived_from: tuple[str, ...] | None = _key(codec.OWNED_LIST)
    basis: Basis | None = _key(BASIS)
    because: str | None = _key(codec.TEXT)
    by: str | None = _key(codec.TEXT)
    score: float | None = _key(codec.NUMBER)


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion: an event, a state of control, a figure, or a bare denial."""

    voice: str | None = _key(codec.SLUG)
    event: str | None = _key(codec.SLUG)
    type: str | None = _key(codec.SLUG)
    gained_by: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    lost_by: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    agent: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    affected: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    supported_by: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    controller: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    place: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    departure: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    destination: tuple[Reference, ...] | None = _key(codec.REFERENCES)
    mode: str | None = _key(codec.SLUG)
    degree: str | None = _key(codec.SLUG)
    situation: str | None = _key(codec.SLUG)
    hold: str | None = _key(codec.SLUG)
    measure: str | None = _key(codec.SLUG)
    value: str | None = _key(codec.TEXT)
    number: float | None = _key(codec.NUMBER)
    unit: str | Implied | None = _key(UNIT)
    bound: str | None = _key(codec.SLUG)
    scope: str | None = _key(codec.TEXT)
    extent: str | None = _key(codec.TEXT)
    polarity: str | None = _key(codec.SLUG)
    completion: str | None = _key(codec.SLUG)
    factuality: str | None = _key(codec.SLUG)
    certainty: str | None = _key(codec.SLUG)
    denies: str | None = _key(codec.OWNED)
    corrects: str | None = _key(codec.OWNED)
    on_condition: str | None = _key(codec.OWNED)
    when: When | None = _key(
        table_codec(When, '{ on = date, basis = "…", words = "…" }, or within, since, until')
    )
    anchor: Anchor = _spread(Anchor)
    probably_derived_from: tuple[str, ...] | None = _key(codec.OWNED_LIST)
    basis: Basis | None = _key(BASIS)
    because: str | None = _key(codec.TEXT)
    by: str | None = _key(codec.TEXT)
    score: float | None = _key(codec.NUMBER)

    @property
    def kind(self) -> str:
        """Which of the four it is: event, control, quantity or reply."""
        if self.measure is not None:
            return "quantity"
        if self.controller is not None or self.degree is not None:
            return "control"
        return "event" if self.type is not None else "reply"


@dataclass(frozen=True, slots=True)
class Mention:
    """A wording by which the article calls an actor or place."""

    refers_to: str | None = _key(codec.SLUG)
    role: str | None = _key(codec.TEXT)
    affiliation: str | None = _key(codec.SLUG)
    anchor: Anchor = _spread(Anchor)
    because: str | None = _key(codec.TEXT)
    by: str | None = _key(codec.TEXT)
    score: float | None = _key(codec.NUMBER)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A sentence that carries no statement, and why."""

    because: str | None = _key(codec.TEXT)
    anchor: Anchor = _spread(Anchor)


@dataclass(frozen=True, slots=True)
class Mapping:
    """One article, mapped."""

    format: int
    status: str
    article: Article
    coding: Coding
    parts: tuple[Part, ...] = ()
    voices: dict[str, Voice] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    nothings: tuple[Nothing, ...] = ()


STATUS: Final = codec.one_of("draft", "reviewed")
OUTLET: Final = "outlet"
ROLES: Final = (
    "gained_by",
    "lost_by",
    "agent",
    "affected",
    "supported_by",
    "controller",
    "place",
    "departure",
    "destination",
)
PLACE_ROLES: Final = ("place", "departure", "destination")

Path = tuple[str, ...]
"""Where a thing stands in the document: ("claim", "bridge-taken"), ("part", "1")."""


def entries(mapping: Mapping) -> list[tuple[Path, Any]]:
    """Everything that has words, with its path, in the order of the file's sections."""
    found: list[tuple[Path, Any]] = []
    found += [(("part", str(n)), part) for n, part in enumerate(mapping.parts, 1)]
    found += [(("voice", name), voice) for name, voice in mapping.voices.items()]
    found += [(("claim", name), claim) for name, claim in mapping.claims.items()]
    found += [(("mention", name), mention) for name, mention in mapping.mentions.items()]
    found += [(("nothing", str(n)), nothing) for n, nothing in enumerate(mapping.nothings, 1)]
    return found


def anchors(mapping: Mapping) -> list[tuple[Path, Anchor]]:
    """Every anchor, cues included, with its path; a cue's path ends in "cue"."""
    found: list[tuple[Path, Anchor]] = []
    for path, entry in entries(mapping):
        found.append((path, entry.anchor))
        if isinstance(entry, Voice) and entry.cue.words:
            found.append(((*path, "cue"), entry.cue.anchor()))
    return found
