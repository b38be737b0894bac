"""Which fields rules on values are asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from specstat.model.resource import Facts, Field, Section
from specstat.rules.values import held
from tests.rules.made import field, resource


def nested(path: str, *children: str, **facts: Any) -> Field:  # noqa: ANN401 - facts of a field
    """A field with fields of its own."""
    below = tuple(replace(field(f"{path}.{name}"), depth=2) for name in children)
    return replace(field(path), children=below, **facts)


SPEC = nested("spec.auth", "user", "token")
STATUS = nested("status.auth", "user", "token")


def paths(section: Section, *fields: Field, facts: Facts | None = None) -> list[str]:
    of = resource(*fields, facts=facts or Facts())
    return [found.path for found, _ in held(of, section)]


def test_all_fields_of_a_section_are_given_with_their_holders_from_the_top() -> None:
    of = resource(SPEC, "spec.size", STATUS)

    assert [(f.path, holder.path) for f, holder in held(of, Section.SPEC)] == [
        ("spec.auth", "spec"),
        ("spec.auth.user", "spec.auth"),
        ("spec.auth.token", "spec.auth"),
        ("spec.size", "spec"),
    ]


def test_older_versions_and_resources_without_sections_give_none() -> None:
    assert paths(Section.SPEC, SPEC) != []
    assert paths(Section.SPEC, SPEC, facts=Facts(newest=False)) == []
    assert paths(Section.SPEC, SPEC, facts=Facts(flat=True)) == []
    assert paths(Section.STATUS, SPEC) == []


def test_nothing_below_a_foreign_type_is_given() -> None:
    template = nested("spec.template", "metadata", "spec")
    free = nested("spec.values", "token", preserves_unknown=True)

    assert paths(Section.SPEC, template, free) == ["spec.template", "spec.values"]


def test_a_status_that_mirrors_is_passed_over_and_its_spec_is_not() -> None:
    echoes = [field(f"{section}.{n}") for section in ("spec", "status") for n in ("a", "b", "c")]

    assert paths(Section.STATUS, STATUS) != []
    assert paths(Section.STATUS, STATUS, *echoes) == []
    assert paths(Section.SPEC, SPEC, *echoes) != []
