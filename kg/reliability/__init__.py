"""How far two independent codings of the same articles agree."""
