"""The review in a terminal: the same desk, a command a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TextIO

from kg.commands import Leave, obey
from kg.errors import InputError
from kg.mapping.ledger import ledger
from kg.review.adding import add_at, add_named
from kg.review.along import judge_along
from kg.review.desk import Desk
from kg.review.entry import Table, from_toml, thawed, toml
from kg.review.finish import ACCEPTED, finish
from kg.review.form import form_of
from kg.review.item import Item
from kg.review.proposals import AUTHORITY
from kg.review.renaming import rename
from kg.review.state import ALL, state
from kg.text import Span, occurrences

HELP: Final = """\
a [why]        accept, go on         r [why]       reject, go on
A              accept with the voice, actors and places that it names
R              reject an actor or a place with its mentions
u [why]        unsure, go on         z             undo
n, p           next, previous        g PATH        go to an entry
order text|score                     l             list all entries
set KEY VALUE  change a field: plain words, ids, or a value as TOML
unset KEY      empty a field         t TYPE        change the type
name NAME      another name, here and in every entry that names it
w WORDS        move to other words; w #2 WORDS where they stand more than once
/ NAME         search an actor or a place
o              sentences that say nothing yet
x WORDS | WHY  these words carry no statement, and why
+ KIND ID [WORDS]   add a claim, voice, mention, actor or place
f [anyway]     finish                q             leave: everything is kept"""
_SAID: Final = {"positive": "accepted", "negative": "rejected", "unsure": "unsure", None: "open"}


@dataclass
class Conversation:
    """A reviewer at a terminal: the desk, where they are in it, and where answers go."""

    desk: Desk
    out: TextIO
    at: str = ""
    order: str = "text"

    def say(self, words: str) -> None:
        """Prints a line."""
        print(words, file=self.out, flush=True)

    def paths(self) -> list[str]:
        """All entries, in the order chosen."""
        shown = state(self.desk)["items"]
        if self.order == "score":
            return [i["path"] for i in sorted(shown, key=lambda i: -(i["score"] or 0))]
        first = {
            i["path"]: (i["spans"][0][0] if i["spans"] else len(self.desk.text)) for i in shown
        }
        return sorted(first, key=lambda path: -1 if path == "article" else first[path])

    def step(self, by: int = 1, *, undecided: bool = False) -> None:
        """Goes to the next entry, or to the next that is not decided."""
        paths = self.paths()
        at = paths.index(self.at) if self.at in paths else -by
        turned = [paths[(at + by * n) % len(paths)] for n in range(1, len(paths) + 1)]
        waiting = [p for p in turned if self.desk.item(p).judgement is None]
        self.at = (waiting if undecided and waiting else turned)[0]
        self.show()

    def show(self) -> None:
        """Prints the entry: why it is proposed, its words in their sentence, its fields."""
        item, paths = self.desk.item(self.at), self.paths()
        done = sum(i.judgement is not None for i in self.desk.items.values())
        self.say(f"\n[{paths.index(self.at) + 1}/{len(paths)}, {done} decided] {_title(item)}")
        if reason := self.desk.why(item):
            self.say(f"  why: {reason}")
        for view in self.desk.proposals.views.get(item.first_path, ()):
            self.say(f"  {view.who}: {_SAID[view.judgement]} {_inline(view.table)}")
        if words := self._in_sentence(item):
            self.say(f"  {words}")
        for key, value in thawed(item.table).items():
            was = (item.proposed or {}).get(key)
            changed = item.proposed is not None and was != item.table[key]
            note = (
                f"   # proposed: {toml(was) if was is not None else 'nothing'}" if changed else ""
            )
            if key not in ("by", "score"):
                self.say(f"  {key:<11} = {toml(value)}{note}")

    def _in_sentence(self, item: Item) -> str:
        """The words of the entry between » and «, with what stands around them."""
        spans = self.desk.located(ALL).spans.get((item.kind, item.name), ())
        if not spans:
            return ""
        text, (start, end) = self.desk.text, (spans[0][0], spans[-1][1])
        low, high = max(0, text.rfind("\n", 0, start) + 1, start - 120), end + 120
        around = f"{text[low:start]}»{text[start:end]}«{text[end:high].partition(chr(10))[0]}"
        return " ".join(around.split())


def _title(item: Item) -> str:
    proposed = item.proposed or {}
    score = f" {proposed['score']}" if "score" in proposed else ""
    rule = f" · {proposed['by']}{score}" if "by" in proposed else ""
    return f"{item.path} · {_SAID[item.judgement]}{rule}"


def _inline(table: Table) -> str:
    return toml(thawed(table))


def converse(desk: Desk, lines: Iterable[str], out: TextIO) -> None:
    """Lets a reviewer judge a desk until they leave it or their lines end."""
    talk = Conversation(desk, out)
    talk.say(f"{desk.slug}: {len(desk.items)} entries to judge as {desk.who}; h for help.")
    talk.step(undecided=True)
    obey(talk, lines, _COMMANDS)


# --- the commands ------------------------------------------------------------------------


def _help(talk: Conversation, _: str) -> None:
    talk.say(HELP)


def _judging(judgement: str) -> Callable[[Conversation, str], None]:
    def judge(talk: Conversation, because: str) -> None:
        talk.desk.judge(talk.at, judgement, because=because)
        talk.step(undecided=True)

    return judge


def _along(judgement: str) -> Callable[[Conversation, str], None]:
    def judge(talk: Conversation, _: str) -> None:
        talk.say(f"  judged: {', '.join(judge_along(talk.desk, talk.at, judgement))}")
        talk.step(undecided=True)

    return judge


def _undo(talk: Conversation, _: str) -> None:
    paths = talk.desk.undo()
    talk.say(f"undone: {', '.join(paths)}" if paths else "nothing to undo")
    if paths and paths[0] in talk.desk.items:
        talk.at = paths[0]
        talk.show()


def _go(talk: Conversation, path: str) -> None:
    talk.at = talk.desk.item(path).path
    talk.show()


def _order(talk: Conversation, order: str) -> None:
    if order not in ("text", "score"):
        raise InputError(f"order '{order}'; text or score.")
    talk.order, talk.at = order, ""
    talk.step(undecided=True)


def _list(talk: Conversation, _: str) -> None:
    for path in talk.paths():
        talk.say(f"  {_title(talk.desk.item(path))}")


def _set(talk: Conversation, rest: str) -> None:
    key, _, typed = rest.partition(" ")
    item = talk.desk.item(talk.at)
    _edit(talk, item.table | {key: _meant(item.kind, key, typed.strip())})


def _unset(talk: Conversation, key: str) -> None:
    _edit(talk, {k: v for k, v in talk.desk.item(talk.at).table.items() if k != key})


def _type(talk: Conversation, value: str) -> None:
    _edit(talk, talk.desk.item(talk.at).table | {"type": value})


def _rename(talk: Conversation, typed: str) -> None:
    talk.at, *others = rename(talk.desk, talk.at, typed)
    talk.say(f"  renamed, also in: {', '.join(others) or 'no other entry'}")
    talk.show()


def _edit(talk: Conversation, table: Table) -> None:
    talk.desk.edit(talk.at, table)
    talk.show()
    for messages in talk.desk.findings(talk.at).values():
        for message in messages:
            talk.say(f"  ! {message}")


def _meant(kind: str, key: str, typed: str) -> Any:
    """What somebody typed for a field: TOML where it begins like it, ids where it takes several."""
    known = {field.key: field.widget for field in form_of(kind)}
    if key not in known:
        raise InputError(f"{kind} has no field '{key}'; {', '.join(known)}.")
    try:
        if typed[:1] in ("[", "{", '"') or known[key] in ("number", "toml"):
            return from_toml(typed)
    except ValueError as expected:
        raise InputError(f"{key}: expected {expected}.") from None
    return typed.split() if known[key] == "references" else typed


def _words(talk: Conversation, words: str) -> None:
    talk.desk.anchor(talk.at, _span(talk.desk, words))
    talk.show()


def _span(desk: Desk, typed: str) -> Span:
    """Where some words stand: `#2 the bridge` is the second place."""
    number, _, rest = typed.partition(" ") if typed.startswith("#") else ("#1", "", typed)
    starts = occurrences(desk.text, rest, desk.parts())
    nth = int(number[1:]) if number[1:].isdigit() else 0
    if not 1 <= nth <= len(starts):
        raise InputError(f"'{rest}' stands {len(starts)} times in the parts of the article.")
    return starts[nth - 1], starts[nth - 1] + len(rest)


def _search(talk: Conversation, asked: str) -> None:
    shown = state(talk.desk)
    for one in (*shown["actors"], *shown["places"]):
        if asked.casefold() in f"{one['id']} {one['label']}".casefold():
            talk.say(f"  {one['id']}  {one['label']} ({one['type']})")


def _silent(talk: Conversation, _: str) -> None:
    desk = talk.desk
    for start, end in ledger(desk.text, desk.located(ACCEPTED)).open:
        talk.say(f"  [{start}, {end}] {' '.join(desk.text[start:end].split())}")


def _nothing(talk: Conversation, rest: str) -> None:
    words, _, because = rest.partition("|")
    if not because.strip():
        raise InputError("x WORDS | WHY: say why they carry no statement, such as background.")
    anchor = talk.desk.anchored(_span(talk.desk, words.strip()))
    talk.say(f"  {talk.desk.add('nothing', '', anchor | {'because': because.strip()})}")


def _add(talk: Conversation, rest: str) -> None:
    kind, _, more = rest.partition(" ")
    name, _, words = more.partition(" ")
    span = _span(talk.desk, words) if words or kind not in AUTHORITY else None
    if span and kind in AUTHORITY:
        talk.at = add_named(talk.desk, kind, name, span)
    else:
        talk.at = add_at(talk.desk, kind, name, span) if span else talk.desk.add(kind, name, {})
    talk.show()


def _finish(talk: Conversation, rest: str) -> None:
    finish(talk.desk, anyway=rest == "anyway")
    talk.say(f"{talk.desk.slug}: the review is finished and kept.")
    raise Leave


def _leave(_: Conversation, __: str) -> None:
    raise Leave


_COMMANDS: Final[dict[str, Callable[[Conversation, str], None]]] = {
    "a": _judging("positive"),
    "r": _judging("negative"),
    "A": _along("positive"),
    "R": _along("negative"),
    "u": _judging("unsure"),
    "z": _undo,
    "n": lambda talk, _: talk.step(),
    "p": lambda talk, _: talk.step(-1),
    "g": _go,
    "order": _order,
    "l": _list,
    "set": _set,
    "unset": _unset,
    "t": _type,
    "name": _rename,
    "w": _words,
    "/": _search,
    "o": _silent,
    "x": _nothing,
    "+": _add,
    "f": _finish,
    "q": _leave,
    "h": _help,
}
