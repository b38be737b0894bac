"""`specstat explain` and `specstat rules`: the pages of the rules, and their list."""

from __future__ import annotations

import sys

from specstat.cli.errors import UsageError
from specstat.reporters.layout import table
from specstat.rules import registry


def execute(code: str) -> int:
    """Print the page of one rule."""
    entry = registry.shipped().find(code)
    if entry is None:
        message = f"there is no rule {code}; {registry.shipped().hint(code)}"
        raise UsageError(message)
    sys.stdout.write(f"{entry.code} {entry.name}\n\n{registry.shipped().page(entry)}\n")
    return 0


def list_rules(form: str) -> int:
    """Print all rules, as a table or as JSON."""
    rows = [(e.code, e.name, registry.shipped().summary(e)) for e in registry.shipped().entries()]
    if form == "json":
        import json

        keys = ("code", "name", "summary")
        sys.stdout.write(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2))
        sys.stdout.write("\n")
        return 0
    if form != "text":
        message = f"unknown format {form!r} in --format; there are text, json"
        raise UsageError(message)
    sys.stdout.writelines(line + "\n" for line in table(rows))
    return 0
