"""The processes that run queries, so that one that is slow, huge or deadly hurts no other."""
