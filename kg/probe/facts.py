"""What an endpoint holds, as far as probes need it: two graphs, and a statement of one alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from kg.errors import InputError
from kg.probe.description import Description, read_description
from kg.probe.results import Table, UnreadableError, read_answer
from kg.probe.wire import Client, NoReplyError, Reply, Request

JSON = "application/sparql-results+json"
NAMED: Final = 4
"""Graphs that its description names and that are looked at, before it is asked for better ones."""
LOOKED: Final = 12
"""Graphs that are looked at then, at most."""
_STATEMENT: Final = """?s ?p ?o
  FILTER(isIRI(?s) && (isIRI(?o) || isLiteral(?o) && STRLEN(STR(?o)) < 200))"""
"""One that can be asked for: it has no blank nodes, and fits into an address."""
_WITH_STATEMENT: Final = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {_STATEMENT} }} }} LIMIT {LOOKED}"
_GRAPHS: Final = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {LOOKED}"
_ALONE: Final = f"""SELECT ?s ?p ?o {{{{
  GRAPH <{{graph}}> {{{{ {_STATEMENT} }}}}
  FILTER NOT EXISTS {{{{ GRAPH <{{other}}> {{{{ ?s ?p ?o }}}} }}}}
}}}} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the endpoint says of itself, and what probes may name; "" for what was not found."""

    description: Description | None
    graph: str = ""
    other: str = ""
    statement: str = ""
    looked: int = 0
    """How many graphs were looked at, where no such two were found."""

    @property
    def lack(self) -> str:
        """Why a probe that names what was not found does not apply."""
        if self.looked < 2:
            return "it shows no two named graphs, one of them with a statement to be asked for"
        return (
            f"of the {self.looked} named graphs looked at, none was found with a statement "
            "(without blank nodes or long literals) that another has not"
        )

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
    looked = set[str]()
    for graphs in _choices(client, description):
        looked.update(graphs)
        for graph, other in _pairs(graphs):
            if statement := _alone(client, graph, other):
                return Facts(description, graph, other, statement)
    return Facts(description, looked=len(looked))


def _choices(client: Client, description: Description | None) -> Iterator[list[str]]:
    """Few graphs that are named, then more, first those that have a statement to be asked for."""
    if description:
        yield _plain(list(description.graphs)[:NAMED])
    if found := _column(client, _WITH_STATEMENT):
        yield _plain([*found, *_column(client, _GRAPHS)])[:LOOKED]


def _pairs(graphs: list[str]) -> Iterator[tuple[str, str]]:
    """The first with each other, both ways: if any two of them differ, one differs from it."""
    for other in graphs[1:]:
        yield graphs[0], other
        yield other, graphs[0]


def _alone(client: Client, graph: str, other: str) -> str:
    """A statement of one graph that the other has not, if it is found again as it was sent."""
    for row in _rows(client, _ALONE.format(graph=graph, other=other)):
        statement = f"{' '.join(row)} ."
        if _answer(client, f"ASK {{ GRAPH <{graph}> {{ {statement} }} }}") is True:
            return statement
    return ""


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
    answer = _answer(client, query)
    return answer.rows if isinstance(answer, Table) else ()


def _answer(client: Client, query: str) -> Table | bool | None:
    """What a query gives; None where it is not answered."""
    try:
        return read_answer(_sent(client, query))
    except (NoReplyError, UnreadableError):
        return None


def _sent(client: Client, query: str) -> Reply:
    reply = client.send(ask(query))
    if not reply.ok:
        raise UnreadableError(f"status {reply.status}")
    return reply


def _plain(graphs: list[str]) -> list[str]:
    """Each graph once that can stand between < and > in a query."""
    return [iri for iri in dict.fromkeys(graphs) if not any(map(_is_special, iri))]


def _is_special(sign: str) -> bool:
    return sign in '<>"{}|^`\\' or sign <= " "
