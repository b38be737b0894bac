"""Immutability policies beside a resource: the schema that they speak of, and what is told of them.

Everything about policies is imported where there is one: most runs have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from specstat.model.diagnostic import Finding
from specstat.model.resource import Field, Resource
from specstat.rules import shape
from specstat.rules.base import ResourceContext

if TYPE_CHECKING:
    from specstat.immutability.mismatches import Mismatch
    from specstat.immutability.schema import Schema
    from specstat.immutability.terms import Terms

Check = Callable[["Terms", "Schema"], Iterable["Mismatch"]]


def told(context: ResourceContext, check: Check) -> Iterator[Finding]:
    """What a check of policies against schemas says of a resource: of its newest version.

    A policy follows one version. Of messages of which a half is not known, nothing is told.
    """
    resource = context.resource
    facts = resource.facts
    if not context.policies or not facts.newest or facts.partial or facts.flat:
        return
    from specstat.immutability.paths import text_of  # noqa: PLC0415 - as above
    from specstat.immutability.reading import where  # noqa: PLC0415 - as above
    from specstat.readers.settings.places import Place  # noqa: PLC0415 - as above

    schema = schema_of(resource)
    for terms in context.policies:
        for found in check(terms, schema):
            path = text_of(found.path)
            place = Place(terms.source, found.span)
            at = place.brief if terms.source.text else where(terms)
            yield Finding(
                span=resource.span,
                message=f"has the policy {terms.name} ({at}), in which {path} {found.what}",
                help=(found.hint,),
                discriminator=f"{terms.name} {path} {found.what}",
            )


def schema_of(resource: Resource) -> Schema:
    """The schema of a resource's objects, as far as paths and tests of policies need it."""
    from specstat.immutability import schema as schemas  # noqa: PLC0415 - as above

    proto = shape.is_proto(resource)
    properties = {**_properties(resource.fields, proto=proto), "metadata": schemas.METADATA}
    return schemas.Schema("object", properties=properties, preserves=resource.facts.open)


def _properties(fields: Iterable[Field], *, proto: bool) -> dict[str, Schema]:
    """Schemas by name; a proto's fields go by the names that JSON gives them, too."""
    found: dict[str, Schema] = {}
    for field in fields:
        found[field.name] = _schema(field, proto=proto)
        if proto:
            first, *others = field.name.split("_")
            camel = first + "".join(part[:1].upper() + part[1:] for part in others)
            found.setdefault(camel, found[field.name])
    return found


def _schema(field: Field, *, proto: bool) -> Schema:
    from specstat.immutability.schema import Schema  # noqa: PLC0415 - as above

    properties = _properties(field.children, proto=proto)
    # What a proto says of a message from elsewhere is not known here.
    unknown = proto and not properties and "object" in {field.type, field.item_type}
    open_ = field.preserves_unknown or field.embedded_resource or unknown
    levels = [(level.suffix, level.type) for level in field.levels]
    # A CRD's items and values are levels, where it says anything of them.
    if proto and not levels and field.type == "array":
        levels = [("[]", field.item_type)]
    elif proto and not levels and field.item_type:
        levels = [("{}", field.item_type)]
    types = [field.type, *(kind for _, kind in levels)]
    bounds = {key: float(value) for key, value in field.constraints if key == "maxLength"}
    here = Schema(_type(types[-1]), properties=properties, preserves=open_)
    for (suffix, _), kind in zip(reversed(levels), reversed(types[:-1]), strict=True):
        items, values = (here, None) if suffix == "[]" else (None, here)
        here = Schema(_type(kind), items=items, values=values, preserves=field.preserves_unknown)
    if levels:
        return here
    return Schema(
        here.type,
        properties=properties,
        preserves=open_,
        int_or_string=field.type == "int-or-string",
        # Objects hold a value's whole name, and readers of protos cut what all names begin with.
        enum=() if proto else field.enum,
        bounds=bounds,
    )


def _type(word: str) -> str:
    return "" if word in {"any", "int-or-string"} else word
