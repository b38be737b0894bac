"""The keys of `match:` that look at a resource: what it is called, and facts about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from specstat.model.resource import Resource, Section
from specstat.readers.yamltree import Node
from specstat.rules import surroundings
from specstat.rules.patterns import nodes
from specstat.rules.patterns.fieldkeys import Test, patterns


def _by_pattern(of: Callable[[Resource], str], what: str, node: Node) -> Test:
    wanted = patterns(node, what)
    return lambda resource, _: any(one.matches(of(resource)) for one in wanted)


def _by_flag(of: Callable[[Resource], bool], what: str, node: Node) -> Test:
    wanted = nodes.flag(node, what)
    return lambda resource, _: of(resource) is wanted


_FACTS: Mapping[str, Callable[[Resource], bool]] = {
    "status_subresource": lambda r: r.facts.status_subresource,
    "scale": lambda r: r.facts.scale is not None,
    "served": lambda r: r.facts.served,
    "storage": lambda r: r.facts.storage,
    "deprecated": lambda r: r.facts.deprecated,
    "partial": lambda r: r.facts.partial,
    "flat": lambda r: r.facts.flat,
    "mirror": surroundings.is_mirror,
    "spec": lambda r: bool(r.top(Section.SPEC)),
    "status": lambda r: bool(r.top(Section.STATUS)),
}
FACTS = ("generator", *_FACTS)


def _facts(node: Node) -> Test:
    tests = [
        _by_pattern(lambda r: r.facts.generator, "resource.generator", value)
        if key == "generator"
        else _by_flag(_FACTS[key], f"resource.{key}", value)
        for key, value in nodes.table(node, "resource", FACTS).items()
    ]
    return lambda resource, field: all(test(resource, field) for test in tests)


KEYS: Mapping[str, Callable[[Node], Test]] = {
    "kind": partial(_by_pattern, lambda r: r.kind, "kind"),
    "group": partial(_by_pattern, lambda r: r.group, "group"),
    "version": partial(_by_pattern, lambda r: r.version, "version"),
    "resource": _facts,
}
