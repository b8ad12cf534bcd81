"""What follows from the claims: versioned SPARQL rules, run in the store, each into its graph."""
