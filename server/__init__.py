"""Shows a release: SPARQL, questions, linked data and pages. Knows nothing of mappings.

- negotiate, standing, dates, link, words: pure, values in, values out
- facts, term, claim, examples: read the release's store
- thing, article, ontology: what the pages of things show
- sparql, ask, resource, pages: blueprints, one a kind of address
- site, problem, app: the application around them
"""

from server.app import create_app

__all__ = ["create_app"]
