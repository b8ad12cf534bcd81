"""Mappings drawn at random whose every entry has words at a place, as what travels must have."""

from dataclasses import replace

from hypothesis import strategies as st

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
    Voice,
)
from mapping.strategies import counts, entries, several, slugs, texts

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
    """At most one entry of each kind: the head stays at home, and the format has other tests."""

    def named(kind):
        drawn = draw(st.dictionaries(slugs, entries(kind), max_size=1))
        return {name: _placed(draw, one) for name, one in drawn.items()}

    def listed(kind):
        drawn = draw(st.lists(entries(kind), max_size=1))
        return tuple(_placed(draw, one) for one in drawn)

    return Mapping(
        1,
        "draft",
        Article(),
        Coding(),
        parts=listed(Part),
        voices=named(Voice),
        claims=named(Claim),
        mentions=named(Mention),
        nothings=listed(Nothing),
    )
