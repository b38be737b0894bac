"""The weights to judge with, as the command line names them."""

from __future__ import annotations

from pathlib import Path

from specstat.cli.errors import UsageError
from specstat.engine.config.finding import Configurations
from specstat.judge.weights import Weights, WeightsError, load
from specstat.readers.settings.places import ConfigError


def named(path: str | None) -> Weights | None:
    """The weights of a file; None where none is named."""
    if path is None:
        return None
    try:
        return load(Path(path))
    except WeightsError as error:
        raise UsageError(str(error)) from None


def of_no_file(path: str | None, config: str) -> Weights | None:
    """The weights for fields that stand in no file: those named, else those of `--config`."""
    if path is not None or not config:
        return named(path)
    configurations = Configurations(config)
    try:
        return configurations.weights_of(configurations.of(""))
    except ConfigError as error:
        raise UsageError(str(error)) from None
