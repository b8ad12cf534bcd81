"""The same told of others without its verb: "the rebels hold the north, the army the south"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.suggest.control.actors import actors
from kg.suggest.control.clauses import is_passive
from kg.suggest.control.places import places
from kg.suggest.control.scene import Scene
from kg.suggest.found import Filled, Statement
from kg.suggest.tokens import Token

_HOLDING: Final = ("controller", "gained-by")
_NOUNS: Final = ("NOUN", "PROPN")
_BESIDE: Final = ("conj", "appos")


def gapped(verb: Token, statement: Statement, scene: Scene) -> Iterator[Statement]:
    """What a statement's verb tells of the pairs of who and where that follow without it."""
    role = next((one for one in _HOLDING if statement.filling(one)), None)
    if role is None or verb.pos_ != "VERB":
        return
    for who, place in _by_agent(verb) if is_passive(verb) else _side_by_side(verb):
        whom, where = actors(scene, who), places(scene, place, alone=True)
        if whom and where:
            roles = (
                Filled(role, whom[0].words, whom[0].named),
                Filled("place", where[0].words, where[0].named),
            )
            first, last = sorted((who, place), key=lambda t: t.i)
            span = scene.span(first, last)
            yield replace(statement, span=span, roles=roles, extent=where[0].extent)


def _side_by_side(verb: Token) -> Iterator[tuple[Token, Token]]:
    """Two nouns in a row behind a verb and its object: "…, the army the south"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    for above in (verb, *objects):
        for who in above.children:
            if who.dep_ in _BESIDE and who.pos_ in _NOUNS and who.i > verb.i:
                beside = (c for c in who.children if c.dep_ == "appos")
                yield from ((who, c) for c in beside if c.left_edge.i == who.i + 1)


def _by_agent(verb: Token) -> Iterator[tuple[Token, Token]]:
    """A noun with a "by" of its own behind a passive: "…, Holm by the army"."""
    agents = [c for by in verb.children if by.lower_ == "by" for c in by.children]
    for place in (c for agent in agents for c in agent.children if c.dep_ in _BESIDE):
        after = place.nbor(1) if place.i + 1 < place.sent.end else place
        if after.lower_ == "by":
            yield from ((who, place) for who in after.children if who.dep_ == "pobj")
