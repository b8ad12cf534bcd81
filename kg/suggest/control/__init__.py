"""Who took, lost, left, besieged or held what, as the sentences of an article tell it.

Events need the model's parse: without one nothing is proposed. Which words tell what is in
frames.toml, what sets a statement's standing in cues.toml, what can be a place or an actor in
kinds.toml.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.suggest.control.carried import lend
from kg.suggest.control.events import Told, find, telling
from kg.suggest.control.listed import list_held
from kg.suggest.control.replies import reply
from kg.suggest.control.scene import Scene
from kg.suggest.control.together import together
from kg.suggest.found import Named, Statement, Timed, Utterance
from kg.suggest.reading import Reading
from kg.text import Span, overlaps


def state(
    reading: Reading,
    names: Sequence[Named],
    times: Sequence[Timed],
    utterances: Sequence[Utterance],
) -> list[Statement]:
    """The control events and states that a parsed reading tells, in the order of the text."""
    told: list[Told] = []
    for paragraph in reading.paragraphs:
        words = telling(paragraph.parsed) if paragraph.parsed is not None else []
        if words:
            told += [
                Told(t.token, _set_in(t.statement, reading, times, utterances))
                for t in find(words, Scene(paragraph, names))
            ]
    in_lists = [_set_in(s, reading, times, utterances) for s in list_held(reading, names)]
    listed = [s.span for s in in_lists]
    loose = [t for t in told if not overlaps(t.statement.span, listed)]
    stated = together(lend(loose, reading, names), reading)
    denials = (_set_in(s, reading, times, utterances) for s in reply(reading, stated))
    return [*stated, *denials, *in_lists]


def _set_in(
    statement: Statement,
    reading: Reading,
    times: Sequence[Timed],
    utterances: Sequence[Utterance],
) -> Statement:
    """A statement with the time told beside it and the voice in whose words it stands."""
    return replace(
        statement,
        when=time_of(statement.span, reading, times),
        voice=voice_of(statement.span, utterances),
    )


def time_of(span: Span, reading: Reading, times: Sequence[Timed]) -> Timed | None:
    """The time expression nearest to a span in its sentence, one with days before any other."""
    low, high = reading.sentence(span)
    inside = [t for t in times if low <= t.span[0] and t.span[1] <= high]
    apart = {t.span: max(t.span[0] - span[1], span[0] - t.span[1], 0) for t in inside}
    return min(inside, key=lambda t: (t.when is None, apart[t.span], t.span), default=None)


def voice_of(span: Span, utterances: Sequence[Utterance]) -> Utterance | None:
    """The innermost utterance whose content holds the beginning of a span."""
    around = [
        (end - start, utterance)
        for utterance in utterances
        for start, end in utterance.content
        if start <= span[0] < end
    ]
    return min(around, key=lambda pair: pair[0])[1] if around else None
