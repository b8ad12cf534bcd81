"""The shipped release behind `whoholds serve`, as other people's programs meet it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.workspace import SHIPPED
from paths import ROOT

COMMAND = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())", "serve"]


@pytest.fixture(scope="session")
def endpoint(shipped_releases: Path) -> Iterator[str]:
    """The endpoint's address."""
    words = [*COMMAND, "-w", str(SHIPPED), "--releases", str(shipped_releases), "--port", "0"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = "".join(process.stdout.readline() for _ in range(4))
            yield re.search(r"http://127\.0\.0\.1:\d+/sparql", said)[0]
        finally:
            process.terminate()
            process.wait(30)
