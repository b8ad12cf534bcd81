"""Reading questions: their heads, and their parameters from text."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QuestionError, suggest
from kg.lift.terms import day
from kg.names import KINDS, SCHEME_NAMES, Names, concept

FOLDER: Final = Path(__file__).parent / "questions"
_LINE: Final = re.compile(r"^# (\w+): ?(.*)$")
_CONTINUED: Final = re.compile(r"^#   +(\S.*)$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its kind is a kind of thing, a scheme, or date, integer or text."""

    name: str
    kind: str
    default: str | None
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its file states it."""

    name: str
    title: str
    asks: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    shown: tuple[str, ...]
    """The columns of the table that people read; the files and programs get all."""
    empty: str
    examples: tuple[str, ...]
    query: str


@cache
def load_questions() -> dict[str, Question]:
    """All questions by name."""
    return {
        path.stem: read_question(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.rq"))
    }


def load_question(name: str) -> Question:
    """A question by name. Raises QuestionError with the nearest names."""
    questions = load_questions()
    if name not in questions:
        raise QuestionError(
            f"there is no question '{name}'; {suggest(name, questions, 'questions')}."
        )
    return questions[name]


def read_question(text: str) -> Question:
    """A question from the text of its file.

    # name: withdrawals
    # title: Who withdrew from where?
    # asks: Which withdrawals are reported, by whose account?
    # param: place place optional — the place left
    # column: place — the place left
    # show: place
    # empty: No withdrawal is reported.
    # example: place=ramadi
    """
    found: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        if match := _LINE.match(line):
            key = match[1]
            found.setdefault(key, []).append(match[2].strip())
        elif key and (more := _CONTINUED.match(line)):
            found[key][-1] += f" {more[1].strip()}"
        elif not line.startswith("#"):
            break
    columns = tuple(Column(*_dashed(line)) for line in found["column"])
    return Question(
        name=found["name"][0],
        title=found["title"][0],
        asks=found["asks"][0],
        parameters=tuple(map(_parameter, found.get("param", ()))),
        columns=columns,
        shown=tuple(found["show"][0].split() if "show" in found else (c.name for c in columns)),
        empty=found["empty"][0],
        examples=tuple(found.get("example", ())),
        query=text,
    )


def _dashed(line: str) -> tuple[str, str]:
    name, _, says = line.partition(" — ")
    return name.strip(), says.strip()


def _parameter(line: str) -> Parameter:
    form, says = _dashed(line)
    name, kind, *rest = form.split()
    default = rest[1] if rest[:1] == ["="] else None
    return Parameter(name, kind, default, not rest, says)


def bind(question: Question, given: dict[str, str], names: Names) -> dict[str, NamedNode | Literal]:
    """The parameters as RDF terms. Raises QuestionError for unknown, missing or malformed ones."""
    known = {p.name: p for p in question.parameters}
    for name in given:
        if name not in known:
            near = suggest(name, known, "parameters")
            raise QuestionError(f"{question.name} has no parameter '{name}'; {near}.")
    bound: dict[str, NamedNode | Literal] = {}
    for parameter in question.parameters:
        text = given.get(parameter.name) or parameter.default
        if text is not None:
            bound[parameter.name] = parse_parameter(question.name, parameter, text, names)
        elif parameter.required:
            raise QuestionError(
                f"{question.name} needs {parameter.name}=… ({parameter.kind}): {parameter.says}. "
                f"For example: {question.examples[0]}"
            )
    return bound


def parse_parameter(
    question: str, parameter: Parameter, text: str, names: Names
) -> NamedNode | Literal:
    """One parameter's text as a term of its kind."""
    parsers: dict[str, Callable[[str], NamedNode | Literal]] = {
        "date": lambda value: day(dt.date.fromisoformat(value)),
        "integer": _whole,
        "text": Literal,
    }
    try:
        if parameter.kind in parsers:
            return parsers[parameter.kind](text)
        return _thing(parameter.kind, text, names)
    except ValueError:
        wanted = {"date": "a day like 2015-05-22", "integer": "a whole number, 0 or more"}.get(
            parameter.kind, f"the id or IRI of a {parameter.kind}{_perhaps(text)}"
        )
        message = f"{question}: {parameter.name} is '{text}'; expected {wanted}."
        raise QuestionError(message) from None


def _perhaps(text: str) -> str:
    """The id that a name would have: "Al-Tanf crossing" is perhaps meant to be al-tanf-crossing."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    key = "-".join(re.findall("[a-z0-9]+", plain))
    return f", perhaps {key}" if key else ""


def _whole(text: str) -> Literal:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ValueError(text)
    return Literal(int(text))


def _thing(kind: str, text: str, names: Names) -> NamedNode:
    """A thing of a kind by id or IRI; an "origin" is an actor's id or article/slug."""
    if text.startswith(("http://", "https://")):
        if re.search(r'[\s<>"{}|\\^`]', text):
            raise ValueError(text)
        return NamedNode(text)
    if not re.fullmatch(r"[a-z0-9._-]+(/[a-z0-9._-]+)?", text):
        raise ValueError(text)
    if kind in SCHEME_NAMES:
        return NamedNode(concept(kind, text))
    if kind == "origin":
        return NamedNode(names.iri(*(text.split("/", 1) if "/" in text else ("actor", text))))
    if kind == "thing":
        found, _, local = text.partition("/")
        if found not in KINDS or not local:
            raise ValueError(text)
        return NamedNode(names.iri(found, local))
    if kind not in KINDS or "/" in text:
        raise ValueError(text)
    return NamedNode(names.iri(kind, text))
