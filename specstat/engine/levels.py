"""Which codes are on and how loud each may be: a profile, and what is laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from specstat.engine.configuration import (
    COMMAND_LINE,
    Layer,
    Loudness,
    Place,
    Said,
)
from specstat.model.diagnostic import Severity
from specstat.rules import packs, profiles, registry

_DEFAULT = "default"


class Held(NamedTuple):
    """The highest severity of a code, None where it is off, and where that is said."""

    severity: Severity | None
    origin: str


_OFF = Held(None, "")


class HeldOption(NamedTuple):
    """What an option of a rule is set to, and where that is said."""

    code: str
    name: str
    value: Any
    origin: str


def asked(
    select: Iterable[str] = (), ignore: Iterable[str] = (), profile: str | None = None
) -> Layer:
    """What a command line or a caller says of rules."""
    return Layer(
        profile=Said(profile, COMMAND_LINE) if profile else None,
        select=tuple(Said(word, COMMAND_LINE) for word in select) or None,
        ignore=tuple(Said(word, COMMAND_LINE) for word in ignore) or None,
    )


def profile_of(layers: Sequence[Layer]) -> Said[str]:
    """The profile that the last layer to name one names."""
    named = [layer.profile for layer in layers if layer.profile is not None]
    return named[-1] if named else Said(profiles.DEFAULT, Place(COMMAND_LINE.source, key=_DEFAULT))


def levels(layers: Sequence[Layer]) -> dict[str, Held]:
    """What holds for each code, by layers of which later ones are laid over earlier ones.

    Within a layer `severity` comes first, then `select`, then `ignore`.
    """
    start, pinned = _start(layers)
    held = dict(start)
    for layer in layers:
        _lay(held, layer, start, pinned)
    return held


def _start(layers: Sequence[Layer]) -> tuple[dict[str, Held], frozenset[str]]:
    """What the profile says, and the codes that are later than the pinned release."""
    name = profile_of(layers).value
    held = {row.code: Held(row.severity, _DEFAULT) for row in packs.own()}
    held |= {
        code: Held(severity, f"profile {name}")
        for code, severity in profiles.profiles()[name].levels.items()
    }
    pins = [layer.as_of for layer in layers if layer.as_of is not None]
    if not pins:
        return held, frozenset()
    from specstat.rules import releases  # noqa: PLC0415 - only what is pinned needs it

    later = releases.after(pins[-1].value)
    origin = f"rules-as-of {pins[-1].value} ({pins[-1].place.brief})"
    return held | {code: Held(None, origin) for code in later}, later


def _lay(
    held: dict[str, Held], layer: Layer, start: Mapping[str, Held], pinned: frozenset[str]
) -> None:
    loud = _loudness(layer, pinned)
    for code, said in loud.items():
        if said.severity is not None:
            held[code] = Held(said.severity, said.place.brief)
    if layer.select:
        chosen = _codes(layer.select, pinned)
        rest = f"not in select ({layer.select[0].place.brief})"
        for code in [c for c, h in held.items() if c not in chosen and h.severity is not None]:
            held[code] = Held(None, rest)
        for code, place in chosen.items():
            if held.get(code, _OFF).severity is None:
                held[code] = Held(_loudest(code, start), place.brief)
    for code, said in loud.items():
        if said.severity is None:
            held[code] = Held(None, said.place.brief)
    for code, place in _codes(layer.ignore or (), pinned).items():
        held[code] = Held(None, place.brief)


def _loudest(code: str, start: Mapping[str, Held]) -> Severity:
    """How loud a code is that was switched on: as the profile has it, or else the strict one."""
    strict = profiles.profiles()[profiles.STRICT].levels
    return start.get(code, _OFF).severity or strict.get(code) or Severity.WARNING


def _codes(words: Iterable[Said[str]], pinned: frozenset[str]) -> dict[str, Place]:
    """The codes that words stand for, each with the place of the word."""
    return {code: word.place for word in words for code in sorted(_matching(word.value, pinned))}


def _matching(word: str, pinned: frozenset[str]) -> frozenset[str]:
    """The codes that a word stands for; what is pinned away must be named in full."""
    codes = registry.matching(word)
    return codes if registry.find(word) else codes - pinned


def _loudness(layer: Layer, pinned: frozenset[str]) -> dict[str, Loudness]:
    """The word for each code: of the last mapping that has one, the most exact."""
    found: dict[str, Loudness] = {}
    for mapping in layer.severity:
        for said in sorted(mapping, key=_exactness):
            found |= dict.fromkeys(_matching(said.word, pinned), said)
    return found


def _exactness(said: Loudness) -> int:
    """A code or a name stands for one rule, the start of codes for the fewer the longer it is."""
    return 100 if registry.find(said.word) else len(said.word)


def options(layers: Sequence[Layer]) -> Iterator[HeldOption]:
    """The options that are set; of several words for one the last counts."""
    found: dict[tuple[str, str], HeldOption] = {}
    for layer in layers:
        for rule, name, value in layer.options:
            entry = registry.find(rule.value)
            code = entry.code if entry else rule.value
            found[code, name.value] = HeldOption(code, name.value, value.value, name.place.brief)
    yield from found.values()


def on(held: Mapping[str, Held]) -> dict[str, Severity]:
    """The codes that are on, each with its highest severity."""
    return {code: h.severity for code, h in held.items() if h.severity is not None}
