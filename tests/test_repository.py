"""Promises of the repository as a whole: what it never holds, and what it always explains."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from kg.cli import VERBS
from kg.limits import SETTINGS
from kg.mapping.anchor import Located, locate, recorded
from kg.mapping.document import Mapping
from kg.mapping.ledger import ledger, repeated_share
from kg.text import digest, fold, overlaps, quoted
from kg.workspace import SHIPPED, Settings, open_workspace
from paths import ROOT

MOST_WORDS = 12
MOST_REPEATED = 0.45

# In pieces, so that this file does not hold what it forbids.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "registry.np" + "mjs", "deb.deb" + "ian.org"]
HOSTS += ["index.cra" + "tes.io", "proxy.gol" + "ang.org", "conda.ana" + "conda.org"]
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:wo" + r"rk|ro" + r"ot|home/\w+|Users/\w+)/")


@cache
def texts() -> dict[Path, str]:
    """Every text file that is, or is about to be, in the repository."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs the git repository")
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return dict(_read(ROOT / name for name in listed.split("\0") if name))


def _read(paths) -> Iterator[tuple[Path, str]]:
    for path in paths:
        try:
            yield path.relative_to(ROOT), path.read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


# --- what it never holds --------------------------------------------------------------


def test_no_file_names_a_registry():
    found = [(str(path), host) for path, text in texts().items() for host in HOSTS if host in text]
    assert found == []


def test_no_file_names_a_path_of_one_machine():
    found = [
        f"{path}:{text[: match.start()].count(chr(10)) + 1}: {match[0]}"
        for path, text in texts().items()
        for match in MACHINE_PATH.finditer(text)
    ]
    assert found == []


def windows(words: list[str]) -> Iterator[tuple[str, ...]]:
    size = MOST_WORDS + 1
    yield from (tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def plain_words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).casefold())


def own_windows(article: str) -> set[tuple[str, ...]]:
    """Every thirteen words of an article that stand together outside its quotation marks."""
    edges = [0, *(edge for span in quoted(article) for edge in span), len(article)]
    outside = zip(edges[::2], edges[1::2], strict=True)
    return {w for start, end in outside for w in windows(plain_words(article[start:end]))}


def test_no_file_repeats_more_than_twelve_words_of_an_article(shared):
    theirs = {w for p in (shared / "articles").glob("*.txt") for w in own_windows(_text(p))}
    assert theirs
    found = [
        f"{path}: {' '.join(window)}"
        for path, text in texts().items()
        for window in windows(plain_words(text))
        if window in theirs
    ]
    assert found == []


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


# --- the shipped mappings, against the articles' texts --------------------------------


@pytest.fixture(scope="module")
def shipped(shared) -> dict[str, tuple[Mapping, str, Located]]:
    """The shipped mappings with their texts and where everything stands in these."""
    workspace = open_workspace(SHIPPED)
    found = {}
    for path in sorted((shared / "articles").glob("*.txt")):
        mapping = workspace.mapping(path.stem)
        found[path.stem] = (mapping, _text(path), locate(mapping, _text(path)))
    return found


def test_every_article_is_mapped_and_no_other(shipped):
    assert tuple(shipped) == open_workspace(SHIPPED).slugs


def test_every_span_re_slices_to_its_exact_words(shipped):
    for mapping, text, located in shipped.values():
        assert mapping.article.digest == digest(text.encode("utf-8"))
        assert located.problems == {}
        assert recorded(mapping).spans == located.spans


def test_the_ledger_of_every_article_is_complete(shipped):
    still_open = {
        slug: [text[start:end] for start, end in ledger(text, located).open]
        for slug, (_, text, located) in shipped.items()
    }
    assert {slug: found for slug, found in still_open.items() if found} == {}


def test_no_mapping_repeats_more_of_its_article_than_it_may(shipped):
    entries = open_workspace(SHIPPED).authorities.entries()
    names = {
        name
        for entry in entries
        for name in (*entry.label.values(), *(n for alt in entry.alt.values() for n in alt))
    }
    shares = {
        slug: repeated_share(text, mapping, located, names)
        for slug, (mapping, text, located) in shipped.items()
    }
    assert {slug: share for slug, share in shares.items() if share > MOST_REPEATED} == {}


def test_what_a_mapping_types_in_full_beyond_twelve_words_the_article_quotes(shipped):
    for mapping, text, located in shipped.values():
        marks = quoted(text)
        for name, voice in mapping.voices.items():
            if voice.form == "direct":
                spans = located.spans["voice", name]
                assert all(overlaps(span, marks) for span in spans), name


# --- what it always explains ----------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_documented(verb):
    assert f"whoholds {verb}" in readme(), f"README.md does not tell of `whoholds {verb}`"


@pytest.mark.parametrize("setting", [*(f.name for f in fields(Settings)), *SETTINGS])
def test_every_setting_of_a_workspace_is_documented(setting):
    assert f"`{setting}`" in readme(), f"README.md does not tell of the setting `{setting}`"


def test_every_file_that_a_text_refers_to_is_there():
    link = re.compile(r"\]\((?!https?:|mailto:|#|/)([^)#\s]+)")
    missing = [
        f"{path}: {target}"
        for path, text in texts().items()
        if path.suffix == ".md"
        for target in link.findall(text)
        if not (ROOT / path.parent / target).exists()
    ]
    assert missing == []


def test_every_readme_that_is_spoken_of_is_there():
    spoken = re.compile(r"(?<![\w./])((?:[\w-]+/)+README\.md)")
    missing = [
        f"{path}: {target}"
        for path, text in texts().items()
        for target in spoken.findall(text)
        if not any((base / target).exists() for base in (ROOT, ROOT / path.parent))
    ]
    assert missing == []


def test_every_package_says_what_it_is():
    """The first line of a package's docstring, or its README, states its rule."""
    packages = [p.parent for kind in ("kg", "server") for p in (ROOT / kind).rglob("__init__.py")]
    silent = [
        str(p) for p in packages if not (p / "__init__.py").read_text("utf-8").startswith('"""')
    ]
    assert packages and silent == []
