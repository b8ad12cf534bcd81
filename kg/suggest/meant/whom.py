"""Whom words without a name mean: "it", "the group", "regime forces", "the militants"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from kg.suggest.found import By, Filled, Named, Statement
from kg.suggest.meant.describing import Description, describe
from kg.suggest.meant.labels import listed
from kg.suggest.meant.lexicon import load_lexicon, singular
from kg.suggest.meant.told import Told, identity
from kg.suggest.names.lexicon import fold
from kg.text import Span, overlaps

_NEAR: Final = 2
"""How many sentences back a pronoun reaches."""
_ARMIES: Final = ("army", "military", "loyalist", "garrison")
_TROOPS: Final = (
    "force",
    "troop",
    "soldier",
    "unit",
    "men",
    "battalion",
    "brigade",
    "regiment",
    "column",
    "convoy",
    "position",
    "staff",
)
_GOVERNING: Final = ("government", "regime", "authority")
_APPOSED: Final = re.compile(
    r"(?:\s+(?:for|of|in|from)\s[^,.;:]*)?,\s+the\s+(?:[\w-]+-(?:led|linked|backed|allied)\s+)?"
)
_LEADS: Final = re.compile(r"-(?:led|backed|allied|linked)\b")
_LED: Final = re.compile(r"-led\b")
_PERSONS: Final = ("leader", "official", "military-officer")
_PLAIN: Final = frozenset((*_ARMIES, *_TROOPS, *_GOVERNING, "group", "movement", "front"))
_PERSONAL: Final = ("his", "her")
_SPEAKERS: Final = (*_PERSONS, "spokesperson")
_FORCES: Final = ("state-forces", "armed-group", "militia", "coalition")
_SMALL: Final = frozenset(
    (
        "of",
        "the",
        "and",
        "party",
        "band",
        "body",
        "group",
        "detachment",
        "member",
        "remnant",
        "part",
    )
)
_REACH: Final = 120
_CREEDS: Final = frozenset(
    ("sunni", "shia", "shiite", "shi'ite", "muslim", "islamic", "christian", "alawite")
)


def whom(told: Told, statement: Statement, filled: Filled) -> Named | None:
    """The actor that the words of a role mean, or None where nothing says it."""
    if filled.named is not None and filled.named.by.rule == "control.pronoun":
        plain = replace(filled, words=filled.named.span, named=None)
        return whom(told, statement, plain) or whom(told, statement, replace(filled, named=None))
    words = filled.words
    described = describe(told.reading, words)
    if described is None:
        return None
    if _speaks(told, words):
        return _of_speaker(told, statement, words)
    others = {identity(f.named) for f in statement.roles if f is not filled and f.named} - {None}
    if _is_owned(told, described, words):
        return _of_owner(told, described, words, others)
    if described.points == "pronoun":
        return _of_pronoun(told, described, words, others)
    apposed = _apposed(told, words)
    if apposed is not None:
        return apposed if identity(apposed) not in others else None
    short = _shortened(told, words)
    if short is not None:
        return short
    own = listed(told, described, "actor", told.places_of(statement))
    own = own or _called_alike(told, words) or _organ(told, statement, described)
    if own is not None:
        return _entry(told, own, words) if own not in others else None
    return _back(told, described, words, others)


def _speaks(told: Told, words: Span) -> bool:
    """Whether words mean whoever speaks: "we", "our units"."""
    first = told.reading.words(words).casefold().split()[:1]
    return bool(first) and first[0] in load_lexicon().speaking


def _of_speaker(told: Told, statement: Statement, words: Span) -> Named | None:
    """Those for whom the speaker of a statement speaks: his body, or itself if it is one."""
    voice = statement.voice
    if voice is None:
        return None
    spans = [span for span in (voice.speaker, voice.role) if span is not None]
    named = [n for n in told.names if n.kind == "actor" and overlaps(n.span, spans)]
    speaker = voice.named or next((n for n in named if identity(n) is not None), None)
    own = identity(speaker) if speaker is not None else None
    entry = told.atlas.entries("actor").get(own or "")
    if entry is None:
        return None
    slug = entry.slug if entry.type in load_lexicon().any_actor() else entry.part_of
    return _entry(told, slug, words) if slug is not None else None


def _is_owned(told: Told, described: Description, words: Span) -> bool:
    """Whether words mean somebody's people: "his", "her troops", "its planes"."""
    first, *rest = told.reading.words(words).casefold().split()
    if not rest:
        return first in _PERSONAL
    fights = described.head in {*_TROOPS, *load_lexicon().fighting, *load_lexicon().flying}
    return first in (*_PERSONAL, "its", "their") and fights


