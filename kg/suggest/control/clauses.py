"""The grammar of a parsed sentence: who is subject and object of a verb, what its phrases say.

Labels are those of spaCy's English models (ClearNLP): https://spacy.io/models/en#en_core_web_sm-labels
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from kg.suggest.control.frames import any_cue, cues, kinds, lexicon
from kg.suggest.tokens import Token

SUBJECTS: Final = ("nsubj", "nsubjpass", "csubj")
STAYING: Final = ("being", "remain", "remains", "remained", "stay", "stays", "stayed")
"""What helps a participle to tell what still is: "remains surrounded"."""
_VERBS: Final = ("VERB", "AUX")
_MOVES_OTHERS: Final = frozenset(
    ("allow", "force", "compel", "enable", "help", "order", "oblige", "lead", "cause", "see", "let")
)
_ATTEMPTS: Final = ("attempt", "bid", "effort", "try", "move", "drive", "push", "operation")
_FINITE: Final = ("VBD", "VBZ", "VBP")
COMPASS: Final = frozenset(
    (
        *("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"),
        *("north-east", "north-west", "south-east", "south-west", "outside", "upstream"),
        "downstream",
    )
)
_SPANS: Final = ("spring", "summer", "autumn", "winter", "day", "night", "week", "month", "year")
_PARTICLES: Final = ("back", "over", "up")
_LEADING: Final = ("led", "run", "conducted", "launched")
_RELATIVE: Final = ("WDT", "WP", "WP$")
_AS_NOUN: Final = ("nsubj", "nsubjpass", "pobj")
"""Where a form in -ing is a noun: "fighting goes on"."""


def is_passive(verb: Token) -> bool:
    """Whether what stands as the verb's subject is what is done to."""
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "auxpass") or (child.lower_ in STAYING and child.i < verb.i):
            return True
    if verb.tag_ not in ("VBN", "VBD", "JJ"):
        return False
    if verb.dep_ == "advcl" and verb.tag_ == "VBN":
        return not any(c.dep_ in (*SUBJECTS, "aux", "dobj") for c in verb.children)
    if verb.dep_ in ("acl", "amod"):
        return not any(c.dep_ in ("nsubj", "aux") for c in verb.children)
    bare = not any(c.dep_ in (*SUBJECTS, "aux", "dobj") for c in verb.children)
    if verb.dep_ == "ROOT":
        return verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "dobj") for c in verb.children)
    return verb.dep_ == "conj" and bare and verb.tag_ == "VBN" and is_passive(verb.head)


def lasts(verb: Token) -> bool:
    """Whether a verb tells what has been so since some day, or for some time."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("continue", "remain"):
        return True
    beside = [c for c in verb.children if c.dep_ in ("prep", "mark", "advmod")]
    return any(
        c.lower_ in ("since", "still") or (c.lower_ == "for" and _is_while(c)) for c in beside
    )


def _is_while(word: Token) -> bool:
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in word.children)


def closing(token: Token) -> str:
    """The sign with which a word's sentence ends."""
    last = token.sent[-1]
    while last.is_space and last.i > token.i:
        last = last.nbor(-1)
    return last.text[-1:]


def governor(verb: Token) -> Token:
    """What a verb hangs from: for "the drive to take" the noun, whatever the parse says."""
    to = next((c for c in verb.children if c.dep_ == "aux" and c.tag_ == "TO"), None)
    before = to.nbor(-1) if to is not None and to.i > verb.sent.start else verb.head
    if before == verb.head or before.pos_ != "NOUN":
        return verb.head
    return before if before.lemma_ in any_cue("planned", "failed") else verb.head


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares with the verb or noun above it."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own:
        return antecedent(own[0] if len(own) == 1 else _nearest(own))
    if verb.dep_ == "csubj":
        return _moved(verb.head)
    above = governor(verb)
    if above != verb.head:
        return _of_noun(above)
    if verb.dep_ == "pcomp" and above.lower_ == "from":
        kept = next((c for c in above.head.children if c.dep_ == "dobj"), None)
        if kept is not None:
            return kept
    if verb.dep_ in ("amod", "acl", "relcl") and not _is_infinitive(verb):
        return described(verb)
    return _shared(verb, _enclosing(above.head, verb) if verb.dep_ == "pcomp" else above)


