"""The fields that a resource's own schema makes, and which of them are another API's."""

from __future__ import annotations

from specstat.model.resource import Field, Resource, Section
from specstat.rules import surroundings
from specstat.rules.latest import of_latest

# These are the object's own; a schema may repeat them and says nothing with it.
_ROOTS = frozenset({"apiVersion", "kind", "metadata", "spec", "status"})


@of_latest
def own_fields(resource: Resource) -> tuple[Field, ...]:
    """All fields below spec and status, and whatever else is at the root, from the top.

    None below foreign types: what is inside an embedded pod template is another API's.
    """
    found: list[Field] = []
    stack = [field for root in reversed(resource.fields) for field in _top(root, resource)]
    while stack:
        field = stack.pop()
        found.append(field)
        if field.children and not surroundings.is_foreign(field):
            stack.extend(reversed(field.children))
    return tuple(found)


def _top(root: Field, resource: Resource) -> tuple[Field, ...]:
    """The first fields that count, the last one first: a section stands for those in it."""
    if resource.facts.flat or root.name not in _ROOTS:
        return (root,)
    return () if root.name == Section.METADATA.value else root.children[::-1]
