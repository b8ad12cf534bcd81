"""One generated article: its text and its mapping, written together, sentence by sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Final

from kg.mapping.codec import Local
from kg.mapping.document import (
    Anchor,
    Article,
    Claim,
    Coding,
    Cue,
    Mapping,
    Mention,
    Nothing,
    Part,
    Published,
    Voice,
    When,
)
from kg.synth.theatre import Happening, Theatre
from kg.text import digest

_VERBS: Final = ("seized", "captured", "overran", "took")
_FILLER: Final = "Snow lay on the passes."


@dataclass(slots=True)
class _Writing:
    """An article being written: its text so far and what it says."""

    theatre: Theatre
    rng: Random
    published: dt.date
    text: str = ""
    voices: dict[str, Voice] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    nothings: list[Nothing] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """Adds a sentence."""
        self.text += f"{sentence} "

    def anchor(self, words: str, base: int) -> Anchor:
        """The first place of some words from a position on, with its number if there are others."""
        start = self.text.index(words, base)
        nth = self.text.count(words, 0, start + len(words))
        return Anchor(words=(words,), nth=(nth,), at=((start, start + len(words)),))

    def cue(self, words: str, base: int) -> Cue:
        """The same for the words that attribute."""
        found = self.anchor(words, base)
        return Cue(words=found.words, nth=found.nth, at=found.at)

    def name(self, slug: str, label: str, base: int) -> None:
        """The mentions of a name, the first time that it is used: whole, and its telling word."""
        self.mentions.setdefault(slug, Mention(refers_to=slug, anchor=self.anchor(label, base)))
        word = label.removeprefix("The ").partition(" ")[0]
        if word != label:
            short = Mention(refers_to=slug, anchor=self.anchor(word, base))
            self.mentions.setdefault(f"{slug}-short", short)

    def claim(self, claim: Claim, words: str, base: int) -> str:
        """A claim by its words; its id."""
        name = f"claim-{len(self.claims) + 1}"
        self.claims[name] = replace(claim, anchor=self.anchor(words, base))
        return name

    def voice(self, voice: Voice, words: str, cue: str, base: int) -> str:
        """A voice by its words and cue; its id."""
        name = f"voice-{len(self.voices) + 1}"
        found = replace(voice, anchor=self.anchor(words, base), cue=self.cue(cue, base))
        self.voices[name] = found
        return name


def write_article(theatre: Theatre, number: int, seed: int) -> tuple[str, Mapping]:
    """The text and the mapping of one article of a theatre."""
    rng = Random(f"{seed}/{theatre.number}/{number}")
    known = sorted(rng.sample(theatre.happenings, 8), key=lambda h: h.day)
    published = known[-1].day + dt.timedelta(days=rng.randrange(3))
    writing = _Writing(theatre, rng, published)
    for happening in known:
        rng.choice(_REPORTS)(writing, happening)
        rng.choice(_STATES)(writing, happening)
        _figure(writing, happening)
    _plan(writing, known[0])
    _denial(writing, known[-1])
    _background(writing)
    return writing.text.rstrip(), _mapping(writing, number)


def _report_by_monitor(writing: _Writing, happening: Happening) -> None:
    """A capture that local sources told an observatory, and the observatory the outlet."""
    base, theatre = len(writing.text), writing.theatre
    monitor = writing.rng.choice(list(theatre.monitors))
    words, cue = _capture(writing, happening), f"said the {theatre.monitors[monitor]}"
    source = writing.rng.choice(("local sources", "residents", "a medic"))
    writing.say(f"{words}, {cue}, quoting {source}.")
    outer = writing.voice(Voice(form="indirect", speaker=monitor), words, cue, base)
    inner = Voice(form="indirect", speaker=Local("unnamed", source), relayed_by=outer)
    voice = writing.voice(inner, words, f"quoting {source}", base)
    writing.claim(_capture_claim(writing, happening, voice), words, base)
    writing.name(monitor, theatre.monitors[monitor], base)
    _name_all(writing, happening, base)


def _report_by_person(writing: _Writing, happening: Happening) -> None:
    """A withdrawal in somebody's own words."""
    base, theatre = len(writing.text), writing.theatre
    person = writing.rng.choice(list(theatre.people))
    words = f"We left {theatre.places[happening.place]}"
    cue = f"said Colonel {theatre.people[person]}"
    writing.say(f"“{words},” {cue} of the {theatre.forces[happening.loser]}.")
    spoken = Voice(form="direct", speaker=person, role="Colonel", affiliation=happening.loser)
    voice = writing.voice(spoken, words, cue, base)
    left = Claim(
        voice=voice,
        event=happening.id,
        type="withdrawal",
        lost_by=(happening.loser,),
        place=(happening.place,),
    )
    writing.claim(left, words, base)
    writing.name(person, theatre.people[person], base)
    _name_all(writing, happening, base)


def _report_plainly(writing: _Writing, happening: Happening) -> None:
    """A capture in the outlet's own voice."""
    base = len(writing.text)
    words = _capture(writing, happening)
    writing.say(f"{words}.")
    writing.claim(_capture_claim(writing, happening, None), words, base)
    _name_all(writing, happening, base)


def _capture(writing: _Writing, happening: Happening) -> str:
    theatre = writing.theatre
    verb = writing.rng.choice(_VERBS)
    winner, place = theatre.forces[happening.winner], theatre.places[happening.place]
    return f"The {winner} {verb} {place} on {_printed(writing, happening)}"