def _of_owner(
    told: Told, described: Description, words: Span, others: set[str | None]
) -> Named | None:
    """Whose people words mean: a government's are its forces, a group's are the group."""
    first = told.reading.words(words).casefold().split()[0]
    start = (words[0], words[0] + len(first))
    owner = _of_leader(told, words) if first in _PERSONAL else None
    if first not in _PERSONAL and (pronoun := describe(told.reading, start)) is not None:
        owner = _of_pronoun(told, replace(pronoun, points="pronoun", plural=False), words, others)
    if owner is None or owner.type != "government" or described.head in _PERSONAL:
        return owner
    flies = described.head in load_lexicon().flying
    own = told.atlas.forces_under(identity(owner), aloft=flies)
    return _entry(told, own, words) if own is not None else owner


def _of_leader(told: Told, words: Span) -> Named | None:
    """Those whom the person named last commands."""
    leader = told.latest(told.known("actor", _SPEAKERS), words[0], _NEAR)
    return commanded(told, Filled("agent", words, leader)) if leader is not None else None


def commanded(told: Told, filled: Filled) -> Named | None:
    """The body that a commander leads, for which he acts: "Colonel Varro withdrew"."""
    if filled.named is None or filled.role == "affected" or filled.named.type not in _SPEAKERS:
        return None
    entry = told.atlas.entries("actor").get(identity(filled.named) or "")
    body = entry.part_of if entry is not None else None
    return _entry(told, body, filled.words) if body is not None else None


def _shortened(told: Told, words: Span) -> Named | None:
    """Whose name told before has words as a part: "the League", of the Free Valleys League."""
    said = told.reading.words(words).removeprefix("the ").removeprefix("The ")
    capital = all(word[:1].isupper() for word in said.split())
    definite = _word_before(told, words) == "the" or said != told.reading.words(words)
    common = definite and " " not in said and singular(fold(said)) not in _PLAIN
    if not said or not (capital or common):
        return None
    part = f" {fold(said)} "
    known = [n for n in told.names if n.kind == "actor" and identity(n) and n.span[1] <= words[0]]
    found = [n for n in known if any(part in f" {fold(name)} " for name in _labels(told, n))]
    return told.latest(found, words[0]) if len({identity(n) for n in found}) == 1 else None


def _labels(told: Told, named: Named) -> list[str]:
    """The names that the authorities have for somebody."""
    entry = told.atlas.entries("actor").get(named.refers_to or "")
    if entry is None:
        return []
    return [*entry.label.values(), *(name for names in entry.alt.values() for name in names)]


def _called_alike(told: Told, words: Span) -> str | None:
    """An entry whose name has another noun for those who fight: "Crown soldiers", Crown forces.

    "The Crown" alone may stand for its forces, too.
    """
    said = told.reading.words(words).removeprefix("the ").removeprefix("The ")
    whose = _whose_forces(said)
    alone = _word_before(told, words) == "the" and said[:1].isupper() and " " not in said
    if not whose or not (alone or _has_fighters(said)):
        return None
    found = {
        slug
        for slug, entry in told.atlas.entries("actor").items()
        if entry.type in _FORCES
        for label in (*entry.label.values(), *(n for names in entry.alt.values() for n in names))
        if _has_fighters(label) and _whose_forces(label) == whose
    }
    return next(iter(found)) if len(found) == 1 else None


def _word_before(told: Told, words: Span) -> str:
    before = told.reading.text[max(0, words[0] - _REACH) : words[1]].split()
    inside = len(told.reading.words(words).split())
    return before[-inside - 1].casefold() if len(before) > inside else ""


@lru_cache(maxsize=1 << 12)
def _whose_forces(name: str) -> frozenset[str]:
    """The words of a name but for its noun for those who fight: Crown, of "forces of the Crown"."""
    words = {singular(fold(word)) for word in name.split()}
    return frozenset(words - load_lexicon().fighting - _SMALL)


