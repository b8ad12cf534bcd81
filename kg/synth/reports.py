"""How generated articles tell of a takeover: in whose words, and how sure.

Sources mostly agree. Now and then one has another day or another gainer.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from kg.mapping.codec import Local
from kg.mapping.document import Claim, Voice, When
from kg.synth.theatre import Entity, Happening
from kg.synth.writing import Segment, Writing

RARE: Final = 0.04
"""How often a source errs."""

STATEMENT: Final = "statement"
"""The voice that several articles print."""

_VERBS: Final = ("seized", "captured", "overran", "took", "stormed")
_WITNESSES: Final = ("local sources", "residents", "a medic", "two shopkeepers")
COLONEL: Final = "Colonel"


def report_plainly(writing: Writing, happening: Happening) -> None:
    """A capture in the outlet's own voice."""
    taken = _Taken(writing, happening)
    at = writing.say(("taken", [taken.words]), writing.rest())
    writing.claim(taken.claim(None), at["taken"])


def report_relayed(writing: Writing, happening: Happening) -> None:
    """A capture that witnesses told an observatory, and the observatory the outlet."""
    taken = _Taken(writing, happening)
    monitor = writing.one_of(writing.theatre.monitors)
    witness = writing.rng.choice(_WITNESSES)
    said, quoting = f"said the {writing.call(monitor)}", f"quoting {witness}"
    at = writing.say(
        ("taken", [taken.words]), ", ", ("said", [said]), ", ", ("quoting", [quoting]), "."
    )
    outer = writing.voice(Voice(form="indirect", speaker=monitor.slug), at, "taken", "said")
    told = Voice(form="indirect", speaker=Local("unnamed", witness), relayed_by=outer)
    voice = writing.voice(told, at, "taken", "quoting")
    writing.claim(taken.claim(voice), at["taken"])


def report_by_monitor(writing: Writing, happening: Happening) -> None:
    """A capture that an observatory reports."""
    taken = _Taken(writing, happening)
    monitor = writing.one_of(writing.theatre.monitors)
    said = f"The {writing.call(monitor)} said"
    at = writing.say(("said", [said]), " that ", ("taken", [_lower(taken.words)]), writing.rest())
    voice = writing.voice(Voice(form="indirect", speaker=monitor.slug), at, "taken", "said")
    writing.claim(taken.claim(voice), at["taken"])


def report_by_winner(writing: Writing, happening: Happening) -> None:
    """A capture in the winner's own words; and the hold, where it lasts."""
    theatre, place = writing.theatre, writing.theatre.places[happening.place]
    person, name = officer(writing)
    force = writing.call(theatre.forces[happening.winner])
    lasts = theatre.last_takeover(place.slug, writing.published) == happening
    held: list[Segment] = [", and ", ("held", ["we hold it"])] if lasts else []
    words: Segment = ("words", [("taken", [f"We took {place.label}"]), *held])
    at = writing.say("“", words, ",” ", ("said", [f"said {name}"]), f" of the {force}.")
    spoken = Voice("direct", person.slug, role=COLONEL, affiliation=happening.winner)
    voice = writing.voice(spoken, at, "words", "said")
    writing.claim(_capture(happening, happening.winner, voice, None), at["taken"])
    if lasts:
        holder, where = (happening.winner,), (place.slug,)
        writing.claim(Claim(voice=voice, controller=holder, place=where, degree="full"), at["held"])


def report_by_loser(writing: Writing, happening: Happening) -> None:
    """A withdrawal that the loser's officer puts in part in his own words."""
    person, name = officer(writing)
    loser = writing.call(writing.theatre.forces[happening.loser])
    left = f"the {loser} had left {writing.call_place(happening)}"
    at = writing.say(
        ("said", [f"{name} said"]), " that ", ("left", [left]), " “", ("own", ["in order"]), "”."
    )
    spoken = Voice("mixed", person.slug, role=COLONEL, affiliation=happening.loser)
    claim = Claim(
        voice=writing.voice(spoken, at, "own", "said"),
        event=happening.event,
        type="withdrawal",
        lost_by=(happening.loser,),
        place=(happening.place,),
    )
    writing.claim(claim, at["left"])


