"""The shape of a resource at its root, for the rules on conventions. These helpers only inform."""

from __future__ import annotations

from specstat.model.resource import Field, Resource, Section
from specstat.rules import surroundings

# What stands beside spec and status in every object, in a CRD's spelling and in a proto's.
COMMON = frozenset({"apiVersion", "api_version", "kind", "metadata"})
_MAPPINGS = frozenset({"object", "any", ""})
_OBJECT_META = "meta.v1.ObjectMeta"


def is_proto(resource: Resource) -> bool:
    """Whether the resource is a message, whose fields have numbers.

    It has no subresources and no lists with keys. A section that stands alone has no number itself.
    """
    fields = (f for root in resource.fields for f in (root, *root.children))
    return any(f.number for f in fields)


def status_of(resource: Resource) -> Field | None:
    """The status that conventions speak of.

    None in an older version (what is wrong there is told of the newest), where only a part of the
    resource is known, where spec is a request and status its response, which is never stored, and
    where the name stands for a list or a word.
    """
    facts = resource.facts
    if not facts.newest or facts.partial or surroundings.answers_in_status(resource):
        return None
    status = resource.root(Section.STATUS)
    return status if status is not None and status.type in _MAPPINGS else None


def reported_status(resource: Resource) -> Field | None:
    """The status in which a controller reports on a spec, with all that it may hold declared.

    None also for kinds of pure configuration or pure reports, for those whose status is open, and
    for messages whose metadata counts no generations: Kubernetes' conventions are not theirs.
    """
    status, spec = status_of(resource), resource.root(Section.SPEC)
    if status is None or spec is None or not status.children or status.preserves_unknown:
        return None
    if not (spec.children or spec.preserves_unknown):
        return None
    return status if _counts_generations(resource) else None


def _counts_generations(resource: Resource) -> bool:
    """Whether objects have `metadata.generation`: in Kubernetes, and where a message has it."""
    if not is_proto(resource):
        return True
    metadata = resource.root(Section.METADATA)
    if metadata is None:
        return False
    return metadata.message.endswith(_OBJECT_META) or "generation" in metadata.child_names


def change(resource: Resource, by_hand: str, marker: str) -> str:
    """What to change: the file, or the marker of the Go type that the file is generated from."""
    if resource.facts.generator:
        return f"this file is generated: {marker} and run controller-gen"
    return by_hand
