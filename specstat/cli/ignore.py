"""`specstat ignore`: writes where it belongs that findings on a field are ignored, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from specstat import readers
from specstat.cli.errors import UsageError
from specstat.cli.writing import Done, configuration_of, show_difference, target_of, write
from specstat.engine import suppress
from specstat.engine.check import Settings, levels_of
from specstat.engine.config.finding import Configurations
from specstat.engine.config.loading import ConfigError
from specstat.engine.declare import lay_over
from specstat.engine.discover import Found
from specstat.engine.edit import crd as edit_crd
from specstat.engine.edit import ignore as edit_ignore
from specstat.engine.edit.annotate import RefusedError, into_config
from specstat.engine.edit.targets import Target, every
from specstat.engine.run import lint
from specstat.engine.stamp import locate
from specstat.model.diagnostic import Diagnostic
from specstat.model.directives import MARK
from specstat.model.ignoring import Ignoring
from specstat.model.ignoring import written as said_of
from specstat.reporters.layout import visible
from specstat.reporters.places import place
from specstat.rules import registry
from specstat.rules.catalogue import Catalogue
from specstat.rules.moving import go_field


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked: which codes at which `FILE:FIELD`, and why; where, if not there."""

    codes: tuple[str, ...]
    place: str
    reason: str
    config: str = ""
    diff: bool = False

    @property
    def file(self) -> str:
        """The file of the place."""
        return self.place.rpartition(":")[0]

    @property
    def field(self) -> str:
        """The field of the place, or the kind of a resource."""
        return self.place.rpartition(":")[2]


def execute(order: Order) -> int:
    """Ignore findings on one field and return the exit code."""
    catalogue = _catalogue(order)
    ignoring = Ignoring(_codes(order, catalogue), " ".join(order.reason.split()))
    if not ignoring.reason:
        message = "an ignore wants a reason, for whoever meets it later: --reason TEXT"
        raise UsageError(message)
    if not order.file or not order.field or Path(order.place).exists():
        message = f"{order.place} names no field; write FILE:FIELD, such as crd.yaml:Widget.spec"
        raise UsageError(message)
    target = target_of("ignore", order.file, order.field, or_whole=True)
    codes = frozenset().union(*map(catalogue.matching, ignoring.codes))
    versions = _found_in(order, target, codes)
    target = _where_found(order, target, versions)
    try:
        if there := _already(order, target, codes, catalogue):
            sys.stdout.write(visible(f"{target.name} ignores that already: {there}") + "\n")
            return 0
        edit_ignore.refuse(ignoring)
        done = _ignore(order, target, ignoring)
    except (RefusedError, ConfigError) as error:
        message = f"nothing was ignored on {target.name}: {error}"
        raise UsageError(message) from None
    if order.diff:
        show_difference(done)
        return 0
    write(done)
    told = f"{target.name} ignores {', '.join(ignoring.codes)}: {done.place}{done.why}"
    sys.stdout.write(visible(told) + "\n")
    if versions is not None and not versions:
        note = f"lint finds no {' or '.join(ignoring.codes)} there now, so that it may be told"
        sys.stdout.write(f"{note} as of no use (SS002)\n")
    elif others := _others(target, versions, done):
        sys.stdout.write(visible(f"{others}, where it is still told") + "\n")
    return 0


def _catalogue(order: Order) -> Catalogue:
    """The rules that there are; packs and plugins are looked at only if need be."""
    if not registry.shipped().complaint(order.codes):
        return registry.shipped()
    from specstat.cli.catalogue import around

    config = order.config if Path(order.config).is_file() else ""
    return around([order.file], config, trust=False)


def _codes(order: Order, catalogue: Catalogue) -> tuple[str, ...]:
    """The codes as they are written: by code, or the start of codes."""
    if complaint := catalogue.complaint(order.codes):
        raise UsageError(complaint)
    for word in order.codes:
        if not suppress.codes_of(catalogue, word):
            message = f"{word} is told of no field, so no field can ignore it; see --ignore"
            raise UsageError(message)
    found = ((catalogue.find(word), word) for word in order.codes)
    return tuple(dict.fromkeys(entry.code if entry else word.upper() for entry, word in found))