def report_loss(writing: Writing, happening: Happening) -> None:
    """A loss, with both sides named."""
    forces = writing.theatre.forces
    loser, winner = writing.call(forces[happening.loser]), writing.call(forces[happening.winner])
    lost = f"The {loser} lost {writing.call_place(happening)} to the {winner}"
    at = writing.say(("lost", [lost]), writing.rest())
    claim = Claim(
        event=happening.event,
        type="loss-of-control",
        lost_by=(happening.loser,),
        gained_by=(happening.winner,),
        place=(happening.place,),
    )
    writing.claim(claim, at["lost"])


def denial(writing: Writing, happening: Happening) -> None:
    """A denial of what the article has told of a takeover."""
    told = [n for n, c in writing.claims.items() if c.event == happening.event and c.gained_by]
    if told:
        person, name = officer(writing)
        denied = f"that {writing.call_place(happening)} had fallen"
        at = writing.say(("cue", [f"{name} denied"]), " ", ("denied", [denied]), ".")
        spoken = Voice("indirect", person.slug, role=COLONEL)
        voice = writing.voice(spoken, at, "denied", "cue")
        writing.claim(Claim(voice=voice, denies=told[0]), at["denied"])


def statement(writing: Writing, same_as: str | None) -> None:
    """One utterance that several articles print."""
    theatre = writing.theatre
    person, outlet = next(iter(theatre.people.values())), next(iter(theatre.outlets.values()))
    told = f"{writing.call(person, COLONEL)} told the {outlet.label}"
    words: Segment = ("words", ["Nobody will hold the river but us"])
    at = writing.say("“", words, ",” ", ("told", [told]), ".")
    spoken = Voice(
        "direct",
        person.slug,
        role=COLONEL,
        said_to=outlet.slug,
        same_utterance_as=(same_as,) if same_as else None,
    )
    claim = Claim(
        voice=writing.voice(spoken, at, "words", "told", STATEMENT),
        controller=(next(iter(theatre.forces)),),
        place=(Local("described", "the river"),),
        degree="full",
        factuality="planned",
    )
    writing.claim(claim, at["words"])


def officer(writing: Writing) -> tuple[Entity, str]:
    """Somebody who speaks for a force, and what the next sentence calls him."""
    person = writing.one_of(writing.theatre.people)
    return person, writing.call(person, COLONEL)


class _Taken:
    """A capture as this article has it."""

    def __init__(self, writing: Writing, happening: Happening) -> None:
        forces = writing.theatre.forces
        rivals = [f for f in list(forces)[1:4] if f != happening.loser]
        self.happening = happening
        self.gainer = writing.rng.choice(rivals) if writing.chance(RARE) else happening.winner
        day, self.when = _dated(writing, happening)
        winner, verb = writing.call(forces[self.gainer]), writing.rng.choice(_VERBS)
        self.words = f"The {winner} {verb} {writing.call_place(happening)} on {day}"

    def claim(self, voice: str | None) -> Claim:
        return _capture(self.happening, self.gainer, voice, self.when)


def _dated(writing: Writing, happening: Happening) -> tuple[str, When]:
    """The day as this article prints it, and as it is mapped."""
    if writing.chance(RARE):
        day = happening.day - dt.timedelta(days=1)
    elif (writing.published - happening.day).days < 7:
        weekday = f"{happening.day:%A}"
        return weekday, When(on=happening.day, basis="relative-to-publication", words=weekday)
    else:
        day = happening.day
    return writing.day(day), When(on=day, basis="explicit", words=writing.day(day))


def _capture(happening: Happening, gainer: str, voice: str | None, when: When | None) -> Claim:
    return Claim(
        voice=voice,
        event=happening.event,
        type="capture",
        gained_by=(gainer,),
        place=(happening.place,),
        when=when,
    )


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