def _nearest(subjects: list[Token]) -> Token:
    """The last of what a model takes for a verb's subjects: a dateline stands before it."""
    return next((c for c in reversed(subjects) if not _is_stolen(c)), subjects[0])


def _is_stolen(noun: Token) -> bool:
    """Whether the model takes for a subject what a verb before it is done to."""
    first = noun.left_edge
    before = first.nbor(-1) if first.i > noun.sent.start else noun
    return before.tag_ == "VB" and before not in noun.ancestors


def _shared(verb: Token, above: Token) -> Token | None:
    """The subject that a verb shares with what governs it, or whom that moves to act."""
    if above == verb:
        return None
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":
        above = _told_before(above)
    if above.pos_ == "ADJ" and above.dep_ == "acomp" and verb.dep_ == "xcomp":
        return subject(above.head)
    if above.pos_ not in _VERBS and verb.dep_ == "conj" and verb.tag_ in _FINITE:
        return above
    if above.pos_ not in _VERBS:
        return _of_noun(above) if verb.dep_ in ("acl", "relcl", "pcomp") else None
    moves = verb.dep_ in ("xcomp", "ccomp") and above.lemma_ in _MOVES_OTHERS
    if moves or is_cost(above):
        whom = ("dative", "dobj", "nsubjpass")
        return next((c for c in above.children if c.dep_ in whom), None) or subject(above)
    return subject(above)


def is_cost(verb: Token) -> bool:
    """Whether a verb tells what something took: "it took the army a week to storm Aven"."""
    return verb.lemma_ in ("take", "cost") and any(c.lower_ == "it" for c in verb.lefts)


def _told_before(verb: Token) -> Token:
    """The clause that a verb of saying behind it reports: "they came, he said, burning it"."""
    return next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), verb)


def _moved(verb: Token) -> Token | None:
    """Whom a clause moves to act: the League, of "taking Aven allows the League to"."""
    if verb.lemma_ not in _MOVES_OTHERS:
        return None
    below = (c for c in verb.children if c.dep_ in ("xcomp", "ccomp"))
    subjects = (t for c in below for t in c.children if t.dep_ == "nsubj")
    objects_of = (c for c in verb.children if c.dep_ == "dobj")
    return next(chain(subjects, objects_of), None)


def _enclosing(clause: Token, inner: Token) -> Token:
    """The clause that a word belongs to, where the model puts it into one that begins after it."""
    begins = next((c.i for c in clause.children if c.dep_ == "mark"), -1)
    return clause.head if begins > inner.i else clause


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def _of_noun(noun: Token) -> Token | None:
    """Whose effort, bid or operation a noun names, or who is the subject of its sentence."""
    own = next(possessors(noun), None)
    if own is not None:
        return own
    if noun.dep_ in SUBJECTS or noun.head == noun:
        by = next((c for c in noun.children if c.lower_ in ("by", "of")), None)
        return next((c for c in by.children if c.dep_ == "pobj"), None) if by else None
    makers = (n for word, n in phrases(noun) if word == "by" and noun.lemma_ in _ATTEMPTS)
    above = next((t for t in noun.ancestors if t.pos_ in _VERBS), None)
    return next(makers, None) or (subject(above) if above is not None else None)


def described(clause: Token) -> Token:
    """What a clause describes: the place, of "people in Aven, taken by the League, said"."""
    first = clause.left_edge
    if first.i < clause.sent.start + 2 or first.nbor(-1).text != ",":
        return clause.head
    before = first.nbor(-2)
    near = before.pos_ == "PROPN" and before.dep_ == "pobj" and before.head.head == clause.head
    return before if near else clause.head


