"""Definitions with generated rules, for tests that ask Kubernetes about them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path as File
from typing import Any

import yaml

from specstat.immutability.generate.cel import Rule
from specstat.immutability.paths import parse
from specstat.immutability.terms import (
    ConditionTest,
    Exemption,
    FieldTest,
    Mode,
    Named,
    Terms,
    Trigger,
    Word,
)
from specstat.model.source import Span

FIXTURES = File(__file__).parents[2] / "fixtures" / "immutability"
ACCEPTED = ConditionTest("Accepted")
STARTED = FieldTest(("status", "phase"), ("Pending",), negated=True, absent="Pending")
LETTER = (
    "agentRef implementationSpecRef implementation runtime workflow secrets systemPrompt"
    " systemPromptRef vcsRef memoryRef"
).split()


def load(name: str) -> dict[str, Any]:
    """A definition among the fixtures."""
    found: dict[str, Any] = yaml.safe_load((FIXTURES / name).read_text(encoding="utf-8"))
    return found


def terms(  # noqa: PLR0913 - as many parameters as a policy has keys
    immutable: Mapping[str, Word] | Iterable[str] = (),
    mutable: Iterable[str] = (),
    *,
    default_fixed: bool = False,
    locked_when: Sequence[Trigger] = (ACCEPTED, STARTED),
    exempt_when: Sequence[Exemption] = (),
    mode: Mode = Mode.ENFORCE,
) -> Terms:
    """A policy about a kind Knot; what has no word is fixed once accepted."""
    words = (
        immutable
        if isinstance(immutable, Mapping)
        else dict.fromkeys(immutable, Word.UNTIL_ACCEPTED)
    )
    span = Span(0, 0)
    return Terms(
        name="knots",
        group="example.org",
        kind="Knot",
        fixed=tuple(Named(parse(p), word, span) for p, word in words.items()),
        open=tuple(Named(parse(p), None, span) for p in mutable),
        default_fixed=default_fixed,
        locked_when=tuple(locked_when),
        exempt_when=tuple(exempt_when),
        mode=mode,
    )


AGENTRUN = terms([f"spec.{name}" for name in LETTER])
AGENTRUN_STRICT = terms(mutable=["spec.ttlSecondsAfterFinished"], default_fixed=True)


def with_rules(crd: Mapping[str, Any], rules: Iterable[Rule]) -> dict[str, Any]:
    """A definition with rules at the root of its first version's schema, after its own."""
    found = copy.deepcopy(dict(crd))
    root = found["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    own = root.get("x-kubernetes-validations", [])
    root["x-kubernetes-validations"] = [*own, *(rule.as_mapping() for rule in rules)]
    return found
