# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON Schema of the content files, so that an editor can help a panel while it writes."""

import json
from typing import Any, Final

import msgspec

from pact_desktop.interchange.guidance import GuidanceFile, LineFile
from pact_desktop.interchange.indicator_set_cases import CaseFile
from pact_desktop.interchange.indicator_set_files import ItemFile, SetFile, SourceFile

SCHEMA_VERSION: Final = "https://json-schema.org/draft/2020-12/schema"
REFERENCE: Final = "#/$defs/{name}"


def schema_texts() -> dict[str, str]:
    """File name under `indicator_sets/schema/` -> its text, made from the shapes that are read."""
    return {
        "indicator_set.schema.json": _text("Indicator set", _indicator_set()),
        "cases.schema.json": _text("Cases of an indicator set", _cases()),
        "guidance.schema.json": _text("Guidance", _guidance()),
    }


def _text(title: str, schema: dict[str, Any]) -> str:
    whole = {"$schema": SCHEMA_VERSION, "title": title, **schema}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _definitions(*shapes: type) -> dict[str, Any]:
    _, definitions = msgspec.json.schema_components(shapes, ref_template=REFERENCE)
    return dict(definitions)


def _list_of(shape: type, *, least: int = 0) -> dict[str, Any]:
    items: dict[str, Any] = {
        "type": "array",
        "items": {"$ref": REFERENCE.format(name=shape.__name__)},
    }
    return {**items, "minItems": least} if least else items


def _indicator_set() -> dict[str, Any]:
    definitions = _definitions(SetFile, ItemFile, SourceFile)
    head = definitions.pop("SetFile")
    head["properties"]["items"] = _list_of(ItemFile, least=1)
    head["properties"]["sources"] = _list_of(SourceFile)
    return {**head, "title": "Indicator set", "$defs": definitions}


def _guidance() -> dict[str, Any]:
    definitions = _definitions(GuidanceFile, LineFile, SourceFile)
    head = definitions.pop("GuidanceFile")
    head["properties"]["sources"] = _list_of(SourceFile)
    head["properties"]["sections"]["additionalProperties"] = _list_of(LineFile)
    return {**head, "title": "Guidance", "$defs": definitions}


def _cases() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"cases": _list_of(CaseFile)},
        "required": ["cases"],
        "additionalProperties": False,
        "$defs": _definitions(CaseFile),
    }
