"""What stands about a match's words, and which role of its frame each noun can fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from kg.suggest.control import clauses
from kg.suggest.control.actors import actors, is_armed
from kg.suggest.control.frames import PLACE_ROLES, cues, kinds, lexicon
from kg.suggest.control.matches import Match, is_airborne, is_verb
from kg.suggest.control.people import is_civil, is_counted, is_of, people, sites
from kg.suggest.control.places import places
from kg.suggest.control.scene import Phrase, Scene, of_what
from kg.suggest.found import Filled
from kg.suggest.tokens import Token
from kg.text import Span

Slots = dict[str, list["Token"]]
_CORE: Final = ("subject", "object")
_TIMES: Final = ("DATE", "TIME")
_OVER: Final = ("of", "over", "in", "on")
_THERE: Final = ("in", "at", "near", "around", "outside", "inside")
_SIDES: Final = ("between", "with")
"""Behind which stands whom somebody fights, and where may follow him."""
_OUT: Final = ("from", "out", "off")
_RIDDING: Final = ("clear", "cleanse", "purge", "empty")
_DEFINITE: Final = frozenset(("the", "both", "all", "this", "these", "every"))
_MINE: Final = ("mine", "ours", "theirs", "his", "hers")
_MEANS: Final = frozenset(
    (
        *("road", "sea", "land", "air", "rail", "water", "river", "helicopter", "parachute"),
        *("train", "boat", "ship", "plane", "truck", "lorry", "night", "day", "then", "now"),
        *("dawn", "dusk", "noon", "midnight", "nightfall", "daybreak", "midday", "force", "storm"),
        *("surprise", "treaty", "mistake"),
    )
)
"""What a passive's "by" may say instead of who did it: the way, the means, the hour."""


def slots_of(match: Match) -> Slots:
    """The nouns of each slot that a match's frame has, and of its subject and object."""
    slots: Slots = {}
    if is_verb(match.token):
        slots[match.light], slots["object"] = _core(match.token, match.words[1:])
    else:
        slots.update(clauses.about_noun(match.token))
    for slot, nouns in _OWN_SLOTS.items():
        if slot in match.frame.slots:
            slots[slot] = nouns(match, slots)
    if _pointed(match.frame.rule):
        slots["there"] = _pointing(match, slots)
    for word, noun in _prepositions(match, slots.get("object", [])):
        slots.setdefault(word, []).append(noun)
    return slots


def _possessors(match: Match, _slots: Slots) -> list[Token]:
    """Whose the nouns of a match are, or those that it says they are: "is ours"."""
    nouns = (t for t in match.words if t.pos_ in ("NOUN", "PROPN"))
    own = [o for noun in nouns for o in clauses.possessors(noun) if not _is_tool(o)]
    return [*own, *(t for t in match.words if t.lower_ in _MINE)]


def _above(match: Match, _slots: Slots) -> list[Token]:
    """What is "under the control", "in the hands" that a match tells of."""
    nouns = (t for t in match.words if t.pos_ in ("NOUN", "PROPN") and t.dep_ == "pobj")
    return [_placed(n.head) for n in nouns if n.head.lower_ in ("of", "under", "in")]


def _pointing(match: Match, slots: Slots) -> list[Token]:
    """The "here" and "there" beside a match or its object."""
    clauses_of = [c for c in match.token.children if c.dep_ == "acl"]
    near = (match.token, *clauses_of, *slots.get("object", []))
    return [c for word in near for c in word.children if _is_there(c)]


def _seats(garrison: Token) -> list[Token]:
    """Where those are who are surrounded: "the garrison at Aven was cut off"."""
    armed = garrison.lemma_.lower() in kinds().armed
    return [n for word, n in clauses.phrases(garrison) if armed and word in (*_THERE, "of")]


def _doers(blow: Token) -> list[Token]:
    """Who struck a blow that is told as if it struck itself: "League raids hit the port"."""
    if blow.lemma_.lower() not in kinds().blows:
        return []
    by = [who for word, who in clauses.phrases(blow) if word in ("by", "from", "of")]
    return [*(o for o in clauses.possessors(blow) if not _is_tool(o)), *by]


def _is_tool(noun: Token) -> bool:
    """Whether a noun before a deed says with what it is done: "a boat attack", "tank raids"."""
    return noun.dep_ == "compound" and noun.lemma_.lower() in kinds().tools


