"""Search: names in every spelling, quotations, titles."""
