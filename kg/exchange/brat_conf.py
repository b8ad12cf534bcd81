"""annotation.conf: what brat lets a person mark (https://brat.nlplab.org/configuration.html)."""

from __future__ import annotations

from collections.abc import Iterable

from kg.exchange.brat import ATTRIBUTES, CUE, RELATIONS
from kg.vocabulary import Vocabulary

_FORMS = ("direct", "mixed", "indirect")


def annotation_conf(vocabulary: Vocabulary) -> str:
    """The text of annotation.conf: types, relations and attributes, each with its values."""
    types = _types(vocabulary)
    sections = {s: [t for t in types if t.partition("_")[0] == s] for s in (*types, CUE)}
    relations = [*((name, *ends) for name, ends in RELATIONS.items()), (CUE, "voice", CUE)]
    lines = ["[entities]", *types, "", "[relations]"]
    lines += [
        f"{name}\tArg1:{'|'.join(sections[one])}, Arg2:{'|'.join(sections[other])}"
        for name, one, other in relations
    ]
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
    lines += ["", "[events]", "", "[attributes]"]
    lines += [
        f"{name}\tArg:{'|'.join(sections['claim'])}, "
        f"Value:{'|'.join(sorted(vocabulary.values[scheme]))}"
        for name, scheme in ATTRIBUTES.items()
    ]
    return "\n".join(lines) + "\n"


def _types(vocabulary: Vocabulary) -> list[str]:
    return [
        *_of("part", vocabulary.values["article-part"]),
        "voice",
        *_of("voice", _FORMS),
        "claim",
        *_of("claim", vocabulary.values["event-type"]),
        CUE,
        "mention",
        "nothing",
    ]


def _of(section: str, values: Iterable[str]) -> list[str]:
    return [f"{section}_{value}" for value in sorted(values)]
