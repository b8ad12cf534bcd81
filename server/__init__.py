"""Shows a release: SPARQL, questions, linked data and pages. Knows nothing of mappings.

- negotiate, standing, dates, link, words: pure, values in, values out
- facts, term, claim, examples, description: read the release's store
- editions, constraints: read the releases' folder, and the shapes
- thing, article, ontology, codebook: what the pages of things show
- sparql, ask, shapes, dumps, resource, pages: blueprints, one a kind of address
- site, problem, headers, app: the application around them
"""

from server.app import create_app

__all__ = ["create_app"]
