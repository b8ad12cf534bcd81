"""Mappings drawn at random whose every entry has words at a place, as what travels must have."""

from dataclasses import replace

from hypothesis import strategies as st

from kg.mapping.document import Anchor, Cue, Voice
from mapping.strategies import counts, mappings, several, texts

gaps = st.integers(0, 50)


@st.composite
def words_at(draw):
    words = draw(several(texts))
    end, spans = draw(gaps), []
    for phrase in words:
        start = end + draw(gaps)
        end = start + len(phrase)
        spans.append((start, end))
    nth = draw(st.none() | several(counts))
    return Anchor(words=words, nth=nth, at=tuple(spans))


@st.composite
def passages(draw):
    first, last = draw(texts), draw(texts)
    start = draw(gaps)
    end = start + len(first) + draw(gaps) + len(last)
    nth, to_nth = draw(st.none() | several(counts)), draw(st.none() | counts)
    return Anchor(first=first, last=last, nth=nth, to_nth=to_nth, at=((start, end),))


def _placed(draw, entry):
    anchor = draw(words_at() | passages())
    if isinstance(entry, Voice):
        cue = draw(st.none() | words_at())
        cue = Cue(cue.words, cue.nth, cue.at) if cue else Cue()
        return replace(entry, anchor=anchor, cue=cue)
    return replace(entry, anchor=anchor)


@st.composite
def placed(draw):
    mapping = draw(mappings)
    return replace(
        mapping,
        parts=tuple(_placed(draw, one) for one in mapping.parts),
        voices={name: _placed(draw, one) for name, one in mapping.voices.items()},
        claims={name: _placed(draw, one) for name, one in mapping.claims.items()},
        mentions={name: _placed(draw, one) for name, one in mapping.mentions.items()},
        nothings=tuple(_placed(draw, one) for one in mapping.nothings),
    )
