"""Who and where is known before an article is read: authority files, gazetteer, the wide world."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from kg.authority import Authorities, Entry
from kg.gazetteer.features import is_spelt_like
from kg.gazetteer.fold import key
from kg.gazetteer.lookup import Gazetteer
from kg.gazetteer.record import Record
from kg.suggest.names.hit import Kind
from kg.suggest.names.lexicon import fold, keys, load_lexicon
from kg.suggest.names.states import States, own_states
from kg.suggest.words import Word

_MOST: Final = 1 << 14
"""How many looked-up names are kept: memory stays flat over any number of articles."""
_SHORTEST: Final = 4
_SHORTEST_CAPITALS: Final = 6
"""How many letters a name has at least that is looked up by its spelling."""
_STANDING: Final = {"country": 6, "governorate": 3, "city": 5, "town": 4, "district": 2}
"""Which of several records of one name an article means where its words do not say."""


class Form(NamedTuple):
    """A way to write an actor or place, word by word; `id` None where no authority has it."""

    words: tuple[Word, ...]
    kind: Kind
    id: str | None
    type: str
    standing: str
    """Whether it is a label, an other name, or the wide world's."""


@dataclass(slots=True)
class Step:
    """Where folded words lead: to the forms that they are, and by a next word to longer ones."""

    forms: list[Form] = field(default_factory=list)
    onward: dict[str, Step] = field(default_factory=dict)


class Spelt(NamedTuple):
    """What has a name in any transliteration: forms of the authorities, records likeliest first.

    It is `exact` if the first record is written so, but for case and marks.
    """

    forms: tuple[Form, ...] = ()
    records: tuple[Record, ...] = ()
    exact: bool = False


@dataclass(slots=True)
class Known:
    """Forms by their folded words, and by their spelling's key for places; made by `know`."""

    forms: dict[str, list[Form]] = field(default_factory=dict)
    spellings: dict[str, list[Form]] = field(default_factory=dict)
    begun: Step = field(default_factory=Step)
    governments: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    """The country of every name that is one, or its capital's: the world's and the authorities'."""
    demonyms: dict[str, str] = field(default_factory=dict)
    """The country of which something is said to be by a word: "Bolivian"."""
    gazetteer: Gazetteer | None = None
    authorities: Authorities | None = None
    spelt: Callable[[str], Spelt] = field(init=False)
    """What has a name in any transliteration; nothing has one of few letters."""

    def __post_init__(self) -> None:
        self.spelt = lru_cache(maxsize=_MOST)(self._look_up)

    def add(self, form: Form) -> None:
        """Keeps a form."""
        folded = [word.key for word in form.words]
        if folded:
            self.forms.setdefault(" ".join(folded), []).append(form)
            step = self.begun
            for word in folded:
                step = step.onward.setdefault(word, Step())
            step.forms.append(form)

    def _look_up(self, name: str) -> Spelt:
        short = len(name) < (_SHORTEST_CAPITALS if name.isupper() else _SHORTEST)
        if short or name.isdigit():
            return Spelt()
        forms = self.spellings.get(key(name), ())
        found = self.gazetteer.folded(name) if self.gazetteer is not None else ()
        alike = [record for record in found if is_spelt_like(name, record)]
        if not alike:
            return Spelt(tuple(forms))
        folded = fold(name)
        ranked = sorted(alike, key=lambda record: _rank(record, folded)) if alike[1:] else alike
        exact = any(fold(written) == folded for record in ranked[:1] for written in record.names)
        return Spelt(tuple(forms), tuple(ranked), exact)


def know(authorities: Authorities | None, gazetteer: Gazetteer | None = None) -> Known:
    """What authority files and a gazetteer know, and the countries and regions of the world."""
    known = Known(gazetteer=gazetteer, authorities=authorities)
    for entry in authorities.entries() if authorities is not None else []:
        for form in _forms(entry):
            known.add(form)
            if entry.kind == "place" and not all(w.text.isupper() for w in form.words):
                written = " ".join(word.text for word in form.words)
                known.spellings.setdefault(key(written), []).append(form)
    for form in _world():
        known.add(form)
    states = own_states(authorities) if authorities is not None else States()
    known.governments = {**states.governments, **dict(_governments(known))}
    known.seats = {**load_lexicon().seats, **states.seats}
    known.demonyms = {**load_lexicon().demonyms, **states.demonyms}
    return known


def _forms(entry: Entry) -> Iterator[Form]:
    kind: Kind = "actor" if entry.kind == "actor" else "place"
    for name in entry.label.values():
        yield Form(keys(name), kind, entry.slug, entry.type, "label")
    for name in entry.other_names:
        yield Form(keys(name), kind, entry.slug, entry.type, "other name")


def _world() -> Iterator[Form]:
    lexicon = load_lexicon()
    for country in lexicon.countries:
        yield from _plain("country", (country.name, *country.also))
        if country.capital is not None:
            yield from _plain("city", (country.capital,))
    for kind, names in lexicon.world.items():
        type_ = {"water": "area", "state": "region"}.get(kind, kind)
        yield from _plain(type_, names)


def _plain(type_: str, names: Iterable[str]) -> Iterator[Form]:
    for name in names:
        yield Form(keys(name), "place", None, type_, "world")


def _governments(known: Known) -> Iterator[tuple[str, str]]:
    """The government among the actors that a country has, by the country's name."""
    for country in load_lexicon().countries:
        for name in (*country.of, country.name, *country.also):
            for wording in (f"{name} government", f"government of {name}"):
                for form in known.forms.get(fold(wording), ()):
                    if form.kind == "actor" and form.id is not None:
                        yield country.name, form.id


def _rank(record: Record, folded: str) -> tuple[int, int, int, str]:
    """Smaller is likelier: the same spelling, then what articles mostly speak of, then size."""
    same = any(fold(name) == folded for name in record.names[:12])
    standing = _STANDING.get(record.type, 1) + (3 if record.population >= 50_000 else 0)
    gone = record.current is False
    return (gone, -standing - same, -record.population, record.id)
