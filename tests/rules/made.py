"""Small resources and definitions, made for a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from specstat.model.directives import UNDECLARED, Declared
from specstat.model.evidence import Account, Evidence, Question, Verdict
from specstat.model.evidence import Test as PlacementTest
from specstat.model.resource import Facts, Field, Resource, Section
from specstat.model.source import Source
from specstat.rules.base import FieldContext

FACTS = Facts()
NONE: Mapping[str, Verdict] = {}


def field(path: str, description: str = "", declared: Declared = UNDECLARED) -> Field:
    """A field by its path, such as `status.phase`."""
    section = Section(path.partition(".")[0])
    name = path.rpartition(".")[2]
    return Field(name, path, section, path.count("."), description=description, declared=declared)


def resource(*fields: Field | str, version: str = "v1", facts: Facts = FACTS) -> Resource:
    """A Widget with these top-level fields."""
    every = [field(f) if isinstance(f, str) else f for f in fields]
    roots = tuple(
        Field(section.value, section.value, section, 0, children=own)
        for section in (Section.SPEC, Section.STATUS)
        if (own := tuple(f for f in every if f.section is section))
    )
    return Resource("example.com", version, "Widget", Source("widget.yaml", ""), roots, facts)


def verdict(section: Section, confidence: float = 0.9) -> Verdict:
    """A verdict for a section, without evidence."""
    chances = dict.fromkeys((Section.SPEC, Section.STATUS, Section.METADATA), 0.0)
    other = Section.SPEC if section is Section.STATUS else Section.STATUS
    return Verdict(section, chances | {section: confidence, other: 1 - confidence}, heard())


def heard(*evidence: Evidence) -> Callable[[], Account]:
    """The account of a verdict that goes by this evidence."""
    return lambda: Account((), evidence)


def order(weight: float, toward: Section = Section.SPEC) -> Evidence:
    """What the input/output test hears of an order, or against one."""
    return Evidence(
        PlacementTest.INPUT_OUTPUT, Question.DOES, toward, weight, "it is an order", "must be"
    )


def context(
    of: Resource,
    path: str,
    said: Verdict,
    others: Mapping[str, Verdict] = NONE,
    apart: Verdict | None = None,
) -> FieldContext:
    """What a field rule sees of one field of a resource; `others` are verdicts on further ones.

    `apart` is the verdict without what its neighbours say, where they say something.
    """
    wanted = next(f for root in of.fields for f in root.walk() if f.path == path)
    return FieldContext(of, wanted, said, {**others, path: said}, apart)


def definition(
    spec: Mapping[str, str], status: Mapping[str, str], *, kind: str = "Widget", version: str = "v1"
) -> bytes:
    """A CRD as JSON from names and descriptions, with nothing else to find fault with.

    What status may hold besides is left open, so that none of it is missed.
    """

    def section(fields: Mapping[str, str]) -> dict[str, object]:
        properties = {name: {"type": "string", "description": d} for name, d in fields.items()}
        return {"type": "object", "properties": properties}

    open_status = section(status) | {"x-kubernetes-preserve-unknown-fields": True}
    schema = {"type": "object", "properties": {"spec": section(spec), "status": open_status}}
    return json.dumps(
        {
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{kind.lower()}s.example.com"},
            "spec": {
                "group": "example.com",
                "names": {"kind": kind},
                "versions": [
                    {
                        "name": version,
                        "served": True,
                        "storage": True,
                        "schema": {"openAPIV3Schema": schema},
                        "subresources": {"status": {}},
                    }
                ],
            },
        },
        indent=1,
    ).encode()
