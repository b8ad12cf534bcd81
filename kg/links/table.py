"""Link tables: judgements on identity as SSSOM, one file a target. Pure.

https://mapping-commons.github.io/sssom/
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from kg.address import is_address
from kg.errors import InputError
from kg.names import VOCABULARIES, Names, is_slug

COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "mapping_date",
    "confidence",
    "comment",
)
ENDING: Final = ".sssom.tsv"
KINDS: Final = ("actor", "place")
NO_TERM: Final = "sssom:NoTermFound"
"""The object of a judgement that a target has no record to be trusted.

https://mapping-commons.github.io/sssom/NoTermFound/
"""
EXACT: Final = "skos:exactMatch"
CLOSE: Final = "skos:closeMatch"
SAME: Final = (EXACT, CLOSE)
"""The predicates of identity; broader, narrower and related records are other things."""
UNSURE: Final = "rdfs:seeAlso"
"""The predicate of a candidate that was looked at and neither linked nor ruled out."""
PREDICATES: Final = (
    EXACT,
    CLOSE,
    "skos:broadMatch",
    "skos:narrowMatch",
    "skos:relatedMatch",
    UNSURE,
)
MANUAL: Final = "semapv:ManualMappingCuration"
STANDARD: Final = {
    "rdfs": VOCABULARIES["rdfs"],
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": VOCABULARIES["skos"],
    "sssom": VOCABULARIES["sssom"],
}
"""The prefixes of what any table can say."""


@dataclass(frozen=True, slots=True)
class Row:
    """A judgement on whether an actor or place and a record of a target are the same."""

    subject: str
    """place:aven"""
    subject_label: str
    predicate: str
    object: str
    """almanac:2, or NO_TERM"""
    object_label: str
    by: str
    on: dt.date
    confidence: float
    because: str
    negated: bool = False
    justification: str = MANUAL
    line: int = field(default=0, compare=False)
    """Where it stands in its file; 0 where it was made here."""

    @property
    def verdict(self) -> str:
        """What was judged: positive, negative, unsure, or none (no record is to be trusted)."""
        if self.object == NO_TERM:
            return "none"
        if self.predicate == UNSURE:
            return "unsure"
        return "negative" if self.negated else "positive"

    @property
    def settles(self) -> bool:
        """Whether it says which record is the same, or that none is to be trusted."""
        return self.verdict == "none" or (self.verdict == "positive" and self.predicate in SAME)


@dataclass(frozen=True, slots=True)
class Table:
    """All judgements against one target; its name is the prefix of the target's ids."""

    target: str
    path: str
    prefixes: dict[str, str]
    about: dict[str, str] = field(default_factory=dict)
    """The other metadata of its head: licence, id."""
    rows: tuple[Row, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it is about, as its curie_map says: actors, places, or both."""
        return tuple(kind for kind in KINDS if kind in self.prefixes)

    def expanded(self, curie: str) -> str:
        """The IRI of an id."""
        prefix, _, local = curie.partition(":")
        return self.prefixes[prefix] + local


def target_of(path: str) -> str:
    """The target that a file is about: links/wikidata.sssom.tsv is about wikidata."""
    return re.split(r"[/\\]", path)[-1].partition(".")[0]


def wrong_target(target: str) -> str:
    """What is wrong with the name of a target, which is a prefix and part of IRIs; or nothing."""
    if not is_slug(target):
        return f"a target is called '{target}'; expected lower-case words, as in world-almanac."
    if target in (*KINDS, *STANDARD):
        return f"a target is called '{target}', which is a prefix of something else. Rename it."
    return ""


def new_table(target: str, path: str, space: str, names: Names, licence: str) -> Table:
    """A table without judgements against the target whose ids begin with `space`.

    Raises InputError where the target cannot be called so, or no address begins so.
    """
    if wrong := wrong_target(target):
        raise InputError(wrong)
    if not is_address(space):
        raise InputError(
            f"ids of {target} begin with '{space}'; expected the beginning of an http IRI."
        )
    prefixes = {
        **{kind: names.iri(kind, "") for kind in KINDS},
        **STANDARD,
        target: space,
    }
    about = {"license": licence, "mapping_set_id": f"{names.base}links/{target}{ENDING}"}
    return Table(target, path, prefixes, {key: text for key, text in about.items() if text})
