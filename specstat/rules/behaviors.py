"""What `google.api.field_behavior` declares of proto fields, for the rules that go by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from specstat.model.resource import Field, Resource, Section
from specstat.rules import shape, surroundings

OUTPUT_ONLY = "OUTPUT_ONLY"
INPUT_ONLY = "INPUT_ONLY"
IMMUTABLE = "IMMUTABLE"
REQUIRED = "REQUIRED"
IDENTIFIER = "IDENTIFIER"
_WORD = "field_behavior="


def of(field: Field) -> frozenset[str]:
    """The behaviors that are declared of a field itself; it takes none from what it is in."""
    return frozenset(d.removeprefix(_WORD) for d in field.declarations if d.startswith(_WORD))


def once(resource: Resource, fields: Iterable[Field]) -> Iterator[Field]:
    """Of several fields that are one declaration, in a message that stands in many places, one."""
    seen = set()
    for field in fields:
        source = resource.source_of(field)
        # A descriptor set may come without places; then each path stands for itself.
        place = (source.path, field.name_span if source.text else field.path)
        if place not in seen:
            seen.add(place)
            yield field


def settable(resource: Resource) -> Iterator[Field]:
    """The fields that clients set: those directly in spec, or in a flat resource those at the root.

    Nothing in a flat resource that is declared OUTPUT_ONLY, or its name, is among them.
    """
    if resource.facts.flat:
        yield from (f for f in resource.fields if f.section is Section.SPEC)
    else:
        yield from resource.top(Section.SPEC)


def below(top: Field, ends: Callable[[Field], bool]) -> Iterator[Field]:
    """A field and what is below it, down to where `ends` says so, and to foreign types.

    Where it ends, the field itself is there and what it holds is not. Neither the field to start
    from nor a root is foreign, though a spec may have containers.
    """
    stack = [top]
    while stack:
        current = stack.pop()
        yield current
        is_foreign = current.depth and current is not top and surroundings.is_foreign(current)
        if not (is_foreign or ends(current)):
            stack.extend(reversed(current.children))


def messages(resource: Resource, section: Section) -> frozenset[str]:
    """The full names of the messages in a section."""
    root = resource.root(section)
    return frozenset(f.message for f in root.walk() if f.message) if root else frozenset()


def contradictions(resource: Resource, section: Section, wrong: frozenset[str]) -> Iterator[Field]:
    """The fields of a section with a behavior that is wrong there, the outermost only.

    What a message declares that stands in the other section as well is said for that one.
    """
    root = resource.root(section)
    if root is None or not shape.is_proto(resource):
        return
    shared = messages(resource, surroundings.other_section(section))

    def ends(field: Field) -> bool:
        return field.message in shared or not wrong.isdisjoint(of(field))

    found = (f for f in below(root, ends) if not wrong.isdisjoint(of(f)))
    yield from once(resource, found)
