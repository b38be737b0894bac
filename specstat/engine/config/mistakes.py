"""Whether what a configuration says of rules makes sense for the rules that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from specstat.engine.config.nouns import Configuration, Layer, Loudness, Option
from specstat.readers.settings.places import Said
from specstat.readers.settings.values import close
from specstat.rules import profiles, registry
from specstat.rules.base import NO_OPTIONS
from specstat.rules.catalogue import Catalogue, Entry

_WANTED = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def refuse_mistakes(configuration: Configuration, rules: Catalogue | None = None) -> None:
    """Raise a ConfigError at the first code, profile or option that there is not."""
    rules = rules or registry.shipped()
    for layer in (configuration.rules, *(block.rules for block in configuration.paths)):
        _profile(layer)
        for word in _words(layer):
            if not rules.matching(word.value):
                message = f"unknown code {word.value}; {rules.hint(word.value)}"
                raise word.place.error(message)
        for mapping in layer.severity:
            _refuse_two_words(mapping, rules)
        for option in layer.options:
            _option(option, rules)


def _profile(layer: Layer) -> None:
    said = layer.profile
    if said is not None and (complaint := profiles.complaint(said.value)):
        raise said.place.error(complaint)


def _words(layer: Layer) -> Iterator[Said[str]]:
    """All that should stand for codes."""
    yield from layer.select or ()
    yield from layer.ignore or ()
    yield from (Said(loud.word, loud.place) for said in layer.severity for loud in said)


def _refuse_two_words(mapping: Iterable[Loudness], rules: Catalogue) -> None:
    """Of a code and a name for one rule, neither is the more exact."""
    words: dict[str, str] = {}
    for loud in mapping:
        entry = rules.find(loud.word)
        if entry is not None and entry.code in words:
            message = f"{words[entry.code]} and {loud.word} are the same rule; keep one of them"
            raise loud.place.error(message)
        if entry is not None:
            words[entry.code] = loud.word


def options_of(entry: Entry | None) -> Mapping[str, Any]:
    """The options of a rule with their defaults; none where there is no such rule."""
    if entry is None or not (entry.module or entry.rule):
        return NO_OPTIONS
    rule = import_module(entry.module) if entry.rule is None else entry.rule
    found: Mapping[str, Any] = getattr(rule, "OPTIONS", NO_OPTIONS)
    return found


def _option(option: Option, rules: Catalogue) -> None:
    rule, name, value = option
    entry = rules.find(rule.value)
    if entry is None and (several := rules.matching(rule.value)):
        message = f"{rule.value} means {len(several)} rules; options want a single one"
        raise rule.place.error(message)
    if entry is None:
        raise rule.place.error(f"unknown code {rule.value}; {rules.hint(rule.value)}")
    known = options_of(entry)
    if name.value not in known:
        there = f"{entry.code} has {', '.join(known)}" if known else f"{entry.code} has no options"
        hint = close(name.value, known) or there
        raise name.place.error(f"unknown option {name.value!r} of {entry.code}; {hint}")
    if not fits(value.value, known[name.value]):
        message = f"{name.value} of {entry.code} wants {wanted(known[name.value])}"
        raise value.place.error(message)


def fits(value: object, default: object) -> bool:
    """Whether a value is of the type of an option's default."""
    if isinstance(default, (tuple, list, frozenset, set)):
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, float):
        return isinstance(value, (int, float))
    return isinstance(value, type(default))


def wanted(default: object) -> str:
    """What an option wants, in words."""
    if isinstance(default, (tuple, list, frozenset, set)):
        return "a list of texts"
    what = _WANTED.get(type(default), "another value")
    return f"{what}, such as {str(default).lower() if isinstance(default, bool) else default}"


def as_default(value: Any, default: Any) -> Any:  # noqa: ANN401 - options have many types
    """A value in the very type of an option's default."""
    return type(default)(value)
