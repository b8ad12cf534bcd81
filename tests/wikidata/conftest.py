"""A Wikidata on loopback, and somebody patient whose waiting takes no time."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from kg.visit import Pace
from kg.wikidata.cache import Cache
from kg.wikidata.client import Client
from wikidata.replay import replaying, slice_of_wikidata


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    def client(self, **of) -> Client:
        pace = Pace(lambda: self.now, self.sleep)
        told = {"delay": 0, "seconds": 5, "pace": pace, "chance": lambda: 0.5}
        return Client("desk@example.org", **told | of)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(tmp_path) -> Cache:
    return Cache(tmp_path / "wikidata")


@pytest.fixture
def replay():
    with replaying(dict(slice_of_wikidata())) as found:
        yield found