_OWN_SLOTS: Final[Mapping[str, Callable[[Match, Slots], list[Token]]]] = {
    "possessor": _possessors,
    "above": _above,
    "doer": lambda _, slots: [o for n in slots.get("subject", []) for o in _doers(n)],
    "where": lambda match, _: clauses.of_where(match.token),
    "self": lambda match, _: [match.token],
    "seat": lambda _, slots: [o for n in slots.get("object", []) for o in _seats(n)],
    "owner": lambda _, slots: [o for n in slots.get("object", []) for o in clauses.owners(n)],
}
"""How the nouns of a slot are found that is no subject, object or preposition."""


def _is_there(word: Token) -> bool:
    return word.dep_ == "advmod" and word.lower_ in ("here", "there")


def _placed(word: Token) -> Token:
    """What is under or in something: the noun right before the preposition, else its head."""
    before = word.nbor(-1) if word.i > word.sent.start else word
    near = before.pos_ in ("NOUN", "PROPN") and word.head.pos_ not in ("NOUN", "PROPN")
    return before if near else word.head


def _core(verb: Token, inner: tuple[Token, ...]) -> tuple[list[Token], list[Token]]:
    """Who does it and what is done to, of active and passive verbs alike."""
    if verb.dep_ == "amod" and verb.tag_ == "VBN":
        return clauses.beside_participle(verb), [verb.head]
    above = clauses.subject(verb)
    effort = above is not None and above.lemma_.lower() in cues()["planned"]
    subjects = [above] if above is not None and above not in inner and not effort else []
    objects = [o for o in clauses.objects(verb) if o not in inner]
    objects += [c for word in inner for c in word.children if c.dep_ == "nsubj"]
    subjects, objects = _ruled(subjects), _ruled(objects)
    if not clauses.is_passive(verb):
        return subjects, objects
    below = [pair for token in (verb, *inner) for pair in clauses.phrases(token)]
    by = [n for word, n in below if word == "by" and not _is_means(n)]
    return by[:1], subjects + [o for o in objects if o not in subjects]


def _is_means(noun: Token) -> bool:
    """Whether a noun behind "by" says how or when, and not by whom: "by road", "by dawn"."""
    bare = not any(c.dep_ in ("det", "poss", "amod", "compound") for c in noun.children)
    return noun.ent_type_ in _TIMES or (bare and noun.lemma_.lower() in _MEANS)


def _ruled(nouns: list[Token]) -> list[Token]:
    """The nouns, for "control of the town" the town."""
    return [_held(noun) if noun.lemma_.lower() in kinds().sway else noun for noun in nouns]


def _held(sway: Token) -> Token:
    return next((place for of, place in clauses.phrases(sway) if of in _OVER), sway)


def _prepositions(match: Match, objects: list[Token]) -> list[tuple[str, Token]]:
    """The prepositions below a match's words, "from" below its object, all below "eastwards"."""
    bases = [*match.words, *clauses.happening(match.token)]
    if match.frame.owned or match.frame.there:
        bases += clauses.showing(match.token)
    if match.frame.type == "linkup":
        bases += [c for noun in match.words for c in noun.children if c.dep_ == "relcl"]
    found = [pair for base in bases for pair in clauses.phrases(base)]
    found += [p for word, noun in found if word in _OVER for p in _taken_from(match, noun)]
    if "between" in match.frame.slots and not any(word == "between" for word, _ in found):
        found += clauses.between(match.token)
    found += [p for t in match.words if t.pos_ == "NOUN" for p in clauses.beside(t)]
    for base in objects:
        onward = base.lower_.endswith(("ward", "wards")) or bool(match.frame.people)
        onward = onward or "object" in match.frame.of
        losing = (*_OUT, "of") if match.token.lemma_.lower() in _RIDDING else _OUT
        if match.frame.slots.get("to") == ("gained-by",):
            losing = (*losing, "to")
        found += [p for p in clauses.phrases(base) if onward or p[0] in losing]
    found += [p for word, noun in found if word == "against" for p in clauses.phrases(noun)]
    found += [("from", who) for word, noun in found if word == "from" for who in _hands(noun)]
    sides = [n for word, noun in found if word in _SIDES for n in clauses.joined(noun)]
    found += [p for noun in sides for p in clauses.phrases(noun) if p[0] in _THERE]
    found += [
        (word, below)
        for word, noun in found
        if noun.lemma_.lower() in kinds().sway
        for of, below in clauses.phrases(noun)
        if of in _OVER
    ]
    return [pair for pair in dict.fromkeys(found) if pair[1] not in match.words]


