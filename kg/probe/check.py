"""Checking an endpoint: every probe in its turn, or the reason why it is not run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.probe.address import find_endpoint
from kg.probe.described import described_probes
from kg.probe.facts import Facts, find_facts
from kg.probe.found import REASONS, Checked, Found, Probe, untested
from kg.probe.honesty import honesty_probes
from kg.probe.listener import GIVEN, listening
from kg.probe.manifest import manifest_probes
from kg.probe.manners import manners_probes
from kg.probe.stated import Ground, stated_probes
from kg.probe.strain import strain_probes
from kg.probe.wire import Client


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an endpoint is to be checked: whose it is, with which tests, how long each may take."""

    operated: bool = False
    manifest: Path | None = None
    seconds: float = 60
    without: frozenset[str] = frozenset()


def check(
    url: str, wanted: Wanted = Wanted(), note: Callable[[str], None] = lambda _: None
) -> list[Checked]:
    """What came of every probe of an endpoint. Raises InputError where there is none."""
    client = Client(find_endpoint(url), wanted.seconds)
    facts = find_facts(client)
    checked = []
    with _ground(facts) as ground:
        for probe in _probes(ground, wanted):
            note(probe.name)
            checked.append(Checked(probe, run(probe, client, wanted)))
    return checked


@contextmanager
def _ground(facts: Facts) -> Iterator[Ground]:
    with listening() as listener, TemporaryDirectory(prefix="whoholds-probe-") as folder:
        file = Path(folder) / "probe.ttl"
        file.write_text(GIVEN, "utf-8")
        yield Ground(facts, listener, file.as_uri())


def _probes(ground: Ground, wanted: Wanted) -> Iterator[Probe]:
    """All probes, those that may hurt last."""
    yield from stated_probes(ground)
    yield from honesty_probes()
    yield from manners_probes()
    yield from described_probes(ground.facts)
    if wanted.manifest is not None:
        yield from manifest_probes(wanted.manifest, ground.facts, erase=wanted.operated)
    yield from strain_probes()


def run(probe: Probe, client: Client, wanted: Wanted) -> Found:
    """What comes of a probe, unless it is left out, or would touch what is not ours to touch."""
    if probe.group in wanted.without:
        return untested(f"left out (--without {probe.group})")
    if not (client.endpoint.loopback or wanted.operated):
        for touch in sorted(probe.touches):
            return untested(f"{REASONS[touch]}: --i-operate-this")
    return probe.run(client)