def _already(order: Order, target: Target, codes: frozenset[str], catalogue: Catalogue) -> str:
    """Where all codes are ignored on a target already; empty for nowhere."""
    if target.resource is None:
        return ""
    reading = readers.read(order.file, Path(order.file).read_bytes())
    laid = lay_over(reading, configuration_of(order.file, order.config)).reading
    ignore = suppress.gather(laid, catalogue).of(target.resource, target.path, codes)
    return place(locate(ignore.source, ignore.span)) if ignore else ""


def _found_in(order: Order, target: Target, codes: frozenset[str]) -> frozenset[str] | None:
    """The versions in which lint finds such a thing there now, or else in which it is ignored.

    None where other files may tell.
    """
    if codes - {e.code for e in registry.shipped().entries()} or target.resource is None:
        return None
    if suppress.need_more(registry.shipped(), codes):
        return None
    configurations = Configurations(order.config if Path(order.config).is_file() else "")
    settings = Settings(levels_of(sorted(codes)))
    try:
        run = lint([Found(order.file, named=True)], settings, b"", configurations)
    except ConfigError:
        return None
    on = frozenset(f.path for f in target.field.walk()) if target.field else None
    kind = (target.resource.group, target.resource.kind)

    def versions(diagnostics: Iterable[Diagnostic]) -> frozenset[str]:
        return frozenset(
            d.resource.version
            for d in diagnostics
            if codes & {d.code, *d.also}
            and d.resource is not None
            and (d.resource.group, d.resource.kind) == kind
            and (on is None or (d.field is not None and d.field.path in on))
        )

    return versions(run.diagnostics) or versions(run.ignored)


def _where_found(order: Order, target: Target, versions: frozenset[str] | None) -> Target:
    """The same field in a version in which lint finds something, if not in the one that is meant.

    What is said of a resource as a whole holds for all its versions.
    """
    if not versions or target.field is None or _version(target) in versions:
        return target
    reading = readers.read(order.file, Path(order.file).read_bytes())
    same = (t for t in every(reading) if t.name == target.name and _group(t) == _group(target))
    return next((t for t in same if _version(t) in versions), target)


def _others(target: Target, versions: frozenset[str] | None, done: Done) -> str:
    """Which other versions have the same; empty for none, and where it is ignored in all."""
    if not versions or target.field is None or done.before.path != target.source.path:
        return ""
    others = sorted(versions - {_version(target)})
    verb = "has" if len(others) == 1 else "have"
    return f"{' and '.join(others)} {verb} the same field" if others else ""


def _group(target: Target) -> str:
    return target.resource.group if target.resource else ""


def _version(target: Target) -> str:
    return target.resource.version if target.resource else ""


def _ignore(order: Order, target: Target, ignoring: Ignoring) -> Done:
    """Into the target's own file where a comment may stand there, else into the configuration."""
    source, resource = target.source, target.resource
    is_proto = readers.is_proto(source.path)
    why = "" if is_proto or resource is None else edit_crd.unfit(resource, source.text)
    if not why:
        written = edit_ignore.into_file(target, ignoring)
        if written is not None:
            elsewhere = source.path != Path(order.file).as_posix()
            return Done(source, written, ", where it stands" if elsewhere else "")
        why = f"has no place for a comment at line {target.line}"
    if is_proto or resource is None:
        message = f"{source.path} {why} that would bind to it alone; give it lines of its own"
        raise RefusedError(message)
    configuration = configuration_of(order.file, order.config)
    words = said_of(*ignoring)
    written = into_config(resource, target.path, configuration, words)
    source_of_it = _in_go(target, words) if resource.facts.generator else ""
    return Done(configuration.source, written, f", as {source.path} {why}{source_of_it}")


def _in_go(target: Target, words: str) -> str:
    """Where the same can stand in Go, for those who would rather have it there."""
    if target.resource is None or target.field is None:
        return ""
    field = go_field(target.resource, target.field)
    return f"; its Go field {field} can say the same: // {MARK} {words}" if field else ""
