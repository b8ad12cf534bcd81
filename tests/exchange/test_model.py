"""What goes out keeps to what the Web Annotation model demands and advises.

https://www.w3.org/TR/annotation-model/, sections 3.1, 3.2.4, 3.3.5, 4, 4.2.4, 4.2.5, 5.1 and 5.2,
written as a JSON schema: the model has none of its own.
"""

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from kg.exchange.send import send
from kg.workspace import SHIPPED, open_workspace

IRI = {"type": "string", "pattern": "^https?://[^\\s]+$"}
COUNT = {"type": "integer", "minimum": 0}
MOTIVATIONS = (
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing"),
    *("highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging"),
)


def exactly(**properties):
    """An object that has these keys, each once."""
    return {"type": "object", "properties": properties, "required": list(properties)}


QUOTE = exactly(type={"const": "TextQuoteSelector"}, exact={"type": "string", "minLength": 1})
POSITION = exactly(type={"const": "TextPositionSelector"}, start=COUNT, end=COUNT)
SELECTORS = {"type": "array", "minItems": 1, "items": {"oneOf": [QUOTE, POSITION]}}
TARGET = exactly(type={"const": "SpecificResource"}, source=IRI, selector=SELECTORS)
TARGET["properties"]["styleClass"] = {"type": "string"}
MOTIVATED = {"enum": list(MOTIVATIONS)}
TEXT = exactly(type={"const": "TextualBody"}, value={"type": "string"}, purpose=MOTIVATED)
OTHER = exactly(id=IRI, type={"type": "string", "not": {"const": "TextualBody"}})
ANNOTATION = exactly(
    id=IRI,
    type={"const": "Annotation"},
    motivation=MOTIVATED,
    body={"oneOf": [TEXT, OTHER]},
    target={"type": "array", "minItems": 1, "items": TARGET},
)
PAGE = exactly(
    id=IRI,
    type={"const": "AnnotationPage"},
    partOf=IRI,
    startIndex=COUNT,
    items={"type": "array", "minItems": 1, "items": ANNOTATION},
)
CONTEXTS = {"type": "array", "contains": {"const": "http://www.w3.org/ns/anno.jsonld"}}
COLLECTION = exactly(
    **{"@context": CONTEXTS},
    id=IRI,
    type={"const": "AnnotationCollection"},
    label={"type": "string"},
    total=COUNT,
    first=PAGE,
    last=IRI,
)
MODEL = Draft202012Validator(COLLECTION)


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    folder = tmp_path_factory.mktemp("annotations")
    workspace = open_workspace(SHIPPED)
    for slug in workspace.slugs:
        send(workspace, slug, "web-annotation", folder / f"{slug}.json")
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.iterdir()}


def test_every_shipped_mapping_goes_out_as_the_model_says(sent):
    assert len(sent) == 5
    for slug, found in sent.items():
        wrong = [f"{slug}: {e.json_path}: {e.message}" for e in MODEL.iter_errors(found)]
        assert wrong == []
        page = found["first"]
        assert (found["last"], page["partOf"]) == (page["id"], found["id"])
        assert found["total"] == len(page["items"])
        ids = [one["id"] for one in page["items"]]
        assert len({*ids, found["id"], page["id"]}) == len(ids) + 2


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("@context",), ["http://www.w3.org/ns/oa.jsonld"]),
        (("id",), "annotations"),
        (("first", "items", 0, "type"), "Note"),
        (("first", "items", 0, "motivation"), "coding"),
        (("first", "items", 0, "target"), []),
        (("first", "items", 0, "target", 0, "selector", 0, "start"), "0"),
        (("first", "items", 0, "body", "value"), None),
    ],
)
def test_what_the_model_forbids_is_found(sent, path, value):
    found = copy.deepcopy(next(iter(sent.values())))
    *way, last = path
    at = found
    for step in way:
        at = at[step]
    at[last] = value
    assert not MODEL.is_valid(found)
