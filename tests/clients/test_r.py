"""R with nothing installed: read.csv of an address."""

import shutil
import subprocess
from urllib.parse import urlencode

import pytest

from clients import asked

SCRIPT = """
names <- read.csv(commandArgs(TRUE)[1], encoding = "UTF-8")
stopifnot(identical(sort(names$name), sort(c("Palmyra", "\\u062a\\u062f\\u0645\\u0631"))))
dated <- read.csv(commandArgs(TRUE)[2])
stopifnot(is.integer(dated$least), as.Date(dated$day) < as.Date("2016-01-01"))
wrong <- tryCatch(suppressWarnings(read.csv(commandArgs(TRUE)[3])), error = function(e) "refused")
stopifnot(identical(wrong, "refused"))
cat("read")
"""


def test_it_reads_an_answer_as_a_table(endpoint, tmp_path):
    if not (rscript := shutil.which("Rscript")):
        pytest.skip("Rscript is not installed")
    script = tmp_path / "read.R"
    script.write_text(SCRIPT, "utf-8")
    queries = (asked.NAMES, asked.DATED, asked.LEAVES)
    addresses = [f"{endpoint}.csv?{urlencode({'query': query})}" for query in queries]
    words = [rscript, "--vanilla", str(script), *addresses]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout == "read", done.stderr
