"""What holds for a file, value by value, and where each of them is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from specstat.engine.config import levels
from specstat.engine.config.finding import Configurations, shown
from specstat.engine.config.mistakes import as_default, options_of, refuse_mistakes
from specstat.engine.config.nouns import Configuration, Layer
from specstat.engine.config.ruling import excluded_by, fail_on, layers_of, matching
from specstat.model.directives import Directive
from specstat.readers.settings.places import NamedFile, Said
from specstat.rules import packs
from specstat.rules.catalogue import Catalogue

if TYPE_CHECKING:
    from specstat.immutability.terms import Terms

DEFAULT = "default"
_ALWAYS = "always on"


class Row(NamedTuple):
    """One value and its origin: a place, a profile, `default` or `command line`."""

    name: str
    value: Any
    origin: str


class RuleRow(NamedTuple):
    """One rule: how loud it may be at most (empty: it is off), and the origin of that."""

    code: str
    name: str
    severity: str
    origin: str


class Holding(NamedTuple):
    """All that holds for a file.

    `configuration` is empty where none rules; `excluded` tells the pattern that excludes the file.
    """

    file: str
    configuration: str
    extends: tuple[str, ...]
    excluded: str
    settings: tuple[Row, ...]
    rules: tuple[RuleRow, ...]
    options: tuple[Row, ...]
    fields: tuple[Row, ...]


def holding(configurations: Configurations, path: str, asked: Layer) -> Holding:
    """What holds for a file, which need not be there; ConfigError where that cannot be used."""
    found = configurations.of(path)
    rules = configurations.catalogue_of(found)
    refuse_mistakes(found, rules)
    layers = layers_of(found, matching(found, path), asked)
    excluded = excluded_by(found, path)
    return Holding(
        path,
        found.source.path,
        found.bases,
        excluded.brief if excluded else "",
        tuple(_settings(configurations, found, layers)),
        tuple(_rules(layers, rules)),
        tuple(_options(layers, rules)),
        tuple(Row(e.key, words(e.directive), e.place.brief) for e in found.entries),
    )


def _settings(
    configurations: Configurations, found: Configuration, layers: Sequence[Layer]
) -> Iterator[Row]:
    profile = levels.profile_of(layers)
    yield Row("profile", profile.value, profile.place.brief)
    yield _row("rules-as-of", found.rules.as_of, "")
    yield _row("fail-on", found.fail_on, fail_on(found))
    yield _row("require-reason", found.require_reason, default=False)
    for name, file in (("baseline", found.baseline), ("judge.weights", found.weights)):
        yield _row(name, Said(shown(file.file), file.place) if file else None, "")
    globs = found.exclude
    yield _listed("exclude", None if globs is None else [Said(g.text, p) for g, p in globs])
    for name, files in (("packs", found.packs), ("proto.roots", found.proto_roots)):
        said = None if files is None else [Said(shown(f.file), f.place) for f in files]
        yield _listed(name, said)
    yield _listed("plugins", found.plugins)
    yield _policies(found, configurations.policies_of(found))


def _policies(found: Configuration, policies: Iterable[Terms]) -> Row:
    """The names of the policies, and the place of the first that is named or written out."""
    first = next(iter(found.policies or ()), None)
    if first is None:
        return Row("policies", [], DEFAULT)
    from specstat.immutability.language.reading import where  # noqa: PLC0415 - few have any

    origin = first.place.brief if isinstance(first, NamedFile) else where(first)
    return Row("policies", [terms.name for terms in policies], origin)


def _row(name: str, said: Said[Any] | None, default: object) -> Row:
    return Row(name, said.value, said.place.brief) if said else Row(name, default, DEFAULT)


def _listed(name: str, said: Iterable[Said[str]] | None) -> Row:
    """A list, with the place of its first item."""
    said = list(said or ())
    return Row(name, [s.value for s in said], said[0].place.brief if said else DEFAULT)


def _rules(layers: Sequence[Layer], rules: Catalogue) -> Iterator[RuleRow]:
    held = levels.levels(layers, rules)
    profile = levels.Held(None, f"profile {levels.profile_of(layers).value}")
    fatal = {row.code: levels.Held(row.severity, _ALWAYS) for row in packs.own() if row.fatal}
    for entry in rules.entries():
        severity, origin = fatal.get(entry.code) or held.get(entry.code, profile)
        yield RuleRow(entry.code, entry.name, severity.word if severity else "", origin)


def _options(layers: Sequence[Layer], rules: Catalogue) -> Iterator[Row]:
    """The options of all rules: what is set, else their defaults."""
    given = {(o.code, o.name): o for o in levels.options(layers, rules)}
    for entry in rules.entries():
        for name, default in options_of(entry).items():
            option = given.get((entry.code, name))
            value = as_default(option.value, default) if option else default
            yield Row(f"{entry.code}.{name}", _plain(value), option.origin if option else DEFAULT)


def _plain(value: object) -> object:
    """A value that JSON can hold, too."""
    return sorted(value) if isinstance(value, (tuple, list, frozenset, set)) else value


def words(directive: Directive) -> str:
    """What is declared of a field and ignored on it, in the words of the grammar."""
    declared = directive.declared
    pairs = (
        ("purpose", declared.purpose),
        ("set", declared.set_when),
        ("changes", declared.changes),
        ("echo-of", declared.echo_of),
    )
    said = [f"{key}={value}" for key, value in pairs if value]
    marks = ["sensitive"] if declared.sensitive else []
    ignored = [f"ignore[{', '.join(i.codes)}] {i.reason}".rstrip() for i in directive.ignores]
    return " ".join([*said, *marks, *ignored])
