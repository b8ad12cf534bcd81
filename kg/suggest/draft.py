"""From proposals to a mapping: the draft that a person reviews.

Ids are readable and the same on every run; each entry says by which rule it stands there, how often
that rule was right where it was measured, and why. What a draft cannot say in the form of a mapping
is left out and counted: an event without the roles that its type needs, a state without holder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kg.gazetteer.latin import readable_slug
from kg.mapping.check import MOST_WORDS
from kg.mapping.codec import Reference
from kg.mapping.document import (
    OUTLET,
    ROLES,
    Anchor,
    Claim,
    Cue,
    Implied,
    Mapping,
    Mention,
    Voice,
)
from kg.suggest.anchoring import Page, anchor_of, is_short, page_of, trimmed
from kg.suggest.found import By, Figure, Filled, Named, Proposals, Statement, Timed, Utterance
from kg.suggest.naming import Naming, unique
from kg.suggest.reading import Reading
from kg.suggest.repeats import without_repeats
from kg.suggest.roles import Roles, role_table
from kg.suggest.scores import Score
from kg.text import Span, count_words, overlaps
from kg.vocabulary import load_vocabulary

_STANDING: Final = {"polarity": "positive", "factuality": "asserted", "certainty": "underspecified"}
"""What a claim says of its standing where it says nothing."""
_IMPLIED: Final = {"people-": "people", "territory-share": "percent"}
"""The unit that is meant where a figure prints none, by how its measure begins."""
_ALL_ROLES: Final = tuple(role.replace("_", "-") for role in ROLES)
_UNNAMED: Final = "speaker not named"


@dataclass
class Draft:
    """A mapping as it grows, and what was left out of it with the reason."""

    page: Page
    naming: Naming
    scores: dict[str, Score]
    mapping: Mapping
    utterances: Sequence[Utterance] = ()
    left_out: Counter[str] = field(default_factory=Counter)
    voice_ids: dict[Utterance, str] = field(default_factory=dict)
    claim_ids: dict[Statement, str] = field(default_factory=dict)
    mentioned: set[tuple[str | None, tuple[str, ...] | None]] = field(default_factory=set)
    """Who or where is mentioned already, with the words."""
    called: set[tuple[str, str | None, str | None, str]] = field(default_factory=set)
    """Names with their words that are mentioned already: most come many times."""

    def noted(self, by: By) -> dict[str, Any]:
        """Which rule proposes an entry, its score, and why; a rule without a score says so."""
        score = self.scores.get(by.rule)
        unmeasured = "" if score else " (this rule has not been measured)"
        return {
            "by": by.rule,
            "score": score.score if score else None,
            "because": f"{by.because}{unmeasured}",
        }


def draft(
    proposals: Proposals,
    mapping: Mapping,
    reading: Reading,
    naming: Naming,
    scores: dict[str, Score],
) -> Draft:
    """The mapping with proposals added to what it has, which stays as it is."""
    kept = replace(
        mapping,
        voices=dict(mapping.voices),
        claims=dict(mapping.claims),
        mentions=dict(mapping.mentions),
    )
    made = Draft(page_of(reading), naming, scores, kept, proposals.utterances)
    for utterance in proposals.utterances:
        _add_voice(made, utterance)
    for statement in proposals.statements:
        _add_statement(made, statement)
    for figure in proposals.figures:
        _add_figure(made, figure, proposals.about.get(figure, ()))
    _link(made)
    made.mapping, repeated = without_repeats(made.mapping, reading)
    made.left_out += Counter({"voices and claims that only repeat a sentence": repeated})
    made.mentioned |= {(m.refers_to, m.anchor.words) for m in kept.mentions.values()}
    for named in proposals.names:
        _add_mention(made, named)
    return made


# --- who speaks ---------------------------------------------------------------------------


def _add_voice(made: Draft, utterance: Utterance) -> str | None:
    """The id of an utterance's voice, added if it is new; None where it cannot be one."""
    if utterance in made.voice_ids:
        return made.voice_ids[utterance]
    content = trimmed(utterance.content, made.page.text)
    if not made.page.has(content):
        made.left_out["utterances outside the parts"] += 1
        return None
    words = made.naming.words(utterance.speaker) if utterance.speaker else _UNNAMED
    speaker = made.naming.actor(utterance.named, words)
    name = unique(_short(speaker), {*made.mapping.voices, OUTLET})
    made.voice_ids[utterance] = name
    form, anchor = _worded(utterance.form, content, made.page)
    made.mapping.voices[name] = Voice(
        form=form,
        speaker=speaker,
        role=made.naming.words(utterance.role) if utterance.role else None,
        said_to=_said_to(made, utterance),
        cue=_cue(utterance.cue, made.page),
        anchor=anchor,
        **made.noted(utterance.by),
    )
    if utterance.relayed_by is not None and utterance.relayed_by != utterance:
        relay = _add_voice(made, utterance.relayed_by)
        made.mapping.voices[name] = replace(made.mapping.voices[name], relayed_by=relay)
    return name


