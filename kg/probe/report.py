"""What came of all probes: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from kg.errors import printable
from kg.probe.address import Endpoint
from kg.probe.curl import curl
from kg.probe.found import Checked, Outcome

WORDS: Final = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.CANNOT_TELL: "cannot tell",
    Outcome.INAPPLICABLE: "not applicable",
    Outcome.UNTESTED: "not run",
}


def text(checked: Sequence[Checked], endpoint: Endpoint, tests: str = "") -> str:
    """A table: how many of each group, what failed and how to repeat it, what was not decided.

    `tests` says where the W3C's tests were read from, if they can be asked.
    """
    said = [f"tests of the W3C: {tests}"] if tests else []
    blocks = [endpoint.url, *said, *_table(checked), ""]
    for one in _of(checked, Outcome.FAILED):
        blocks += [*_failure(one, endpoint), ""]
    for outcome in (Outcome.CANNOT_TELL, Outcome.INAPPLICABLE, Outcome.UNTESTED):
        listed = [f"  {_title(one)}: {one.found.found}" for one in _of(checked, outcome)]
        blocks += [WORDS[outcome], *listed, ""] if listed else []
    return "\n".join(printable(line) for line in blocks).rstrip()


def as_json(checked: Sequence[Checked], endpoint: Endpoint, tests: str = "") -> str:
    """{"endpoint": …, "counts": {"passed": 60, …}, "probes": [{"name": …, "outcome": …}, …]}"""
    found = {
        "endpoint": endpoint.url,
        **({"tests": tests} if tests else {}),
        "counts": {word: _count(checked, outcome) for outcome, word in WORDS.items()},
        "probes": [_told(one, endpoint) for one in checked],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _table(checked: Sequence[Checked]) -> Iterator[str]:
    counts = Counter((one.probe.group, one.found.outcome) for one in checked)
    groups = list(dict.fromkeys(one.probe.group for one in checked))
    yield f"{'':12}{''.join(f'{word:>16}' for word in WORDS.values())}"
    for group in groups:
        yield f"{group:12}{''.join(f'{counts[group, outcome]:16}' for outcome in WORDS)}"
    yield f"{'all':12}{''.join(f'{_count(checked, outcome):16}' for outcome in WORDS)}"


def _failure(one: Checked, endpoint: Endpoint) -> Iterator[str]:
    yield f"failed {_title(one)}"
    said = {
        "should": one.probe.says,
        "because": one.probe.why,
        "expected": one.found.expected,
        "found": one.found.found,
        "see": one.probe.spec,
        "repeat": curl(one.found.request, endpoint) if one.found.request else "",
    }
    for word, value in said.items():
        if value:
            yield f"  {word:9} {value}"


def _told(one: Checked, endpoint: Endpoint) -> dict[str, Any]:
    told = {
        "name": one.probe.name,
        "iri": one.probe.iri,
        "group": one.probe.group,
        "says": one.probe.says,
        "why": one.probe.why,
        "spec": one.probe.spec,
        "outcome": WORDS[one.found.outcome],
        "expected": one.found.expected,
        "found": one.found.found,
        "repeat": curl(one.found.request, endpoint) if one.found.request else "",
    }
    return {name: value for name, value in told.items() if value}


def _title(one: Checked) -> str:
    return f"{one.probe.group}/{one.probe.name}"


def _of(checked: Iterable[Checked], outcome: Outcome) -> list[Checked]:
    return [one for one in checked if one.found.outcome is outcome]


def _count(checked: Sequence[Checked], outcome: Outcome) -> int:
    return len(_of(checked, outcome))
