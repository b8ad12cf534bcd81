"""Sitting down to a review: which journal is whose, and what a second reviewer may not see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.review.compare import to_settle
from kg.review.desk import Desk
from kg.review.finish import undecided
from kg.review.journal import Journal
from kg.review.proposals import read_proposals
from kg.text import digest
from kg.workspace import Workspace

JOURNALS: Final = ("judgements.jsonl", "judgements-2.jsonl", "judgements-settled.jsonl")
"""The journals of the first and second reviewer and of who settled, beside the mapping."""
_SETTLED: Final = 3


def journal_path(workspace: Workspace, slug: str, number: int) -> Path:
    """Where a reviewer's journal is kept."""
    return workspace.mapping_path(slug).parent / JOURNALS[number - 1]


def sit_down(workspace: Workspace, slug: str, who: str, *, number: int = 1) -> Desk:
    """The desk of the first or the second reviewer, as they left it.

    Both start from the same proposals, and neither's journal is read for the other.
    Raises InputError where there is nothing to review, or it is being reviewed elsewhere.
    """
    drafted = workspace.mapping(slug).article.digest
    if (content := workspace.content(slug)) is None:
        where = workspace.shown(workspace.text_path(slug))
        raise InputError(f"{slug}: no text is attached ({where}). Run `whoholds attach` first.")
    if drafted not in (None, digest(content)):
        where = workspace.shown(workspace.text_path(slug))
        raise InputError(
            f"{where} is not the text that the draft was made from ({drafted}). Put that one back; "
            f"or, before a review has begun, run `whoholds suggest {slug} --replace`."
        )
    begun = any(journal_path(workspace, slug, n).is_file() for n in (1, 2))
    proposals = read_proposals(workspace, slug, begun=begun)
    journal = Journal(journal_path(workspace, slug, number))
    try:
        return Desk(workspace, slug, proposals, journal, who, writes=number == 1)
    except BaseException:
        journal.close()
        raise


@contextmanager
def both(workspace: Workspace, slug: str) -> Iterator[tuple[Desk, Desk]]:
    """The desks of both reviewers, for as long as they are compared. Raises InputError."""
    for number in (1, 2):
        if not journal_path(workspace, slug, number).is_file():
            raise InputError(
                f"{slug}: {JOURNALS[number - 1]} is missing: two reviews are compared. Make "
                f"the other by `whoholds review {slug}{' --second' if number == 2 else ''}`."
            )
    with ExitStack() as stack:
        first = sit_down(workspace, slug, "")
        stack.callback(first.journal.close)
        second = sit_down(workspace, slug, "", number=2)
        stack.callback(second.journal.close)
        yield first, second


def adjudicate(workspace: Workspace, slug: str, who: str) -> Desk:
    """The desk of whoever settles what two reviewers judged differently.

    Raises InputError where one of them has not decided all.
    """
    with both(workspace, slug) as (first, second):
        for desk in (first, second):
            if left := [*undecided(desk)]:
                raise InputError(f"{desk.journal.path}: {left[0]} Whole reviews are settled.")
        proposals = to_settle(first, second)
    journal = Journal(journal_path(workspace, slug, _SETTLED))
    try:
        return Desk(workspace, slug, proposals, journal, who)
    except BaseException:
        journal.close()
        raise