def _hands(noun: Token) -> list[Token]:
    """In whose hands something was: "took Aven from the hands of the League"."""
    if noun.lemma_.lower() not in ("hand", "clutch", "grip", "grasp"):
        return []
    return [*clauses.possessors(noun), *(who for of, who in clauses.phrases(noun) if of == "of")]


def _taken_from(match: Match, noun: Token) -> list[tuple[str, Token]]:
    """From whom control is taken, behind the place: "seized control of Aven from the League"."""
    losing = "lost-by" in match.frame.slots.get("from", ())
    return [p for p in clauses.phrases(noun) if losing and p[0] == "from"]


def is_fitting(match: Match, slots: Slots, scene: Scene) -> bool:
    """Whether who and what a frame asks for stand there, and a weak word is not about a vote."""
    frame = match.frame
    if any(not any(slots.get(slot) for slot in able) for able in _able(frame.rule)):
        return False
    armed = all(
        any(is_armed(scene, noun, strict=frame.strict) for noun in slots[slot])
        for slot in frame.armed
        if slots.get(slot)
    )
    kinds_told = all(
        any(
            is_of(noun, kind) or (slot == "subject" and noun.tag_ == "PRP" and not frame.strict)
            for noun in slots.get(slot, [])
        )
        for slot, kind in frame.of.items()
    )
    civil = all(any(map(is_civil, slots.get(slot, []))) for slot in frame.civil)
    definite = all(_is_definite(scene, n) for slot in frame.definite for n in slots.get(slot, []))
    if (frame.owned and not _is_owned(scene, slots)) or not _flies(match, slots):
        return False
    if not armed or not kinds_told or not civil or not definite or _is_toll(match, slots, scene):
        return False
    return not frame.weak or _is_of_arms(match, slots, scene)


@cache
def _able(rule: str) -> tuple[tuple[str, ...], ...]:
    """Of each role that a frame cannot do without the slots that can fill it."""
    frame = lexicon().rules[f"control.{rule}"]
    needed = (role for role in frame.needs if role not in frame.lends)
    every = {**frame.slots, "there": _pointed(frame.rule)}
    return tuple(tuple(s for s, roles in every.items() if role in roles) for role in needed)


def _flies(match: Match, slots: Slots) -> bool:
    """Whether the blows that a verb for those from the air is said of are such."""
    aloft = match.frame.air and bool(match.frame.words)
    return not aloft or any(map(is_airborne, slots.get("subject", [])))


def _is_owned(scene: Scene, slots: Slots) -> bool:
    """Whether it is told, by a name or a pronoun, whose something is."""
    whose = (*slots.get("possessor", []), *slots.get("of", []))
    return any(scene.named(n, "actor") or n.tag_ == "PRP$" for n in whose)


def _is_definite(scene: Scene, noun: Token) -> bool:
    """Whether a noun, or what it is an amount of, is a name or known already: "both ridges"."""
    named = scene.named(noun, "place") is not None
    before = {c.lower_ for c in noun.children if c.dep_ in ("det", "poss", "predet")}
    inner = of_what(noun) if noun.lemma_.lower() in kinds().quantities else None
    return named or bool(before & _DEFINITE) or (inner is not None and _is_definite(scene, inner))


def _is_of_arms(match: Match, slots: Slots, scene: Scene) -> bool:
    """Whether a word that can mean much is said of the armed, and away from a vote."""
    if not all(is_armed(scene, noun) for noun in slots.get("subject", [])):
        return False
    votes = (t for t in match.token.sent if t.lemma_.lower() in kinds().elections)
    return not any(t.pos_ in ("NOUN", "PROPN") or t.lemma_ == "electoral" for t in votes)


def _is_toll(match: Match, slots: Slots, scene: Scene) -> bool:
    """Whether victims are only counted and nobody is told who did it: a figure says as much."""
    told = [noun for slot in match.frame.people for noun in slots.get(slot, [])]
    if match.frame.type != "killing" or not told or not all(map(is_counted, told)):
        return False
    by = slots.get("subject", [])
    return not any(actors(scene, n) or n.lemma_.lower() in kinds().shells for n in by)


