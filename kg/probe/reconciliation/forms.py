"""What answers of a reconciliation service have to look like: our own statement of it. Pure.

A form goes through a value and says what is wrong: `list(RESULTS({"q0": {}}, "the body"))` is
["the body.q0 has no result"].
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Form = Callable[[Any, str], Iterator[str]]
"""Takes a value and what to call it; gives what is wrong with it, sentence by sentence."""


def text(value: Any, where: str) -> Iterator[str]:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        yield f"{where} is {_shown(value)}, no text"


def words(value: Any, where: str) -> Iterator[str]:
    """A text, which may be empty."""
    if not isinstance(value, str):
        yield f"{where} is {_shown(value)}, no text"


def number(value: Any, where: str) -> Iterator[str]:
    """A number; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield f"{where} is {_shown(value)}, no number"


def whole(value: Any, where: str) -> Iterator[str]:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        yield f"{where} is {_shown(value)}, no whole number"


def truth(value: Any, where: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield f"{where} is {_shown(value)}, neither true nor false"


def having(pattern: str, says: str) -> Form:
    """A text that has a pattern in it."""

    def form(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.search(pattern, value):
            yield f"{where} is {_shown(value)}; expected {says}"

    return form


def listed(item: Form) -> Form:
    """A list of such values."""

    def form(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where} is {_shown(value)}, no list"
            return
        for at, one in enumerate(value):
            yield from item(one, f"{where}[{at}]")

    return form


def mapped(item: Form) -> Form:
    """An object whose values, under any names, are such."""

    def form(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where} is {_shown(value)}, no object"
            return
        for name, one in value.items():
            yield from item(one, f"{where}.{name}")

    return form


def table(
    needed: Mapping[str, Form], may: Mapping[str, Form] = {}, *, no_more: bool = False
) -> Form:
    """An object with some names, each with its form."""

    def form(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where} is {_shown(value)}, no object"
            return
        for name in needed:
            if name not in value:
                yield f"{where} has no {name}"
        for name, one in value.items():
            known = needed.get(name) or may.get(name)
            if known:
                yield from known(one, f"{where}.{name}")
            elif no_more:
                yield f"{where} has {name}, which it should not"

    return form


def either(says: str, *forms: Form) -> Form:
    """A value that has one of some forms."""

    def form(value: Any, where: str) -> Iterator[str]:
        if not any(not list(one(value, where)) for one in forms):
            yield f"{where} is {_shown(value)}; expected {says}"

    return form


def _shown(value: Any) -> str:
    return repr(value)[:60]


_TEMPLATE: Final = having(r"\{\{id\}\}", "an address with {{id}}")
_VIEW: Final = table({"url": _TEMPLATE})
_NAMED: Final = {"id": text, "name": text}
_KIND: Final = either(
    "a type's id, or an object with it", text, table({"id": text}, {"name": words})
)
_SUGGEST: Final = table(
    {},
    {
        "service_url": words,
        "service_path": words,
        "flyout_service_url": words,
        "flyout_service_path": having(r"\$\{id\}", "a path with ${id}"),
    },
)
_SETTING: Final = table(
    {"name": text, "label": words, "type": having("^(number|text|checkbox|select)$", "a kind")},
    {"help_text": words, "choices": listed(table({"value": words, "name": words}))},
)


def _type(value: Any, where: str) -> Iterator[str]:
    """A type, with those above it."""
    yield from table(_NAMED, {"description": words, "broader": listed(_type)})(value, where)


TYPE: Final[Form] = _type
MANIFEST: Final = table(
    {"name": text, "identifierSpace": text, "schemaSpace": text},
    {
        "versions": listed(text),
        "documentation": words,
        "logo": words,
        "serviceVersion": words,
        "defaultTypes": listed(TYPE),
        "view": _VIEW,
        "feature_view": _VIEW,
        "preview": table({"url": _TEMPLATE, "width": whole, "height": whole}),
        "suggest": table({}, {"entity": _SUGGEST, "property": _SUGGEST, "type": _SUGGEST}),
        "extend": table(
            {},
            {
                "propose_properties": table({}, {"service_url": words, "service_path": words}),
                "property_settings": listed(_SETTING),
            },
        ),
        "batchSize": whole,
    },
)
"""https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#service-manifest"""
FEATURE: Final = table({"id": text, "value": either("a number, true or false", number, truth)})
CANDIDATE: Final = table(
    {**_NAMED, "score": number},
    {"description": words, "match": truth, "features": listed(FEATURE), "type": listed(_KIND)},
)
RESULTS: Final = mapped(table({"result": listed(CANDIDATE)}))
ENTITIES: Final = table(
    {"result": listed(table(_NAMED, {"description": words, "notable": listed(_KIND)}))}
)
TYPES: Final = table({"result": listed(TYPE)})
PROPERTY: Final = table(_NAMED, {"description": words})
PROPERTIES: Final = table({"result": listed(PROPERTY)})
FLYOUT: Final = table({"id": text, "html": words})
PROPOSED: Final = table({"properties": listed(PROPERTY)}, {"type": words, "limit": number})
_DATE: Final = having(
    r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$",
    "a day and a time, as in ISO 8601",
)
VALUE: Final = either(
    "{}, or one value: str, float, int, date, or id and name",
    table({}, no_more=True),
    table(_NAMED, {"description": words}, no_more=True),
    table({"str": words}, no_more=True),
    table({"float": number}, no_more=True),
    table({"int": whole}, no_more=True),
    table({"date": _DATE}, no_more=True),
)
EXTENDED: Final = table(
    {
        "meta": listed(
            table(_NAMED, {"type": _KIND, "service": having("^https?://", "an address")})
        ),
        "rows": mapped(mapped(listed(VALUE))),
    }
)
"""Of data extension; what is in the rows is compared with what was asked by extension.py."""