def compound_start(participle: Token) -> Token:
    """The first word of "League-held", or the participle itself."""
    hyphened = participle.i > 1 and participle.nbor(-1).text in "-‑–"
    within = hyphened and participle.i >= participle.sent.start + 2
    return participle.nbor(-2) if within else participle


def beside_participle(participle: Token) -> list[Token]:
    """Who holds it in "a League-held town"."""
    holder = compound_start(participle)
    if holder != participle:
        return [holder]
    before = ("npadvmod", "compound", "nmod", "nsubj", "poss")
    return [c for c in participle.children if c.i < participle.i and c.dep_ in before]


def possessors(noun: Token) -> Iterator[Token]:
    """Whose it is: "its", "the army's", and what stands before it ("the Aven takeover")."""
    for wanted in (("poss",), ("compound", "nmod"), ("amod",)):
        for child in noun.children:
            if child.dep_ == "amod" and wanted == ("amod",) and child.lower_ in _LEADING:
                yield from (c for c in beside_participle(child) if c != child)
                continue
            named = child.ent_type_ in ("NORP", "GPE", "ORG") or child.tag_ in (
                "NN",
                "NNS",
                "NNP",
                "NNPS",
            )
            if child.dep_ in wanted and (wanted != ("amod",) or named):
                yield antecedent(child)


def owners(noun: Token) -> Iterator[Token]:
    """Whose something is, or who uses or holds it: "roads used by the League"."""
    yield from possessors(noun)
    for verb in noun.children:
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            yield from (one for word, one in phrases(verb) if word == "by")


def antecedent(pronoun: Token) -> Token:
    """What "which" or "who" stands for, or the token itself."""
    if pronoun.tag_ not in _RELATIVE and pronoun.lower_ != "that":
        return pronoun
    for above in pronoun.ancestors:
        if above.dep_ == "relcl":
            return described(above)
    return pronoun


def is_gerund(token: Token) -> bool:
    """Whether a form in -ing is a frame's noun: "fighting goes on", not "fighting them helps"."""
    if token.tag_ != "VBG" or token.dep_ not in _AS_NOUN or token.lower_ not in lexicon().nouns:
        return False
    return not any(c.dep_ in ("dobj", "aux") for c in token.children)


def objects(verb: Token) -> list[Token]:
    """What is done to, by an active verb; of a relative clause without object what it is about."""
    own = [antecedent(c) for c in verb.children if c.dep_ in ("dobj", "attr")]
    own = [c for c in own if not _is_afterthought(c, own[0])]
    if not own and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        own = [] if any(c.dep_ in SUBJECTS for c in verb.children) else objects(verb.head)
    if own or verb.dep_ != "relcl":
        return own or _name_after(verb) or _before_clause(verb) or _of_both(verb)
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    outside = subjects and antecedent(subjects[0]) == subjects[0] and not of_where(verb)
    return [verb.head] if outside else []


def _is_afterthought(noun: Token, first: Token) -> bool:
    """Whether a second object only says more of it all: "lost Aven, a defeat that …"."""
    return noun.i > first.i and any(t.text == "," for t in noun.doc[first.i : noun.left_edge.i])


def _of_both(verb: Token) -> list[Token]:
    """What the verb joined right behind is done to, too: "besieged and at last took the town"."""
    other = next((c for c in verb.children if c.dep_ == "conj" and c.pos_ in _VERBS), None)
    if other is None or is_passive(verb):
        return []
    between = verb.doc[verb.i + 1 : other.i]
    near = all(t.dep_ in ("cc", "advmod", "pobj", "prep") and t.pos_ != "NOUN" for t in between)
    return [c for c in other.children if c.dep_ == "dobj"] if near else []


