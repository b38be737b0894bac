"""A field annotation that says the field belongs elsewhere than where it stands.

## What it does

Reports fields whose `purpose=` annotation names another section: an instruction in `status`, an
observation in `spec`.

## Why it is bad

The author has the last word on purpose, and is held to it. Either the field is misplaced, and
the author knows, or the annotation is wrong and misleads whoever relies on it.

## How to fix it

- Move the field to the section that its purpose names: while the field can still move, at once;
  in a served version, by adding it there and deprecating this one.
- Or correct the annotation. `purpose=allocation` fits either section; in a CRD an identity may
  sit in any.

## When to ignore it

Never for long: an annotation that nobody believes should not be there.

## Example

```yaml
status:
  properties:
    callbackToken: # specstat: purpose=instruction
```

## Source

Spec/status philosophy, "The Purpose Test".
"""

from __future__ import annotations

from collections.abc import Iterator

from specstat.model.diagnostic import Finding
from specstat.model.resource import Section
from specstat.rules import placement
from specstat.rules.base import FieldContext, Scope

SCOPE = Scope.FIELD


def check(context: FieldContext) -> Iterator[Finding]:
    """Report a declared purpose that is at odds with the field's section."""
    verdict, section = context.verdict, context.field.section
    if not verdict.declared or verdict.section is Section.METADATA:
        return
    if section in {Section.SPEC, Section.STATUS} and section is not verdict.section:
        yield placement.finding(context, verdict.section)
