"""The finding that all placement rules make, and when none of them has anything to say."""

from __future__ import annotations

from specstat.model.diagnostic import Finding, Severity
from specstat.model.evidence import Answer, Test
from specstat.model.resource import Section
from specstat.rules import surroundings
from specstat.rules.base import FieldContext
from specstat.rules.moving import advice


def is_settled(context: FieldContext) -> bool:
    """Whether the place of a field is no question, however its words weigh.

    Kinds with one section have no other place; a name in both sections is what was asked and
    what is so; an author who declares an allocation or an identity has said that either will do.
    """
    return (
        not surroundings.has_both_sections(context.resource)
        or surroundings.stands_in_both(context.resource, context.field)
        or context.field.declared.purpose in {"allocation", "identity"}
        or (context.field.depth > 1 and not surroundings.holds_conditions(context.field))
    )


def _speaks_for(answer: Answer, expected: Section) -> bool:
    """Whether a test has a say: of identity only the purpose test knows anything."""
    return expected is not Section.METADATA or answer.test is Test.PURPOSE


def _help(context: FieldContext, expected: Section) -> tuple[str, ...]:
    """What to do: move the field, or drop it where the other section has it already."""
    how = advice(context.resource, context.field, expected)
    twin = surroundings.twin(context.resource, context.field)
    if context.field.depth > 1 or twin is None or twin.section is not expected:
        return how
    first = (
        f"{expected} already carries it: mark this one deprecated, stop writing it, "
        "drop it with the next version"
    )
    return (first, *how[1:])


def finding(
    context: FieldContext, expected: Section, at_most: Severity = Severity.ERROR
) -> Finding:
    """A finding that the field belongs in another section, with the verdict's reasons."""
    verdict = context.verdict
    confidence = verdict.probabilities[expected]
    return Finding(
        span=context.field.name_span,
        message=f"belongs in {expected} ({verdict.sureness(expected)})",
        expected=expected,
        confidence=confidence,
        declared=verdict.declared,
        at_most=at_most,
        answers=tuple(a for a in verdict.answers if _speaks_for(a, expected)),
        evidence=verdict.evidence,
        origin=verdict.origin,
        help=_help(context, expected),
    )
