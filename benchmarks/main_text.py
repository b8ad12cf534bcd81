"""The main text of pages: our own against trafilatura's alone, by words found.

    python benchmarks/main_text.py

The pages are invented, in layouts as news sites have them; the text beside each is its story. A
word counts as often as it stands; P is the share of the words given that are the story's, R the
share of the story's words that are given.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from kg.ingest.pages import decode_page, read_page

PAGES = Path(__file__).parent.parent / "tests" / "fixtures" / "pages"

Score = tuple[float, float, float]


def main() -> None:
    """Prints a line a page, and the means."""
    rows = {page.stem: (alone(page), ours(page)) for page in sorted(PAGES.glob("*.html"))}
    print(f"{'page':<22}{'trafilatura P':>15}{'R':>7}{'F':>7}{'ours P':>10}{'R':>7}{'F':>7}")
    for name, (their, own) in rows.items():
        print(f"{name:<22}{their[0]:>15.3f}{their[1]:>7.3f}{their[2]:>7.3f}", end="")
        print(f"{own[0]:>10.3f}{own[1]:>7.3f}{own[2]:>7.3f}")
    for i, name in enumerate(("trafilatura", "ours")):
        print(f"mean F, {name}: {sum(row[i][2] for row in rows.values()) / len(rows):.3f}")


def alone(page: Path) -> Score:
    """How well trafilatura's own text is the story."""
    from trafilatura import extract

    found = extract(decode_page(page.read_bytes()), include_comments=False) or ""
    return score(found, page.with_suffix(".txt").read_text("utf-8"))


def ours(page: Path) -> Score:
    """How well the parts that are marked as body are the story."""
    read = read_page(page.read_bytes(), page.name)
    body = "\n".join(read.text[p.start : p.end] for p in read.parts if p.kind == "body")
    return score(body, page.with_suffix(".txt").read_text("utf-8"))


def score(found: str, story: str) -> Score:
    """Precision, recall and their harmonic mean over words."""
    given, wanted = (Counter(re.findall(r"\w+", text)) for text in (found, story))
    both = (given & wanted).total()
    precision, recall = both / max(1, given.total()), both / max(1, wanted.total())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


if __name__ == "__main__":
    main()
