"""What a policy says of an update, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

from specstat.immutability.equality.canonical import canonical
from specstat.immutability.judging.judged import Judged
from specstat.immutability.judging.verify import Verdict
from specstat.immutability.schema import ABSENT
from specstat.immutability.terms import Mode
from specstat.reporters.layout import WIDTH, clip, visible, wrap

VERSION = 1
_HALF = WIDTH // 2 - 4
# So many equal characters are shown in front of the first that differs.
_BEFORE = 8
_HELP = (
    "help: undo the forbidden changes, or create a new object with them; what should be allowed"
    " belongs under mutable in the policy"
)


def text(name: str, verdict: Verdict) -> str:
    """A verdict in lines of 80 columns, what is forbidden first."""
    lines: list[str] = []
    word = "forbidden" if verdict.mode is Mode.ENFORCE else "warning"
    for one in sorted(verdict.judged, key=lambda one: not one.forbidden):
        lines += _told(one, word if one.forbidden else "allowed")
    lines += [line for note in verdict.unjudged for line in wrap(f"not judged: {note}", WIDTH)]
    lines += ["", *wrap(_outcome(name, verdict), WIDTH)]
    if verdict.violations:
        lines += wrap(_HELP, WIDTH)
    return "\n".join(lines).lstrip("\n") + "\n"


def _outcome(name: str, verdict: Verdict) -> str:
    """The sum of a verdict in a sentence."""
    why = f"locked: {verdict.locked}" if verdict.locked else "the object is not locked"
    why = f"exempt: {verdict.exempt}" if verdict.exempt else why
    every, bad = len(verdict.judged), len(verdict.violations)
    changes = f"{every} change{'s' * (every != 1)}"
    if not every:
        return f"nothing changed, says {name} ({why})"
    if not bad:
        return f"{changes}, allowed by {name} ({why})"
    if verdict.allowed:
        return f"{bad} of {changes} against {name}, which only warns ({why})"
    return f"{bad} of {changes} forbidden by {name} ({why})"


def _told(one: Judged, word: str) -> list[str]:
    change = one.change
    old, new = _clipped(_value(change.old), _value(change.new))
    return [
        visible(f"{word}: {change.path} {change.kind.value}"),
        clip(f"  {old} -> {new}", WIDTH),
        *(f"  {line}" for line in wrap(one.reason, WIDTH - 2)),
    ]


def _value(value: Any) -> str:  # noqa: ANN401 - any value of JSON
    return "(absent)" if value is ABSENT else visible(str(canonical(value)))


def _clipped(old: str, new: str) -> tuple[str, str]:
    """Two texts cut to half a line each, around where they begin to differ."""
    start = 0
    if min(len(old), len(new)) > _HALF:
        pairs = enumerate(zip(old, new, strict=False))
        start = max(0, next((n for n, (a, b) in pairs if a != b), 0) - _BEFORE)
    texts = (f"\u2026{text[start:]}" if start else text for text in (old, new))
    one, other = (clip(text, _HALF) for text in texts)
    return one, other


def json_text(name: str, verdict: Verdict) -> str:
    """A verdict as JSON, in the form that is published in `verify.schema.json`.

    An absent value has no `old` or `new`.
    """
    found = {
        "version": VERSION,
        "policy": name,
        "mode": verdict.mode.value,
        "allowed": verdict.allowed,
        "locked": verdict.locked or None,
        "exempt": verdict.exempt or None,
        "changes": [_object(one) for one in verdict.judged],
        "unjudged": list(verdict.unjudged),
    }
    return json.dumps(found, indent=2) + "\n"


def _object(one: Judged) -> dict[str, Any]:
    change = one.change
    sides = {"old": change.old, "new": change.new}
    return {
        "path": change.path,
        "kind": change.kind.value,
        "forbidden": one.forbidden,
        "reason": one.reason,
        **{name: value for name, value in sides.items() if value is not ABSENT},
    }