def _said_to(made: Draft, utterance: Utterance) -> Reference | None:
    if utterance.said_to is None:
        return None
    return made.naming.actor(utterance.said_to, made.naming.words(utterance.said_to.span))


def _short(reference: Reference) -> str:
    """A short id after an actor or place: at most its first four words."""
    words = reference if isinstance(reference, str) else readable_slug(reference.words)
    return "-".join(words.split("-")[:4])


def _worded(form: str, content: tuple[Span, ...], page: Page) -> tuple[str, Anchor]:
    """The form and words of an utterance.

    A direct quotation keeps all its words, a mixed one those between quotation marks, an indirect
    one none. Where the marks of a quotation are not to be found, its form is indirect.
    """
    if form == "direct" and all(page.is_quoted(span) for span in content):
        return form, anchor_of(content, page)
    cut = [
        (max(start, low), min(end, high))
        for start, end in content
        for low, high in page.marks
        if overlaps((start, end), [(low, high)])
    ]
    fragments = trimmed(cut, page.text)
    if form != "indirect" and page.has(fragments):
        return ("direct" if form == "direct" else "mixed"), anchor_of(fragments, page)
    return "indirect", anchor_of(content, page)


def _cue(span: Span | None, page: Page) -> Cue:
    """The cue of an utterance, if a mapping may repeat it."""
    spans = trimmed([span], page.text) if span else ()
    if not page.has(spans) or not is_short(spans, page):
        return Cue()
    anchor = anchor_of(spans, page)
    return Cue(words=anchor.words, nth=anchor.nth, at=anchor.at)


# --- what they say ------------------------------------------------------------------------


def _add_statement(made: Draft, statement: Statement) -> None:
    """Adds an event, a state or a denial, if its roles are enough for one."""
    if statement in made.claim_ids:
        return
    spans = trimmed([statement.span], made.page.text)
    if not made.page.has(spans):
        made.left_out["statements outside the parts"] += 1
        return
    table = role_table().get(statement.type or "", Roles())
    filled = _filled(made, statement, table)
    lacking = _lacking(statement, table, frozenset(filled))
    if lacking:
        made.left_out[lacking] += 1
        return
    name = unique(_claim_id(statement, filled), made.mapping.claims)
    made.claim_ids[statement] = name
    given = {key: getattr(statement, key) for key in _STANDING}
    made.mapping.claims[name] = Claim(
        voice=_voice(made, statement.span, statement.voice),
        type=statement.type,
        mode=statement.mode if statement.type else None,
        degree=None if statement.type else statement.degree,
        situation=None if statement.type else statement.situation,
        extent=made.naming.words(statement.extent) if statement.extent else None,
        completion=_completion(statement),
        when=_when(statement.when),
        anchor=anchor_of(spans, made.page),
        **{key: value for key, value in given.items() if value != _STANDING[key]},
        **_keyed(filled),
        **made.noted(statement.by),
    )


def _voice(made: Draft, span: Span, stated: Utterance | None) -> str | None:
    """The voice of a claim: the one stated, else the shortest utterance that holds its words."""
    holding = [u for u in made.utterances if overlaps(span, u.content)]
    shortest = min(holding, key=lambda u: sum(b - a for a, b in u.content), default=None)
    utterance = stated or shortest
    return _add_voice(made, utterance) if utterance else None


def _keyed(filled: dict[str, tuple[Reference, ...]]) -> dict[str, Any]:
    """Roles as the fields of a claim."""
    return {role.replace("-", "_"): references for role, references in filled.items()}


def _filled(made: Draft, statement: Statement, table: Roles) -> dict[str, tuple[Reference, ...]]:
    """The references of each role that a claim of the kind can have, none of them twice."""
    if statement.type is None:
        allowed = [role for role in _ALL_ROLES if role in ("controller", "place")]
    else:
        allowed = [role for role in _ALL_ROLES if role != "controller" and table.allow(role)]
    return _grouped(made, statement.filling(*allowed))


def _grouped(made: Draft, roles: Sequence[Filled]) -> dict[str, tuple[Reference, ...]]:
    """References by role, in the order of the words, none of them twice."""
    found: dict[str, dict[Reference, None]] = {}
    for filled in roles:
        found.setdefault(filled.role, {})[made.naming.reference(filled)] = None
    return {role: tuple(references) for role, references in found.items()}


