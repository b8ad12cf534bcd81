"""Shows a release: SPARQL, questions, linked data and pages. Reads releases and knows nothing of mappings.

    negotiate  standing  dates  link  words     pure: values in, values out
    facts  term  claim  examples                read the release's store
    sparql  ask  resource  pages                blueprints: one a kind of address
    thing  article  ontology                    what the pages of things show
    site  problem  app                          the application around them
"""

from server.app import create_app

__all__ = ["create_app"]
