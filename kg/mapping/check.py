"""What must hold in a mapping before it is lifted: words, positions, references, values, dates.

What the graph must look like is the shapes' business (`shapes/`); what only the document knows is
checked here. Nothing here stops at the first finding.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

from kg.errors import Finding, suggest
from kg.mapping.anchor import Located, locate, recorded
from kg.mapping.document import (
    OUTLET,
    PLACE_ROLES,
    ROLES,
    Anchor,
    Claim,
    Implied,
    Mapping,
    Path,
    Published,
    Voice,
    When,
    anchors,
    entries,
)
from kg.mapping.lines import Lines, index_lines
from kg.text import Span, count_words, digest, overlaps, quoted
from kg.vocabulary import Vocabulary

MOST_WORDS: Final = 12
VALUES: Final = {
    "type": "event-type",
    "mode": "mode",
    "degree": "degree",
    "situation": "situation",
    "hold": "hold-kind",
    "measure": "measure",
    "bound": "bound",
    "polarity": "polarity",
    "completion": "completion",
    "factuality": "factuality",
    "certainty": "voice-certainty",
}
"""The keys of a claim that have a concept, and its scheme."""
_WEEKDAYS: Final = tuple(day.casefold() for day in calendar.day_name)
_MONTHS: Final = tuple(month.casefold() for month in calendar.month_name)

Problem = tuple[Path, str | None, str]
"""Path of the entry, key or None, and the message."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a mapping may refer to beyond itself."""

    actors: Collection[str]
    places: Collection[str]
    vocabulary: Vocabulary
    claims: Collection[str] | None = None
    """Claims of all articles as article.claim; None where only this article is looked at."""
    voices: Collection[str] | None = None
    articles: Collection[str] | None = None


def check(
    mapping: Mapping, source: str, path: str, known: Known, content: bytes | None = None
) -> list[Finding]:
    """Every finding of a mapping, by line. `content` is the article's file where it is attached."""
    text = content.decode("utf-8") if content is not None else None
    located = locate(mapping, text) if text is not None else recorded(mapping)
    problems: list[Problem] = [
        *_required(mapping),
        *unfounded(mapping, known),
        *_chains(mapping),
        *_claims(mapping, known.vocabulary),
        *_times(mapping),
        *_positions(mapping, located, text),
    ]
    if content is not None and text is not None:
        problems += [*_digest(mapping, digest(content)), *_lengths(mapping, located, text)]
    lines = index_lines(source)
    problems += _inline(mapping, lines)
    found = {(lines.of(table, key), message) for table, key, message in problems}
    return [Finding(path, line, message) for line, message in sorted(found)]


def unfounded(mapping: Mapping, known: Known) -> Iterator[Problem]:
    """Values that no scheme has, and ids that nothing bears."""
    yield from _values(mapping, known.vocabulary)
    yield from _references(mapping, known)


def _inline(mapping: Mapping, lines: Lines) -> Iterator[Problem]:
    """Entries that are no tables of their own, so that nothing can be recorded in them."""
    for path, _ in entries(mapping):
        if path not in lines.tables:
            header = (
                f"[{'.'.join(path)}]"
                if path[0] in ("voice", "claim", "mention")
                else f"[[{path[0]}]]"
            )
            message = f"{_name(path)} stands inline. Write it as a table of its own, {header}."
            yield path, None, message


def _required(mapping: Mapping) -> Iterator[Problem]:
    dated = ("published",) if mapping.status == "reviewed" else ()
    for table, value, keys in (
        (("article",), mapping.article, ("title", "publisher", "language", *dated)),
        (("coding",), mapping.coding, ("coder", "coded", "codebook")),
    ):
        for key in keys:
            if getattr(value, key) is None:
                yield table, None, f"[{table[0]}] has no {key}. Add it."
    if mapping.status == "reviewed" and not mapping.coding.reviewer:
        yield ("coding",), None, "status is reviewed, but [coding] names no reviewer. Add the role."
    if not mapping.parts:
        yield ("article",), None, "no [[part]] says which stretches of the page carry statements."
    yield from _required_of_entries(mapping)


