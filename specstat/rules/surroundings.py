"""What a field's own resource tells about it. These helpers inform; only rules report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from specstat.judge import prose, weigh
from specstat.judge.words import plain, split
from specstat.model.evidence import Test, Verdict
from specstat.model.resource import Field, Resource, Section
from specstat.rules.latest import of_latest

# So many look-alikes in one section are a design, not a slip.
MANY = 3
_SURE = 0.8
# Nats of the input/output test: one plain imperative, or two softer signs.
_AN_ORDER = 0.4
_CONDITION = frozenset({"type", "status", "lastTransitionTime"})
# What wrappers of cloud APIs (Crossplane, Config Connector, ACK) put beside the mirrored fields.
_MIRRORS = frozenset({"atprovider", "observedstate", "forprovider", "ackresourcemetadata"})
# A value that a controller worked out or was given may look like an input (design, law 1). Told as
# done or going on; "to select", "the selector" and "what determines" say what an input is for.
_WORKED_OUT = frozenset(
    "computed computes calculated calculates derived derives resolved resolves allocated allocates "
    "assigned assigns determined inferred infers dereferenced negotiated negotiates discovered "
    "discovers detected detects selected chosen picked picks effective actual".split()
)
_NOT_YET = frozenset({"to", "be"})
_WORKED_OUT_PHRASES = ("fall back", "falls back", "fell back", "in effect", "used to build")
_IN_USE = frozenset(
    "observed observes current currently last latest now applied applies actual actually used "
    "enforced defaulted default defaults reported recorded running configured active seen found "
    "known snapshot copy copied copies echo echoed echoes mirror mirrored mirrors reflect "
    "reflected reflects reflecting inherited propagated indicates shows represents".split()
)
# "see spec.token", "that of the spec"; `WorkflowExecution.spec.token` is something else.
_FROM_SPEC = re.compile(r"(?<![\w.])\.?spec\b|\bsame as\b", re.IGNORECASE)
_ALLOCATED = frozenset("allocated allocation assigned reserved".split())
_POINTERS = frozenset("ref refs reference references name names username credentials".split())
_WORKED_OUT_NAMES = frozenset(
    "desired target targeted allocated assigned computed effective resolved actual applied current "
    "generated managed selected used next supported bound".split()
)


def has_both_sections(resource: Resource) -> bool:
    """Whether there is another section to be in: both declare fields, or one is not known here."""
    return resource.facts.partial or (
        bool(resource.top(Section.SPEC)) and bool(resource.top(Section.STATUS))
    )


def other_section(section: Section) -> Section:
    """Spec for status and status for spec."""
    return Section.SPEC if section is Section.STATUS else Section.STATUS


def twin(resource: Resource, field: Field) -> Field | None:
    """The field of this name that stands directly in the other section."""
    return _by_name(resource, other_section(field.section)).get(plain(field.name))


@of_latest
def _by_name(resource: Resource, section: Section) -> Mapping[str, Field]:
    """The fields directly in a section by their names; of two the first."""
    return {plain(field.name): field for field in reversed(resource.top(section))}


def stands_in_both(resource: Resource, field: Field) -> bool:
    """Whether the other section has a field of this name: what was asked, and what is so."""
    return twin(resource, field) is not None


def echoes(resource: Resource) -> int:
    """How many top-level fields of status repeat a name of spec."""
    names = _by_name(resource, Section.SPEC)
    return sum(plain(f.name) in names for f in resource.top(Section.STATUS))


def wraps_an_api(resource: Resource) -> bool:
    """Whether status holds what another API says of the thing that the resource stands for."""
    return any(plain(f.name) in _MIRRORS for f in resource.top(Section.STATUS))


@of_latest
def is_mirror(resource: Resource) -> bool:
    """Whether status repeats spec on purpose, as resources that wrap another API do."""
    return wraps_an_api(resource) or echoes(resource) >= MANY


def alike(
    resource: Resource, verdicts: Mapping[str, Verdict], section: Section, toward: Section
) -> int:
    """How many fields directly in a section are judged to belong to another one."""
    judged = (verdicts[f.path] for f in resource.top(section) if f.path in verdicts)
    return sum(verdict.probabilities.get(toward, 0.0) >= _SURE for verdict in judged)


@of_latest
def has_many_inputs_in_status(resource: Resource, verdicts: Mapping[str, Verdict]) -> bool:
    """Whether status holds so much configuration that it is there by design.

    For rules that go by another resource: what that one does is no reason against a design.
    """
    return alike(resource, verdicts, Section.STATUS, Section.SPEC) >= MANY


@of_latest
def holds_mostly_inputs(resource: Resource, verdicts: Mapping[str, Verdict]) -> bool:
    """Whether most of status is configuration: one that is there by design, not by a slip."""
    inputs = alike(resource, verdicts, Section.STATUS, Section.SPEC)
    return inputs >= MANY and 2 * inputs > len(resource.top(Section.STATUS))


@of_latest
def is_machine_written(resource: Resource, verdicts: Mapping[str, Verdict]) -> bool:
    """Whether most of spec reports: a kind that one program fills in for another."""
    reports = alike(resource, verdicts, Section.SPEC, Section.STATUS)
    return reports >= MANY and 2 * reports > len(resource.top(Section.SPEC))


def says_what_to_do(verdict: Verdict) -> bool:
    """Whether the field is heard to order, not merely named or shaped like configuration.

    Status repeats configuration for good reasons; what it has no reason to hold is an order.
    """
    # Heard is what a description says: a name may begin with a verb and order nothing, and
    # OUTPUT_ONLY tells who may write, which makes no order a report.
    heard = (e for e in verdict.evidence if e.test is Test.INPUT_OUTPUT and " " in e.quote)
    return weigh.balance(heard) <= -_AN_ORDER


def answers_in_status(resource: Resource) -> bool:
    """Whether status is the answer to a question asked in spec, which is never stored.

    So it is in Kubernetes' reviews and in its TokenRequest.
    """
    words = split(resource.kind)
    return words[-1] == "review" or words[-2:] == ("token", "request")


def is_output(field: Field) -> bool:
    """Whether the field stands in a message of outputs below status, as provisioners have it."""
    return field.depth == 1 and field.path.startswith("status.outputs.")


def is_scale_path(resource: Resource, field: Field) -> bool:
    """Whether the scale subresource reads or writes the field, which fixes where it stands."""
    scale = resource.facts.scale
    return scale is not None and field.path in scale.paths


def is_worked_out(field: Field) -> bool:
    """Whether name or description says that the value was computed, allocated or resolved.

    What the description says of who sets it is no part of that.
    """
    words = split(field.name)
    if words[0] in _WORKED_OUT_NAMES and not (words[0] == "target" and is_pointed_at(field)):
        return True
    tokens = prose.read(field.description, words).tokens
    text = " ".join(tokens)
    return any(
        word in _WORKED_OUT and before not in _NOT_YET for before, word in pairwise(("", *tokens))
    ) or any(phrase in text for phrase in _WORKED_OUT_PHRASES)


def is_pointed_at(field: Field) -> bool:
    """Whether the field only says which object or account is meant, by name or reference.

    In status that may as well be what a controller made and tells the name of.
    """
    words = split(field.name)
    return words[-1] in _POINTERS or words == ("target",)


def is_selector(field: Field) -> bool:
    """Whether the field selects objects, as `Scale.status.selector` tells by what to find them."""
    return split(field.name)[-1] in {"selector", "selectors"}


def tells_what_is(field: Field) -> bool:
    """Whether the description speaks of what is in use, or of a copy taken from elsewhere.

    That is what status repeats an input for. A word suffices; in doubt it is a report.
    """
    tokens = prose.read(field.description, split(field.name)).tokens
    return not _IN_USE.isdisjoint(tokens) or bool(_FROM_SPEC.search(field.description))


def is_allocated(field: Field) -> bool:
    """Whether the value is given out from a stock: contested in spec, so told and not failed."""
    return not _ALLOCATED.isdisjoint(split(field.name)) or "allocat" in field.description.lower()


def names_a_status(field: Field) -> bool:
    """Whether the name itself says status: in spec it is as often the one that is asked for.

    Tekton cancels a run by `spec.status`, and tells why in `spec.statusMessage`.
    """
    return "status" in split(field.name)


def holds_conditions(field: Field) -> bool:
    """Whether the field's items are conditions: type, status and when each changed."""
    return len(field.children) >= len(_CONDITION) and field.child_names >= _CONDITION


def is_foreign(field: Field) -> bool:
    """Whether what is below the field is another API's: a pod template, an embedded object."""
    names = field.child_names
    return (
        field.embedded_resource
        or field.preserves_unknown
        or {"metadata", "spec"} <= names
        or "containers" in names
    )
