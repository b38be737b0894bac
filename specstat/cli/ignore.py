"""`specstat ignore`: writes where it belongs that findings on a field are ignored, and why."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from specstat import readers
from specstat.cli.errors import UsageError
from specstat.cli.writing import Done, configuration_of, show_difference, target_of, write
from specstat.engine import edit_crd, edit_ignore, suppress
from specstat.engine.annotate import RefusedError, into_config
from specstat.engine.check import Settings, levels_of
from specstat.engine.config import ConfigError
from specstat.engine.configurations import Configurations
from specstat.engine.declare import lay_over
from specstat.engine.discover import Found
from specstat.engine.run import lint
from specstat.engine.stamp import locate
from specstat.engine.targets import Target
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
    try:
        if there := _already(order, target, codes, catalogue):
            sys.stdout.write(visible(f"{target.name} ignores that already: {there}") + "\n")
            return 0
        edit_ignore.refuse(ignoring)
        is_found = _is_found(order, target, codes)
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
    if not is_found:
        note = f"lint finds no {' or '.join(ignoring.codes)} there now, so that it may be told"
        sys.stdout.write(f"{note} as of no use (SS002)\n")
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


def _is_found(order: Order, target: Target, codes: frozenset[str]) -> bool:
    """Whether lint finds such a thing there now; in doubt, as with other files to see, yes."""
    if codes - {e.code for e in registry.shipped().entries()} or target.resource is None:
        return True
    if suppress.need_more(registry.shipped(), codes):
        return True
    levels = levels_of(sorted(codes))
    configurations = Configurations(order.config if Path(order.config).is_file() else "")
    settings = Settings(levels)
    try:
        run = lint([Found(order.file, named=True)], settings, b"", configurations)
    except ConfigError:
        return True
    on = frozenset(f.path for f in target.field.walk()) if target.field else None
    kind = (target.resource.group, target.resource.kind)
    return any(
        codes & {d.code, *d.also}
        and d.resource is not None
        and (d.resource.group, d.resource.kind) == kind
        and (on is None or (d.field is not None and d.field.path in on))
        for d in run.diagnostics
    )


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
