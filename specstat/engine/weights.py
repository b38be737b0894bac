"""The weights that configurations name, and which of them may be loaded."""

from __future__ import annotations

from specstat.judge.weights import Weights, WeightsError, load
from specstat.readers.settings.places import NamedFile


def load_named(file: NamedFile, *, trusted: bool) -> Weights:
    """Load the weights that a configuration names.

    A ConfigError at the name's place says why they cannot be used; where the configuration is not
    trusted the file is not touched.
    """
    path = file.file
    if not trusted:
        message = (
            f"the weights file {path} is named by the tree itself and so is not loaded unasked; "
            f"--trust loads it, or name it yourself: --weights {path}"
        )
        raise file.place.error(message)
    try:
        return load(path)
    except WeightsError as error:
        raise file.place.error(str(error)) from None
