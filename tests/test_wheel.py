"""The wheel alone is enough: installed where nothing else is, it validates, builds and answers."""

import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from paths import ROOT

WHEELHOUSE = ROOT / "wheelhouse"


def run(*words: str | Path, cwd: Path) -> str:
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"{words}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The project's wheel, built from what `make test` has put aside, without the network."""
    if not (WHEELHOUSE / ".filled").exists():
        pytest.skip("needs wheelhouse/: run the tests by `make test`")
    folder = tmp_path_factory.mktemp("wheel")
    offline = ["--no-index", "--find-links", str(WHEELHOUSE), "--quiet"]
    pip = [sys.executable, "-m", "pip", "wheel", *offline, "--no-deps"]
    run(*pip, "--wheel-dir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel) -> Path:
    """The command, in an environment that holds the wheel and what it depends on."""
    home = wheel.parent / "env"
    run(sys.executable, "-m", "venv", home, cwd=wheel.parent)
    offline = ["--no-index", "--find-links", str(WHEELHOUSE), "--quiet"]
    run(home / "bin" / "python", "-m", "pip", "install", *offline, wheel, cwd=wheel.parent)
    return home / "bin" / "whoholds"


@pytest.fixture(scope="module")
def built(installed, tmp_path_factory) -> Path:
    """A folder in which it built a release of what it ships."""
    folder = tmp_path_factory.mktemp("built")
    release = run(installed, "build", "--quiet", cwd=folder).strip()
    assert Path(release).parent == folder / "releases"
    return folder


@pytest.mark.slow
def test_the_wheel_holds_all_that_is_shipped(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        f"{'kg/' if folder in ('ontology', 'shapes') else ''}{path.relative_to(ROOT)}"
        for folder in ("kg", "server", "ontology", "shapes")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in shipped if "/texts/" not in name} - held == set()


@pytest.mark.slow
def test_the_wheel_holds_no_text_of_an_article(wheel, shared):
    texts = {path.read_bytes() for path in (shared / "articles").glob("*.txt")}
    archive = zipfile.ZipFile(wheel)
    assert not [name for name in archive.namelist() if archive.read(name) in texts]


@pytest.mark.slow
def test_the_wheel_alone_validates_and_builds_what_it_ships(installed, built, tmp_path):
    assert run(installed, "validate", cwd=tmp_path)
    assert (built / "releases" / "current").is_dir()


@pytest.mark.slow
def test_the_wheel_alone_makes_a_new_workspace(installed, tmp_path):
    run(installed, "init", "mine", cwd=tmp_path)
    run(installed, "validate", cwd=tmp_path / "mine")


@pytest.mark.slow
def test_the_wheel_alone_serves_what_it_built(installed, built):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([installed, "serve", "--port", str(port)], cwd=built)
    try:
        page = f"http://127.0.0.1:{port}/ask/who-held.json?place=palmyra&date=2015-05-22"
        assert b"islamic-state" in patiently(page)
    finally:
        server.terminate()
        server.wait(timeout=20)


def patiently(page: str) -> bytes:
    """A page of a server that is still starting."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(page, timeout=20) as answer:  # noqa: S310 loopback
                return bytes(answer.read())
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer from {page}")
