"""Probes of the manifest and of reconciliation queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from kg.probe.answer import NoAnswerError, sent
from kg.probe.found import PASSED, Found, Probe, cannot_tell, failed, inapplicable
from kg.probe.reconciliation.forms import MANIFEST, RESULTS
from kg.probe.reconciliation.ground import JSON, Ground, Known, batch, parsed, read
from kg.probe.reconciliation.probes import of_known, probe
from kg.probe.wire import Client, Request

NONSENSE: Final = "xqzzvk wqjjxzk"
_TOLD: Final = "Clients read exactly this."


def manifest_probes() -> Iterator[Probe]:
    """What the service says of itself."""
    yield probe(
        "manifest",
        "manifest",
        "GET without parameters is answered with a manifest",
        _TOLD,
        "service-manifest",
        _manifest,
    )
    yield probe(
        "manifest-version",
        "manifest",
        "The manifest says that it speaks version 0.2",
        "A manifest without versions is one of version 0.1.",
        "service-manifest",
        _version,
    )


def query_probes(ground: Ground) -> Iterator[Probe]:
    """Batches of queries, and what comes of them."""
    known, where = ground.known, "sending-reconciliation-queries-to-a-service"
    form = "reconciliation-query-responses"
    query = "structure-of-a-reconciliation-query"
    expected = "a-note-on-candidate-retrieval-and-scoring"
    stated = (
        ("batch-by-post", "A batch sent by POST is answered", where, _by_post),
        ("batch-by-get", "GET is answered as POST", where, _by_get),
        ("keys-are-kept", "Each query has its answer, under its own key", form, _keys),
        ("sorted-by-score", "The candidates come with the highest score first", form, _sorted),
        ("features-once", "A candidate has each feature once", form, _features),
        ("limit", "No more candidates come than are asked for", query, _limit),
        ("type-finds", "A type that a candidate has finds it", query, _type),
        ("name-finds", "A thing is found by its very name", expected, _name),
        ("id-finds", "A thing is found by its id", expected, _id),
        ("queries-alone", "What else is in a batch changes nothing", expected, _alone),
        ("one-match", "One candidate at most is called a match", form, _one_match),
    )
    for name, says, section, look in stated:
        yield probe(name, "queries", says, _TOLD, section, of_known(known, look))
    yield probe(
        "nonsense-is-no-match",
        "queries",
        "What is no name of anything has no match",
        "A confident wrong match is worse than none.",
        form,
        _nonsense,
    )


def _manifest(client: Client) -> Found:
    request = Request(headers=(JSON,))
    found = read(client, request, MANIFEST)
    media = sent(client, request).media
    if not media.endswith("json"):
        return failed("application/json", media or "no type", request)
    return PASSED if found else failed("a manifest", "nothing", request)


def _version(client: Client) -> Found:
    request = Request(headers=(JSON,))
    found = parsed(sent(client, request), request)
    versions = found.get("versions") if isinstance(found, dict) else None
    if isinstance(versions, list) and "0.2" in versions:
        return PASSED
    return failed('versions with "0.2"', f"versions {versions!r}"[:80], request)


def _results(client: Client, queries: dict[str, Any], method: str = "POST") -> dict[str, Any]:
    """The candidates by key, with one for each query. Raises NoAnswerError."""
    request = batch(queries, method)
    found = read(client, request, RESULTS)
    if set(queries) != set(found):
        wrong = failed(f"the keys {sorted(queries)}", f"{sorted(found)}"[:200], request)
        raise NoAnswerError(wrong)
    return {one: answer["result"] for one, answer in found.items()}


def _by_post(client: Client, known: Known) -> Found:
    _results(client, {"q0": {"query": known.name}})
    return PASSED


def _by_get(client: Client, known: Known) -> Found:
    queries, request = {"q0": {"query": known.name}}, batch({"q0": {"query": known.name}}, "GET")
    reply = sent(client, request)
    if 400 <= reply.status < 500:
        return cannot_tell(f"status {reply.status}: it should be answered, but need not", request)
    same = _results(client, queries) == _results(client, queries, "GET")
    return PASSED if same else failed("what POST gives", "other candidates", request)


def _keys(client: Client, known: Known) -> Found:
    _results(client, {one: {"query": known.name} for one in ("q10", "q2", "ключ 1", "a b")})
    return PASSED


def _around(known: Known) -> dict[str, Any]:
    """Queries that may have several candidates: a name, half of it, and its words."""
    tried = (known.name, known.name[: len(known.name) // 2 + 1], *known.name.split()[:4])
    return {f"q{at}": {"query": words} for at, words in enumerate(tried)}


def _sorted(client: Client, known: Known) -> Found:
    queries = _around(known)
    found = [[one["score"] for one in some] for some in _results(client, queries).values()]
    for scores in found:
        if scores != sorted(scores, reverse=True):
            return failed("scores that fall", f"{scores[:6]}", batch(queries))
    most = max(map(len, found))
    return PASSED if most > 1 else cannot_tell(f"{most} candidates came at most")


def _features(client: Client, known: Known) -> Found:
    queries = {"q0": {"query": known.name}}
    for one in _results(client, queries)["q0"]:
        ids = [feature["id"] for feature in one.get("features", ())]
        if len(set(ids)) < len(ids):
            return failed("each feature once", f"{ids} of {one['id']}", batch(queries))
    return PASSED


def _limit(client: Client, known: Known) -> Found:
    queries = {"q0": {"query": known.name, "limit": 1}}
    count = len(_results(client, queries)["q0"])
    return PASSED if count <= 1 else failed("one candidate", f"{count}", batch(queries))


def _type(client: Client, known: Known) -> Found:
    candidates = _results(client, {"q0": {"query": known.name}})["q0"]
    one = next((c for c in candidates if c["id"] == known.id), None)
    types = [t if isinstance(t, str) else t["id"] for t in (one or {}).get("type", ())]
    if not types:
        return inapplicable("its candidates have no types")
    queries = {f"q{at}": {"query": known.name, "type": t} for at, t in enumerate(types)}
    for key, found in _results(client, queries).items():
        if known.id not in [c["id"] for c in found]:
            wrong = f"not there with {queries[key]['type']}"
            return failed(f"{known.id} among the candidates", wrong, batch({key: queries[key]}))
    return PASSED


def _name(client: Client, known: Known) -> Found:
    return _finds(client, known, known.name, sure=True)


def _id(client: Client, known: Known) -> Found:
    return _finds(client, known, known.id, sure=False)


def _finds(client: Client, known: Known, words: str, *, sure: bool) -> Found:
    queries = {"q0": {"query": words}}
    ids = [one["id"] for one in _results(client, queries)["q0"]]
    if known.id in ids:
        return PASSED
    found = f"{len(ids)} others"
    if not sure or ids:
        return cannot_tell(f"{found}; {known.id} is expected, but namesakes may hide it")
    return failed(f"{known.id} among the candidates", found, batch(queries))


def _alone(client: Client, known: Known) -> Found:
    query = {"query": known.name}
    others = {"q1": {"query": NONSENSE}, "q2": query, "q3": {"query": known.name[:3]}}
    alone = _results(client, {"q0": query})["q0"]
    beside = _results(client, {**others, "q0": query})
    if beside["q0"] == alone == beside["q2"]:
        return PASSED
    return failed("the same candidates", "others", batch({**others, "q0": query}))


def _one_match(client: Client, known: Known) -> Found:
    queries = _around(known)
    for found in _results(client, queries).values():
        matches = [one["id"] for one in found if one.get("match")]
        if len(matches) > 1:
            return failed("one match at most", f"{matches}", batch(queries))
    return PASSED


def _nonsense(client: Client) -> Found:
    queries = {"q0": {"query": NONSENSE}}
    matches = [one["name"] for one in _results(client, queries)["q0"] if one.get("match")]
    return failed("no match", f"{matches}", batch(queries)) if matches else PASSED
