"""Our own statement of what an endpoint has to do: cases/*.toml, read and made ready to be run.

[query-by-get]                          a probe's name
says, why, spec                         what should be so, what for, and where it is written
touches = ["write"]                     what it may do beside asking (see found.REASONS)
unless = "update"                       it does not apply to an endpoint that offers this
[[query-by-get.steps]]
method, parameters, type, body, fields, encoding, accept
status, form, boolean                   what has to come back
[[query-by-get.clean]]                  sent in the end, whatever came back
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from string import Template
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from kg.names import SCHEMES
from kg.probe.case import Expected, Step, follow
from kg.probe.facts import Facts
from kg.probe.found import PASSED, Found, Outcome, Probe, cannot_tell, inapplicable
from kg.probe.listener import MARK, Listener
from kg.probe.wire import Client, Request

OURS: Final = f"{SCHEMES}probe#"
"""What the IRIs of our own probes begin with."""
GROUPS: Final = ("protocol", "isolation", "privacy", "update")
_FORM: Final = "application/x-www-form-urlencoded"
_REFUSED: Final = Expected(("4xx",))
_RESULTS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_RDF: Final = "text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8"
_LURES: Final = ("$listener", "$file")


@dataclass(frozen=True, slots=True)
class Ground:
    """What probes stand on: what the endpoint holds, our listener, and the address of our file."""

    facts: Facts
    listener: Listener
    file: str

    def named(self, probe: str) -> dict[str, str]:
        """What the words with a $ of a probe's text stand for."""
        return self.facts.named() | {
            "listener": f"{self.listener.address}/{probe}",
            "file": self.file,
            "mark": MARK,
            "token": f"urn:uuid:{uuid4()}",
        }


def stated_probes(ground: Ground) -> Iterator[Probe]:
    """All probes of cases/*.toml, in their order."""
    for group in GROUPS:
        text = (files("kg.probe") / "cases" / f"{group}.toml").read_text("utf-8")
        for name, case in tomllib.loads(text).items():
            touches = frozenset(case.get("touches", ()))
            run = _runner(name, case, ground)
            yield Probe(
                f"{OURS}{name}", group, case["says"], case["why"], case["spec"], run, touches
            )


def _runner(name: str, case: dict[str, Any], ground: Ground) -> Callable[[Client], Found]:
    def run(client: Client) -> Found:
        offered = ground.facts.description
        if case.get("unless") == "update" and offered and offered.offers_update:
            return inapplicable("it says that it takes updates")
        named = ground.named(name)
        try:
            steps = [_step(step, named) for step in case["steps"]]
            clean = [_step(step, named) for step in case.get("clean", ())]
        except KeyError:
            return inapplicable(ground.facts.lack)
        try:
            take = follow if client.endpoint.loopback else _from_afar
            return take(steps, client, lambda: ground.listener.seen(name))
        finally:
            for step in clean:
                follow([step], client)

    return run


def _from_afar(steps: list[Step], client: Client, watch: Callable[[], str]) -> Found:
    """What comes of steps where we may not see what is read: of a lure, only a refusal tells."""
    for step in steps:
        expected = _REFUSED if step.lures else step.expected
        found = follow([replace(step, expected=expected)], client, watch)
        if step.lures and found.outcome is Outcome.FAILED and not watch():
            return cannot_tell(
                f"not refused, and what that machine read is not seen from here: {found.found}",
                found.request,
            )
        if found.outcome is not Outcome.PASSED:
            return found
    return PASSED


def _step(step: Mapping[str, Any], named: Mapping[str, str]) -> Step:
    """A step as it is sent. Raises KeyError where something that it names was not found."""
    headers = [("Content-Type", step["type"])] if "type" in step else []
    headers += [("Accept", accept)] if (accept := _accept(step)) else []
    body = step.get("body")
    if "fields" in step:
        headers, body = [*headers, ("Content-Type", _FORM)], _pairs(step["fields"], named)
    elif body is not None:
        body = Template(body).substitute(named)
    query = _pairs(step.get("parameters", ()), named)
    method, encoding = step.get("method", "GET"), step.get("encoding", "utf-8")
    request = Request(method, query, tuple(headers), body, encoding)
    expected = Expected(tuple(step["status"]), step.get("form", ""), step.get("boolean"))
    return Step(request, expected, any(lure in f"{step}" for lure in _LURES))


def _accept(step: Mapping[str, Any]) -> str:
    """What a step says that it takes: any result that can be read, unless it says otherwise.

    Servers choose what is for people where nothing is said; that is a probe of its own.
    """
    usual = _RDF if step.get("form") == "RDF" else _RESULTS
    return str(step.get("accept", usual))


def _pairs(pairs: Any, named: Mapping[str, str]) -> str:
    return urlencode([(name, Template(value).substitute(named)) for name, value in pairs])
