"""The table of what was measured: each measure with its interval, and each rule under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.evaluate.counts import Counts, Measured, f_interval, interval
from kg.suggest.scores import Score

Tasks = Mapping[str, Sequence[Measured]]
"""The measures of each task, in order."""


def table(tasks: Tasks) -> str:
    """The measures as text: precision, recall and F with its 95 % interval; rules by precision."""
    lines: list[str] = []
    for task, measures in tasks.items():
        lines += [f"{task:<44}     P     R     F   95 % of F   right of  found of"]
        for measured in measures:
            lines += [_row(measured), *_rule_rows(measured)]
        lines.append("")
    return "\n".join(lines)


def _row(measured: Measured) -> str:
    total = measured.total
    low, high = f_interval(measured.texts)
    shares = f"{total.precision:5.2f} {total.recall:5.2f} {total.f:5.2f}  {low:.2f}–{high:.2f}"
    counted = f"{total.right:>5}/{total.proposed:<5} {total.found:>4}/{total.wanted}"
    return f"  {measured.name:<42} {shares} {counted}"


def _rule_rows(measured: Measured) -> Iterator[str]:
    for rule, counts in sorted(measured.rules.items()):
        low, high = interval(counts.right, counts.proposed)
        shown = f"{counts.precision:5.2f}              {low:.2f}–{high:.2f}"
        yield f"    {rule:<40} {shown} {counts.right:>5}/{counts.proposed}"


def as_json(tasks: Tasks) -> dict[str, Any]:
    """The measures as JSON: the figures of the table, and the counts behind them."""
    return {task: [_measured(one) for one in measures] for task, measures in tasks.items()}


def _measured(measured: Measured) -> dict[str, Any]:
    total = measured.total
    return {
        "measure": measured.name,
        "texts": len(measured.texts),
        "precision": round(total.precision, 4),
        "recall": round(total.recall, 4),
        "f": round(total.f, 4),
        "f-interval": [round(end, 4) for end in f_interval(measured.texts)],
        "right": total.right,
        "proposed": total.proposed,
        "found": total.found,
        "wanted": total.wanted,
        "rules": {
            rule: {"right": counts.right, "proposed": counts.proposed}
            for rule, counts in sorted(measured.rules.items())
        },
    }


def scores(tasks: Tasks) -> dict[str, Score]:
    """The score of every rule that was measured.

    Of one task a rule counts in the first measure that has it, as the others count the same
    proposals again; over tasks, whose texts are different ones, its counts are summed.
    """
    counts: dict[str, Counts] = {}
    measures: dict[str, list[str]] = {}
    for task, measured in tasks.items():
        for rule, (found, where) in _first(measured).items():
            counts[rule] = counts.get(rule, Counts()) + found
            measures.setdefault(rule, []).append(f"{task}: {where}")
    return {
        rule: Score(
            one.right,
            one.proposed,
            round(interval(one.right, one.proposed)[0], 2),
            tuple(measures[rule]),
        )
        for rule, one in sorted(counts.items())
    }


def _first(measures: Sequence[Measured]) -> dict[str, tuple[Counts, str]]:
    """The counts of each rule in the first measure that has it, and that measure's name."""
    found: dict[str, tuple[Counts, str]] = {}
    for measured in measures:
        for rule, counts in measured.rules.items():
            if rule:
                found.setdefault(rule, (counts, measured.name))
    return found
