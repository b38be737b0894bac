"""Rules that installed distributions offer by entry points, of the group `specstat.rules`.

    [project.entry-points."specstat.rules"]
    acme002_no_host_ports = "acme_rules.no_host_ports"

The name is code and name as the file names of our own rules have them; the value is a module with
`SCOPE`, `check` and a docstring, which is its page, and if need be `OPTIONS` and `SEVERITY`.
Loading one runs its code: whoever calls `offered` has been told to trust it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from inspect import getdoc
from typing import Any

from specstat.model.diagnostic import Severity
from specstat.rules.base import Scope
from specstat.rules.catalogue import Entry
from specstat.rules.patterns.nodes import nearest

GROUP = "specstat.rules"
_DEFAULTS = (bool, int, float, str, tuple, list, frozenset, set)
_NAME = re.compile(r"([a-z]{2,12}\d{1,6})_([a-z0-9_]+)")


class PluginError(ValueError):
    """A plugin that cannot be used; a sentence that says why."""


def offered(distribution: str) -> tuple[Entry, ...]:
    """The rules of an installed distribution, loaded; PluginError where there are none to use."""
    found = [(_normal(p.dist.name), p) for p in entry_points(group=GROUP) if p.dist]
    points = [point for name, point in found if name == _normal(distribution)]
    if not points:
        others = sorted({name for name, _ in found})
        hint = nearest(distribution, others) if others else f"no distribution here offers {GROUP}"
        message = f"the plugin {distribution} is not installed, or offers no rules; {hint}"
        raise PluginError(message)
    return tuple(_entry(distribution, point) for point in points)


def _normal(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _entry(distribution: str, point: EntryPoint) -> Entry:
    named = _NAME.fullmatch(point.name)
    if named is None or re.match(r"ss\d", point.name):
        message = (
            f"the plugin {distribution} offers a rule as {point.name!r}; an entry point is called "
            "like a rule's module, such as acme002_no_host_ports, and ss001 to ss999 are not free"
        )
        raise PluginError(message)
    try:
        module: Any = point.load()
    except (Exception, SystemExit) as error:
        message = f"the plugin {distribution} cannot be loaded: {type(error).__name__}: {error}"
        raise PluginError(message) from error
    if not _is_rule(module):
        message = (
            f"the plugin {distribution} offers {point.value}, which is no rule: it wants SCOPE, a "
            "specstat.rules.base.Scope, and check(context); of scope RUN also confirm(own, other)"
        )
        raise PluginError(message)
    severity = getattr(module, "SEVERITY", Severity.WARNING)
    if not isinstance(severity, Severity):
        message = f"{point.value}.SEVERITY is no specstat.model.diagnostic.Severity"
        raise PluginError(message)
    if not _are_options(getattr(module, "OPTIONS", {})):
        message = (
            f"{point.value}.OPTIONS is no mapping of names to defaults; a default is true, a "
            "number, a text or a list of texts"
        )
        raise PluginError(message)
    code, name = named[1].upper(), named[2].replace("_", "-")
    return Entry(code, name, point.value, "", module, severity, text=getdoc(module) or "")


def _are_options(options: object) -> bool:
    return isinstance(options, Mapping) and all(
        isinstance(name, str) and isinstance(default, _DEFAULTS)
        for name, default in options.items()
    )


def _is_rule(module: Any) -> bool:  # noqa: ANN401 - whatever an entry point names
    scope = getattr(module, "SCOPE", None)
    wanted = ("check", "confirm") if scope is Scope.RUN else ("check",)
    return isinstance(scope, Scope) and all(
        callable(getattr(module, name, None)) for name in wanted
    )
