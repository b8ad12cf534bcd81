"""Entities: in batches, merged and missing ones, kept on disk, and gone on with after a stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from kg.errors import SourceDown, WorkspaceError
from kg.wikidata.cache import Cache
from kg.wikidata.entities import Entities
from kg.wikidata.record import record_of
from paths import ROOT
from wikidata.replay import ARCHIVE, answers, archived, replaying, slice_of_wikidata

IDS = ("Q142", "Q145", "Q11223")


@pytest.fixture(params=["api", "pages"])
def source(request, replay, clock, cache):
    return Entities(getattr(replay, request.param), clock.client(), cache)


def test_records_are_what_the_source_has(source):
    found = source.fetch(IDS)
    assert tuple(found.records) == IDS and not found.missing and not found.failed
    assert all(record_of(slice_of_wikidata()[i]) == r for i, r in found.records.items())


def test_one_request_asks_for_all_and_says_what_is_wanted(replay, clock, cache):
    Entities(replay.api, clock.client(), cache).fetch(IDS)
    (asked,) = replay.asked
    assert "ids=Q142%7CQ145%7CQ11223" in asked and "maxlag=5" in asked
    assert "languages=en%7Car" in asked


def test_what_is_kept_is_not_asked_for_again_unless_it_is_to_be(source, replay):
    source.fetch(IDS)
    asked = len(replay.asked)
    found = source.fetch([*IDS, "Q30"])
    assert found.cached == 3 and len(found.records) == 4 and len(replay.asked) == asked + 1
    assert source.fetch(["Q30"], again=True).cached == 0
    assert len(replay.asked) == asked + 2


def test_a_newer_revision_is_kept_in_place_of_the_older(source, replay, cache):
    for revision, label in ((9, "older"), (10, "newer")):
        changed = {"lastrevid": revision, "labels": {"en": {"language": "en", "value": label}}}
        replay.entities["Q142"] = slice_of_wikidata()["Q142"] | changed
        source.fetch(["Q142"], again=True)
    (found,) = source.fetch(["Q142"]).records.values()
    assert (found.revision, found.labels) == (10, {"en": "newer"})
    assert [p.name for p in (cache.folder / "entities" / "Q142").iterdir()] == ["10.json"]


def test_an_entity_that_is_merged_or_deleted_later_is_no_longer_kept(source, replay, cache):
    source.fetch(["Q142", "Q145", "Q30"])
    replay.merged = {"Q142": "Q145"}
    del replay.entities["Q30"]
    for again in (True, False):
        found = source.fetch(["Q142", "Q145", "Q30"], again=again)
        assert found.merged == {"Q142": "Q145"} and found.missing == ["Q30"]
    kept = sorted(p.parent.name for p in cache.folder.glob("entities/*/*.json"))
    assert kept == ["Q145"]
    replay.merged = {}
    source.fetch(["Q142"], again=True)
    assert source.fetch(["Q142"]).merged == {}


def test_a_merged_entity_is_found_under_its_old_id_and_said_to_be_another(source, replay):
    replay.merged = {"Q77777777": "Q145"}
    for _ in range(2):  # asked, then from the disk
        found = source.fetch(["Q77777777", "Q142"])
        assert found.merged == {"Q77777777": "Q145"}
        assert found.records["Q77777777"].labels["en"] == "United Kingdom"


def test_a_missing_entity_is_missing_and_that_is_kept(source):
    for _ in range(2):
        found = source.fetch(["Q77777777", "Q142"])
        assert found.missing == ["Q77777777"] and list(found.records) == ["Q142"]
    assert found.cached == 2


def test_what_is_no_id_is_not_asked_for(source, replay):
    found = source.fetch(["../../x", "q142", ""])
    assert set(found.failed) == {"../../x", "q142", ""} and replay.asked == []


def test_an_id_that_spoils_its_batch_fails_alone(replay, clock, cache):
    ids = [f"Q{n}" for n in range(1001, 1048)]
    found = Entities(replay.api, clock.client(failures=2), cache).fetch([*ids, "Q5000", *IDS])
    assert set(found.records) == set(IDS) and found.missing == ids
    assert list(found.failed) == ["Q5000"] and "no-such-entity" in found.failed["Q5000"]


@pytest.mark.parametrize(
    "answer",
    [
        {"entities": []},
        {"entities": {}},
        [],
        {"entities": {"Q142": None}},
        {"entities": {"Q142": {"id": "Q142", "labels": 5}}},
        {"entities": {"Q142": {"id": "Q142", "claims": {"P31": [5]}}}},
    ],
)
def test_what_is_no_entity_fails_alone_and_is_not_kept(answer, source, replay):
    replay.troubles = [answers(answer)]
    found = source.fetch(["Q142"])
    assert list(found.failed) == ["Q142"] and not found.records
    assert "Q142" in source.fetch(["Q142"]).records


def test_a_source_that_is_down_stops_and_says_how_to_go_on(replay, clock, cache):
    source = Entities(replay.pages, clock.client(failures=2), cache)
    source.fetch(["Q30"])
    replay.troubles = [answers(slice_and("Q142"))] + [answers(b"", 500)] * 8
    with pytest.raises(SourceDown, match=r"1 of the 3 entities .* beside 1 from before") as stopped:
        source.fetch(["Q30", *IDS])
    assert "goes on from there" in str(stopped.value)
    asked = len(replay.asked)
    found = source.fetch(["Q30", *IDS])
    assert len(found.records) == 4 and len(replay.asked) == asked + 2


def slice_and(id_):
    return {"entities": {id_: slice_of_wikidata()[id_]}}


def test_a_damaged_file_is_named(cache, clock, replay):
    source = Entities(replay.api, clock.client(), cache)
    source.fetch(["Q142"])
    (path,) = (cache.folder / "entities" / "Q142").iterdir()
    path.write_text("{")
    with pytest.raises(WorkspaceError, match=r"Q142.*Delete it"):
        source.fetch(["Q142"])


def test_the_folder_keeps_itself_out_of_repositories(cache, clock, replay):
    Entities(replay.api, clock.client(), cache).fetch(["Q142"])
    assert (cache.folder / ".gitignore").read_text() == "*\n"


KILLED = """
import sys
from pathlib import Path
from kg.wikidata.cache import Cache
from kg.wikidata.client import Client
from kg.wikidata.entities import Entities
client = Client("desk@example.org", delay=0)
Entities(sys.argv[1], client, Cache(Path(sys.argv[2]))).fetch(sys.argv[3].split())
"""


def test_after_a_kill_it_goes_on_where_it_was(replay, clock, cache):
    for number in range(2, 60):
        replay.entities[f"Q{number}"] = slice_of_wikidata()["Q142"] | {"id": f"Q{number}"}
    ids = [f"Q{number}" for number in range(2, 60)]
    words = [sys.executable, "-c", KILLED, replay.pages, str(cache.folder), " ".join(ids)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, env=environment) as process:
        end = time.monotonic() + 20
        while len(replay.asked) < 5 and time.monotonic() < end and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
    whole = [json.loads(p.read_bytes()) for p in cache.folder.glob("entities/*/*.json")]
    asked = len(replay.asked)
    found = Entities(replay.pages, clock.client(), Cache(cache.folder)).fetch(ids)
    assert list(found.records) != [] and set(found.records) == set(ids)
    assert found.cached == len(whole) >= 3
    assert len(replay.asked) - asked == len(ids) - found.cached


@pytest.mark.slow
def test_the_archive_comes_over_whole(shared, clock, cache):
    path = shared / "wikidata" / ARCHIVE
    if not path.is_file():
        pytest.skip("needs ../shared: the archive of entities")
    with replaying(archived(path)) as replay:
        client = clock.client(seconds=60)
        found = Entities(replay.api, client, cache).fetch(archived(path))
        assert client.requests == 21 and len(found.records) == 1_032
        assert all(record_of(archived(path)[i]) == r for i, r in found.records.items())
