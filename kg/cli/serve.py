"""whoholds serve"""

from __future__ import annotations

import signal
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.options import add_releases, add_workspace
from kg.cli.sources import Texts, add_sources, served
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.release.read import Release


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="0 for any that is free")
    add_workspace(parser)
    add_releases(parser)
    add_sources(parser)


def run(args: Namespace) -> int:
    """Serves until it is stopped; a release published meanwhile is served from then on."""
    with served(args, _shown(args.host)) as (releases, texts):
        return _serve(args, releases, texts)


def _serve(args: Namespace, releases: Path, texts: Texts) -> int:
    from server import create_app, warm
    from server.site import follow

    release_of = follow(releases)
    release = release_of()
    app = create_app(release_of, texts)
    server = _listen(app, args.host, args.port)
    warm.start(app)
    print(_greeting(release, f"http://{_shown(args.host)}:{server.effective_port}"), flush=True)
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        server.close()
    return 0


def _listen(app: Any, host: str, port: int) -> Any:
    """A waitress server that has its port. Raises InputError where it cannot have it."""
    from waitress import create_server

    try:
        return create_server(app, host=host, port=port, ident="whoholds", threads=8)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"cannot listen on {host}, port {port} ({reason}). Choose another with --port."
        ) from None


def _greeting(release: Release, address: str) -> str:
    from server.questions.examples import examples

    known = examples(release) if release.summary["articles"] else {}
    example = known.get("who-held") or next(iter(known.values()), None)
    summary = release.summary
    articles = f"{summary['articles']} articles, " if summary["articles"] else ""
    held = f"{articles}{summary['quads']:,} statements"
    lines = [
        f"{summary['title']}: {held}, {release.digest[:19]}…",
        f"  pages       {address}/",
        f"  a question  {address}/ask/{example.question.name}{example.query}" if example else "",
        f"  SPARQL      {address}/sparql",
    ]
    return "\n".join(line for line in lines if line)


def _shown(host: str) -> str:
    """The host as an address has it: any interface as this machine, IPv6 in brackets."""
    plain = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"[{plain}]" if ":" in plain else plain


def _stop(*_: object) -> None:
    raise SystemExit(0)
