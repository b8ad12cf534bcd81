"""Links: which record elsewhere is the same actor or place, judged by people, one by one.

candidate (possible identity, with what speaks for it) → judgement (by whom, when, why) → link.
Nothing here decides: `suggest` orders candidates and may answer none, `review` asks a person.
"""
