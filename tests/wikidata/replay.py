"""A Wikidata on loopback: it replays real entities, and what goes wrong in between."""

from __future__ import annotations

import json
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from paths import FIXTURES

ARCHIVE = "openrefine-wikibase-tests-1033-entities.tar.gz"
Trouble = Callable[[BaseHTTPRequestHandler], None]


@cache
def slice_of_wikidata() -> dict[str, dict]:
    """The entities that the repository holds."""
    return json.loads((FIXTURES / "wikidata" / "entities.json").read_text("utf-8"))


@cache
def archived(path: Path) -> dict[str, dict]:
    """The entities of the archive, by id."""
    found = {}
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name.startswith("tests/entities/"):
                entity = json.load(archive.extractfile(member))
                if entity:  # one is the answer about an id that there is not
                    found[entity["id"]] = entity
    return found


@dataclass
class Replay:
    """What it knows and was asked; troubles come first, one a request."""

    entities: dict[str, dict]
    merged: dict[str, str] = field(default_factory=dict)
    """New ids by old ones."""
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Paths of requests, with their queries; a form's batch after its path."""
    agents: set[str] = field(default_factory=set)
    url: str = ""

    @property
    def api(self) -> str:
        return f"{self.url}/w/api.php"

    @property
    def pages(self) -> str:
        return f"{self.url}/wiki/Special:EntityData/"

    @property
    def reconcile(self) -> str:
        return f"{self.url}/en/api"

    def entity(self, asked: str, *, old: bool) -> dict:
        """An entity under an id; of a merged one, what an api.php adds."""
        new = self.merged.get(asked, asked)
        if new not in self.entities:
            return {"id": asked, "missing": ""}
        redirects = {"redirects": {"from": asked, "to": new}} if old and asked != new else {}
        return self.entities[new] | redirects

    def candidates(self, query: dict) -> list[dict]:
        """The entities that a name is a label or an alias of."""
        wanted = query["query"].casefold()
        return [
            {
                "id": id_,
                "name": entity["labels"]["en"]["value"],
                "description": entity["descriptions"].get("en", {}).get("value", ""),
                "score": 100.0 if wanted == entity["labels"]["en"]["value"].casefold() else 60.0,
                "match": False,
                "type": [{"id": class_, "name": ""} for class_ in _classes(entity)],
                "features": [{"id": "name", "value": 100}, {"id": "deprecated", "value": False}],
            }
            for id_, entity in sorted(self.entities.items())
            if wanted in _names(entity) and query.get("type") in (None, *_classes(entity))
        ]


def _names(entity: dict) -> set[str]:
    aliases = [a for some in (entity["aliases"] or {}).values() for a in some]
    return {name["value"].casefold() for name in [*entity["labels"].values(), *aliases]}


def _classes(entity: dict) -> list[str]:
    snaks = [s["mainsnak"] for s in (entity["claims"] or {}).get("P31", [])]
    return [s["datavalue"]["value"]["id"] for s in snaks if s["snaktype"] == "value"]


class _Answering(BaseHTTPRequestHandler):
    replay: Replay

    def do_GET(self):
        replay = self.replay
        self._note(self.path)
        if replay.troubles:
            replay.troubles.pop(0)(self)
            return
        parts = urlsplit(self.path)
        if parts.path == "/w/api.php":
            ids = parse_qs(parts.query)["ids"][0].split("|")
            if len(ids) > 50:
                answers(error("toomanyvalues"))(self)
            elif bad := [id_ for id_ in ids if id_.endswith("000")]:
                answers(error("no-such-entity", f"Could not find an entity {bad[0]}"))(self)
            else:
                answers({"entities": {i: replay.entity(i, old=True) for i in ids}})(self)
            return
        self._page(parts.path.removeprefix("/wiki/Special:EntityData/").removesuffix(".json"))

    def _page(self, asked: str):
        new = self.replay.merged.get(asked)
        entity = self.replay.entity(asked, old=False)
        if new:
            answers(b"", 302, Location=f"/wiki/Special:EntityData/{new}.json")(self)
        elif "missing" in entity:
            answers(b"Not found", 404)(self)
        else:
            answers({"entities": {entity["id"]: entity}})(self)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._note(f"{self.path} {form['queries'][0]}")
        if self.replay.troubles:
            self.replay.troubles.pop(0)(self)
            return
        batch = json.loads(form["queries"][0])
        found = {k: {"result": self.replay.candidates(q)} for k, q in batch.items()}
        answers(found)(self)

    def _note(self, what: str):
        self.replay.asked.append(what)
        self.replay.agents.add(self.headers["User-Agent"])

    def log_message(self, *_):
        """Nothing: a test says what it wants to say."""


def answers(content, status=200, media="application/json", **headers) -> Trouble:
    """Answers with content: bytes as they are, anything else as JSON."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()

    def answer(handler):
        handler.send_response(status)
        told = {"Content-Type": media, "Content-Length": str(len(body))}
        for name, value in (told | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def error(code: str, info: str = "") -> dict:
    return {"error": {"code": code, "info": info}}


@contextmanager
def replaying(entities: dict[str, dict]) -> Iterator[Replay]:
    """Serves entities as long as a block lasts."""
    replay = Replay(entities)
    kind = type("Answering", (_Answering,), {"replay": replay})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        server.daemon_threads = True
        replay.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield replay
        server.shutdown()
