"""A policy as markers of controller-gen, for the Go type of the kind.

What is written into a definition that controller-gen made is lost when it runs again; markers
become the same rules at each run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_MARKER = "// +kubebuilder:validation:XValidation:"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# In the order in which controller-gen's documentation names them.
_KEYS = ("rule", "message", "reason", "fieldPath", "optionalOldSelf")


def markers(rules: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """One marker a rule, each on a line of its own; rules as definitions hold them."""
    return tuple(_MARKER + ",".join(_arguments(rule)) for rule in rules)


def text_of(found: Iterable[str], kind: str, version: str) -> str:
    """The markers above the beginning of the Go type, with a word on where that stands."""
    where = (
        f"// Put these markers above the type {kind} (not {kind}Spec) of version {version},\n"
        f"// often in api/{version}/{kind.lower()}_types.go, and run controller-gen.\n"
    )
    lines = "".join(f"{line}\n" for line in found)
    return f"{where}{lines}type {kind} struct {{\n"


def _arguments(rule: Mapping[str, str]) -> Iterable[str]:
    for key in _KEYS:
        if key in rule:
            yield f"{key}={_quoted(rule[key])}"


def _quoted(text: str) -> str:
    """A text as Go reads it between double quotes."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return char if char.isprintable() else f"\\U{ord(char):08x}"