def fill(match: Match, slots: Slots, scene: Scene) -> tuple[list[Filled], Span | None] | None:
    """Each noun in the first role that it can fill, and the extent of the place.

    None where subject or object can fill none, or what the frame needs is missing.
    """
    frame, roles = match.frame, list[Filled]()
    extent: Span | None = None
    for slot, wanted in (*frame.slots.items(), ("there", _pointed(frame.rule))):
        nouns = slots.get(slot, ())
        free = _free(slot, wanted, roles, once=frame.type != "linkup") if nouns else ()
        for noun in nouns:
            role, found = _role(noun, free, match, scene, slot)
            if not found and slot in _CORE and not frame.loose:
                return None
            if role == "place" and "affected" in wanted:
                roles += _holding_out(scene, noun)
            moved = role == "lost-by" or frame.type == "force-buildup"
            if slot == "object" and moved and any(f.role == role for f in roles):
                continue  # who withdraws or gathers his soldiers is told already
            told = (Filled(role, phrase.words, phrase.named) for phrase in found)
            roles += [filled for filled in told if filled not in roles]
            extent = extent or next((p.extent for p in found if p.extent), None)
    present = {f.role for f in roles} | set(frame.lends)
    enough = set(frame.needs) <= present and (not frame.some or bool(present & set(frame.some)))
    return (roles, extent) if enough else None


def _holding_out(scene: Scene, noun: Token) -> list[Filled]:
    """Those who are affected where a place is told by them: "the garrison of Aven, besieged".

    Of posts that are struck it is those whose they are: "bombed League positions in Aven".
    """
    if noun.lemma_.lower() in kinds().armed:
        return [Filled("affected", p.words, p.named) for p in actors(scene, noun)]
    whose = [*clauses.possessors(noun), *(n for of, n in clauses.phrases(noun) if of == "of")]
    theirs = [n for n in whose if noun.lemma_.lower() in kinds().posts and _is_side(scene, n)]
    return [Filled("affected", p.words, p.named) for n in theirs for p in actors(scene, n)]


def _is_side(scene: Scene, noun: Token) -> bool:
    """Whether a noun beside a post says whose it is: "rebel positions"."""
    return scene.named(noun, "actor") is not None or noun.lemma_.lower() in kinds().armed


@cache
def _pointed(rule: str) -> tuple[str, ...]:
    """The role of "there" in a frame: of a movement where it goes to, else where it is."""
    slots = lexicon().rules[f"control.{rule}"].slots
    onward = [role for role in slots.get("to", ()) if role == "destination"]
    return tuple(onward) or tuple(r for r in slots.get("in", ()) if r in PLACE_ROLES)


def _free(
    slot: str, wanted: tuple[str, ...], roles: list[Filled], *, once: bool
) -> tuple[str, ...]:
    """The roles that a slot can still fill: a place once, a possessor only who is not told yet."""
    taken = {f.role for f in roles}
    barred = taken if slot == "possessor" else taken & set(PLACE_ROLES if once else ())
    return tuple(role for role in wanted if role not in barred)


def _role(
    noun: Token, wanted: tuple[str, ...], match: Match, scene: Scene, slot: str
) -> tuple[str, list[Phrase]]:
    """The first role that a noun can fill, and its phrases in it; none where it fills none."""
    alone = match.token.dep_ == "amod"
    for role in wanted:
        if role not in PLACE_ROLES and _is_place_rather(noun, wanted, scene):
            found = []
        elif role not in PLACE_ROLES:
            found = _who(noun, role, match, scene, slot)
        else:
            found = places(scene, noun, alone=alone)
            if slot in match.frame.sites:
                found = [] if noun.tag_ == "PRP" else found or sites(scene, noun)
            found = found if _is_sure(found, noun, match, only=len(wanted) == 1) else []
        if found:
            return role, found
    return "", []


def _who(noun: Token, role: str, match: Match, scene: Scene, slot: str) -> list[Phrase]:
    """Who a noun is, or the people it counts, or whose it is that was struck."""
    found = actors(scene, noun) or (people(scene, noun) if slot in match.frame.people else [])
    if found or role != "affected" or slot not in ("against", "on"):
        return found
    return [phrase for owner in clauses.possessors(noun) for phrase in actors(scene, owner)]


def _is_place_rather(noun: Token, wanted: tuple[str, ...], scene: Scene) -> bool:
    """Whether a slot of who, or of who or where, holds a place: "Aven's capture"."""
    name = scene.named(noun, "place")
    if name is None:
        return False
    named_as_such = name.type not in (None, "country") and noun.ent_type_ != "ORG"
    return named_as_such or bool(set(wanted) & set(PLACE_ROLES))


def _is_sure(found: list[Phrase], noun: Token, match: Match, *, only: bool) -> bool:
    """Whether phrases are place enough for what is told of them."""
    if not found or match.frame.territorial or found[0].certain:
        return bool(found)
    if noun.ent_type_ == "PERSON" and len(match.words) == 1:
        return False
    return only and (len(match.words) > 1 or not match.frame.weak)
