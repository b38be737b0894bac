"""`match:` of a pack: which fields or resources a rule speaks of.

All keys of a mapping must hold. `all`, `any` and `not` hold one such mapping or a list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from specstat.model.resource import Field, Resource
from specstat.readers.yamltree import Node
from specstat.rules.fields import own_fields
from specstat.rules.patterns import fieldkeys, nodes, resourcekeys
from specstat.rules.patterns.fieldkeys import Test

_Keys = Mapping[str, Callable[[Node], Test]]
_DEEPEST = 20
_COMBINED = ("all", "any", "not")
_OF_FIELD: _Keys = {**fieldkeys.KEYS, **resourcekeys.KEYS}


def of_field(node: Node) -> Test:
    """A test of a field and its resource."""
    return _read(node, _OF_FIELD)


def of_resource(node: Node) -> Test:
    """A test of a resource, asked with any field; `field` in it says that there is such a one."""
    return _read(node, {**resourcekeys.KEYS, "field": _has_field})


def _has_field(node: Node) -> Test:
    test = of_field(node)
    return lambda resource, _: any(test(resource, field) for field in own_fields(resource))


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
    """One test of several. Asked for each field: a loop takes half the time of any() and all()."""
    stop, answer = {"all": (False, False), "any": (True, True), "not": (True, False)}[how]

    def combined(resource: Resource, field: Field) -> bool:
        for test in tests:
            if test(resource, field) is stop:
                return answer
        return not answer

    return combined
