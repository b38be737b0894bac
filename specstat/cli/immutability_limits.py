"""What guards do not reach: told beside what `specstat immutability generate` makes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from specstat.immutability.generate.loopholes import by_scaling, loopholes
from specstat.immutability.language.definitions import mapping_at, versions_of
from specstat.immutability.policy import Policy


def limits(
    policy: Policy, crd: Mapping[str, Any], guarded: Collection[str], form: str, *, leave: bool
) -> Iterator[str]:
    """What guards of a form leave open, a sentence each.

    `guarded` are the versions of the CRD that get guards, `leave` says that labels and annotations
    are left to another target.
    """
    versions = versions_of(crd)
    terms = policy.terms
    if terms.toggle:
        yield f"{terms.toggle} switches the controller only; what is installed stays in force"
    if leave:
        yield "labels, annotations and owned keys are left to another target"
    # For an admission policy, requests of other versions are converted before it is asked.
    served = [n for n, each in versions.items() if each.get("served") and form != "vap"]
    open_ = [name for name in served if name not in guarded]
    if open_:
        yield (
            f"{', '.join(open_)} of {terms.kind} is served, too, and what is written through it is "
            "not guarded: generate for it with --version"
        )
    cells = [c for c in policy.cells if not (leave and c.path[0] == "metadata")]
    yield from loopholes(terms, cells, status_apart=policy.subresource)
    scale = mapping_at(versions, policy.version, "subresources", "scale")
    replicas = scale.get("specReplicasPath")
    if form == "vap" and (told := by_scaling(cells, str(replicas or ""))):
        yield told
