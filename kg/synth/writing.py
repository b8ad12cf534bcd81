"""An article being written: each sentence with the statements that it makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from kg.mapping.document import Anchor, Claim, Cue, Mention, Nothing, Voice
from kg.synth.theatre import Entity, Happening, Theatre
from kg.text import Span

MOST: Final = 12
ENDS: Final = 4
"""How many words an anchor repeats at most; of each end of a longer passage."""

_RESTS: Final = (
    ".",
    " before dawn.",
    " after a week of rain and two of silence.",
    ", a turn that few had expected so soon.",
    " while the radio played songs.",
)

Segment = str | tuple[str, "Sequence[Segment]"]
"""A stretch of a sentence; a named one is found again by its name, and may hold others."""


@dataclass(slots=True)
class Writing:
    """The text so far, and what it says."""

    theatre: Theatre
    rng: Random
    published: dt.date
    text: str = ""
    voices: dict[str, Voice] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    nothings: list[Nothing] = field(default_factory=list)
    _called: dict[tuple[str, str], Mention] = field(default_factory=dict)

    def call(self, entity: Entity, role: str | None = None) -> str:
        """One of the names of an actor or place, which the next sentence will hold."""
        name = self.rng.choice(entity.names)
        if role:
            name = f"{role} {entity.label}"
        self._called.setdefault((entity.slug, name), Mention(refers_to=entity.slug, role=role))
        return name

    def call_place(self, happening: Happening) -> str:
        """One of the names of the place of a happening."""
        return self.call(self.theatre.places[happening.place])

    def one_of(self, entities: dict[str, Entity]) -> Entity:
        """One of some actors or places."""
        return self.rng.choice(list(entities.values()))

    def rest(self) -> str:
        """How a sentence may end."""
        return self.rng.choice(_RESTS)

    def say(self, *segments: Segment) -> dict[str, Anchor]:
        """Adds a sentence; where its named stretches stand. The names called in it are mentions."""
        base = len(self.text)
        spans: dict[str, Span] = {}
        self.text += self._lay(segments, base, spans) + " "
        for (slug, name), mention in list(self._called.items()):
            start = self.text.find(name, base)
            if start >= 0 and mention.anchor == Anchor():
                found = replace(mention, anchor=self._anchor((start, start + len(name))))
                self._called[slug, name] = found
                self.mentions[f"{slug}-{len(self.mentions) + 1}"] = found
        return {name: self._anchor(span) for name, span in spans.items()}

    def _lay(self, segments: Sequence[Segment], start: int, spans: dict[str, Span]) -> str:
        text = ""
        for segment in segments:
            if isinstance(segment, str):
                text += segment
                continue
            name, inner = segment
            laid = self._lay(inner, start + len(text), spans)
            spans[name] = (start + len(text), start + len(text) + len(laid))
            text += laid
        return text

    def _anchor(self, span: Span) -> Anchor:
        """The words of a span with their number; of a long one, its first and last words."""
        words = self.text[span[0] : span[1]].split(" ")
        if len(words) <= MOST:
            phrase = " ".join(words)
            return Anchor(words=(phrase,), nth=(self._nth(phrase, span[0]),), at=(span,))
        first, last = " ".join(words[:ENDS]), " ".join(words[-ENDS:])
        return Anchor(first=first, last=last, nth=(self._nth(first, span[0]),), at=(span,))

    def _nth(self, phrase: str, start: int) -> int:
        return self.text.count(phrase, 0, start + len(phrase))

    def voice(
        self, voice: Voice, anchors: dict[str, Anchor], words: str, cue: str, name: str = ""
    ) -> str:
        """Adds a voice by the stretches of its words and of its cue; its id."""
        name = name or f"voice-{len(self.voices) + 1}"
        found = anchors[cue]
        self.voices[name] = replace(
            voice,
            anchor=anchors[words],
            cue=Cue(words=found.words, nth=found.nth, at=found.at),
        )
        return name

    def claim(self, claim: Claim, anchor: Anchor) -> str:
        """Adds a claim by its words; its id."""
        name = f"claim-{len(self.claims) + 1}"
        self.claims[name] = replace(claim, anchor=anchor)
        return name

    def nothing(self, sentence: str, because: str) -> None:
        """Adds a sentence that carries no statement."""
        anchors = self.say(("all", [sentence]))
        self.nothings.append(Nothing(because, anchors["all"]))

    def chance(self, share: float) -> bool:
        """Whether something rare happens now."""
        return self.rng.random() < share

    def day(self, day: dt.date) -> str:
        """A day as printed: 5 February."""
        return f"{day.day} {day:%B}"
