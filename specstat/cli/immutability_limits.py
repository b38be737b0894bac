"""What guards do not reach: told beside what `specstat immutability generate` makes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from specstat.immutability.generate.loopholes import loopholes
from specstat.immutability.policy import Policy


def limits(
    policy: Policy, crd: Mapping[str, Any], guarded: Collection[str], *, without_metadata: bool
) -> Iterator[str]:
    """What is left open, a sentence each; `guarded` are the versions of the CRD that are not."""
    versions = {str(each.get("name")): each for each in crd["spec"].get("versions") or ()}
    terms = policy.terms
    if terms.toggle:
        yield f"{terms.toggle} switches the controller only; what is installed stays in force"
    if without_metadata:
        yield "labels, annotations and owned keys are left to another target"
    open_ = [n for n, each in versions.items() if each.get("served") and n not in guarded]
    if open_:
        yield (
            f"{', '.join(open_)} of {terms.kind} is served, too, and what is written through it is "
            "not guarded: generate for it with --version"
        )
    cells = [c for c in policy.cells if not (without_metadata and c.path[0] == "metadata")]
    subresources = versions[policy.version].get("subresources") or {}
    yield from loopholes(terms, cells, status_apart="status" in subresources)
