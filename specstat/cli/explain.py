"""`specstat explain` and `specstat rules`: the pages of the rules, and their list."""

from __future__ import annotations

import sys

from specstat.cli.catalogue import around
from specstat.cli.errors import UsageError
from specstat.reporters.layout import table
from specstat.rules import registry


def execute(code: str, *, trust: bool = False) -> int:
    """Print the page of one rule; also of one that the configuration here brings."""
    catalogue = registry.shipped()
    if catalogue.find(code) is None:
        catalogue = around(trust=trust)
    entry = catalogue.find(code)
    if entry is None:
        message = f"there is no rule {code}; {catalogue.hint(code)}"
        raise UsageError(message)
    sys.stdout.write(f"{entry.code} {entry.name}\n\n{catalogue.page(entry)}\n")
    return 0


def list_rules(form: str, *, trust: bool = False) -> int:
    """Print all rules, also those that the configuration here brings, as a table or as JSON."""
    catalogue = around(trust=trust)
    rows = [(e.code, e.name, catalogue.summary(e)) for e in catalogue.entries()]
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
