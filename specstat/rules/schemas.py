"""The schema of a resource's objects as immutability policies and generated rules know it.

Imported where there is a policy or a transition rule: most runs have neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from specstat.immutability.schema import ABSENT, METADATA, Schema
from specstat.model.resource import Field, Level, Resource
from specstat.rules import shape
from specstat.rules.latest import of_latest

_BOUNDS = frozenset({"maxItems", "maxLength", "maxProperties"})


@of_latest
def schema_of(resource: Resource) -> Schema:
    """The schema of a resource's objects: types, bounds, and whether a field has a default."""
    proto = shape.is_proto(resource)
    properties = {**_properties(resource.fields, proto=proto), "metadata": METADATA}
    return Schema("object", properties=properties, preserves=resource.facts.open)


def _properties(fields: Iterable[Field], *, proto: bool) -> dict[str, Schema]:
    """Schemas by name; a proto's fields go by the names that JSON gives them, too."""
    found: dict[str, Schema] = {}
    for field in fields:
        found[field.name] = _of_proto(field) if proto else _of_crd(field)
        if proto:
            first, *others = field.name.split("_")
            camel = first + "".join(part[:1].upper() + part[1:] for part in others)
            found.setdefault(camel, found[field.name])
    return found


def _of_crd(field: Field) -> Schema:
    """A field's schema, with those of its items and values and of all below it."""
    outermost, *below = field, *field.levels
    inner: dict[str, Any] = {
        "properties": _properties(field.children, proto=False),
        "required": frozenset(child.name for child in field.children if child.required),
    }
    for level in reversed(below):
        inner = {"items" if level.suffix == "[]" else "values": _stated(level, **inner)}
    return _stated(outermost, default=field.default if field.has_default else ABSENT, **inner)


def _stated(part: Field | Level, **inner: Any) -> Schema:  # noqa: ANN401 - facts of a schema
    return Schema(
        _type(part.type),
        format=part.format,
        preserves=part.preserves_unknown or part.embedded_resource,
        int_or_string=part.type == "int-or-string",
        enum=part.enum,
        bounds={w: int(n) for w, n in part.constraints if w in _BOUNDS and n.isdecimal()},
        **inner,
    )


def _of_proto(field: Field) -> Schema:
    """A field's schema; what is in a message from elsewhere is not known.

    No enum: objects hold a value's whole name, and readers cut what all names begin with.
    """
    properties = _properties(field.children, proto=True)
    unknown = not properties and "object" in {field.type, field.item_type}
    is_list = field.type == "array"
    is_map = bool(field.item_type) and not is_list
    kind = field.item_type if is_list or is_map else field.type
    here = Schema(
        _type(kind),
        properties=properties,
        preserves=unknown or field.preserves_unknown,
    )
    if is_list:
        return Schema("array", items=here)
    return Schema(_type(field.type), values=here) if is_map else here


def _type(word: str) -> str:
    return "" if word in {"any", "int-or-string"} else word
