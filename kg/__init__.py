"""Who held which place, when, and who says so: from mapped articles to a graph one can ask."""
