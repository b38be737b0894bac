"""`match:` of a pack: which fields or resources a rule speaks of.

All keys of a mapping must hold. `all`, `any` and `not` hold one such mapping or a list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from specstat.model.resource import Field, Resource, Section
from specstat.readers.yamltree import Node
from specstat.rules import surroundings
from specstat.rules.patterns import fieldkeys, nodes, resourcekeys
from specstat.rules.patterns.fieldkeys import Test

_Keys = Mapping[str, Callable[[Node], Test]]
_DEEPEST = 20
_COMBINED = ("all", "any", "not")
# These are the object's own; a schema may repeat them and says nothing with it.
_ROOTS = frozenset({"apiVersion", "kind", "metadata", "spec", "status"})
_OF_FIELD: _Keys = {**fieldkeys.KEYS, **resourcekeys.KEYS}


def of_field(node: Node) -> Test:
    """A test of a field and its resource."""
    return _read(node, _OF_FIELD)


def of_resource(node: Node) -> Test:
    """A test of a resource, asked with any field; `field` in it says that there is such a one."""
    return _read(node, {**resourcekeys.KEYS, "field": _has_field})


def fields_of(resource: Resource) -> Iterator[Field]:
    """All fields that the resource's own schema makes, from the top.

    None below foreign types: what is inside an embedded pod template is another API's.
    """
    stack = [field for root in reversed(resource.fields) for field in _top(root, resource)]
    while stack:
        field = stack.pop()
        yield field
        if field.children and not surroundings.is_foreign(field):
            stack.extend(reversed(field.children))


def _top(root: Field, resource: Resource) -> tuple[Field, ...]:
    """The first fields that count: a section stands for those in it."""
    if resource.facts.flat or root.name not in _ROOTS:
        return (root,)
    return () if root.name == Section.METADATA.value else root.children[::-1]


def _has_field(node: Node) -> Test:
    test = of_field(node)
    return lambda resource, _: any(test(resource, field) for field in fields_of(resource))


def _read(node: Node, keys: _Keys, level: int = 0) -> Test:
    """A test that all keys of a mapping hold; the cheap ones are asked first."""
    if level > _DEEPEST:
        message = f"all, any and not within each other, more than {_DEEPEST} deep"
        raise nodes.fault(message, node)
    rows = nodes.table(node, "match", (*keys, *_COMBINED))
    if not rows:
        message = "match is empty; write what a field must be like, such as section: spec"
        raise nodes.fault(message, node)
    tests = [read(rows[key]) for key, read in keys.items() if key in rows]
    for key in _COMBINED:
        if key in rows:
            found = [_read(item, keys, level + 1) for item in nodes.items(rows[key])]
            tests.append(_combine(key, found))
    return every(tests)


def every(tests: Sequence[Test]) -> Test:
    """A test that all tests hold."""
    return tests[0] if len(tests) == 1 else _combine("all", tests)


def _combine(how: str, tests: Sequence[Test]) -> Test:
    if how == "all":
        return lambda resource, field: all(test(resource, field) for test in tests)
    wanted = how == "any"
    return lambda resource, field: any(test(resource, field) for test in tests) is wanted
