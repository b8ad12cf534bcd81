"""The difference as a page that needs nothing else: no script, no request, all labels escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from kg.diff.answers import AnswerChange
from kg.diff.compare import Difference, Section, Side
from kg.diff.plain import listed
from kg.diff.text import answers_line, headed, headline, timelines_line
from kg.diff.thing import Entry

STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --went: #a3341f; --came: #1d6b43; --dim: #666 }
@media (prefers-color-scheme: dark) { :root { --went: #f09a86; --came: #7fd0a4; --dim: #aaa } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: anywhere }
h1 { font-size: 1.5rem }
h2 { font-size: 1.15rem; margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1rem }
h3 { font-size: 1rem; margin-bottom: .25rem }
table { border-collapse: collapse } th, td { text-align: start; vertical-align: top;
  padding: .15rem .9rem .15rem 0; font-weight: normal }
th, .within, .why, .note { color: var(--dim) }
ul { list-style: none; padding: 0 } li { margin: .9rem 0 } li p, dl { margin: 0 }
dl > div { display: flex; gap: .6rem; flex-wrap: wrap } dt { color: var(--dim) } dd { margin: 0 }
.came > .how, .now { color: var(--came) } .went > .how, .gone { color: var(--went) }
.how { font-weight: 600 } code { font-size: .9em }
.change { margin: 1rem 0 1.4rem } .change p { margin: .1rem 0 } .change th { white-space: nowrap }
"""
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(found: Difference) -> str:
    """The page."""
    title = f"{found.new.title}: what changed"
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
    )
    body = "\n".join(_body(found, title))
    return f"{head}<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"


def _body(found: Difference, title: str) -> Iterator[str]:
    yield f"<h1>{_bdi(title)}</h1>"
    yield f"<table>{_side('from', found.old)}{_side('to', found.new)}</table>"
    yield f"<p>{escape(headline(found))}</p>"
    if found.said:
        yield f"<ul>{''.join(f'<li>{_bdi(line)}</li>' for line in found.said)}</ul>"
    for section in found.sections:
        yield from _section(section)
    if found.others:
        yield f'<p class="note">Also changed, and not told one by one: {escape(found.others)}.</p>'
    if found.timelines:
        yield f"<h2>Timelines</h2><p>{_bdi(timelines_line(found))}</p>"
    if not found.same:
        yield from _answers(found)


def _side(word: str, side: Side) -> str:
    cells = (f"<code>{escape(side.name)}</code>", escape(side.date), escape(side.holds))
    return f'<tr><th scope="row">{word}</th>{"".join(f"<td>{c}</td>" for c in cells)}</tr>'


def _section(section: Section) -> Iterator[str]:
    yield f"<h2>{escape(section.title.capitalize())}</h2>"
    yield f"<p>{escape(section.summary)}</p>"
    yield "<ul>"
    for entry, within in headed(section.entries):
        if within:
            yield f'<li class="within">in “{_bdi(within)}”</li>'
        yield _entry(entry)
    yield "</ul>"
    if section.cut:
        yield f'<p class="note">… and {section.cut:,} more.</p>'


def _entry(entry: Entry) -> str:
    details = "".join(
        f"<div><dt>{_bdi(d.property)}</dt><dd>{_bdi(d.says)}</dd></div>" for d in entry.details
    )
    return (
        f'<li class="{entry.how}"><span class="how">{entry.how}</span> {_linked(entry)}'
        f"<p>{_bdi(entry.about)}</p>{f'<dl>{details}</dl>' if details else ''}</li>"
    )


def _linked(entry: Entry) -> str:
    name = f"<code>{escape(entry.name)}</code>"
    safe = entry.iri.startswith(("http://", "https://"))
    return f'<a href="{escape(entry.iri)}">{name}</a>' if safe else name


def _answers(found: Difference) -> Iterator[str]:
    yield "<h2>Answers</h2>"
    yield f"<p>{answers_line(found)}</p>"
    last = ""
    for change in found.answers.changes:
        if change.question != last:
            yield f"<h3>{escape(change.title)}</h3>"
            last = change.question
        yield _change(change)
    yield from (f'<p class="note">… {escape(cut)}.</p>' for cut in found.answers.cut)
    asked = listed(found.answers.asked, len(found.answers.asked))
    yield f'<p class="note">Questions asked of both releases: {escape(asked)}.</p>'


def _change(change: AnswerChange) -> str:
    about = f"<p>{_bdi(change.about)}</p>" if change.about else ""
    rows = _rows("gone", "no longer", change.gone) + _rows("now", "now", change.new)
    why = f'<p class="why">because {_bdi(listed(change.why))}</p>' if change.why else ""
    return f'<div class="change">{about}<table>{rows}</table>{why}</div>'


def _rows(kind: str, word: str, rows: Iterable[str]) -> str:
    return "".join(
        f'<tr><th scope="row" class="{kind}">{word}</th><td>{_bdi(row)}</td></tr>' for row in rows
    )


def _bdi(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"
