"""A kind that runs once, and whose spec may be changed while it runs.

## What it does

Reports kinds that stand for one run of something, such as `PipelineRun`, `Backup` or `Restore`,
where nothing protects the spec: no transition rule reads it, no annotation of a field says
`changes=never`, `set-once` or `until-accepted`, and no immutability policy of the configuration
(`policies:`) is about the kind. A kind runs once where its status tells when it
finished, or has a phase such as `Succeeded`, and its name ends like that of a run; without such a
name, the status must tell both. Templates, schedules, policies and what has a `schedule` itself are
none, nor is Tekton's Task, which is a template. Told of the newest version only.

It is an info: no convention asks for it, and a webhook may do it.

## Why it is bad

A run is the record of what was asked for and what came of it. When the spec changes after the
start, the run did something else than it says, and a controller that reads the spec again mixes
both. Projects have frozen such specs after bugs of this kind.

## How to fix it

- Freeze what must not change: `self == oldSelf` on spec, or on the fields.
- Or write an immutability policy and name it under `policies:` in the configuration.
- Or say it of a field in a form that is checked, `specstat: changes=until-accepted`, and let the
  controller hold to it.
- Leave open what acts on a running one, such as `suspend`, `cancel` or a time to live.

## When to ignore it

Where a webhook refuses changes, or where a change means a new run on purpose.

## Example

`kind: Backup` with `status.completionTime` and no rule on `spec`.

## Source

Derived: Kubernetes freezes the template of a Job and most of a Pod's spec in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.judge.words import plain, split
from specstat.model.diagnostic import Finding
from specstat.model.resource import Field, Resource, Section
from specstat.rules import shape
from specstat.rules.base import ResourceContext, Scope
from specstat.rules.places import places

SCOPE = Scope.RESOURCE
_RUNS = frozenset(
    "run execution job backup restore snapshot request migration recovery invocation".split()
)
_NONE = frozenset(
    "cron schedule scheduled scheduler template policy config configuration class set pool "
    "manager repository storage location target plan definition task review".split()
)
_REPEATS = frozenset({"schedule", "schedules", "cron", "cronschedule", "cronexpression"})
_FINISHED = frozenset(
    "completiontime completiontimestamp completedat completed finishedat finishtime "
    "finishtimestamp endtime endtimestamp endedat finished finishedtime completedtime "
    "stoppedat".split()
)
_ENDS = frozenset({"succeeded", "completed", "complete", "failed", "success", "finished"})
_PHASES = frozenset({"phase", "state", "status", "result"})
_PROTECTED = frozenset({"never", "set-once", "until-accepted"})
_HELP = (
    "freeze what must not change (self == oldSelf), write an immutability policy for the kind, or "
    "annotate the fields (specstat: changes=until-accepted) and let the controller hold to it"
)


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report runs whose spec nothing protects."""
    resource = context.resource
    spec = resource.root(Section.SPEC)
    if context.policies or spec is None or not spec.children or shape.is_proto(resource):
        return
    why = _runs_once(resource, spec)
    if why and not _is_protected(resource, spec):
        yield Finding(
            span=spec.name_span,
            on=spec,
            message=f"may be changed at any time, though {resource.kind} runs once ({why}): what "
            "ran is then not what spec says",
            help=(_HELP,),
        )


def _runs_once(resource: Resource, spec: Field) -> str:
    """Why a kind is one run of something, in words; empty where it is not."""
    status = shape.status_of(resource)
    words = split(resource.kind)
    if status is None or not _NONE.isdisjoint(words):
        return ""
    if any(plain(f.name) in _REPEATS for f in spec.children):
        return ""
    times = [f.name for f in status.children if plain(f.name) in _FINISHED]
    phases = [f for f in status.children if plain(f.name) in _PHASES and _ends(f)]
    if words[-1] not in _RUNS and not (times and phases):
        return ""
    if times:
        return f"status.{times[0]} tells when it ended"
    return f"status.{phases[0].name} tells that it ended" if phases else ""


def _ends(phase: Field) -> bool:
    """Whether a phase knows an end."""
    return not _ENDS.isdisjoint(value.lower() for value in phase.enum)


def _is_protected(resource: Resource, spec: Field) -> bool:
    """Whether the schema keeps spec from being changed, be it in part."""
    if any(field.declared.changes in _PROTECTED for field in spec.walk()):
        return True
    return any(
        rule.is_transition and (place.steps[:1] == (spec.name,) or spec.name in rule.rule)
        for place in places(resource)
        for rule in place.rules
        if place.steps[:1] in {(), (spec.name,)}
    )
