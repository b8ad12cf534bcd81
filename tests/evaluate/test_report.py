"""The table of what was measured, and the scores of rules."""

from __future__ import annotations

import json

from kg.evaluate.counts import Measured, interval
from kg.evaluate.report import as_json, scores, table
from kg.suggest.scores import FILE, read_scores, write_scores


def measured(name, **rules):
    found = Measured(name)
    for rule, verdicts in rules.items():
        found.add([(rule.replace("_", "."), verdict) for verdict in verdicts], sum(verdicts), 4)
    return found


TASKS = {
    "places": [measured("named", a_b=[True, True, False]), measured("new", a_b=[False])],
    "claims": [measured("all", a_b=[True], c_d=[False, True])],
}


def test_a_rule_counts_once_a_task_and_over_tasks_together():
    found = scores(TASKS)
    assert (found["a.b"].right, found["a.b"].proposed) == (3, 4)
    assert found["a.b"].score == round(interval(3, 4)[0], 2)
    assert found["a.b"].on == ("places: named", "claims: all")
    assert found["c.d"].on == ("claims: all",)


def test_scores_are_read_as_they_were_written():
    found = scores(TASKS)
    assert read_scores(write_scores(found)) == found
    assert write_scores(found) == write_scores(dict(reversed(found.items())))


def test_the_table_has_each_measure_and_each_rule():
    shown = table(TASKS)
    assert "named" in shown and "0.67  0.50  0.57" in shown
    assert [line.split()[0] for line in shown.splitlines() if line.startswith("    ")] == [
        *("a.b", "a.b", "a.b", "c.d"),
    ]
    (first, *_) = json.loads(json.dumps(as_json(TASKS)))["places"]
    assert (first["right"], first["proposed"], first["wanted"]) == (2, 3, 4)
    assert first["f-interval"][0] <= first["f"] <= first["f-interval"][1]


def test_the_scores_that_are_shipped_are_those_of_their_counts():
    for rule, one in read_scores(FILE.read_text("utf-8")).items():
        assert one.score == round(interval(one.right, one.proposed)[0], 2), rule
        assert one.on, rule
