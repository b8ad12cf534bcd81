"""Reconciliation: what is asked, what is read of an answer, and what is kept."""

from __future__ import annotations

import json

import pytest

from kg.errors import LookUpFailed, SourceDown
from kg.wikidata.reconcile import Query, Reconciliation
from wikidata.replay import answers


@pytest.fixture
def service(replay, clock, cache):
    return Reconciliation(replay.reconcile, clock.client(), cache, {"state": "Q3624078"})


def batches(replay):
    return [json.loads(asked.partition(" ")[2]) for asked in replay.asked]


def test_candidates_with_their_types_and_features(service):
    (found,) = service.search("france")
    assert (found.id, found.name, found.score, found.match) == ("Q142", "France", 100.0, False)
    assert found.types and all(id_.startswith("Q") for id_, _ in found.types)
    assert found.features == (("name", 100.0), ("deprecated", 0.0))


def test_an_arabic_name_and_an_alias_are_sent_as_they_are(service, replay):
    assert service.search("فرنسا")[0].id == "Q142"
    assert service.search("USAF")[0].id == "Q11223"
    assert batches(replay)[0] == {"q0": {"query": "فرنسا", "limit": 10}}


def test_a_type_is_asked_for_by_the_class_that_the_settings_name(service, replay):
    assert service.search("France", "state")
    assert service.search("USAF", "state") == ()
    assert service.search("USAF", "town")
    assert [b["q0"].get("type") for b in batches(replay)] == ["Q3624078", "Q3624078", None]


def test_queries_go_in_batches_and_answers_are_kept(service, replay):
    queries = [Query(f"nobody {n}") for n in range(11)] + [Query("France")]
    for _ in range(2):
        found, failed = service.search_all(queries)
        assert not failed and len(found) == 12
        assert found[Query("France")][0].id == "Q142" and found[Query("nobody 3")] == ()
    assert [len(b) for b in batches(replay)] == [10, 2]
    assert service.search("France")[0].id == "Q142" and len(replay.asked) == 2


def test_batches_keep_to_the_schema(service, replay, shared):
    jsonschema = pytest.importorskip("jsonschema")
    path = shared / "reconciliation" / "schemas-0.2" / "reconciliation-query-batch.json"
    if not path.is_file():
        pytest.skip("needs ../shared: the schemas of reconciliation")
    service.search_all([Query("France"), Query("USAF", "Q3624078")])
    jsonschema.validate(batches(replay)[0], json.loads(path.read_text("utf-8")))


def test_the_specifications_own_example_is_read(service, replay, shared):
    folder = shared / "reconciliation" / "examples-0.2" / "reconciliation-result-batch"
    if not folder.is_dir():
        pytest.skip("needs ../shared: the examples of reconciliation")
    example = json.loads((folder / "valid" / "example-full.json").read_text("utf-8"))
    replay.troubles = [answers({"q0": example["q1"], "q1": example["q2"]})]
    found, _ = service.search_all([Query("Urbaniak"), Query("Schwanhold")])
    assert all(candidates for candidates in found.values())
    for name in ("missing-id", "no-result", "root-array"):
        wrong = json.loads((folder / "invalid" / f"{name}.json").read_text("utf-8"))
        first = next(iter(wrong.values())) if isinstance(wrong, dict) else None
        replay.troubles = [answers({"q0": first} if first is not None else wrong)]
        with pytest.raises(LookUpFailed):
            service.search(name)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        None,
        {"q0": {}},
        {"q0": {"result": [5]}},
        {"q0": {"result": [{"id": "Q1", "name": "x"}]}},
        {"q0": {"result": [{"id": "Q1", "name": None, "score": 1}]}},
        {"q0": {"result": [{"id": "Q1", "name": "x", "score": "high"}]}},
        {"q0": {"result": [{"id": "Q1", "name": "x", "score": 1, "type": [{}]}]}},
        {"q0": {"result": [{"id": "P31", "name": "x", "score": 1}]}},
        {"q0": {"result": [{"id": "place/raqqa", "name": "x", "score": 1}]}},
        {"q0": {"result": [{"id": "Q1/../Q2", "name": "x", "score": 1}]}},
        {"q0": {"result": [{"id": "12345", "name": "x", "score": 1}]}},
    ],
)
def test_what_is_no_result_fails_and_is_not_kept(answer, service, replay):
    replay.troubles = [answers(answer)]
    with pytest.raises(LookUpFailed):
        service.search("France")
    assert service.search("France")


def test_one_batch_that_fails_does_not_stop_the_next(service, replay):
    replay.troubles = [answers(b"<html>")]
    found, failed = service.search_all([Query(f"nobody {n}") for n in range(10)] + [Query("USAF")])
    assert len(failed) == 10 and "no JSON" in failed[Query("nobody 3")]
    assert found[Query("USAF")][0].id == "Q11223"


def test_one_result_that_is_none_spoils_no_other_of_its_batch(service, replay):
    wrong = {"result": [{"id": "/m/0f8l9c", "name": "France", "score": 100}]}
    replay.troubles = [answers({"q0": {"result": []}, "q1": wrong})]
    queries = [Query("nobody"), Query("France")]
    found, failed = service.search_all(queries)
    assert found == {queries[0]: ()}
    assert "'/m/0f8l9c' is no id of an item, such as Q5" in failed[queries[1]]
    found, failed = service.search_all(queries)
    assert found[queries[1]][0].id == "Q142" and not failed and len(replay.asked) == 2


def test_what_was_kept_and_makes_no_sense_is_asked_for_anew(service, cache, replay):
    service.search("France")
    (kept,) = (cache.folder / "searches").glob("*.json")
    kept.write_text(kept.read_text("utf-8").replace('"Q142"', '"X142"'), "utf-8")
    assert service.search("France")[0].id == "Q142" and len(replay.asked) == 2


def test_a_service_that_is_down_stops_and_says_how_to_go_on(replay, clock, cache):
    service = Reconciliation(replay.reconcile, clock.client(failures=1), cache)
    queries = [Query(f"nobody {n}") for n in range(20)]
    first = {f"q{n}": {"result": []} for n in range(10)}
    replay.troubles = [answers(first), answers(b"", 403)]
    with pytest.raises(SourceDown, match="10 of the 20 names"):
        service.search_all(queries)
    service.search_all(queries)
    assert [len(b) for b in batches(replay)] == [10, 10, 10]