@lru_cache(maxsize=1 << 12)
def _has_fighters(name: str) -> bool:
    return any(singular(fold(word)) in load_lexicon().fighting for word in name.split())


def _apposed(told: Told, words: Span) -> Named | None:
    """Who is named right behind a description: "its rivals in the north, the Tarn Front"."""
    types = load_lexicon().any_actor()
    for named in told.in_sentence(words, "actor"):
        if named.type not in types:
            continue
        between = told.reading.text[words[1] : max(words[1], named.span[0])]
        if not _only_leads(told, named) and _APPOSED.fullmatch(between):
            return named
    return None


def _of_pronoun(
    told: Told, described: Description, words: Span, others: set[str | None]
) -> Named | None:
    """Who was named last near a pronoun; "they" are people in arms before they are a government."""
    types = load_lexicon().any_actor()
    told_of = [*told.known("actor", types), *told.meant("actor", types), *_organs(told)]
    found = _without(told_of, others)
    found = [named for named in found if not _only_leads(told, named)]
    if described.plural:
        found = [named for named in found if named.type != "government"] or found
        found = _many_first(told, found, words)
    meant = told.latest(found, words[0], _NEAR)
    return meant if meant is None or not _is_between(told, meant, words) else None


def _organs(told: Told) -> list[Named]:
    """The government and forces that an article calls so, where it names one country's alone."""
    described = [n for n in told.names if n.by.rule == "names.described" and not identity(n)]
    found = []
    for named in described:
        own = describe(told.reading, named.span)
        country = told.country_before(named.span[0]) or told.only_country
        if own is None or country is None or own.points in ("several", "indefinite"):
            continue
        if own.head in _GOVERNING:
            slug = told.atlas.government(country)
        else:
            slug = told.atlas.forces(country) if _is_of_state(own) else None
        if slug is not None:
            found.append(_entry(told, slug, named.span))
    return found


def _many_first(told: Told, found: list[Named], words: Span) -> list[Named]:
    """Of those told in the same sentence the ones that are many: "they" are guerrillas, no army."""
    low = told.reading.sentence(words)[0]
    inside = [n for n in found if low <= n.span[0] and n.span[1] <= words[0]]
    many = [n for n in inside if told.reading.words(n.span)[-1:] == "s"]
    return many or found


def _is_between(told: Told, meant: Named, words: Span) -> bool:
    """Whether somebody else stands nearer, of whom nothing is known but a name."""
    strangers = (
        n
        for n in told.names
        if n.kind == "actor" and identity(n) is None and _shortened(told, n.span) is None
    )
    low = told.reading.sentence(words)[0]
    unknown = (None, *load_lexicon().any_actor())
    return any(
        max(meant.span[1], low) <= n.span[0] and n.span[1] <= words[0]
        for n in strangers
        if n.type in unknown and n.by.rule != "names.described"
    )


def _only_leads(told: Told, named: Named) -> bool:
    """Whether a name only says who leads or backs somebody else: "Tarn-led"."""
    return _LEADS.match(told.reading.text, named.span[1], named.span[1] + 8) is not None


def of_person(told: Told, statement: Statement, filled: Filled) -> Named | None:
    """The government or forces that a person's name only tells from others: "Varro's regime"."""
    if filled.named is None or filled.named.type not in _PERSONS:
        return None
    described = describe(told.reading, filled.words)
    if described is None or described.head not in (*_GOVERNING, *_ARMIES, *_TROOPS):
        return None
    country = told.country(statement) or told.country_before(statement.span[0])
    if country is None:
        return None
    governs = described.head in _GOVERNING
    own = told.atlas.government(country) if governs else told.atlas.forces(country)
    return _entry(told, own, filled.words) if own is not None else None


def led(told: Told, filled: Filled) -> Named | None:
    """The alliance of which words name but the leader: "Tarn-led air strikes"."""
    if filled.named is None or not _LED.match(told.reading.text, *_behind(filled)):
        return None
    leads = fold(f"{told.reading.words(filled.words)}-led")
    for slug, entry in told.atlas.entries("actor").items():
        labels = [*entry.label.values(), *(name for names in entry.alt.values() for name in names)]
        if entry.type == "coalition" and any(fold(one).startswith(leads) for one in labels):
            return _entry(told, slug, filled.words)
    return None


def _behind(filled: Filled) -> Span:
    """The five characters behind the words of a role."""
    return filled.words[1], filled.words[1] + 5