def _before_clause(verb: Token) -> list[Token]:
    """The noun right before a clause that lacks an object: "the towns it was forced to leave"."""
    clause = verb
    while clause.dep_ == "xcomp" and clause.head.pos_ in _VERBS:
        clause = clause.head
    first = clause.left_edge
    marked = clause.dep_ != "ccomp" or first.tag_ != "PRP" or is_passive(verb)
    if marked or verb.i == clause.i or first.i == verb.sent.start:
        return []
    before = first.nbor(-1)
    return [whole(before)] if before.pos_ in ("NOUN", "PROPN") else []


def whole(noun: Token) -> Token:
    """The amount of which a noun is: "parts", for the town of "parts of the town"."""
    of = noun.dep_ == "pobj" and noun.head.lower_ == "of"
    amount = of and noun.head.head.lemma_.lower() in kinds().quantities
    return noun.head.head if amount else noun


def _name_after(verb: Token) -> list[Token]:
    """A name right behind a verb, which the model takes for another part of the clause."""
    particle = next(
        (c.i for c in verb.children if c.lower_ in _PARTICLES and c.i == verb.i + 1), verb.i
    )
    behind = particle + 1
    if behind < len(verb.doc) and verb.doc[behind].is_quote:
        end = verb.sent.end
        while behind < end and verb.doc[behind].is_quote:
            behind += 1
    unknown = ("advmod", "npadvmod", "oprd", "xcomp", "dep")
    own = [c for c in verb.children if c.i == behind and c.dep_ in unknown and c.text.istitle()]
    return own or _name_of_other(verb)


def _name_of_other(verb: Token) -> list[Token]:
    """A name right behind an infinitive that the model takes for a later verb's subject."""
    name = verb.nbor(1) if verb.i + 1 < verb.sent.end else verb
    while name.dep_ == "compound" and name.head.i == name.i + 1:
        name = name.head
    stolen = name.pos_ == "PROPN" and name.dep_ == "nsubj" and _is_stolen(name)
    return [name] if stolen and _is_infinitive(verb) else []


def phrases(token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions below a token, each with its noun: "out of the town" gives both words."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt", "advmod") and child.pos_ in (
            "ADP",
            "SCONJ",
            "ADV",
            "PART",
        ):
            for below in child.children:
                if below.dep_ == "pobj":
                    yield child.lower_, _before_comma(child, antecedent(below))
                elif below.dep_ == "prep" and child.lower_ in COMPASS:
                    yield from (("near", n) for _, n in phrases(child))
                    break
                elif below.dep_ == "prep":
                    back = child.dep_ == "advmod"
                    yield from ((w if back else child.lower_, n) for w, n in phrases(child))
                    break


def _before_comma(word: Token, noun: Token) -> Token:
    """What a preposition governs: of "of Aven, a holy city and fortress" it is Aven."""
    for name in noun.lefts:
        close = name.left_edge.i == word.i + 1 and name.i + 1 < noun.i
        if name.pos_ == "PROPN" and close and name.nbor(1).lower_ == ",":
            return name
    return noun


