"""The periods of the shipped corpus, each argued from the articles' words.

A person can read each test against the articles: what is said, by whom, and what follows.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kg.question import ask, load_question
from kg.question.show import short
from kg.release.build import build
from kg.release.read import Release, open_release
from kg.workspace import SHIPPED, open_workspace

ALL = ""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("releases")
    build(open_workspace(SHIPPED), folder)
    return open_release(Path(folder))


def held(release: Release, place: str, day: str, origin: str = ALL) -> dict[str, set[str]]:
    """Who held a place on a day, by one origin's account or all sources': holder to states."""
    answer = ask(
        release.store, load_question("who-held"), {"place": place, "date": day}, release.names
    )
    column = {name: i for i, name in enumerate(answer.columns)}
    found: dict[str, set[str]] = {}
    for row in answer.rows:
        if short(row[column["origin"]], release.names) == origin:
            holder = short(row[column["holder"]], release.names)
            found.setdefault(holder, set()).add(short(row[column["state"]], release.names))
    return found


def day_after(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days)).isoformat()
