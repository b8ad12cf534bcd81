"""The review of links in a terminal: one candidate at a time, a key and a reason a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TextIO

from kg.commands import Leave, obey
from kg.errors import InputError, LookUpFailed
from kg.links.candidate import Subject
from kg.links.desk import Desk, Judged
from kg.links.source import Source
from kg.links.suggest import Scored, Suggestion, open_subjects
from kg.links.table import NO_TERM

HELP: Final = """\
e [why]   the same: exactMatch          c [why]   nearly the same: closeMatch
n [why]   another thing: ruled out      u [why]   unsure: looked at, left open
0 WHY     no record here is to be trusted
A number before the reason is the confidence: e 0.95 same name, same river
s         skip this actor or place      p         the one before
g ID      go to an actor or place       z         undo
l         list what is open             k         keep: write the table
q         leave: every judgement stays in the journal"""
_KEYS: Final = {"e": "exact", "c": "close", "n": "not", "u": "unsure"}


@dataclass
class Conversation:
    """A reviewer at a terminal: whom they judge, which candidates are left, where answers go."""

    desk: Desk
    subjects: Sequence[Subject]
    sources: Sequence[Source]
    out: TextIO
    at: int = 0
    left: list[Scored] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Prints a line."""
        print(words, file=self.out, flush=True)

    def subject(self) -> Subject:
        """Whom the reviewer judges. Raises InputError where nobody is left."""
        if self.at >= len(self.subjects):
            raise InputError("nobody is left: k keeps what was judged, q leaves.")
        return self.subjects[self.at]

    def go(self, at: int) -> None:
        """Goes to a subject and shows its first candidate."""
        self.at = max(0, at)
        if self.at >= len(self.subjects):
            self.left = []
            self.say("\nThat was the last one: k keeps what was judged, q leaves.")
            return
        try:
            suggestion = self.desk.suggestion(self.subject(), self.sources)
        except LookUpFailed as error:
            self.left = []
            self.say(
                f"\n{self.subject().id}: {error} s goes on, g {self.subject().slug} asks again."
            )
            return
        self.left = list(suggestion.scored)
        self.say(self._head(suggestion))
        self.show()

    def show(self) -> None:
        """Prints the candidate that is to be judged, each feature with its reason."""
        if not self.left:
            self.say("  no candidate is left: 0 WHY says that there is none, s skips.")
            return
        one = self.left[0]
        self.say(f"  {one.candidate.id}  {one.candidate.label} ({one.candidate.says or '?'})")
        self.say(f"    score     {one.score:.2f}")
        for feature in one.features:
            self.say(f"    {feature.name:9} {feature.value:.2f}  {feature.because}")

    def _head(self, suggestion: Suggestion) -> str:
        subject = suggestion.subject
        where = f"[{self.at + 1}/{len(self.subjects)}]"
        chosen = suggestion.chosen.id if suggestion.chosen else "none"
        return (
            f"\n{where} {subject.id}  {subject.label} ({subject.type})\n"
            f"  proposed: {chosen} ({suggestion.because})"
        )


def converse(
    desk: Desk,
    subjects: Sequence[Subject],
    sources: Sequence[Source],
    lines: Iterable[str],
    out: TextIO,
) -> None:
    """Lets a reviewer judge what is open until they leave or their lines end."""
    waiting = open_subjects(desk.rows(), subjects)
    talk = Conversation(desk, waiting, sources, out)
    talk.say(f"{desk.table.target}: {len(waiting)} to judge as {desk.who}; h for help.")
    if desk.waiting():
        talk.say(f"judged and not yet in the table: {desk.waiting()}; k keeps them.")
    talk.go(0)
    obey(talk, lines, _COMMANDS)


# --- the commands ------------------------------------------------------------------------


def _help(talk: Conversation, _: str) -> None:
    talk.say(HELP)


def _judging(verdict: str) -> Callable[[Conversation, str], None]:
    def judge(talk: Conversation, rest: str) -> None:
        subject = talk.subject()
        if not talk.left:
            raise InputError("no candidate is left: 0 WHY, or s.")
        one = talk.left[0]
        confidence, why = _confidence(rest)
        because = why or "; ".join(feature.because for feature in one.features)
        candidate = one.candidate
        talk.desk.judge(
            subject, Judged(verdict, candidate.id, candidate.label, because, confidence)
        )
        talk.left = [] if verdict == "exact" else talk.left[1:]
        if talk.left or verdict != "exact":
            talk.show()
        else:
            talk.go(talk.at + 1)

    return judge


def _none(talk: Conversation, rest: str) -> None:
    confidence, why = _confidence(rest)
    talk.desk.judge(talk.subject(), Judged("none", NO_TERM, "", why, confidence))
    talk.go(talk.at + 1)


def _confidence(rest: str) -> tuple[float | None, str]:
    """A number from 0 to 1 before the reason, and the reason."""
    first, _, why = rest.partition(" ")
    try:
        number = float(first)
    except ValueError:
        return None, rest
    if not 0 <= number <= 1:
        raise InputError(f"confidence {first}; expected a number from 0 to 1.")
    return number, why.strip()


def _undo(talk: Conversation, _: str) -> None:
    subject = talk.desk.undo()
    talk.say(f"undone: {subject}" if subject else "nothing to undo that is not in the table")
    if subject:
        _go(talk, subject)


def _go(talk: Conversation, asked: str) -> None:
    at = next((n for n, one in enumerate(talk.subjects) if asked in (one.id, one.slug)), None)
    if at is None:
        raise InputError(f"'{asked}' is not among the {len(talk.subjects)} to judge; l lists them.")
    talk.go(at)


def _list(talk: Conversation, _: str) -> None:
    for one in open_subjects(talk.desk.rows(), talk.subjects):
        talk.say(f"  {one.id}  {one.label}")


def _keep(talk: Conversation, _: str) -> None:
    talk.say(f"kept: {talk.desk.keep()} in {talk.desk.table.path} now.")


def _leave(_: Conversation, __: str) -> None:
    raise Leave


_COMMANDS: Final[dict[str, Callable[[Conversation, str], None]]] = {
    **{key: _judging(verdict) for key, verdict in _KEYS.items()},
    "0": _none,
    "s": lambda talk, _: talk.go(talk.at + 1),
    "p": lambda talk, _: talk.go(talk.at - 1),
    "g": _go,
    "z": _undo,
    "l": _list,
    "k": _keep,
    "q": _leave,
    "h": _help,
}
