"""What rules find in an article, each with its exact words and the rule that says so.

Values of schemes are kebab-case, as in a mapping. A find refers to another by holding it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kg.mapping.document import When
from kg.text import Span


class By(NamedTuple):
    """The rule that proposes something, and why in one line: what its reviewer reads beside it."""

    rule: str
    because: str


@dataclass(frozen=True, slots=True)
class Named:
    """A wording for an actor or place: the one it is taken for, and what else it could be.

    `refers_to` is an id of the authority files, `record` a record of the gazetteer (wof:85632413).
    Where both are missing it may be a new actor or place, which `type` then says more of.
    """

    span: Span
    kind: Literal["actor", "place"]
    by: By
    refers_to: str | None = None
    record: str | None = None
    type: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words that the article gives as somebody's, with the cue that says so.

    `content` is what was said (without its quotation marks), in pieces where the cue interrupts;
    `speaker` the words for who said it ("Colonel Ines Varro"), `role` those for what they are.
    """

    form: Literal["direct", "mixed", "indirect"]
    content: tuple[Span, ...]
    by: By
    cue: Span | None = None
    speaker: Span | None = None
    named: Named | None = None
    role: Span | None = None
    said_to: Named | None = None
    relayed_by: Utterance | None = None


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression and the days it may mean, its granularity kept: last week is a week.

    `value` is what TIMEX3 writes (2015-05-21, 2015-W21, P2D, PAST_REF); `when` is None where the
    words fix no days.
    """

    span: Span
    value: str
    by: By
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the article prints, with its unit and bound, and what it counts."""

    span: Span
    value: str
    number: float
    by: By
    unit: str | None = None
    bound: str = "exactly"
    measure: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A role of a statement: "gained-by", the words that fill it, and whom they name."""

    role: str
    words: Span
    named: Named | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A control event (it has a type) or a state of control (it has a degree), and its standing."""

    span: Span
    by: By
    type: str | None = None
    degree: str | None = None
    roles: tuple[Filled, ...] = ()
    mode: str | None = None
    situation: str | None = None
    extent: Span | None = None
    polarity: str = "positive"
    completion: str = "completed"
    factuality: str = "asserted"
    certainty: str = "underspecified"
    when: Timed | None = None
    voice: Utterance | None = None
    on_condition: Statement | None = None
    denies: Statement | None = None

    def filling(self, *roles: str) -> list[Filled]:
        """Who and what fills some roles, in order."""
        return [filled for filled in self.roles if filled.role in roles]


@dataclass(slots=True)
class Proposals:
    """Everything that was found in one article, each kind in the order of the text."""

    names: list[Named] = field(default_factory=list)
    utterances: list[Utterance] = field(default_factory=list)
    times: list[Timed] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    about: Mapping[Figure, Sequence[Filled]] = field(default_factory=dict)
    """Of each figure the actors and places of which it tells."""