def _lacking(statement: Statement, table: Roles, filled: frozenset[str]) -> str | None:
    """Why a statement is no claim, or None if it is one."""
    if statement.type is not None:
        known = statement.type in load_vocabulary().values["event-type"]
        if not known:
            return "events of a type that the codebook has not"
        return None if table.suffice(filled) else f"{statement.type} without a role that it needs"
    if statement.degree is None and not filled and statement.denies is not None:
        return None
    return None if filled >= {"controller", "place"} else "states without holder or place"


def _claim_id(statement: Statement, filled: dict[str, tuple[Reference, ...]]) -> str:
    """An id of what and where: capture-aven, control-holm; else of what and who."""
    kind = statement.type or ("control" if filled else "denial")
    about = [one for role in ("place", "destination", "departure") for one in filled.get(role, ())]
    about += [one for references in filled.values() for one in references]
    return f"{kind}-{_short(about[0])}" if about else kind


def _completion(statement: Statement) -> str | None:
    """The completion where it is not what a claim of the kind has anyway."""
    usual = "completed" if statement.type or statement.degree is None else "ongoing"
    return None if statement.completion == usual else statement.completion


def _when(timed: Timed | None) -> Any:
    """The time of a claim; a time that hangs on an event nobody named yet is left out."""
    when = timed.when if timed else None
    return None if when is None or (when.basis == "relative-to-event" and not when.anchor) else when


def _add_figure(made: Draft, figure: Figure, roles: Sequence[Filled]) -> None:
    """Adds a figure whose measure and unit the codebook has."""
    spans = trimmed([figure.span], made.page.text)
    unit = _unit(figure)
    if unit is None or figure.measure is None or not made.page.has(spans):
        made.left_out["figures without a measure or unit of the codebook"] += 1
        return
    name = unique(figure.measure, made.mapping.claims)
    made.mapping.claims[name] = Claim(
        voice=_voice(made, figure.span, None),
        measure=figure.measure,
        value=figure.value,
        number=figure.number,
        unit=unit,
        bound=figure.bound,
        scope=figure.scope,
        anchor=anchor_of(spans, made.page),
        **_keyed(_grouped(made, roles)),
        **made.noted(figure.by),
    )


def _unit(figure: Figure) -> str | Implied | None:
    """The unit of a figure as printed, or the one that its measure implies where none is."""
    vocabulary = load_vocabulary()
    if figure.measure not in vocabulary.values["measure"]:
        return None
    if figure.unit is not None and vocabulary.unit(figure.unit):
        return figure.unit
    people = figure.measure.startswith("people-")
    if figure.unit is not None and not people:
        return None
    implied = next((u for start, u in _IMPLIED.items() if figure.measure.startswith(start)), None)
    return Implied(implied) if implied else None


def _link(made: Draft) -> None:
    """Says which claim depends on which and which denies which, now that all have ids."""
    for statement, name in list(made.claim_ids.items()):
        condition = made.claim_ids.get(statement.on_condition) if statement.on_condition else None
        denied = made.claim_ids.get(statement.denies) if statement.denies else None
        if condition or denied:
            claim = replace(made.mapping.claims[name], on_condition=condition, denies=denied)
            made.mapping.claims[name] = claim
    empty = [n for n, c in made.mapping.claims.items() if c.kind == "reply" and _says_nothing(c)]
    for name in empty:
        made.left_out["denials of what is not proposed"] += 1
        del made.mapping.claims[name]


def _says_nothing(claim: Claim) -> bool:
    return claim.by is not None and claim.denies is None and claim.corrects is None


# --- what they are called -----------------------------------------------------------------


def _add_mention(made: Draft, named: Named) -> None:
    """Adds the first of each wording by which the article calls an actor or place."""
    words = made.page.text[named.span[0] : named.span[1]]
    call = (named.kind, named.refers_to, named.record, words)
    if call in made.called:
        return
    spans = trimmed([named.span], made.page.text)
    if not made.page.has(spans) or count_words(words) > MOST_WORDS:
        return
    slug = made.naming.slug(named)
    if slug is None:
        return
    made.called.add(call)
    if (slug, tuple(made.page.text[start:end] for start, end in spans)) in made.mentioned:
        return
    anchor = anchor_of(spans, made.page)
    made.mentioned.add((slug, anchor.words))
    name = unique(slug, made.mapping.mentions)
    noted = made.noted(named.by)
    if named.also:
        noted["because"] += f"; or {', '.join(named.also)}"
    made.mapping.mentions[name] = Mention(refers_to=slug, anchor=anchor, **noted)
