"""Shows a release: SPARQL, questions, linked data and pages. Knows nothing of mappings.

- app, site, headers, problem: the application around everything
- negotiate, link, paging, rows: which form, which address, which page
- pages, policy, find, questions, map, sparql: what people come for
- resource: what an IRI leads to (linked, things, vocabulary); downloads: the files
- show: how what is stated is shown
"""

from server.app import create_app

__all__ = ["create_app"]
