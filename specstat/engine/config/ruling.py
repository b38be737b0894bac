"""What rules a file: the settings that its configuration makes of those of the run.

It depends on the file's own path and configuration, never on the other files of a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from specstat.engine.check import Settings
from specstat.engine.config import globs, levels
from specstat.engine.config.finding import Configurations
from specstat.engine.config.globs import Glob
from specstat.engine.config.nouns import Configuration, Layer
from specstat.model.diagnostic import Severity
from specstat.readers.settings.places import Place, Said
from specstat.rules.catalogue import Catalogue

NEVER = "never"


class Ruled(NamedTuple):
    """A file's configuration and the settings that hold for it."""

    configuration: Configuration
    settings: Settings


@dataclass(slots=True)
class Ruling:
    """What rules the files of one run; `base` is what holds where no configuration speaks.

    What the caller asked for (`Settings.asked`) is laid over every configuration.
    """

    configurations: Configurations
    base: Settings
    _known: dict[tuple[str, tuple[int, ...]], Settings] = field(default_factory=dict)

    def of(self, path: str) -> Ruled:
        """What rules a file; ConfigError where its configuration cannot be used."""
        configuration = self.configurations.of(path)
        blocks = matching(configuration, path)
        key = (configuration.source.path, blocks)
        if key not in self._known:
            self._known[key] = self._settings(configuration, blocks)
        return Ruled(configuration, self._known[key])

    def _settings(self, configuration: Configuration, blocks: Sequence[int]) -> Settings:
        settings = self.base
        if settings.weights is None:
            settings = replace(settings, weights=self.configurations.weights_of(configuration))
        layers = layers_of(configuration, blocks, settings.asked)
        if configuration.require_reason is not None and configuration.require_reason.value:
            settings = replace(settings, require_reason=True)
        rules = self.configurations.catalogue_of(configuration)
        if configuration.rules or configuration.paths:
            from specstat.engine.config.mistakes import refuse_mistakes  # noqa: PLC0415 - few say any

            refuse_mistakes(configuration, rules)
        if not any(layers[:-1]) and rules is settings.catalogue:
            return settings
        own = levels.on(levels.levels(layers, rules))
        beyond = settings.beyond or bool(rules.run_rules(frozenset(own)))
        options = {**settings.options, **options_by_code(layers, rules)}
        return replace(settings, levels=own, options=options, catalogue=rules, beyond=beyond)


def layers_of(configuration: Configuration, blocks: Sequence[int], asked: Layer) -> list[Layer]:
    """What is laid over the profile, in this order; what was asked for is the last."""
    return [configuration.rules, *(configuration.paths[n].rules for n in blocks), asked]


def options_by_code(layers: Sequence[Layer], rules: Catalogue) -> Mapping[str, Mapping[str, Any]]:
    """The options that are set, each in the type of its default."""
    if not any(layer.options for layer in layers):
        return {}
    from specstat.engine.config.mistakes import as_default, options_of  # noqa: PLC0415 - few set any

    found: dict[str, dict[str, Any]] = {}
    for code, name, value, _ in levels.options(layers, rules):
        found.setdefault(code, {})[name] = as_default(value, options_of(rules.find(code))[name])
    return found


def matching(configuration: Configuration, path: str) -> tuple[int, ...]:
    """Which of the blocks for some paths hold for a file, by their numbers."""
    globs_of = [block.glob for block in configuration.paths]
    return tuple(_matching(globs_of, path)) if globs_of else ()


def excluded_by(configuration: Configuration, path: str) -> Place | None:
    """The pattern that excludes a file; None where none does."""
    if not configuration.exclude:
        return None
    number = next(_matching(configuration.exclude, path), None)
    return None if number is None else configuration.exclude[number].place


def _matching(patterns: Sequence[Said[Glob]], path: str) -> Iterator[int]:
    """The patterns that match a path, each seen from the folder of the file that it stands in."""
    seen: dict[str, str] = {}
    for number, (glob, place) in enumerate(patterns):
        source = place.source.path
        if source not in seen:
            seen[source] = globs.below(place.folder.as_posix(), path)
        if seen[source] and glob.regex.fullmatch(seen[source]):
            yield number


def fail_on(configuration: Configuration, asked: str = "") -> str:
    """From which severity on findings in a file count: a severity, or `never`."""
    if asked:
        return asked
    return configuration.fail_on.value if configuration.fail_on else Severity.WARNING.word
