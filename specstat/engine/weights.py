"""The weights that configurations name, and which of them may be loaded."""

from __future__ import annotations

from pathlib import Path

from specstat.engine.config import Configuration, NamedFile, error_at
from specstat.judge.weights import Weights, WeightsError, load


def load_named(configuration: Configuration, file: NamedFile, *, trusted: bool) -> Weights:
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
        return load(path)
    except WeightsError as error:
        raise error_at(configuration.source, str(error), file.span.start) from None


def path_of(configuration: Configuration, file: NamedFile) -> Path:
    """Where a named file is, as seen from the current folder."""
    return Path(configuration.source.path).parent / file.path
