"""The weights that configurations name: which may be loaded, and that a run has one judge."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from specstat.engine.config import ConfigError, Configuration, NamedFile, error_at
from specstat.judge.weights import Weights, WeightsError, load


class Loaded(NamedTuple):
    """The weights file that a configuration names, and what it holds."""

    configuration: Configuration
    file: NamedFile
    weights: Weights


def load_named(configuration: Configuration, file: NamedFile, *, trusted: bool) -> Loaded:
    """Load the weights that a configuration names.

    A ConfigError at the name's place says why they cannot be used; where the configuration is not
    trusted the file is not touched.
    """
    path = path_of(configuration, file)
    if not trusted:
        message = (
            f"the weights file {path} is named by the tree itself and so is not loaded unasked; "
            f"--trust loads it, or name it yourself: --weights {path}"
        )
        raise error_at(configuration.source, message, file.span.start)
    try:
        return Loaded(configuration, file, load(path))
    except WeightsError as error:
        raise error_at(configuration.source, str(error), file.span.start) from None


def path_of(configuration: Configuration, file: NamedFile) -> Path:
    """Where a named file is, as seen from the current folder."""
    return Path(configuration.source.path).parent / file.path


def refuse_two_judges(loaded: Loaded, others: Iterable[Loaded]) -> None:
    """Raise a ConfigError where another configuration of the run names other weights.

    Copies of one file are one judge.
    """
    other = next((o for o in others if o.weights != loaded.weights), None)
    if other is not None:
        message = (
            f"{_named(other)} and {_named(loaded)}, which are different weights, and one run has "
            "one judge; lint them apart, or name one for all: --weights FILE"
        )
        raise ConfigError(message)


def _named(loaded: Loaded) -> str:
    line = loaded.configuration.source.position(loaded.file.span.start).line
    path = path_of(loaded.configuration, loaded.file)
    return f"{loaded.configuration.source.path}:{line} names {path}"
