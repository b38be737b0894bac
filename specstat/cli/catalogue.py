"""The rules that exist where a command is run: the shipped ones, and those of packs and plugins."""

from __future__ import annotations

from collections.abc import Iterable

from specstat.cli.errors import UsageError
from specstat.engine.config.finding import Configurations
from specstat.engine.config.loading import ConfigError
from specstat.rules.catalogue import Catalogue


def around(paths: Iterable[str] = (".",), config: str = "", *, trust: bool = False) -> Catalogue:
    """The rules for files and folders, by their nearest configurations, or by `config`."""
    try:
        return Configurations(config, trust=trust).catalogue_around(paths)
    except ConfigError as error:
        raise UsageError(str(error)) from None
