"""A real browser before a real server: Debian's chromium, driven over loopback."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from kg.release.read import open_release
from kg.withdraw.withdraw import Asked, withdraw
from kg.workspace import SHIPPED, open_workspace
from server import create_app

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


GONE = "claim/asianews-entire-border.palmyra-fell"


@pytest.fixture(scope="session")
def releases(shipped_releases: Path) -> Path:
    """The shipped corpus as a release."""
    return shipped_releases


@pytest.fixture(scope="session")
def origin(releases: Path) -> Iterator[str]:
    """Where it is served, without the articles' texts."""
    with served(releases) as address:
        yield address


@pytest.fixture
def withdrawn(releases: Path, tmp_path: Path) -> Iterator[str]:
    """The page of a claim that was withdrawn from it."""
    folder = Path(shutil.copytree(releases, tmp_path / "releases", symlinks=True))
    base = open_workspace(SHIPPED).names.base
    withdraw(folder, Asked(base + GONE, "its speaker asked", dt.date(2026, 11, 21)))
    with served(folder) as address:
        yield f"{address}/{GONE}.html"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the current release of a folder is served."""
    server = make_server("127.0.0.1", 0, create_app(open_release(folder)), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Debian's chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page as a browser has it: its requests, what its console said, and the page itself."""

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, address: str) -> int:
        """Opens an address; the status of the answer."""
        answer = self.page.goto(address, wait_until="load")
        assert answer
        return answer.status

    def violations(self) -> list[str]:
        """What axe finds against WCAG A and AA: each rule with the first place that breaks it."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_FILE_PATH.read_text("utf-8"))
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, "
            "resultTypes: ['violations']})",
            WCAG,
        )
        return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found["violations"]]


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit in a fresh browser context, of a size and scheme where a test asks for them."""
    options = getattr(request, "param", {})
    context = browser.new_context(**options)
    visit = Visit(context.new_page())
    visit.page.on("request", lambda sent: visit.requests.append(sent.url))
    visit.page.on("console", lambda message: visit.said.append(f"{message.type}: {message.text}"))
    visit.page.on("pageerror", lambda error: visit.said.append(f"error: {error}"))
    yield visit
    context.close()
