"""A boolean in spec that orders something to be done once.

## What it does

Reports booleans below `spec` whose name is a command (`restart`, `triggerBackup`, `retryNow`,
`forceUpgrade`) and not a state that is wanted. Names with a condition or a time in them are
policies (`restartOnFailure`, `retryUntil`) and are passed over; so are states that last
(`suspend`, `paused`, `stopped`, `shutdown`), orders of kinds that run once, booleans that are true
by default, deprecated or described as something that lasts ("keeps it in sync"), and fields that
their author declares an instruction.

It is info, since a name alone does not tell how a controller reads it.

## Why it is bad

`spec` says what should be, and a controller may read it a hundred times or never between two
changes. An order is done when it was done: somebody has to set the field back, the controller or
the user, and both write `spec` then. GitOps sets it again with every sync. A second restart cannot
be asked for while the first is not cleared.

## How to fix it

- Ask for a state that can be compared with what is: `restartAfter: <time>`, as `kubectl rollout
  restart` does with an annotation; `spec.backupGeneration: 4` beside `status.backupGeneration`.
- Or make each order an object of its own, `kind: Backup`, which has a spec and a status.

## When to ignore it

Where the boolean is a lasting policy after all and its name cannot change any more.

## Example

`Database.spec.triggerBackup: true`.

## Source

Kubernetes API conventions, "Spec and Status" and "Naming conventions" (declarative rather than
imperative names).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from specstat.judge.words import split
from specstat.model.diagnostic import Finding
from specstat.model.resource import Field, Resource, Section
from specstat.rules import values
from specstat.rules.base import ResourceContext, Scope

SCOPE = Scope.RESOURCE
_HELP = (
    "ask for a state that can be compared with what is, such as a time or a counter that status "
    "repeats when it was done; or make each order an object of its own"
)
# What is done once; "suspend", "pause" and "stop" are states that last.
_ONCE = frozenset(
    "abort execute failover initiate invoke perform reboot rebuild recreate redeploy refresh "
    "reload rerun restart resync retry rollback rotate sync switchover trigger".split()
)
# Nouns and verbs that "force" makes a command of.
_FORCED = _ONCE | frozenset(
    "migrate migration reconcile reconciliation redeployment renew renewal resync rollout rotation "
    "run synchronization update upgrade".split()
)
_OBJECTLESS = frozenset({"do", "execute", "invoke", "perform", "trigger"})
_POLICY = frozenset(
    "after allowed always as at automatically before by default delay disabled enabled every "
    "failed fallback for from if in interval limit limits mode never not of on only out policy "
    "sidecar support supported timeout to until upon via when whenever with without".split()
)
# A description that speaks of what lasts, or of what else the switch does.
_LASTS = re.compile(
    r"\bwhether\b|\bkeep(?:s|ing)?\b|\balways\b|\b(?:each|every) time\b|\bwhenever\b"
    r"|\b(?:rule|policy) (?:to|for|that)\b|\b(?:set to|is) [`'\"]?false\b",
    re.IGNORECASE,
)
_AT_ONCE = frozenset({"asap", "immediately", "now"})
# The last word of kinds that are an order themselves.
_RUN_ONCE = frozenset(
    "action backup execution job migration operation ops request restore run task".split()
)


def check(context: ResourceContext) -> Iterator[Finding]:
    """Report the booleans below spec that are orders."""
    resource = context.resource
    if _runs_once(resource):
        return
    for field, _ in values.held(resource, Section.SPEC):
        if field.type != "boolean" or field.declared.purpose or values.is_deprecated(field):
            continue
        if not _is_order(field):
            continue
        yield Finding(
            span=field.name_span,
            message="orders something once, where spec says what should be",
            help=(_HELP,),
            on=field,
        )


def _is_order(field: Field) -> bool:
    """Whether a boolean's name is a command to be done once.

    A bare verb is one directly in spec alone: further down, `retry` and `reload` are policies.
    """
    words = split(field.name)
    first, rest = words[0], words[1:]
    if _POLICY & set(rest) or field.default == "true" or _LASTS.search(field.description):
        return False
    if rest and rest[-1] in _AT_ONCE:
        return True
    if first == "force":
        return bool(rest) and rest[0] in _FORCED
    if first in _OBJECTLESS and rest:
        return True
    return first in _ONCE and not rest and field.depth == 1


def _runs_once(resource: Resource) -> bool:
    """Whether the kind itself is an order, so that its spec may say what to do."""
    return split(resource.kind)[-1] in _RUN_ONCE
