"""What follows from the claims: versioned SPARQL rules, run in the store, each into a graph of its own."""
