"""The application under gunicorn, and nginx before it, as docs/running.md has them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from paths import ROOT
from serving import SLOW, Served, alive, serving, until

GUIDE = (ROOT / "docs" / "running.md").read_text("utf-8")


def block(kind: str) -> str:
    """The guide's block of a kind."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    return found


@contextmanager
def under_gunicorn(workspace: Path) -> Iterator[Served]:
    """The server as the guide starts it, on another port."""
    words = block("sh").replace("\\\n", " ").split("gunicorn ", 1)[1].replace("'", "").split()
    words[words.index("--bind") + 1] = "127.0.0.1:0"
    log = workspace / "queries.log"
    given = {"WHOHOLDS_WORKSPACE": str(workspace), "WHOHOLDS_LOG": str(log)}
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *words],
        env=os.environ | given | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            said = ""
            while not (found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", said)):
                said += process.stderr.readline()
            yield Served(process, int(found[1]), log)
        finally:
            if process.poll() is None:
                process.kill()


@pytest.mark.slow
def test_gunicorn_serves_it_as_the_guide_says(workspace):
    if find_spec("gunicorn") is None:
        pytest.skip("needs gunicorn")
    with (workspace / "whoholds.toml").open("a") as file:
        file.write('\n[endpoint]\ntrusted-proxies = ["127.0.0.1"]\n')
    with under_gunicorn(workspace) as server:
        until(lambda: server.get("/readyz")[0] == 200)
        status, _, said = server.ask("SELECT (COUNT(*) AS ?n) { ?a a wh:Article }")
        assert status == 200 and json.loads(said)["results"]["bindings"][0]["n"]["value"] == "3"
        assert (
            "https://"
            in server.get("/", **{"X-Forwarded-Proto": "https", "Accept": "text/html"})[2]
        )
        children = server.children()
        assert len(children) > 1
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(20) == 0
        until(lambda: not any(map(alive, children)))
        assert len(server.log.read_text("utf-8").splitlines()) == 1


def test_the_guide_starts_enough_threads_for_the_limits_that_it_names():
    from kg.limits import Limits

    threads = int(re.search(r"--threads (\d+)", block("sh"))[1])
    assert threads >= 2 * Limits().queue + 32, "for eight workers of queries, and pages beside them"


def configured(folder: Path, port: int = 8000, own: int | None = None) -> list[str]:
    """nginx with the guide's settings; without TLS, and on a port of its own where one is given."""
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        pytest.skip("needs nginx (Debian: nginx-light)")
    server = block("nginx").replace("/var/cache/nginx/whoholds", str(folder / "cache"))
    server = server.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    server = re.sub(r"^\s*ssl_certificate.*\n", "", server, flags=re.MULTILINE)
    server = server.replace("listen 443 ssl", f"listen 127.0.0.1:{own or 8443}")
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "\n".join(f"{place}_temp_path {folder}/{place};" for place in places)
    path = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""  # the cache stands in our own folder
    path.write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{kept}\n{server}\n}}\n",
        "utf-8",
    )
    return [nginx, "-c", str(path), "-p", str(folder), "-e", str(folder / "error.log")]


def test_nginx_takes_the_guides_settings(tmp_path):
    words = [*configured(tmp_path), "-t", "-q"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@contextmanager
def behind_nginx(server: Served, folder: Path) -> Iterator[Served]:
    """The same server through nginx."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        own = free.getsockname()[1]
    with subprocess.Popen(configured(folder, server.port, own)) as process:
        try:
            proxied = Served(process, own, server.log)
            until(lambda: proxied.answers("/healthz"))
            yield proxied
        finally:
            process.terminate()


@pytest.mark.slow
def test_nginx_hands_on_who_asks_and_who_no_longer_does(workspace, tmp_path):
    trust = 'trusted-proxies = ["127.0.0.1"]\nbudget-seconds = 1'
    with serving(workspace, trust) as server, behind_nginx(server, tmp_path / "nginx") as nginx:
        one, other = {"X-Forwarded-For": "198.51.100.7"}, {"X-Forwarded-For": "198.51.100.8"}
        until(lambda: server.get("/readyz")[0] == 200)
        with pytest.raises(TimeoutError):
            nginx.ask(SLOW, wait=4, **one)
        until(lambda: "whoholds_queries_running 0.0" in server.get("/metrics")[2])
        assert nginx.ask("ASK { ?s a wh:Claim }", **one)[0] == 429
        assert nginx.ask("ASK { ?s a wh:Claim }", **other)[0] == 200
        page = nginx.get("/about", Accept="text/html")
        assert page[0] == 200 and page[1]["ETag"]