def _printed(writing: _Writing, happening: Happening) -> str:
    """The day as this article prints it: one in five is a day off."""
    return f"{_day(writing, happening):%-d %B}"


def _day(writing: _Writing, happening: Happening) -> dt.date:
    off = Random(f"{happening.id}/{writing.published}").randrange(5) == 0
    return happening.day - dt.timedelta(days=int(off))


def _capture_claim(writing: _Writing, happening: Happening, voice: str | None) -> Claim:
    day = _day(writing, happening)
    return Claim(
        voice=voice,
        event=happening.id,
        type="capture",
        gained_by=(happening.winner,),
        place=(happening.place,),
        when=When(on=day, basis="explicit", words=f"{day:%-d %B}"),
    )


def _name_all(writing: _Writing, happening: Happening, base: int) -> None:
    theatre = writing.theatre
    named = {happening.place: theatre.places, happening.winner: theatre.forces}
    for slug, names in (named | {happening.loser: theatre.forces}).items():
        if names[slug] in writing.text[base:]:
            writing.name(slug, names[slug], base)


def _state_held(writing: _Writing, happening: Happening) -> None:
    _state(writing, happening, "controls", "full")


def _state_present(writing: _Writing, happening: Happening) -> None:
    _state(writing, happening, "has a presence in", "presence")


def _state(writing: _Writing, happening: Happening, verb: str, degree: str) -> None:
    base, theatre = len(writing.text), writing.theatre
    winner, place = theatre.forces[happening.winner], theatre.places[happening.place]
    words = f"The {winner} now {verb} {place}"
    writing.say(f"{words}.")
    held = Claim(controller=(happening.winner,), place=(happening.place,), degree=degree)
    writing.claim(held, words, base)
    _name_all(writing, happening, base)


def _figure(writing: _Writing, happening: Happening) -> None:
    """The dead, of whose number reports differ."""
    base, theatre = len(writing.text), writing.theatre
    dead = happening.day.day + 5 + writing.rng.randrange(2)
    monitor = writing.rng.choice(list(theatre.monitors))
    words = f"At least {dead} people died at {theatre.places[happening.place]}"
    cue = f"according to the {theatre.monitors[monitor]}"
    writing.say(f"{words}, {cue}.")
    voice = writing.voice(Voice(form="indirect", speaker=monitor), words, cue, base)
    exact = writing.rng.random() < 0.5
    killed = Claim(
        voice=voice,
        event=happening.id,
        measure="people-killed",
        value=f"At least {dead}",
        number=dead,
        unit="people",
        bound="exactly" if exact else "at-least",
        place=(happening.place,),
    )
    writing.claim(killed, words, base)
    writing.name(monitor, theatre.monitors[monitor], base)


def _plan(writing: _Writing, happening: Happening) -> None:
    base, theatre = len(writing.text), writing.theatre
    first = f"If the {theatre.forces[happening.loser]} returns to {theatre.places[happening.place]}"
    then = "the road to the coast is cut"
    writing.say(f"{first}, {then}.")
    coming = Claim(
        type="advance",
        agent=(happening.loser,),
        destination=(happening.place,),
        factuality="conditional",
    )
    condition = writing.claim(coming, first, base)
    cut = Claim(
        type="route-cut",
        place=(Local("described", "the road to the coast"),),
        factuality="conditional",
        on_condition=condition,
    )
    writing.claim(cut, then, base)


def _denial(writing: _Writing, happening: Happening) -> None:
    base, theatre = len(writing.text), writing.theatre
    person = writing.rng.choice(list(theatre.people))
    words = f"denied that {theatre.places[happening.place]} had fallen"
    writing.say(f"{theatre.people[person]} {words}.")
    told = [name for name, c in writing.claims.items() if c.event == happening.id and c.type]
    spoken = Voice(form="indirect", speaker=person)
    voice = writing.voice(spoken, words, f"{theatre.people[person]} denied", base)
    writing.claim(Claim(voice=voice, denies=told[0]), words, base)
    writing.name(person, theatre.people[person], base)


def _background(writing: _Writing) -> None:
    base = len(writing.text)
    writing.say(_FILLER)
    writing.nothings.append(Nothing("background", writing.anchor(_FILLER, base)))


def _mapping(writing: _Writing, number: int) -> Mapping:
    text = writing.text.rstrip()
    outlets = list(writing.theatre.outlets)
    part = Part("body", Anchor(first=text[:12], last=_FILLER, nth=(1,), at=((0, len(text)),)))
    return Mapping(
        format=1,
        status="reviewed",
        article=Article(
            title=f"Report {number} from theatre {writing.theatre.number}",
            publisher=outlets[number % len(outlets)],
            language="en",
            published=Published(on=writing.published, basis="stated"),
            digest=digest(text.encode("utf-8")),
        ),
        coding=Coding("generator", writing.published, "generator", None, "1"),
        parts=(part,),
        voices=writing.voices,
        claims=writing.claims,
        mentions=writing.mentions,
        nothings=tuple(writing.nothings),
    )


_REPORTS: Final[tuple[Any, ...]] = (_report_by_monitor, _report_by_person, _report_plainly)
_STATES: Final[tuple[Any, ...]] = (_state_held, _state_held, _state_present)
