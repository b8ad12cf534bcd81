"""What generated articles tell besides takeovers: who holds what, fighting, figures, plans."""

from __future__ import annotations

from kg.mapping.codec import Local
from kg.mapping.document import Claim, Voice, When
from kg.synth.reports import COLONEL, RARE, officer
from kg.synth.theatre import Happening
from kg.synth.writing import Writing


def state(writing: Writing, happening: Happening) -> None:
    """Who holds a place when the article appears, and since when."""
    last = writing.theatre.last_takeover(happening.place, writing.published) or happening
    degree, verb = ("full", "controlled")
    if writing.chance(RARE):
        degree, verb = "partial", "controlled parts of"
    holder, since = writing.call(writing.theatre.forces[last.winner]), writing.day(last.day)
    held = f"The {holder} now {verb} {writing.call_place(last)}"
    at = writing.say(("held", [held]), f", held since {since}.")
    claim = Claim(
        controller=(last.winner,),
        place=(last.place,),
        degree=degree,
        when=When(since=(last.day, last.day), basis="explicit", words=f"since {since}"),
    )
    writing.claim(claim, at["held"])


def presence(writing: Writing, happening: Happening) -> None:
    """That the last loser is still there, in the words of one of its officers."""
    theatre, place = writing.theatre, writing.theatre.places[happening.place]
    last = theatre.last_takeover(place.slug, writing.published) or happening
    person, name = officer(writing)
    force = writing.call(theatre.forces[last.loser])
    words = ("words", [f"Our men are still in {place.label}"])
    at = writing.say("“", words, ",” ", ("said", [f"said {name}"]), f" of the {force}.")
    spoken = Voice("direct", person.slug, role=COLONEL, affiliation=last.loser)
    claim = Claim(
        voice=writing.voice(spoken, at, "words", "said"),
        controller=(last.loser,),
        place=(place.slug,),
        degree="presence",
    )
    writing.claim(claim, at["words"])


def fighting(writing: Writing, happening: Happening) -> None:
    """Fighting before the takeover, and strikes from the air on one side."""
    forces, place = writing.theatre.forces, (happening.place,)
    sides, hit = (happening.winner, happening.loser), (happening.loser,)
    one, other = (writing.call(forces[side]) for side in sides)
    strikes = 3 + happening.dead % 9
    clash = f"The {one} and the {other} fought for {writing.call_place(happening)}"
    struck = f"{strikes} air strikes hit {writing.call_place(happening)}"
    at = writing.say(("clash", [clash]), ", and ", ("struck", [struck]), writing.rest())
    writing.claim(Claim(type="clash", agent=sides, place=place), at["clash"])
    raid = f"{happening.event}-raids"
    writing.claim(Claim(event=raid, type="air-strike", affected=hit, place=place), at["struck"])
    count = Claim(
        event=raid,
        measure="air-strikes",
        value=str(strikes),
        number=strikes,
        unit="air strikes",
        bound="exactly",
        affected=hit,
    )
    writing.claim(count, at["struck"])


def advance(writing: Writing, happening: Happening) -> None:
    """Forces that gather at one place and move on towards another."""
    theatre, agent = writing.theatre, (happening.winner,)
    place = writing.one_of(theatre.places)
    moving = f"The {writing.call(theatre.forces[happening.winner])} pushed towards"
    moving += f" {writing.call(place)}"
    massing = f"massing at {theatre.places[happening.place].label}"
    at = writing.say(("advance", [moving]), ", ", ("massing", [massing]), writing.rest())
    onward = Claim(type="advance", agent=agent, destination=(place.slug,), completion="ongoing")
    writing.claim(onward, at["advance"])
    where = (happening.place,)
    gathering = Claim(type="force-buildup", agent=agent, place=where, completion="ongoing")
    writing.claim(gathering, at["massing"])


def dead(writing: Writing, happening: Happening) -> None:
    """The dead, of whose number reports may differ."""
    number = happening.dead + (writing.rng.randrange(1, 9) if writing.chance(2 * RARE) else 0)
    monitor = writing.one_of(writing.theatre.monitors)
    bound = writing.rng.choice(("exactly", "at-least"))
    value = str(number) if bound == "exactly" else f"At least {number}"
    words = f"{value} people died at {writing.call_place(happening)}"
    said = f"according to the {writing.call(monitor)}"
    at = writing.say(("dead", [words]), ", ", ("said", [said]), ".")
    claim = Claim(
        voice=writing.voice(Voice("indirect", monitor.slug), at, "dead", "said"),
        event=happening.event,
        measure="people-killed",
        value=value,
        number=number,
        unit="people",
        bound=bound,
        place=(happening.place,),
    )
    writing.claim(claim, at["dead"])


def displaced(writing: Writing, happening: Happening) -> None:
    """Those who fled, and how many."""
    province, number = writing.theatre.province, happening.dead * 100
    words = f"About {number} people fled {writing.call_place(happening)}"
    where = f" for other parts of {writing.call(province)}"
    at = writing.say(("fled", [words]), where, writing.rest())
    people, event = (Local("described", "people"),), f"{happening.event}-flight"
    flight = Claim(
        event=event,
        type="displacement",
        affected=people,
        departure=(happening.place,),
        destination=(province.slug,),
    )
    writing.claim(flight, at["fled"])
    count = Claim(
        event=event,
        measure="people-displaced",
        value=f"About {number}",
        number=number,
        unit="people",
        bound="approximately",
        affected=people,
    )
    writing.claim(count, at["fled"])


def share(writing: Writing, happening: Happening) -> None:
    """How much of the province a force holds; one in many mistakes the unit."""
    theatre = writing.theatre
    number = 300 + 70 * list(theatre.forces).index(happening.winner)
    unit = "square kilometers" if writing.chance(RARE) else "square miles"
    winner = writing.call(theatre.forces[happening.winner])
    words = f"The {winner} held {number} {unit} of {writing.call(theatre.province)}"
    at = writing.say(("share", [words]), writing.rest())
    claim = Claim(
        measure="territory-area",
        value=str(number),
        number=number,
        unit=unit,
        bound="exactly",
        controller=(happening.winner,),
        place=(theatre.province.slug,),
    )
    writing.claim(claim, at["share"])


def plan(writing: Writing, happening: Happening) -> None:
    """What would follow if the loser came back."""
    loser = writing.call(writing.theatre.forces[happening.loser])
    first = f"If the {loser} returns to {writing.call_place(happening)}"
    then = "the road to the coast is cut"
    at = writing.say(("coming", [first]), ", ", ("cut", [then]), writing.rest())
    coming = Claim(
        type="advance",
        agent=(happening.loser,),
        destination=(happening.place,),
        factuality="conditional",
    )
    cut = Claim(
        type="route-cut",
        place=(Local("described", "the road to the coast"),),
        factuality="conditional",
        on_condition=writing.claim(coming, at["coming"]),
    )
    writing.claim(cut, at["cut"])
