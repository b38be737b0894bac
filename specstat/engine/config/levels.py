"""Which codes are on and how loud each may be: a profile, and what is laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from specstat.engine.config.nouns import COMMAND_LINE, Layer, Loudness
from specstat.model.diagnostic import Severity
from specstat.readers.settings.places import Place, Said
from specstat.rules import packs, profiles, registry
from specstat.rules.catalogue import Catalogue

_DEFAULT = "default"
_EXACT = 100


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


def levels(layers: Sequence[Layer], rules: Catalogue | None = None) -> dict[str, Held]:
    """What holds for each code, by layers of which later ones are laid over earlier ones.

    Within a layer `severity` comes first, then `select`, then `ignore`.
    """
    rules = rules or registry.shipped()
    start, pinned = _start(layers, rules)
    held = dict(start)
    words = _Words(rules, pinned)
    for layer in layers:
        _lay(held, layer, start, words)
    return held


class _Words(NamedTuple):
    """What words stand for: the rules that exist, and the codes that are pinned away."""

    rules: Catalogue
    pinned: frozenset[str]

    def matching(self, word: str) -> frozenset[str]:
        """The codes that a word stands for; what is pinned away must be named in full."""
        codes = self.rules.matching(word)
        return codes if self.rules.find(word) else codes - self.pinned

    def codes(self, words: Iterable[Said[str]]) -> dict[str, Place]:
        """The codes that words stand for, each with the place of the word."""
        return {code: word.place for word in words for code in sorted(self.matching(word.value))}

    def loudness(self, layer: Layer) -> dict[str, Loudness]:
        """The word for each code: of the last mapping that has one, the most exact."""
        found: dict[str, Loudness] = {}
        for mapping in layer.severity:
            for said in sorted(mapping, key=self._exactness):
                found |= dict.fromkeys(self.matching(said.word), said)
        return found

    def _exactness(self, said: Loudness) -> int:
        """A name stands for one rule, the start of codes for the fewer the longer it is."""
        return _EXACT if self.rules.find(said.word) else len(said.word)


def _start(layers: Sequence[Layer], rules: Catalogue) -> tuple[dict[str, Held], frozenset[str]]:
    """What the profile says, and the codes that are later than the pinned release."""
    name = profile_of(layers).value
    held = {row.code: Held(row.severity, _DEFAULT) for row in packs.own()}
    held |= {code: Held(severity, _DEFAULT) for code, severity in rules.severities().items()}
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


def _lay(held: dict[str, Held], layer: Layer, start: Mapping[str, Held], words: _Words) -> None:
    loud = words.loudness(layer)
    for code, said in loud.items():
        if said.severity is not None:
            held[code] = Held(said.severity, said.place.brief)
    if layer.select:
        chosen = words.codes(layer.select)
        rest = f"not in select ({layer.select[0].place.brief})"
        for code in [c for c, h in held.items() if c not in chosen and h.severity is not None]:
            held[code] = Held(None, rest)
        for code, place in chosen.items():
            if held.get(code, _OFF).severity is None:
                held[code] = Held(_loudest(code, start), place.brief)
    for code, said in loud.items():
        if said.severity is None:
            held[code] = Held(None, said.place.brief)
    for code, place in words.codes(layer.ignore or ()).items():
        held[code] = Held(None, place.brief)


def _loudest(code: str, start: Mapping[str, Held]) -> Severity:
    """How loud a code is that was switched on: as the profile has it, or else the strict one."""
    strict = profiles.profiles()[profiles.STRICT].levels
    return start.get(code, _OFF).severity or strict.get(code) or Severity.WARNING


def options(layers: Sequence[Layer], rules: Catalogue | None = None) -> Iterator[HeldOption]:
    """The options that are set; of several words for one the last counts."""
    rules = rules or registry.shipped()
    found: dict[tuple[str, str], HeldOption] = {}
    for layer in layers:
        for rule, name, value in layer.options:
            entry = rules.find(rule.value)
            code = entry.code if entry else rule.value
            found[code, name.value] = HeldOption(code, name.value, value.value, name.place.brief)
    yield from found.values()


def on(held: Mapping[str, Held]) -> dict[str, Severity]:
    """The codes that are on, each with its highest severity."""
    return {code: h.severity for code, h in held.items() if h.severity is not None}
