"""What an endpoint holds, as far as probes need it: two graphs, and a statement of one alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from urllib.parse import urlencode

from kg.errors import InputError
from kg.probe.description import Description, read_description
from kg.probe.results import Table, UnreadableError, read_answer
from kg.probe.wire import Client, NoReplyError, Reply, Request

JSON = "application/sparql-results+json"
_PAIRS = 12
_GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 4"
_ALONE = """SELECT ?s ?p ?o {{
  GRAPH <{graph}> {{ ?s ?p ?o }} FILTER(isIRI(?s) && isIRI(?o))
  FILTER NOT EXISTS {{ GRAPH <{other}> {{ ?s ?p ?o }} }}
}} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the endpoint says of itself, and what probes may name; "" for what was not found."""

    description: Description | None
    graph: str = ""
    other: str = ""
    statement: str = ""

    def named(self) -> dict[str, str]:
        """What stands for $graph, $other and $statement in a probe's text."""
        found = {"graph": self.graph, "other": self.other, "statement": self.statement}
        return {name: value for name, value in found.items() if value}


def ask(query: str, accept: str = JSON) -> Request:
    """The request that asks a query, by GET."""
    return Request(query=urlencode([("query", query)]), headers=(("Accept", accept),))


def find_facts(client: Client) -> Facts:
    """What the endpoint holds. Raises InputError where there is no endpoint to be probed."""
    _reach(client)
    description = read_description(client)
    graphs = list(description.graphs)[:4] if description else []
    graphs = graphs if len(graphs) > 1 else _column(client, _GRAPHS)
    pairs = [(one, two) for one, two in permutations(graphs, 2) if _is_plain(one + two)]
    for graph, other in pairs[:_PAIRS]:
        rows = _rows(client, _ALONE.format(graph=graph, other=other))
        if rows:
            return Facts(description, graph, other, f"{' '.join(rows[0])} .")
    return Facts(description)


def _reach(client: Client) -> None:
    url = client.endpoint.url
    try:
        reply = client.send(ask("ASK {}"))
    except NoReplyError as error:
        raise InputError(f"{url} cannot be reached: {error}.") from None
    if 300 <= reply.status < 400:
        to = reply.headers.get("location", "elsewhere")
        raise InputError(f"{url} redirects to {to}; redirects are not followed. Check that one.")
    if reply.status in (401, 403, 404, 407, 410):
        raise InputError(f"{url} answers {reply.status} to ASK {{}}: there is nothing to check.")
    if reply.ok and reply.media in ("text/html", "application/xhtml+xml"):
        raise InputError(
            f"{url} answers ASK {{}} with a page ({reply.media}), so it is no SPARQL endpoint. "
            "Name the address that answers queries; it often ends in /sparql."
        )


def _column(client: Client, query: str) -> list[str]:
    return [row[0].strip("<>") for row in _rows(client, query) if row[0].startswith("<")]


def _rows(client: Client, query: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a query; none where it is not answered."""
    try:
        answer = read_answer(_sent(client, query))
    except (NoReplyError, UnreadableError):
        return ()
    return answer.rows if isinstance(answer, Table) else ()


def _sent(client: Client, query: str) -> Reply:
    reply = client.send(ask(query))
    if not reply.ok:
        raise UnreadableError(f"status {reply.status}")
    return reply


def _is_plain(iri: str) -> bool:
    """Whether it can stand between < and > in a query."""
    return not any(sign in '<>"{}|^`\\' or sign <= " " for sign in iri)
