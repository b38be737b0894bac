"""Structural schemas of Kubernetes, as far as equality, defaults and generated rules need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from specstat.immutability.paths import Each, Path, Step

_NONE: Mapping[str, Any] = MappingProxyType({})
# One frame or two a level must fit the interpreter's stack.
_DEEPEST = 150
_BOUNDS = (
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
)


class SchemaError(ValueError):
    """A definition that cannot be used; the message says what is wrong with it and where in it."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The value of what is not there, which is another thing than null."""

    def __bool__(self) -> bool:
        """Nothing is not true."""
        return False


ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema of one value.

    `type` is an OpenAPI type, empty where any value fits. `properties` are the declared fields of
    an object, `values` is the schema of a map's values, `items` that of a list's items.
    `list_type` is `atomic`, `set` or `map` (keyed by `list_keys`). `preserves` says that undeclared
    fields are kept. `default` is ABSENT where there is none. `bounds` are maxLength and the like.
    """

    type: str = ""
    format: str = ""
    nullable: bool = False
    properties: Mapping[str, Schema] = field(default_factory=lambda: _NONE)
    required: frozenset[str] = frozenset()
    values: Schema | None = None
    items: Schema | None = None
    list_type: str = "atomic"
    list_keys: tuple[str, ...] = ()
    preserves: bool = False
    embedded: bool = False
    int_or_string: bool = False
    default: Any = ABSENT
    enum: tuple[Any, ...] = ()
    bounds: Mapping[str, float] = field(default_factory=lambda: _NONE)

    @property
    def is_open(self) -> bool:
        """Whether the value may hold fields of any name that the schema does not type."""
        return self.preserves or (not self.type and not self.int_or_string)

    def below(self, step: Step) -> Schema | None:
        """The schema one step down; None where the schema knows of no such field."""
        if isinstance(step, Each):
            found = self.items if step is Each.ITEM else self.values
            fits = self.type in ({"array", ""} if step is Each.ITEM else {"object", ""})
            return found or (UNTYPED if self.is_open and fits else None)
        found = self.properties.get(step) or self.values
        return found or (UNTYPED if self.is_open and self.type in {"object", ""} else None)

    def at(self, path: Path) -> Schema | None:
        """The schema at the end of a path; None where the schema knows of no such field."""
        here: Schema | None = self
        for step in path:
            here = here and here.below(step)
        return here


UNTYPED = Schema()
_TEXTS = Schema("object", values=Schema("string"))
# What Kubernetes itself says of every object, whatever the definition says.
METADATA = Schema(
    "object",
    properties=MappingProxyType({"labels": _TEXTS, "annotations": _TEXTS}),
    preserves=True,
)
# For objects of which no definition is known: values are compared as they are written.
UNKNOWN_KIND = Schema("object", properties=MappingProxyType({"metadata": METADATA}), preserves=True)


def of_openapi(schema: object, where: str = "the schema", depth: int = 0) -> Schema:
    """A schema as a CRD writes it (`openAPIV3Schema`), given as plain values.

    Raises SchemaError where it is not of a schema's shape. `where` names it in messages.
    """
    if not isinstance(schema, Mapping):
        message = f"{where} is no mapping"
        raise SchemaError(message)
    if depth > _DEEPEST:
        message = f"{where[:80]}... is nested deeper than {_DEEPEST} levels; nothing real is"
        raise SchemaError(message)
    inner = depth + 1
    properties = _mapping(schema, "properties", where)
    values = schema.get("additionalProperties")
    items = schema.get("items")
    return Schema(
        type=str(schema.get("type") or ""),
        format=str(schema.get("format") or ""),
        nullable=schema.get("nullable") is True,
        properties=MappingProxyType(
            {name: of_openapi(s, f"{where}.{name}", inner) for name, s in properties.items()}
        ),
        required=frozenset(map(str, _list(schema, "required", where))),
        values=_values(values, where, inner),
        items=None if items is None else of_openapi(items, f"{where}[]", inner),
        list_type=str(schema.get("x-kubernetes-list-type") or "atomic"),
        list_keys=tuple(map(str, _list(schema, "x-kubernetes-list-map-keys", where))),
        preserves=schema.get("x-kubernetes-preserve-unknown-fields") is True,
        embedded=schema.get("x-kubernetes-embedded-resource") is True,
        int_or_string=schema.get("x-kubernetes-int-or-string") is True,
        default=schema.get("default", ABSENT),
        enum=tuple(_list(schema, "enum", where)),
        bounds=MappingProxyType(
            {
                word: schema[word]
                for word in _BOUNDS
                if isinstance(schema.get(word), (int, float)) and schema[word] is not True
            }
        ),
    )


def of_crd(crd: Mapping[str, Any], version: str = "") -> tuple[str, Schema]:
    """A version of a CRD (the stored one where none is named) and the schema of its objects.

    Raises SchemaError where there is no such version, naming those that there are.
    """
    spec = _mapping(crd, "spec", "the CRD")
    versions = [v for v in _list(spec, "versions", "the CRD") if isinstance(v, Mapping)]
    named = {str(v.get("name")): v for v in versions}
    if version and version not in named:
        there = ", ".join(named) or "none"
        message = f"the CRD has no version {version}; it has {there}"
        raise SchemaError(message)
    stored = next((v for v in versions if v.get("storage") is True), None)
    own = named.get(version) or stored or (versions[-1] if versions else None)
    if own is None:
        raise SchemaError("the CRD has no versions; give it spec.versions with a schema each")
    holder = _mapping(own, "schema", f"version {own.get('name')}")
    root = of_openapi(_mapping(holder, "openAPIV3Schema", "schema"), str(own.get("name")))
    properties = MappingProxyType({**root.properties, "metadata": METADATA})
    return str(own.get("name")), replace(root, type="object", properties=properties)


def _mapping(holder: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    found = holder.get(key)
    if found is None:
        return _NONE
    if not isinstance(found, Mapping):
        message = f"{key} of {where} is no mapping"
        raise SchemaError(message)
    return found


def _list(holder: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    found = holder.get(key)
    if found is None:
        return ()
    if not isinstance(found, (list, tuple)):
        message = f"{key} of {where} is no list"
        raise SchemaError(message)
    return found


def _values(values: object, where: str, depth: int) -> Schema | None:
    if isinstance(values, Mapping):
        return of_openapi(values, f"{where}{{}}", depth)
    return UNTYPED if values is True else None