def beside(noun: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions right behind a noun that the model hangs on another noun before it."""
    after = noun.i + 1
    while after < noun.sent.end and noun.doc[after].dep_ in ("advmod", "preconj"):
        after += 1
    word = noun.doc[after] if after < noun.sent.end else noun
    if word.dep_ == "prep" and word.head not in (noun, *noun.children):
        yield from ((word.lower_, antecedent(c)) for c in word.children if c.dep_ == "pobj")


def between(noun: Token) -> list[tuple[str, Token]]:
    """The sides behind a "between" that the model hangs on another word: "to its south between"."""
    words = (t for t in noun.doc[noun.i + 1 : noun.sent.end] if t.lower_ == "between")
    sides = (c for word in words for c in word.children if c.dep_ == "pobj")
    return [("between", side) for side in sides if len(joined(side)) > 1]


def happening(noun: Token) -> list[Token]:
    """The verb that only says that what a noun tells goes on: "fighting raged in", "there is"."""
    if noun.dep_ not in ("nsubj", "nsubjpass", "attr") or noun.head.pos_ not in _VERBS:
        return []
    there = noun.head.lemma_ == "be" and any(c.dep_ == "expl" for c in noun.head.children)
    lasting = noun.dep_ != "attr" and noun.head.lemma_.lower() in cues()["happening"]
    return [noun.head] if there or lasting else []


def showing(noun: Token) -> list[Token]:
    """The verb that says where something is to be seen, and what says more of it."""
    above = noun.head
    shown = noun.dep_ in ("nsubj", "nsubjpass", "dobj") and above.lemma_.lower() in cues()["shown"]
    return [*([above] if shown else []), *(c for c in noun.children if c.dep_ == "acl")]


def about_noun(noun: Token) -> dict[str, list[Token]]:
    """What a noun's clause tells of it: who begins or repels it, whom it harms, what it is."""
    above, dep = noun.head, noun.dep_
    if dep in ("attr", "oprd") and above.lemma_ in ("be", "remain", "become"):
        return {"is": [s] if (s := subject(above)) is not None else []}
    if dep == "appos":
        return {"is": [above], "subject": _makers(above)}
    beside = [c for c in noun.children if c.dep_ == "appos"]
    told = {"is": beside} if beside else {}
    if above.pos_ not in _VERBS or is_passive(above):
        return told
    lemma = above.lemma_.lower()
    if dep == "nsubj" and lemma in cues()["harming"]:
        harmed = objects(above)
        return told | {"bearer": [*(p for o in harmed for p in possessors(o)), *harmed]}
    who = subject(above) if dep == "dobj" else None
    efforts = any_cue("failed", "planned", "ongoing", "raising")
    if who is None or lemma not in efforts:
        return told
    return told | {"bearer" if lemma in cues()["repelled"] else "subject": [who]}


def _makers(place: Token) -> list[Token]:
    """Who makes a place what the noun beside it says: "made Aven its capital"."""
    above = next((t for t in place.ancestors if t.pos_ in _VERBS), None)
    who = subject(above) if above is not None and above.lemma_ in cues()["making"] else None
    return [who] if who is not None else []


def of_where(token: Token) -> list[Token]:
    """What a clause with "where" is about: the town, of "the town where they held out"."""
    for verb in (token, *token.ancestors):
        if verb.dep_ == "relcl":
            where = any(c.lower_ == "where" for c in verb.children)
            return [verb.head] if where and verb.head.pos_ in ("NOUN", "PROPN") else []
        if verb.dep_ not in ("xcomp", "conj", "ccomp", "dobj"):
            return []
    return []


def joined(head: Token) -> list[Token]:
    """A noun and those joined to it: "Aven, Holm and two villages"."""
    found, rest = [head], [head]
    while rest:
        noun = rest.pop()
        below = [c for c in noun.children if c.dep_ == "conj" and c.pos_ not in _VERBS]
        below += _gapped(noun) if noun == head else []
        found += below
        rest += below
    return sorted(found, key=lambda t: t.i)


def _is_time(noun: Token) -> bool:
    """Whether a noun tells when something was: "in May", "on the first day", "in the autumn"."""
    return noun.ent_type_ in ("DATE", "TIME") or noun.lemma_.lower() in _SPANS


def _gapped(noun: Token) -> list[Token]:
    """What another of the same is told of at another time: "lost Aven in May and Holm in June"."""
    if noun.dep_ != "dobj":
        return []
    behind = (c for word in noun.head.children if word.dep_ == "prep" for c in word.children)
    times = (t for t in behind if t.dep_ == "pobj" and _is_time(t) and t.i > noun.i)
    return [
        c
        for time in times
        for c in time.children
        if c.dep_ == "conj" and c.pos_ == "PROPN" and c.ent_type_ not in ("DATE", "TIME")
    ]
