"""What to do about a field in the wrong section: it depends on whether it can still move."""

from __future__ import annotations

import re

from specstat.model.resource import Field, Resource, Section

_REQUIRED = "field_behavior=REQUIRED"
_ALPHA = re.compile(r"v\d+(?:p\d+)?alpha\d*")


def go_name(name: str) -> str:
    """The name that a Go struct's field most likely has: `callback_token` is `CallbackToken`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[_-]", name))


def may_still_change(resource: Resource) -> bool:
    """Whether the version promises nothing yet: an alpha version, or one that is not served."""
    return bool(_ALPHA.fullmatch(resource.version)) or not resource.facts.served


def advice(resource: Resource, field: Field, target: Section) -> tuple[str, ...]:
    """Sentences on how to move a field to the target section, for its API's state.

    A field of a served version cannot move (Kubernetes, "Changing the API": no incompatible
    change within a version; Protobuf, "Updating a message type"); one of an alpha version still
    may.
    """
    if target is Section.METADATA:
        first = f"leave {field.name} out and read it from metadata, where every object has it"
    elif may_still_change(resource):
        place = _place(resource, field, target)
        first = f"{resource.version} may still change: move {field.name} to {place}"
    elif field.number:
        first = _proto_advice(resource, field, target)
    else:
        first = _crd_advice(resource, field, target)
    if field.number:
        return (first, dropping(field))
    return (first, _generated(resource, field)) if resource.facts.generator else (first,)


def migration(old: Resource, new: Resource, before: Field, after: Field) -> tuple[str, ...]:
    """Sentences on how to bring a field from one section to another without breaking clients."""
    required = f"do not require {after.path}: what exists lacks it and would be refused"
    more = (required,) if after.required or _REQUIRED in after.declarations else ()
    if before.number:
        return (*_proto_migration(old, before, after), *more)
    version = old.version
    if may_still_change(old):
        first = (
            f"{version} may still change: tell its users; to keep what objects hold, have both "
            f"for one release and copy {before.path} to {after.path}, since what the schema does "
            "not know is pruned"
        )
    else:
        first = (
            f"{version} is served: keep {before.path} beside {after.path}, marked deprecated; let "
            f"the controller copy it to {after.path} where that is empty, and write both; drop it "
            "with the next version, to which conversion carries it"
        )
    generated = (_generated(new, after),) if new.facts.generator else ()
    return (first, *more, *generated)


def _proto_migration(old: Resource, before: Field, after: Field) -> tuple[str, ...]:
    where, to = _place(old, before, before.section), _place(old, after, after.section)
    first = (
        f"{old.version} may still change: tell its callers"
        if old.version and may_still_change(old)
        else f"keep {before.name} = {before.number} in {where}, marked deprecated, beside the one "
        f"in {to}; write and read both; drop it with the next version"
    )
    return first, dropping(before)


def _place(resource: Resource, field: Field, target: Section) -> str:
    """Where a field should go: the section, or in a proto the message that it is."""
    root = resource.root(target)
    if field.depth > 1 or root is None or not root.message:
        return target.value
    return root.message.rpartition(".")[2]


def _crd_advice(resource: Resource, field: Field, target: Section) -> str:
    name, version = field.name, resource.version
    new = f"{target}.{name}" if field.depth == 1 else f"{name} to {target}"
    return (
        f"{version} is served, so {name} cannot move within it; if it is not released yet, "
        f"move it now. Else add {new}, write and read both, mark {field.path} "
        "deprecated, and drop it with the next version"
    )


def _proto_advice(resource: Resource, field: Field, target: Section) -> str:
    name, place = field.name, _place(resource, field, target)
    released = f"{resource.version or 'this API'} is not released yet"
    marked = "this one is deprecated already" if "deprecated" in field.declarations else ""
    return (
        f"if {released}, move {name} to {place} now. Else add it to {place}, write and read both; "
        f"{marked or 'mark this one deprecated'}; drop it with the next version"
    )


def dropping(field: Field) -> str:
    """What to leave behind where a proto field stood, and what buf says to its going.

    FIELD_NO_DELETE is in buf's categories FILE and PACKAGE and knows no reservation; WIRE_JSON and
    WIRE accept that a field goes whose number and name are reserved (tried with buf 1.75).
    """
    return (
        f"when it goes, reserve its number and name (reserved {field.number}; reserved "
        f'"{field.name}";). buf breaking objects even so in FILE and PACKAGE (FIELD_NO_DELETE); '
        "WIRE_JSON and WIRE accept it"
    )


def _generated(resource: Resource, field: Field) -> str:
    """Where to change what a generator writes."""
    named = go_field(resource, field)
    what = f"the Go field {named}" if named else "its Go type"
    return f"this file is generated: change {what} and run controller-gen"


def go_field(resource: Resource, field: Field) -> str:
    """The Go field that a field most likely is made from; empty below those of a section."""
    if field.depth != 1:
        return ""
    return f"{resource.kind}{go_name(field.section.value)}.{go_name(field.name)}"
