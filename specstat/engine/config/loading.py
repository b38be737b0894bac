"""Reading a configuration file: `specstat.yaml`, or `[tool.specstat]` in pyproject.toml.

    profile: kubebuilder
    severity: {SS309: warning}
    paths:
      "vendor/**": {ignore: [SS3]}
    fields:
      AgentExecution.status.callback_token: purpose=instruction changes=never

Which keys there are is told in `config_keys`; what of it makes sense for the rules that there are,
in `config_check`; which configuration rules which file, in `configurations`.
"""

from __future__ import annotations

from pathlib import Path

from specstat.engine.config.fields import EXAMPLE
from specstat.engine.config.keys import KEYS
from specstat.engine.config.nouns import NOTHING, Configuration, Entry
from specstat.model.source import Source, Span
from specstat.readers.decoding import decode
from specstat.readers.settings.items import of_toml, of_yaml
from specstat.readers.settings.keys import read_keys
from specstat.readers.settings.places import ConfigError, NamedFile, Place
from specstat.readers.settings.values import lines

__all__ = [
    "EXAMPLE",
    "FIELDS",
    "NOTHING",
    "ConfigError",
    "Configuration",
    "Entry",
    "NamedFile",
    "error_at",
    "is_toml",
    "load",
    "read",
]

FIELDS = "fields"
_TOML = ".toml"


def is_toml(path: str) -> bool:
    """Whether a configuration is written in TOML, by its name."""
    return path.lower().endswith(_TOML)


def load(path: str) -> Configuration | None:
    """Read a configuration file, by itself; None for TOML without `[tool.specstat]`.

    ConfigError where it cannot be used.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        message = f"cannot read the configuration {path}: {error.strerror}"
        raise ConfigError(message) from None
    if is_toml(path) and b"specstat" not in data:
        return None
    source, problem = decode(path, data)
    if problem is not None:
        raise error_at(source, problem.message, problem.span.start if problem.span else 0)
    return _toml(source) if is_toml(path) else read(source)


def read(source: Source) -> Configuration:
    """What the text of a configuration says by itself; ConfigError where it cannot be used."""
    tree = of_yaml(source)
    if tree is None:
        return Configuration(source)
    wanted = "a configuration is a mapping of keys, such as ignore: [SS309]"
    return read_keys(KEYS, Configuration(source), lines(tree, wanted))


def _toml(source: Source) -> Configuration | None:
    tree = of_toml(source)
    if tree is None:
        return None
    wanted = '[tool.specstat] is a table of keys, such as ignore = ["SS309"]'
    return read_keys(KEYS, Configuration(tree.place.source), lines(tree, wanted))


def error_at(source: Source, message: str, offset: int) -> ConfigError:
    """An error at a place of a configuration."""
    return Place(source, Span(offset, offset)).error(message)
