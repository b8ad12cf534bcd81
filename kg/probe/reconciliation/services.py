"""Probes of what a service may offer beside queries: suggestions, previews, data extension."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from kg.probe.answer import sent
from kg.probe.found import PASSED, Found, Probe, cannot_tell, failed, inapplicable
from kg.probe.reconciliation.forms import (
    ENTITIES,
    EXTENDED,
    FLYOUT,
    PROPERTIES,
    PROPOSED,
    TYPES,
    Form,
)
from kg.probe.reconciliation.ground import Ground, Known, extension, filled, get, read
from kg.probe.reconciliation.probes import NOTHING, UNDECLARED, of_known, probe
from kg.probe.wire import Client, Request

_FORMS: Final[dict[str, Form]] = {"entity": ENTITIES, "type": TYPES, "property": PROPERTIES}
_SUGGESTED: Final = {
    "suggests": ("What begins so is suggested", "suggest-responses"),
    "name-suggests": (
        "What is called so is suggested",
        "general-expectations-about-suggest-services",
    ),
    "cursor": ("A cursor skips what came before", "suggest-queries"),
    "flyout": ("A few words fly out beside a suggestion", "flyout-services"),
}
_COMPLETES: Final = "People choose from what a field completes."
_PREFIXES: Final = ("", "a", "n", "t", "c", "p")


def suggest_probes(ground: Ground) -> Iterator[Probe]:
    """Suggestions of things, types and properties, and what flies out beside them."""
    looks = {"suggests": _suggests, "name-suggests": _itself, "cursor": _cursor, "flyout": _flyout}
    for what in _FORMS:
        for name, (says, section) in _SUGGESTED.items():
            look, said = partial(looks[name], ground, what), f"{says}: {what}"
            yield probe(f"{what}-{name}", "suggest", said, _COMPLETES, section, look)


def preview_probes(ground: Ground) -> Iterator[Probe]:
    """The page that a client shows in a frame."""
    says, why = "The preview of a thing is a page", "Clients show it in a frame of their own."
    shows = of_known(ground.known, partial(_preview, ground))
    yield probe("preview", "preview", says, why, "preview-queries", shows)
    framed = of_known(ground.known, partial(_framed, ground))
    says = "The preview may be shown in a frame of others"
    yield probe("preview-in-a-frame", "preview", says, why, "preview-metadata", framed)


def extension_probes(ground: Ground) -> Iterator[Probe]:
    """Properties that are proposed, and their values."""
    why = "Tables are filled with what comes back, cell by cell."
    begin = "data-extension-"
    stated = (
        ("proposals", "Properties are proposed for a type", "property-proposals", _proposes),
        ("extension-by-post", "Each id and property has its cell", "responses", _extends),
        ("extension-by-get", "GET is answered as POST", "query-requests", _extends_by_get),
    )
    for name, says, section, look in stated:
        yield probe(name, "extension", says, why, f"{begin}{section}", partial(look, ground))


def _suggested(client: Client, ground: Ground, what: str, prefix: str, **more: str) -> list[Any]:
    request = get(ground.address("suggest", what, "service"), prefix=prefix, **more)
    found: list[Any] = read(client, request, _FORMS[what])["result"]
    return found


def _some(client: Client, ground: Ground, what: str) -> list[Any]:
    """Some suggestions: for what is known, else for the first of some letters that has any."""
    own = [ground.known.name] if what == "entity" and ground.known else []
    found = (_suggested(client, ground, what, prefix) for prefix in (*own, *_PREFIXES))
    return next((some for some in found if some), [])


def _suggests(ground: Ground, what: str, client: Client) -> Found:
    if not ground.address("suggest", what, "service"):
        return inapplicable(UNDECLARED)
    return PASSED if _some(client, ground, what) else cannot_tell("nothing is suggested")


def _itself(ground: Ground, what: str, client: Client) -> Found:
    if not ground.address("suggest", what, "service"):
        return inapplicable(UNDECLARED)
    for one in _some(client, ground, what)[:1]:
        found = [other["id"] for other in _suggested(client, ground, what, one["name"])]
        if one["id"] in found:
            return PASSED
        request = get(ground.address("suggest", what, "service"), prefix=one["name"])
        expected = f"{one['id']} among the suggestions"
        return failed(expected, f"{len(found)} others", request)
    return inapplicable("nothing is suggested")


def _cursor(ground: Ground, what: str, client: Client) -> Found:
    if not ground.address("suggest", what, "service"):
        return inapplicable(UNDECLARED)
    for prefix in _PREFIXES[1:]:
        every = [one["id"] for one in _suggested(client, ground, what, prefix)]
        if len(every) > 1:
            rest = [one["id"] for one in _suggested(client, ground, what, prefix, cursor="1")]
            if rest[: len(every) - 1] == every[1:]:
                return PASSED
            address = ground.address("suggest", what, "service")
            request = get(address, prefix=prefix, cursor="1")
            return failed(f"{every[1:3]} first", f"{rest[:2]}", request)
    return inapplicable("never two suggestions at once")


def _flyout(ground: Ground, what: str, client: Client) -> Found:
    template = ground.address("suggest", what, "flyout")
    if not template:
        return inapplicable(UNDECLARED)
    for one in _some(client, ground, what)[:1]:
        request = get(filled(template, one["id"]))
        found = read(client, request, FLYOUT)
        if found["id"] == one["id"]:
            return PASSED
        return failed(f"the id {one['id']}", f"{found['id']}", request)
    return inapplicable("nothing is suggested")


def _previewed(ground: Ground, known: Known) -> Request | None:
    declared = ground.manifest.get("preview")
    template = declared.get("url") if isinstance(declared, dict) else None
    return get(filled(template, known.id)) if isinstance(template, str) else None


def _preview(ground: Ground, client: Client, known: Known) -> Found:
    request = _previewed(ground, known)
    if request is None:
        return inapplicable(UNDECLARED)
    reply = sent(client, request)
    if reply.ok and reply.media in ("text/html", "application/xhtml+xml"):
        return PASSED
    return failed("a page, with status 2xx", f"status {reply.status}, {reply.media}", request)


def _framed(ground: Ground, client: Client, known: Known) -> Found:
    request = _previewed(ground, known)
    if request is None:
        return inapplicable(UNDECLARED)
    headers = sent(client, request).headers
    policy = headers.get("content-security-policy", "")
    forbids = "frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy
    if forbids or headers.get("x-frame-options"):
        return failed("no header that forbids it", "a header that forbids frames", request)
    return PASSED


def _proposes(ground: Ground, client: Client) -> Found:
    address = ground.address("extend", "propose_properties", "service")
    if not address:
        return inapplicable(UNDECLARED)
    return PASSED if _proposed(ground, client) else cannot_tell("no property is proposed")


def _proposed(ground: Ground, client: Client) -> list[str]:
    """The ids of some properties: of the first default type, if there is one."""
    address = ground.address("extend", "propose_properties", "service")
    kinds = ground.manifest.get("defaultTypes")
    types = (
        [one.get("id") for one in kinds if isinstance(one, dict)] if isinstance(kinds, list) else []
    )
    first = next((one for one in types if isinstance(one, str)), "")
    found = read(client, get(address, type=first, limit="5"), PROPOSED) if address else {}
    return [one["id"] for one in found.get("properties", ())][:5]


def _query(ground: Ground, client: Client) -> dict[str, Any] | Found:
    if not isinstance(ground.manifest.get("extend"), dict):
        return inapplicable(UNDECLARED)
    if ground.known is None:
        return inapplicable(NOTHING)
    proposed = _proposed(ground, client)
    if not proposed:
        return inapplicable("no property is proposed")
    return {"ids": [ground.known.id], "properties": [{"id": one} for one in proposed]}


def _extends(ground: Ground, client: Client) -> Found:
    query = _query(ground, client)
    if isinstance(query, Found):
        return query
    request = extension(query)
    found = read(client, request, EXTENDED)
    columns = [one["id"] for one in query["properties"]]
    told = [one["id"] for one in found["meta"]]
    if told != columns:
        return failed(f"meta of {columns}", f"of {told}", request)
    if set(found["rows"]) != set(query["ids"]):
        return failed(f"a row of {query['ids']}", f"rows of {list(found['rows'])[:3]}", request)
    lacking = [one for row in found["rows"].values() for one in columns if one not in row]
    return failed("a cell of each property", f"none of {lacking}", request) if lacking else PASSED


def _extends_by_get(ground: Ground, client: Client) -> Found:
    query = _query(ground, client)
    if isinstance(query, Found):
        return query
    request = extension(query, "GET")
    reply = sent(client, request)
    if 400 <= reply.status < 500:
        return cannot_tell(f"status {reply.status}: it should be answered, but need not", request)
    same = read(client, request, EXTENDED) == read(client, extension(query), EXTENDED)
    return PASSED if same else failed("what POST gives", "another answer", request)