def _organ(told: Told, statement: Statement, described: Description) -> str | None:
    """The government or the forces of the state of which a description speaks."""
    governs, flies = described.head in _GOVERNING, described.head in load_lexicon().flying
    if not governs and not _is_of_state(described):
        return None
    country = _country(told, statement, described)
    if country is None or governs:
        return told.atlas.government(country) if country is not None else None
    return told.atlas.forces_under(told.atlas.government(country), aloft=flies)


def _is_of_state(described: Description) -> bool:
    """Whether a description is of a state's forces: "regime troops", "the army", "loyalists"."""
    if described.head in _ARMIES:
        return True
    of_state = bool(set(described.before) & load_lexicon().state)
    loyal = described.rest[:1] == ("loyal",)
    fighting = described.head in (*_TROOPS, *load_lexicon().flying)
    return fighting and (of_state or loyal or described.demonym is not None)


def _country(told: Told, statement: Statement, described: Description) -> str | None:
    """The country that a description says, else where what is told happens, else the last told."""
    state = load_lexicon().state | {"security", "armed"}
    others = [word for word in described.untold if word not in state and not word.endswith("ly")]
    known = told.atlas.known
    seats = [known.seats.get(fold(w)) or known.demonyms.get(fold(w)) for w in others]
    if seats or described.demonym is not None:
        countries = {described.demonym, *seats} - {None}
        return next(iter(countries)) if len(countries) == 1 and None not in seats else None
    return told.country(statement) or told.country_before(statement.span[0])


def _back(told: Told, described: Description, words: Span, others: set[str | None]) -> Named | None:
    """Who was named last and is of the kind; bare and strange words mean the only one of it."""
    types = _types(described)
    if not types or not _points_back(described):
        return None
    known = told.known("actor", types)
    before = [named for named in known if named.span[1] <= words[0]]
    known = before or known
    only = len({identity(named) for named in known}) == 1
    plain = _is_plain(told, described)
    if not only and not (plain and described.points == "definite"):
        return None
    if not plain and any(word not in told.reading.words(words) for word in described.untold):
        return None
    called = [*known, *told.meant("actor", types)]
    recalled = _recalled(told, _without(called, others), described.head)
    last = told.latest(recalled, words[0])
    return last or next((named for named in recalled if only), None)


def _points_back(described: Description) -> bool:
    """Whether a description can mean somebody told before, as far as its form says."""
    if described.points in ("several", "indefinite") or described.demonym:
        return False
    if described.points == "bare" and not described.plural:
        return False
    if described.head == "force" and not _is_of_state(described):
        return False
    return described.rest[:1] not in (("of",), ("loyal",))


def _is_plain(told: Told, described: Description) -> bool:
    """Whether nothing before a kind tells one from another: no name, no word of its own."""
    plain = _CREEDS if _is_only(told, described) else frozenset[str]()
    return set(described.untold) <= plain | load_lexicon().state | set(described.head.split())


def _is_only(told: Told, described: Description) -> bool:
    """Whether one actor alone is of the types that a description can mean."""
    return len({identity(n) for n in told.known("actor", _types(described))}) == 1


def _types(described: Description) -> frozenset[str]:
    """The types that a description can mean, of its last two words or its last."""
    lexicon = load_lexicon()
    pair = " ".join((*described.before[-1:], described.head))
    return lexicon.types("actor", pair) or lexicon.types("actor", described.head)


def _recalled(told: Told, names: Sequence[Named], head: str) -> Sequence[Named]:
    """Those who are called so themselves, if any is: of a rebel alliance "the rebels"."""
    called = [n for n in names if head in _called(told, n)]
    return called or names


def _called(told: Told, named: Named) -> set[str]:
    entry = told.atlas.entries("actor").get(named.refers_to or "")
    labels = entry.label.values() if entry is not None else ()
    return {singular(fold(word)) for label in labels for word in label.split()}


def _without(names: Sequence[Named], others: set[str | None]) -> list[Named]:
    return [named for named in names if identity(named) not in others]


def _entry(told: Told, slug: str, words: Span) -> Named:
    """An entry of the authorities, as words mean it."""
    entry = told.atlas.entries("actor")[slug]
    by = By("meant.actor", f"described like actor {slug}")
    return Named(words, "actor", by, refers_to=slug, type=entry.type)
