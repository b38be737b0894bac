"""`specstat diff`: two sides of an API, what became of its fields, and an exit code."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from specstat.cli.catalogue import around
from specstat.cli.errors import UsageError
from specstat.cli.limits import Limits, exit_code
from specstat.cli.weights import named
from specstat.engine.check import settings_for
from specstat.engine.config.finding import Configurations
from specstat.engine.config.loading import ConfigError
from specstat.engine.past.difference import Difference, difference
from specstat.engine.past.git import RevisionError
from specstat.reporters.diff_rows import Report, ResourceRows, Row
from specstat.reporters.layout import paint, wants_color
from specstat.rules import registry


class Order(NamedTuple):
    """What the command line asked for."""

    old: str
    new: str = ""
    format: str = "text"
    fail_on: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: str = ""
    weights: str | None = None
    trust: bool = False
    no_color: bool = False


def execute(order: Order) -> int:
    """Compare and report; the exit code is 0, 1 or 2."""
    for option, words in (("--select", order.select), ("--ignore", order.ignore)):
        if complaint := _complaint(words, order):
            message = complaint.replace(";", f" in {option};", 1)
            raise UsageError(message)
    settings = settings_for(order.select, order.ignore, weights=named(order.weights))
    configurations = Configurations(order.config, trust=order.trust)
    try:
        found = difference(order.old, order.new, settings, configurations)
    except (RevisionError, ConfigError) as error:
        raise UsageError(str(error)) from None
    _show(_report(found), order)
    return exit_code(found.diagnostics, Limits(order.fail_on, configurations))


def _complaint(words: tuple[str, ...], order: Order) -> str:
    """What is wrong with words for codes; packs and plugins are looked at only if need be."""
    if not registry.shipped().complaint(words):
        return ""
    paths = [word for word in (order.old, order.new) if os.path.lexists(word)]
    return around(paths or ["."], order.config, trust=order.trust).complaint(words)


def _report(found: Difference) -> Report:
    """What was found in the form in which reports show it."""
    rows = tuple(
        ResourceRows(
            change.what.value,
            change.resource,
            change.old_version,
            change.location,
            tuple(Row(f.what.value, f.path, f.was, f.now, f.location) for f in change.fields),
        )
        for change in found.comparison.resources
    )
    return Report(found.old, found.new, rows, found.diagnostics, found.comparison.compared)


def _show(report: Report, order: Order) -> None:
    if order.format == "json":
        from specstat.reporters import diff_json

        sys.stdout.write(diff_json.report(report))
    elif order.format == "markdown":
        from specstat.reporters import diff_markdown

        sys.stdout.write(diff_markdown.report(report))
    else:
        from specstat.reporters import diff_text

        color = wants_color(sys.stdout, no_color=order.no_color)
        paint(diff_text.report(report), sys.stdout, color=color)
