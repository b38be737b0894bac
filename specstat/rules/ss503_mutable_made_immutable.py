"""A field that could be changed, and after this change no longer can.

## What it does

Compares a version with what it was, where both are known (`specstat lint --since`, `specstat
diff`). Reports an existing field that a new transition rule freezes (`self == oldSelf` and its
like, also `self.size == oldSelf.size` on the object above it), and one that gets `IMMUTABLE` in a
proto. A new transition rule that forbids only some changes is told at info, and so is one that
enforces what the field's words said before, and any on `status`, whose writer is the controller.

## Why it is bad

Clients that change the field are refused from one release to the next. Manifests that were applied
for years fail, and the only way out is to delete the object and make it anew.

## How to fix it

- Freeze the field in the next version, and leave it as it is in this one.
- Or forbid only what nobody can rely on: a rule with a condition, such as `oldSelf.size() == 0 ||
  self == oldSelf`, still lets a field be set that has no value yet.
- Where a change never had an effect, say so in the description first, and enforce it a release
  later.

## When to ignore it

Where every change of the field was refused already, by a webhook for example.

## Example

```yaml
size:
  type: integer
  x-kubernetes-validations: # new
  - rule: self == oldSelf
```

## Source

Kubernetes, "Changing the API": what was mutable stays mutable. AIP-203, "Backwards compatibility":
`IMMUTABLE` on an existing field.
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding, Severity
from specstat.model.resource import Section
from specstat.rules import changes, mutability
from specstat.rules.base import ChangeContext, Scope
from specstat.rules.changes import Pair
from specstat.rules.moving import may_still_change

SCOPE = Scope.CHANGE


def check(context: ChangeContext) -> Iterator[Finding]:
    """Report fields that can no longer be changed, or no longer at will."""
    old, new = context.old, context.new
    limit = changes.loudest(old)
    frozen: set[str] = set()
    for pair, lock in mutability.newly_locked(old, new):
        frozen.add(pair.new.path)
        sometimes = "" if lock.always else " in all cases"
        message = f"could be changed and no longer can{sometimes}: {lock.words} is new"
        at_most = min(limit, Severity.ERROR if lock.always else Severity.WARNING)
        yield _finding(context, pair, message, at_most)
    for pair in context.outline.kept:
        rules = mutability.restrictions(*pair)
        if rules and pair.new.path not in frozen:
            message = f"takes fewer changes than before: the rule {rules[0]} is new"
            yield _finding(context, pair, message, Severity.INFO)


def _finding(context: ChangeContext, pair: Pair, message: str, at_most: Severity) -> Finding:
    if pair.new.section is Section.STATUS or mutability.tells_so(pair.old):
        at_most = Severity.INFO
    version = context.new.version or "this API"
    advice = (
        f"{version} may still change: tell its users"
        if may_still_change(context.old)
        else f"{version} is served: freeze {pair.new.name} in the next version, not in this one"
    )
    return Finding(
        span=pair.new.name_span,
        message=message,
        at_most=at_most,
        help=(advice,),
        on=pair.new,
    )
