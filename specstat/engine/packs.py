"""The rules that configurations name: packs by their path, plugins by their distribution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from specstat.engine.config.nouns import Configuration
from specstat.readers.settings.places import ConfigError, NamedFile, Said
from specstat.rules import registry
from specstat.rules.catalogue import Catalogue, Entry


def catalogue(configuration: Configuration, *, trusted: bool) -> Catalogue:
    """The shipped rules, and those of the packs and plugins that a configuration names.

    A ConfigError says why one cannot be used. Unless the configuration is trusted, no plugin is
    loaded, and no pack that holds CEL expressions.
    """
    found = registry.shipped()
    for named in configuration.packs or ():
        found = _added(Said(*named), found, pack_entries(named, trusted=trusted))
    for plugin in configuration.plugins or ():
        found = _added(plugin, found, _of_plugin(plugin, trusted))
    return found


def pack_entries(named: NamedFile, *, trusted: bool) -> Iterator[Entry]:
    """The rules of a pack that a configuration names."""
    from specstat.rules.patterns.reading import PackError, load  # noqa: PLC0415 - few have packs

    named.refuse_device()
    path = named.file
    try:
        pack = load(path.as_posix(), trusted=trusted)
    except OSError as error:
        message = f"cannot read the pack {path.as_posix()}: {error.strerror}"
        raise named.place.error(message) from None
    except PackError as error:
        raise ConfigError(str(error)) from None
    for rule in pack.rules:
        yield Entry(rule.code, rule.name, "", path.as_posix(), rule, rule.severity, text=rule.page)


def _of_plugin(
    named: Said[str],
    trusted: bool,  # noqa: FBT001 - passed on
) -> tuple[Entry, ...]:
    if not trusted:
        message = (
            f"the plugin {named.value} is code, and named by the tree itself, so it is not loaded "
            "unasked; --trust loads it"
        )
        raise named.place.error(message)
    from specstat.rules.plugins import PluginError, offered  # noqa: PLC0415 - few have plugins

    try:
        return offered(named.value)
    except PluginError as error:
        raise named.place.error(str(error)) from None


def _added(named: Said[str], known: Catalogue, entries: Iterable[Entry]) -> Catalogue:
    """A catalogue with further rules, none of which may take another's code or name."""
    entries = tuple(entries)
    for entry in entries:
        other = known.find(entry.code) or known.find(entry.name)
        if other is not None:
            message = (
                f"{named.value} brings {entry.code} {entry.name}, and there is "
                f"{other.code} {other.name} already; give one of them another code or name"
            )
            raise named.place.error(message)
    return known.plus(entries)
