"""What to do about a field in the wrong section: it depends on whether it can still move."""

from __future__ import annotations

import re

from specstat.model.resource import Field, Resource, Section

_ALPHA = re.compile(r"v\d+(?:p\d+)?alpha\d*")


def go_name(name: str) -> str:
    """The name that a Go struct's field most likely has: `callback_token` is `CallbackToken`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[_-]", name))


def advice(resource: Resource, field: Field, target: Section) -> tuple[str, ...]:
    """Sentences on how to move a field to the target section, for its API's state.

    A field of a served version cannot move (Kubernetes, "Changing the API": no incompatible
    change within a version); one of an alpha version still may.
    """
    name = field.name
    version = resource.version
    if target is Section.METADATA:
        first = f"leave {name} out and read it from metadata, where every object has it"
    elif _ALPHA.fullmatch(version) or not resource.facts.served:
        first = f"{version} may still change: move {name} to {target}"
    else:
        new = f"{target}.{name}" if field.depth == 1 else f"{name} to {target}"
        first = (
            f"{version} is served, so {name} cannot move within it; if it is not released yet, "
            f"move it now. Else add {new}, write and read both, mark {field.path} "
            "deprecated, and drop it with the next version"
        )
    if not resource.facts.generator:
        return (first,)
    if field.depth > 1:
        return (first, "this file is generated: change its Go type and run controller-gen")
    go_field = f"{resource.kind}{go_name(field.section.value)}.{go_name(name)}"
    second = f"this file is generated: change the Go field {go_field} and run controller-gen"
    return (first, second)
