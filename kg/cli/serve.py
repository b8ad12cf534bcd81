"""whoholds serve"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.cli.options import add_releases, add_workspace, port
from kg.cli.sources import Served, add_sources, served
from kg.errors import InputError
from kg.limits import MEBIBYTE

if TYPE_CHECKING:
    from kg.limits import Limits
    from kg.release.read import Release

PAGES: Final = 16
"""Threads beside those that run queries, wait for a place or another's run, or match tables."""
CONNECTIONS: Final = 1_000
"""Clients that may be connected; most of them only keep a connection open."""
BODY: Final = 4 * MEBIBYTE
"""Bytes of a request's body that are taken, to be told kindly that they are too many: it stands on
the disk until then. Of a longer one nothing more is read."""


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=port, default=8000, help="0 for any that is free")
    add_workspace(parser)
    add_releases(parser)
    parser.add_argument(
        "--log", metavar="FILE", help="where each query gets a line (default: standard error)"
    )
    add_sources(parser)


def run(args: Namespace) -> int:
    """Serves until it is stopped; a release published meanwhile is served from then on."""
    from server.operations.stop import end_now, signals

    with signals(end_now), served(args, _shown(args.host)) as publication:
        _serve(args, publication)
    return 0


def _serve(args: Namespace, publication: Served) -> None:
    from server.operations.log import close_log, open_log
    from server.operations.stop import Stop, signals
    from server.site import KEY, follow
    from server.wsgi import assemble, begin

    endpoint = publication.endpoint
    app = assemble(follow(publication.releases), publication.texts, endpoint)
    sockets: dict[int, Any] = {}
    server, pool = _listen(app, args, endpoint.limits, sockets), app.extensions[KEY].pool
    log = open_log(Path(args.log) if args.log else None, queries=endpoint.log_queries)
    try:
        release = begin(app).release_of()
        address = f"http://{_shown(args.host)}:{_port(server)}"
        with signals(Stop(pool, lambda: _is_busy(sockets), lambda: _leave(sockets))):
            print(_greeting(release, address), flush=True)
            server.run()
    finally:
        pool.close()
        close_log(log)


def _listen(app: Any, args: Namespace, limits: Limits, sockets: dict[int, Any]) -> Any:
    """A waitress server that has its port. Raises InputError where it cannot have it."""
    from waitress import create_server
    from waitress.server import BaseWSGIServer

    from server.operations.channel import IDENT
    from server.operations.front import Front
    from server.reconcile.turns import QUEUE

    tables = QUEUE + 1
    try:
        server = create_server(
            app,
            sockets,
            host=args.host,
            port=args.port,
            ident=IDENT,
            threads=2 * limits.queue + limits.workers + tables + PAGES,
            connection_limit=CONNECTIONS,
            max_request_body_size=BODY,
            asyncore_use_poll=True,
            channel_request_lookahead=1,  # else it does not see that a client has gone
            clear_untrusted_proxy_headers=False,  # server.operations.proxies reads them
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"cannot listen on {args.host}, port {args.port} ({reason}). "
            "Choose another with --port."
        ) from None
    front = Front(server.task_dispatcher, sockets)
    for one in sockets.values():
        if isinstance(one, BaseWSGIServer):
            front.serve(one)
    server.asyncore = front  # whose loop it runs
    return server


def _port(server: Any) -> int:
    """The port; where a host's name stands for several addresses, that of the first."""
    several = getattr(server, "effective_listen", None)
    return int(several[0][1] if several else server.effective_port)


def _is_busy(sockets: dict[int, Any]) -> bool:
    """Whether a request is being answered, or an answer is on its way."""
    return any(
        getattr(one, "requests", None) or getattr(one, "total_outbufs_len", 0)
        for one in tuple(sockets.values())
    )


def _leave(sockets: dict[int, Any]) -> None:
    """Lets the loop over the sockets end, by its own hand: it goes on as long as it has any."""
    from waitress.trigger import trigger

    waker = next(one for one in tuple(sockets.values()) if isinstance(one, trigger))
    waker.pull_trigger(sockets.clear)


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
