"""Rasqal's roqet, which asks by GET and reads the XML of results."""

import shutil
import subprocess

import pytest

from clients import asked


@pytest.fixture
def roqet(endpoint):
    if shutil.which("roqet") is None:
        pytest.skip("roqet is not installed: Debian's rasqal-utils has it")

    def run(query, form="csv"):
        words = ["roqet", "-q", "-p", endpoint, "-r", form, "-e", query]
        return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)

    return run


def test_rows(roqet):
    assert roqet(asked.NAMES).stdout.split() == ["name", "Palmyra", "تدمر"]


def test_languages_and_types(roqet):
    assert r'"\u062A\u062F\u0645\u0631"@ar' in roqet(asked.NAMES, "tsv").stdout
    assert f'"{asked.DAY}"^^<' in roqet(asked.DATED, "tsv").stdout


@pytest.mark.parametrize("query", [asked.LEAVES, asked.WRONG])
def test_an_error_is_an_error_and_no_empty_result(roqet, query):
    done = roqet(query)
    assert done.returncode != 0
    assert "400" in done.stderr and not done.stdout.strip()
