"""Where the engine reads a query otherwise than the standard has it.

What it gets wrong is said in words that it gets right, text for text, or refused with the reason:
a query goes in, and a query comes out that means to the engine what the first one means to SPARQL.
"""
