"""The README's commands are run, and print what it shows.

UPDATE_GOLDEN=1 writes what they print into it.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LONGEST = 25
"""The first answer, with its words, stands within so many lines."""


def commands(block: str) -> list[tuple[str, str]]:
    """Each command of a block with the output that it shows."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def run(command: str, folder: Path) -> str:
    """What a command of the README prints, in a folder where the repository's files are at hand."""
    words = shlex.split(command)
    assert words[0] == "whoholds", command
    program = "import sys; from kg.cli import main; sys.exit(main())"
    environment = {**os.environ, "WHOHOLDS_HOME": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


def shown(command: str, output: str) -> str:
    """What the README shows of an output: not the folder of a release, which is a digest."""
    return "" if " build" in command or " init" in command else output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("readme")
    (home / "kg").symlink_to(ROOT / "kg")
    return home


def test_the_commands_print_what_the_readme_shows(folder):
    text = README.read_text("utf-8")
    for block in BLOCK.findall(text):
        printed = ""
        for command, expected in commands(block):
            output = shown(command, run(command, folder))
            printed += f"$ {command}\n{output}"
            assert os.environ.get("UPDATE_GOLDEN") or output == expected, command
        text = text.replace(f"```console\n{block}```", f"```console\n{printed}```")
    if os.environ.get("UPDATE_GOLDEN"):
        README.write_text(text, "utf-8")


def test_the_first_answer_stands_within_25_lines():
    lines = README.read_text("utf-8").splitlines()[:LONGEST]
    assert any("who-held" in line and line.startswith("$ ") for line in lines)
    assert any(line.startswith("  “") for line in lines), "the words behind it, too"
