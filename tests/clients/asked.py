"""What every client asks of the shipped release, and what is right."""

PREFIXES = """PREFIX wh: <https://w3id.org/whoholds/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
PALMYRA = "https://w3id.org/whoholds/place/palmyra"
GRAPH = "https://w3id.org/whoholds/graph/authorities"
NAMED = f"<{PALMYRA}> skos:prefLabel ?name"
NAMES = f"{PREFIXES}SELECT ?name WHERE {{ {NAMED} }} ORDER BY ?name"
"""Its names, each with a language."""
TOLD = {("Palmyra", "en"), ("تدمر", "ar")}

DATED = f"""{PREFIXES}SELECT ?day ?least WHERE {{
  ?fact wh:lastAttested ?day . BIND(7 AS ?least)
}} ORDER BY ?day LIMIT 1"""
"""A day and a number, each with its type."""
DAY, NUMBER = "2013-01-01", 7

YES = f"{PREFIXES}ASK {{ <{PALMYRA}> a wh:Place }}"
NO = f"{PREFIXES}ASK {{ <{PALMYRA}> a wh:Claim }}"
GRAPH_OF_NAMES = f"{PREFIXES}CONSTRUCT {{ {NAMED} }} WHERE {{ {NAMED} }}"
MANY = f"{PREFIXES}SELECT (COUNT(*) AS ?claims) WHERE {{ ?claim a wh:Claim }}"
CLAIMS = 189
WRONG = "SELECT ?s WHERE { ?s ?p "
LEAVES = "SELECT ?s WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
