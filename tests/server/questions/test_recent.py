"""Answers that are kept."""

from __future__ import annotations

from kg.question import Answer, load_question
from server.questions.recent import Recent


def answer(rows: int) -> Answer:
    return Answer(load_question("denied"), {}, ("claim",), ((None,),) * rows)


def test_an_answer_is_worked_out_once_until_others_need_its_room():
    made: list[str] = []

    def make(name: str, rows: int):
        def made_now() -> Answer:
            made.append(name)
            return answer(rows)

        return made_now

    recent = Recent(most=10)
    for name, rows in [("a", 4), ("b", 3), ("a", 4), ("c", 3), ("a", 4), ("b", 3), ("d", 99)]:
        assert len(recent.get((name, ()), make(name, rows)).rows) == rows
    assert made == ["a", "b", "c", "b", "d"]
    assert len(recent.get(("d", ()), make("d", 99)).rows) == 99 and made[-2:] == ["d", "d"]
