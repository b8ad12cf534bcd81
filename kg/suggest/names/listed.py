"""Names that are known: authority files, the wide world, the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from kg.gazetteer.record import Record
from kg.suggest.names.context import cued, located, opens_person, place_type_at
from kg.suggest.names.hit import LIKELY, Hit
from kg.suggest.names.known import Form, Known, Spelt
from kg.suggest.names.lexicon import Lexicon, load_lexicon
from kg.suggest.words import ARTICLES, Stretch, Word, Written

_LONGEST: Final = 4
_LARGE: Final = 20_000
"""From how many inhabitants a name alone, with nothing beside it, is taken for the place."""


def find_known(written: Written, known: Known, lexicon: Lexicon) -> Iterator[Hit]:
    """Forms of the authorities and the world, the longest at each word."""
    words, free = written.words, 0
    for i in written.where(known.begun.onward.keys()):
        for j, named in reversed(_forms(words, i, known)) if i >= free else ():
            forms = [form for form in named if _written_so(words, i, j, form)]
            if forms and _is_name(words, i, j, forms, lexicon):
                yield _known(words, i, j, forms, lexicon)
                free = j
                break


def _forms(words: list[Word], i: int, known: Known) -> list[tuple[int, list[Form]]]:
    """The forms that the words from i on may be, each with where it ends; the shortest first."""
    found: list[tuple[int, list[Form]]] = []
    step = known.begun.onward.get(words[i].key)
    while step is not None:
        i += 1
        if step.forms:
            found.append((i, step.forms))
        step = step.onward.get(words[i].key) if i < len(words) else None
    return found


def _is_name(words: list[Word], i: int, j: int, forms: Sequence[Form], lexicon: Lexicon) -> bool:
    """Whether a place's name is not one of a longer name here: a person, a firm."""
    if any(form.kind == "actor" for form in forms):
        return True
    if i > 0 and words[i - 1].key in lexicon.cues["ship"] and words[i].joined:
        return False
    if j < len(words) and words[j].joined and words[j].key in lexicon.cues["event"]:
        return False
    alone = j - i == 1
    before = i > 0 and words[i].joined and words[i - 1].capital
    return not (alone and before and words[i - 1].key in lexicon.cues["given"])


def _written_so(words: list[Word], i: int, j: int, form: Form) -> bool:
    """Whether the words are parted and capitalised as the form is: "us" is not the US."""
    if any(not word.joined and word.before not in (". ", ", ", ".") for word in words[i + 1 : j]):
        return False
    several = len(form.words) > 1
    return all(
        _same_case(words[i + k].text, own.text) or (several and _is_compass(own.key))
        for k, own in enumerate(form.words)
    )


def _is_compass(key: str) -> bool:
    """Whether a word is one that texts write small before a name: "northern", "central"."""
    return key in load_lexicon().cues["compass"]


@lru_cache(maxsize=1 << 14)
def _same_case(text: str, own: str) -> bool:
    if own.isupper() and len(own.replace(".", "")) <= 3:
        return text.isupper()
    return not own[0].isupper() or text[0].isupper() or own.casefold() in ARTICLES


def _known(words: list[Word], i: int, j: int, forms: Sequence[Form], lexicon: Lexicon) -> Hit:
    """The hit of the forms that fit: one id, or the likeliest with the others beside it."""
    end, type_ = place_type_at(words, i, j, lexicon)
    best = sorted(forms, key=lambda form: _likeness(form, type_)) if forms[1:] else forms
    chosen = best[0]
    ids = dict.fromkeys(form.id for form in best if form.id is not None)
    others = tuple(identifier for identifier in ids if identifier != chosen.id)
    last = end if chosen.kind == "place" else j
    if chosen.id is None:
        why = f"a {chosen.type} of the world by this name"
        return Hit(i, last, chosen.kind, "names.world", why, type_ or chosen.type, also=others)
    why = f"{chosen.standing} of {chosen.kind} {chosen.id}"
    if type_ is not None and chosen.kind == "place":
        why += f", and the words beside it say {type_}"
    return Hit(i, last, chosen.kind, "names.authority", why, chosen.type, chosen.id, also=others)


def _likeness(form: Form, type_: str | None) -> tuple[bool, bool, bool, bool, str]:
    """Smaller is likelier: what has an id, what words beside it say, a town before its province."""
    return (
        form.id is None,
        type_ is not None and form.type != type_,
        type_ is None and form.type in ("governorate", "district"),
        form.standing != "label",
        form.id or "",
    )


def find_spelt(
    words: list[Word], stretches: list[Stretch], known: Known, lexicon: Lexicon
) -> Iterator[Hit]:
    """Names in the gazetteer, and places of the authorities in another transliteration."""
    for low, high in stretches:
        i = low
        while i < high:
            hit = _longest(words, i, low, high, known, lexicon)
            if hit is not None:
                yield hit
            i = hit.last if hit is not None else i + 1


def _longest(
    words: list[Word], i: int, low: int, high: int, known: Known, lexicon: Lexicon
) -> Hit | None:
    if words[i].key in lexicon.cues["other"] or words[i].key in lexicon.demonyms:
        return None
    for j in range(min(i + _LONGEST, high), i, -1):
        name = " ".join([word.text for word in words[i:j]])
        spelt = known.spelt(name)
        if not spelt.forms and not spelt.records:
            continue
        end, type_ = place_type_at(words, i, j, lexicon)
        place_is_sure = cued(words, i, lexicon) or type_ is not None
        if spelt.forms and (place_is_sure or len(name) > 5):
            best = min(spelt.forms, key=lambda form: _likeness(form, type_))
            why = f"another spelling of place {best.id}"
            also = tuple(dict.fromkeys(f.id for f in spelt.forms if f.id and f.id != best.id))
            return Hit(
                i, end, "place", "names.spelling", why, best.type, best.id, also=also, weight=LIKELY
            )
        run = (low, high)
        if spelt.records and _means_place(words, (i, j), run, spelt, lexicon, sure=place_is_sure):
            return _recorded(i, end, type_, spelt.records)
    return None


def _means_place(
    words: list[Word],
    at: tuple[int, int],
    run: tuple[int, int],
    spelt: Spelt,
    lexicon: Lexicon,
    *,
    sure: bool,
) -> bool:
    """Whether a name of the gazetteer is a place here: many a village is called like a man."""
    i, j = at
    if opens_person(words, i, lexicon) or words[i].key in lexicon.titles:
        return False
    if any("'" in word.text and word.first for word in words[i:j]):
        return False
    if sure:
        return j == run[1] or not words[j].joined or words[j].key in lexicon.place_words
    if at != run or words[i].key in lexicon.cues["given"] or words[i].before == "-":
        return False
    if j < len(words) and words[j].key in lexicon.cues["event"]:
        return False
    large = spelt.records[0].population >= _LARGE
    return spelt.exact and (large or located(words, i, lexicon))


def _recorded(i: int, end: int, type_: str | None, records: Sequence[Record]) -> Hit:
    """The hit of a name's records: the one whose type the words beside it say comes first."""
    fitting = sorted(records, key=lambda record: type_ is not None and record.type != type_)
    best, others = fitting[0], tuple(record.id for record in fitting[1:6])
    label = best.label.get("en") or next(iter(best.label.values()), best.id)
    why = f"the gazetteer's {label} ({best.type}, {best.country or 'no country said'})"
    return Hit(
        i,
        end,
        "place",
        "names.gazetteer",
        why,
        type_ or best.type,
        record=best.id,
        also=others,
        weight=LIKELY,
    )
