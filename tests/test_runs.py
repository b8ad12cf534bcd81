"""Lines are put in order through files, however many they are."""

from __future__ import annotations

from kg.runs import MANY, WIDE, Runs, in_order


def test_more_words_than_are_sorted_in_memory_come_in_order_and_once(tmp_path):
    words = [f"https://example.org/{number * 7919 % 60_000}" for number in range(MANY + 20_000)]
    assert list(in_order(words, tmp_path)) == sorted(set(words))
    assert not list(tmp_path.iterdir())


def test_words_are_ordered_by_code_point():
    assert list(in_order(["é", "z", "a/b", "a-b", "حلب", "Z"])) == [
        "Z",
        "a-b",
        "a/b",
        "z",
        "é",
        "حلب",
    ]


def test_no_words_are_none():
    assert list(in_order([])) == []


def test_more_runs_than_are_open_at_once(tmp_path):
    runs = Runs(tmp_path)
    for number in range(WIDE + 3):
        runs.add([b"%03d\n" % number, b"last\n"])
    assert list(runs.merged()) == [*(b"%03d\n" % n for n in range(WIDE + 3)), b"last\n"]
