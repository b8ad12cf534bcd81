"""An invented valley of things to be matched."""

from kg.reconcile.index import Index
from kg.reconcile.thing import Thing, Things, Type

BASE = "https://example.org/valley/"


def place(local, kind, *names, point=None, part_of=None, links=()):
    """A place; a name in Arabic letters is its Arabic label."""
    label = {"ar" if names[-1][0] > "\u0600" else "en": names[-1], "en": names[0]}
    related = {"part-of": (f"place/{part_of}",)} if part_of else {}
    return Thing(
        f"place/{local}", "Place", label, names, (f"place-type/{kind}",), point, links, related
    )


def actor(local, *names, kind=None, person=False):
    types = (f"actor-type/{kind}",) if kind else ()
    return Thing(f"actor/{local}", "Actor", {"en": names[0]}, names, types, person=person)


THINGS = (
    place("tarn", "Country", "Tarn", "تارن", point=(10.0, 20.0)),
    place("marnia", "Country", "Marnia", point=(30.0, 40.0)),
    place(
        "qasr-governorate",
        "Governorate",
        "Qasr Governorate",
        "Qasr",
        point=(10.5, 20.5),
        part_of="tarn",
    ),
    place("qasr", "City", "Qasr", "قصر", point=(10.6, 20.6), part_of="qasr-governorate"),
    place(
        "deir-zahur",
        "Town",
        "Deir ez-Zahur",
        "Dayr Zahur",
        "دير الزهور",
        point=(10.7, 20.1),
        part_of="qasr-governorate",
        links=("http://www.wikidata.org/entity/Q0",),
    ),
    place("holm-north", "Town", "Holm", point=(11.0, 21.0), part_of="tarn"),
    place("holm-south", "Village", "Holm", point=(30.5, 40.5), part_of="marnia"),
    place("brae", "Village", "Brae (on the coast)", "Brae", point=(11.5, 21.5), part_of="tarn"),
    place("aven", "Town", "Aven", "Al-Aven", point=(12.0, 22.0), part_of="tarn"),
    place("aven-crossing", "BorderCrossing", "Aven border crossing", part_of="aven"),
    actor("free-valley-guard", "Free Valley Guard", "FVG", "The Guard"),
    actor("us", "Union of Shepherds", "US"),
    actor("oldmark-government", "Oldmark government", "Oldmark", kind="Government"),
    actor("mira-lund", "Mira Lund", "Lund", person=True),
    Thing(
        "event/aven-takeover",
        "Event",
        {"en": "Aven takeover"},
        ("Aven takeover",),
        ("event-type/Capture",),
        related={"place": ("place/aven",), "gained-by": ("actor/free-valley-guard",)},
        days=("2026-03-01", "2026-03-02"),
    ),
)
KINDS = ("Country", "Governorate", "City", "Town", "Village", "BorderCrossing")
TYPES = (
    *(Type(kind, kind) for kind in ("Place", "Actor", "Event")),
    *(Type(f"place-type/{kind}", kind, "Place") for kind in KINDS),
    Type("actor-type/Government", "Government", "Actor"),
    Type("event-type/Capture", "Capture", "Event"),
)
INDEX = Index(Things({one.id: one for one in THINGS}, {one.id: one for one in TYPES}, BASE))
