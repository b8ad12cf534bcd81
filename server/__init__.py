"""Shows a release: SPARQL, questions, linked data and pages. Knows nothing of mappings.

- negotiate, standing, dates, link, words, folding, finding, citation, rows: pure, values in and out
- facts, term, claim, examples, description: read the release's store
- editions, constraints: read the releases' folder, and the shapes
- thing, article, ontology, codebook: what the pages of things show
- sparql, ask, search, shapes, dumps, resource, pages, policy: blueprints, one a kind of address
- site, recent, paging, problem, headers, app: the application around them
"""

from server.app import create_app

__all__ = ["create_app"]
