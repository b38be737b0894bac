"""The rules that configurations name: packs by their path, plugins by their distribution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from specstat.engine.config import ConfigError, Configuration, NamedFile, error_at
from specstat.rules import registry
from specstat.rules.catalogue import Catalogue, Entry


def catalogue(configuration: Configuration, *, trusted: bool) -> Catalogue:
    """The shipped rules, and those of the packs and plugins that a configuration names.

    A ConfigError says why one cannot be used. Unless the configuration is trusted, no plugin is
    loaded, and no pack that holds CEL expressions.
    """
    found = registry.shipped()
    for named in configuration.packs:
        entries = pack_entries(configuration, named, trusted=trusted)
        found = _added(configuration, named, found, entries)
    for named in configuration.plugins:
        found = _added(configuration, named, found, _of_plugin(configuration, named, trusted))
    return found


def pack_entries(
    configuration: Configuration, named: NamedFile, *, trusted: bool
) -> Iterator[Entry]:
    """The rules of a pack that a configuration names."""
    from specstat.rules.patterns.reading import PackError, load  # noqa: PLC0415 - few have packs

    path = Path(configuration.source.path).parent / named.path
    try:
        pack = load(path.as_posix(), trusted=trusted)
    except OSError as error:
        message = f"cannot read the pack {path.as_posix()}: {error.strerror}"
        raise error_at(configuration.source, message, named.span.start) from None
    except PackError as error:
        raise ConfigError(str(error)) from None
    for rule in pack.rules:
        yield Entry(rule.code, rule.name, "", path.as_posix(), rule, rule.severity, text=rule.page)


def _of_plugin(
    configuration: Configuration,
    named: NamedFile,
    trusted: bool,  # noqa: FBT001 - passed on
) -> tuple[Entry, ...]:
    if not trusted:
        message = (
            f"the plugin {named.path} is code, and named by the tree itself, so it is not loaded "
            "unasked; --trust loads it"
        )
        raise error_at(configuration.source, message, named.span.start)
    from specstat.rules.plugins import PluginError, offered  # noqa: PLC0415 - few have plugins

    try:
        return offered(named.path)
    except PluginError as error:
        raise error_at(configuration.source, str(error), named.span.start) from None


def _added(
    configuration: Configuration, named: NamedFile, known: Catalogue, entries: Iterable[Entry]
) -> Catalogue:
    """A catalogue with further rules, none of which may take another's code or name."""
    entries = tuple(entries)
    for entry in entries:
        other = known.find(entry.code) or known.find(entry.name)
        if other is not None:
            message = (
                f"{named.path} brings {entry.code} {entry.name}, and there is "
                f"{other.code} {other.name} already; give one of them another code or name"
            )
            raise error_at(configuration.source, message, named.span.start)
    return known.plus(entries)