def _required_of_entries(mapping: Mapping) -> Iterator[Problem]:
    for name, voice in mapping.voices.items():
        for key in ("form", "speaker"):
            if getattr(voice, key) is None:
                yield ("voice", name), None, f"voice '{name}' has no {key}. Add it."
    for name, mention in mapping.mentions.items():
        if mention.refers_to is None:
            message = f"mention '{name}' has no refers-to. Name the actor or place."
            yield ("mention", name), None, message
    for number, nothing in enumerate(mapping.nothings, 1):
        if nothing.because is None:
            yield ("nothing", str(number)), None, "[[nothing]] does not say why. Add because."


def _values(mapping: Mapping, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Values that no scheme has."""
    stated: list[tuple[Path, str, str, str | None]] = []
    for name, claim in mapping.claims.items():
        stated += [(("claim", name), k, s, getattr(claim, k)) for k, s in VALUES.items()]
        if claim.when:
            stated.append((("claim", name), "when", "time-basis", claim.when.basis))
    for number, part in enumerate(mapping.parts, 1):
        stated.append((("part", str(number)), "kind", "article-part", part.kind))
    if mapping.article.published:
        stated.append((("article",), "published", "basis", mapping.article.published.basis))
    for path, key, scheme, value in stated:
        allowed = vocabulary.values.get(scheme, frozenset())
        if value is not None and value not in allowed:
            near = suggest(value, allowed, f"values of {scheme}")
            yield (
                path,
                key,
                f"{_name(path)} has {key} '{value}'; {near}. Use one of the codebook's.",
            )


def _references(mapping: Mapping, known: Known) -> Iterator[Problem]:
    """Ids that nothing bears."""
    actors, places, anything = known.actors, known.places, {*known.actors, *known.places}
    wanted: list[tuple[Path, str, Any, Collection[str], str]] = [
        (("article",), "publisher", mapping.article.publisher, {*actors, "unstated"}, "actors")
    ]
    wanted += [
        (("article",), "authors", a, actors, "actors") for a in mapping.article.authors or ()
    ]
    for name, voice in mapping.voices.items():
        for key in ("speaker", "affiliation", "said_to"):
            wanted.append((("voice", name), key, getattr(voice, key), actors, "actors"))
    for name, mention in mapping.mentions.items():
        at = ("mention", name)
        wanted.append((at, "refers_to", mention.refers_to, anything, "actors and places"))
        wanted.append((at, "affiliation", mention.affiliation, actors, "actors"))
    for name, claim in mapping.claims.items():
        for role in ROLES:
            allowed, what = _allowed(role, actors, places, anything)
            for one in getattr(claim, role) or ():
                wanted.append((("claim", name), role, one, allowed, what))
    for path, field_name, value, allowed, what in wanted:
        if isinstance(value, str) and value not in allowed:
            key = field_name.replace("_", "-")
            near = suggest(value, allowed, what)
            fix = f"Fix the spelling or add it to the authority file; {near}."
            yield path, key, f"{_name(path)} has {key} '{value}', which nothing bears. {fix}"
    yield from _inner_references(mapping, known)


def _allowed(
    role: str, actors: Collection[str], places: Collection[str], anything: Collection[str]
) -> tuple[Collection[str], str]:
    if role in PLACE_ROLES:
        return places, "places"
    return (anything, "actors and places") if role == "affected" else (actors, "actors")


def _inner_references(mapping: Mapping, known: Known) -> Iterator[Problem]:
    """Voices and claims that refer to voices and claims, here or in another article."""
    for name, voice in mapping.voices.items():
        if voice.relayed_by not in (None, OUTLET, *mapping.voices):
            near = suggest(str(voice.relayed_by), mapping.voices, "voices")
            message = (
                f"voice '{name}' is relayed-by '{voice.relayed_by}', which is no voice; {near}. "
                "Fix the spelling or add the voice."
            )
            yield ("voice", name), "relayed-by", message
    for name, claim in mapping.claims.items():
        if claim.voice not in (None, OUTLET, *mapping.voices):
            near = suggest(str(claim.voice), [OUTLET, *mapping.voices], "voices")
            message = f"claim '{name}' has voice '{claim.voice}', which is no voice; {near}."
            yield ("claim", name), "voice", f"{message} Fix the spelling or add the voice."
        for key in ("denies", "corrects", "on_condition"):
            target = getattr(claim, key)
            yield from _owned(("claim", name), key, target, mapping.claims, known.claims, "claims")
        if claim.when and claim.when.anchor:
            events = {c.event for c in mapping.claims.values() if c.event}
            here = {*mapping.claims, *events, "publication"}
            path, target = ("claim", name), claim.when.anchor
            yield from _owned(path, "when", target, here, known.claims, "claims and events")
    yield from _derivations(mapping, known)


def _derivations(mapping: Mapping, known: Known) -> Iterator[Problem]:
    """What is said to be derived from, or the same as, what does not exist."""
    for path, entry in entries(mapping):
        if not isinstance(entry, Voice | Claim):
            continue
        mine, others, what = (
            (mapping.voices, known.voices, "voices")
            if isinstance(entry, Voice)
            else (mapping.claims, known.claims, "claims")
        )
        linked = [("probably_derived_from", v) for v in entry.probably_derived_from or ()]
        if isinstance(entry, Voice):
            linked += [("same_utterance_as", v) for v in entry.same_utterance_as or ()]
        for key, target in linked:
            yield from _owned(path, key, target, mine, others, what)
    for target in mapping.article.probably_derived_from or ():
        if known.articles is not None and target not in known.articles:
            near = suggest(target, known.articles, "articles")
            message = (
                f"the article is probably-derived-from '{target}', which is no article; {near}. "
                "Fix the spelling or map that article too."
            )
            yield ("article",), "probably-derived-from", message


def _owned(
    path: Path,
    field_name: str,
    target: str | None,
    mine: Collection[str],
    others: Collection[str] | None,
    what: str,
) -> Iterator[Problem]:
    """A finding if a target, here or in another article (article.id), does not exist."""
    if target is None or target in mine or ("." in target and others is None):
        return
    key = field_name.replace("_", "-")
    if "." in target and others is not None:
        if target in others:
            return
        mine = others
    near = suggest(target, mine, what)
    message = f"{_name(path)} has {key} '{target}', which does not exist; {near}."
    yield path, key, f"{message} Fix the spelling or add it."


def _chains(mapping: Mapping) -> Iterator[Problem]:
    """Chains of voices that run in a circle and so never reach the outlet."""
    for name in mapping.voices:
        seen = [name]
        while (after := _relay(mapping, seen[-1])) is not None and after not in seen:
            seen.append(after)
        if after == name:
            circle = " ← ".join([*seen, name])
            message = f"voice '{name}' relays itself: {circle}. A chain must end at the outlet."
            yield ("voice", name), "relayed-by", message


def _relay(mapping: Mapping, name: str) -> str | None:
    voice = mapping.voices.get(name)
    relay = voice.relayed_by if voice else None
    return None if relay == OUTLET else relay


def _claims(mapping: Mapping, vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, claim in mapping.claims.items():
        path = ("claim", name)
        kinds = [k for k in ("type", "controller", "measure") if getattr(claim, k) is not None]
        if "measure" in kinds:
            kinds = [k for k in kinds if k != "controller"]
            yield from _quantity(path, claim, vocabulary)
        if len(kinds) > 1:
            yield path, None, f"claim '{name}' has {' and '.join(kinds)}: write one claim for each."
        if not kinds and claim.degree is None and not (claim.denies or claim.corrects):
            message = (
                f"claim '{name}' says nothing: give type, controller, measure, or what it denies."
            )
            yield path, None, message
        if claim.kind == "control" and not (claim.controller and claim.place):
            yield (
                path,
                None,
                f"claim '{name}' is a state of control: it needs controller and place.",
            )
        for key, _ in claim.basis.fields if claim.basis else ():
            if key.replace("-", "_") not in {f.name for f in fields(Claim)}:
                yield (
                    path,
                    "basis",
                    f"claim '{name}' gives a basis for '{key}', which is no key. Fix it.",
                )


def _quantity(path: Path, claim: Claim, vocabulary: Vocabulary) -> Iterator[Problem]:
    missing = [k for k in ("value", "number", "unit", "bound") if getattr(claim, k) is None]
    if missing:
        yield path, "measure", f"{_name(path)} is a figure without {', '.join(missing)}. Add it."
    unit = claim.unit.unit if isinstance(claim.unit, Implied) else claim.unit
    if unit is not None and vocabulary.unit(unit) is None:
        near = suggest(unit, vocabulary.units, "units")
        message = f"{_name(path)} has unit '{unit}', which no unit is printed as; {near}."
        yield path, "unit", f"{message} Give it as printed, or {{ implied = … }}."


def _times(mapping: Mapping) -> Iterator[Problem]:
    published = mapping.article.published
    if published:
        yield from _one_of(("article",), "published", published)
        if published.basis != "stated" and not published.because:
            yield (
                ("article",),
                "published",
                "published does not say how that is known. Add because.",
            )
        yield from _calendar(("article",), "published", published)
    for name, claim in mapping.claims.items():
        if claim.when is None:
            continue
        path, when = ("claim", name), claim.when
        yield from _one_of(path, "when", when)
        yield from _calendar(path, "when", when)
        if when.since and when.until and when.since[0] > when.until[1]:
            message = f"claim '{name}' ends ({when.until[1]}) before it begins ({when.since[0]})."
            yield path, "when", message + " Exchange the dates or correct one."
        if when.basis is None:
            yield path, "when", f"claim '{name}' gives a time without basis. Say how it is known."
        if when.basis == "relative-to-event" and not when.anchor:
            message = f"claim '{name}' is dated relative to an event, but names none. Add anchor."
            yield path, "when", message
        if when.basis == "inferred" and not when.because:
            yield path, "when", f"claim '{name}' has an inferred time. Say why in because."


def _one_of(path: Path, key: str, value: Published | When) -> Iterator[Problem]:
    instants = [k for k in ("on", "within") if getattr(value, k) is not None]
    spans = [k for k in ("since", "until") if getattr(value, k, None) is not None]
    if len(instants) + bool(spans) != 1:
        wanted = (
            "on or within" if isinstance(value, Published) else "on, within, or since and until"
        )
        yield (
            path,
            key,
            f"{_name(path)} gives {key} by {instants + spans or 'nothing'}; give {wanted}.",
        )


def _calendar(path: Path, key: str, value: Published | When) -> Iterator[Problem]:
    """A weekday or day of the month in the words that the date does not have."""
    words = re.findall(r"[a-z]+|\d+", (value.words or "").casefold())
    days = _days(value)
    weekdays = [w for w in words if w in _WEEKDAYS]
    if len(weekdays) == 1 and days and not any(_WEEKDAYS[d.weekday()] == weekdays[0] for d in days):
        shown = f"{days[0]} is a {calendar.day_name[days[0].weekday()]}"
        yield path, key, f"{_name(path)} says '{value.words}', but {shown}. Correct the date."
    for month, day in _printed_days(words):
        if days and not any((d.month, d.day) == (month, day) for d in days):
            shown = " to ".join(str(d) for d in dict.fromkeys((days[0], days[-1])))
            yield (
                path,
                key,
                f"{_name(path)} says '{value.words}', but the date is {shown}. Correct one.",
            )


def _days(value: Published | When) -> list[dt.date]:
    """The days that an instant can be; none for a long stretch, whose edges are not the words'."""
    if value.on:
        return [value.on]
    if value.within and (value.within[1] - value.within[0]).days < 400:
        first, last = value.within
        return [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    return []


def _printed_days(words: list[str]) -> Iterator[tuple[int, int]]:
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word in _MONTHS[1:]:
            day = after if after.isdigit() and int(after) <= 31 else before
            if day.isdigit() and 1 <= int(day) <= 31:
                yield _MONTHS.index(word), int(day)


def _positions(mapping: Mapping, located: Located, text: str | None) -> Iterator[Problem]:
    """Words that cannot be found, and recorded positions that are not where the words stand."""
    for path, anchor in anchors(mapping):
        spans = located.spans.get(path)
        if spans is None:
            problem = located.problems[path]
            key = _ends_key(anchor, problem) if anchor.first else _anchor_key(path)
            yield path[:2], key, f"{_name(path)}: {problem}"
            continue
        if text is not None and anchor.at is not None and anchor.at != spans:
            message = (
                f"{_name(path)} records {_shown(anchor.at)}, but its words stand at "
                f"{_shown(spans)}. Run `whoholds validate --write`."
            )
            yield path[:2], _anchor_key(path), message
        if text is None and anchor.words and not _fits(anchor.words, spans):
            message = f"{_name(path)}: positions {_shown(spans)} are not as long as the words."
            advice = "Attach the text and run `whoholds validate --write`."
            yield path[:2], _anchor_key(path), f"{message} {advice}"


def _fits(words: tuple[str, ...], spans: tuple[Span, ...]) -> bool:
    return [len(w) for w in words] == [end - start for start, end in spans]


def _digest(mapping: Mapping, found: str) -> Iterator[Problem]:
    recorded_digest = mapping.article.digest
    if recorded_digest != found:
        was = recorded_digest or "no digest"
        message = f"the attached text is {found}, the mapping records {was}. Attach the text it was"
        yield ("article",), "digest", message + " made from, or run `whoholds validate --write`."


def _lengths(mapping: Mapping, located: Located, text: str) -> Iterator[Problem]:
    """Anchors longer than twelve words outside the article's own quotation marks."""
    marks = quoted(text)
    for path, anchor in anchors(mapping):
        spans = located.spans.get(path, ())
        for phrase, span in zip(anchor.words or (), spans, strict=False):
            if count_words(phrase) > MOST_WORDS and not _inside(span, marks):
                yield path[:2], _anchor_key(path), _too_long(path, phrase)
        for end in (anchor.first, anchor.last):
            if end and count_words(end) > MOST_WORDS:
                yield path[:2], "from", _too_long(path, end)


def _inside(span: Span, marks: Collection[Span]) -> bool:
    """Whether a span lies in quotation marks, which themselves may be part of it."""
    return overlaps(span, marks) and any(a - 1 <= span[0] and span[1] <= b + 1 for a, b in marks)


def _too_long(path: Path, phrase: str) -> str:
    return (
        f"{_name(path)} repeats {count_words(phrase)} words of the article; at most {MOST_WORDS} "
        "may stand here outside its quotation marks. Use from and to."
    )


def _ends_key(anchor: Anchor, problem: str) -> str:
    """Which of a passage's two ends a problem is about."""
    return "to" if problem.startswith(f"'{anchor.last}'") else "from"


def _anchor_key(path: Path) -> str:
    return "cue" if path[-1] == "cue" and len(path) == 3 else "words"


def _shown(spans: tuple[Span, ...]) -> str:
    return ", ".join(f"[{start}, {end}]" for start, end in spans)


def _name(path: Path) -> str:
    return "the article" if path == ("article",) else f"{path[0]} '{path[1]}'"
