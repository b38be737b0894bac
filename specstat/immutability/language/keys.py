"""The keys of a policy: for each how it is read, its JSON Schema and what it is for.

The schema that is published and the page in the documentation are made from this table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from specstat.immutability.language import triggers as policy_triggers
from specstat.immutability.language import values as policy_values
from specstat.immutability.language.consequences import (
    OWNED_KEYS,
    VIOLATION_KEYS,
    form,
    mapping_of,
    within,
)
from specstat.immutability.language.testkeys import EXEMPTIONS, FIELD_TEST, TRIGGERS
from specstat.immutability.paths import text_of
from specstat.immutability.terms import Mode, Named, Terms, Word
from specstat.readers.settings import values
from specstat.readers.settings.items import Line
from specstat.readers.settings.keys import Key, Schema

_KIND = r"(?:[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?/)?[A-Za-z][A-Za-z0-9]*"
_NAME = r"(?=.{1,63}$)[a-z0-9]+(?:-[a-z0-9]+)*"
_VARIABLE = r"[A-Za-z_][A-Za-z0-9_]*"
_DEFAULTS = ("mutable", "immutable")
WORDS: Mapping[Word, str] = {
    Word.UNTIL_ACCEPTED: "It may change until the object is locked; then it may be neither "
    "changed nor unset nor set.",
    Word.NEVER: "It never changes after creation, locked or not.",
    Word.SET_ONCE: "It may be set once, at any time, and is fixed from then on.",
    Word.APPEND_ONLY: "To a list or a map only further items are added, at any time.",
}
_LIST: Schema = {
    "type": ["array", "null"],
    "items": policy_values.PROTECTED,
    "uniqueItems": True,
}


def _name(found: Terms, line: Line, example: str) -> Terms:
    what = "a name of up to 63 small letters, digits and - between"
    return replace(found, name=policy_values.matching(line, _NAME, what, example).value)


def _kind(found: Terms, line: Line, example: str) -> Terms:
    said = policy_values.matching(line, _KIND, "a kind, [GROUP/]KIND", example)
    group, _, kind = said.value.rpartition("/")
    return replace(found, group=group, kind=kind)


def _crd(found: Terms, line: Line, example: str) -> Terms:
    return replace(found, crd=policy_values.text(line, "the path of a file", example).value)


def _default(found: Terms, line: Line, example: str) -> Terms:
    said = values.one_of(line, _DEFAULTS, example)
    return replace(found, default_fixed=said.value == "immutable")


def _immutable(found: Terms, line: Line, example: str) -> Terms:
    named = tuple(policy_values.worded(line, example))
    _refuse_twice(found, named, line)
    return replace(found, fixed=named)


def _mutable(found: Terms, line: Line, example: str) -> Terms:
    named = tuple(policy_values.listed(line, None, example))
    _refuse_twice(found, named, line)
    return replace(found, open=named)


def _refuse_twice(found: Terms, named: Iterable[Named], line: Line) -> None:
    """A path that is named twice has no longer one that wins."""
    seen = {one.path: one for one in (*found.fixed, *found.open)}
    for one in named:
        if (other := seen.setdefault(one.path, one)) is not one:
            key = line.name if other in named else _other(line.name)
            source = found.source
            on = f" on line {source.position(other.span.start).line}" if source.text else ""
            message = f"{text_of(one.path)} stands under {key} already{on}; keep one of the two"
            place = line.place._replace(span=one.span) if source.text else line.place
            raise place.error(message)


def _other(key: str) -> str:
    return "mutable" if key == "immutable" else "immutable"


def _locked(found: Terms, line: Line, example: str) -> Terms:
    return replace(found, locked_when=policy_triggers.triggers(line, example))


def _exempt(found: Terms, line: Line, example: str) -> Terms:
    return replace(found, exempt_when=policy_triggers.exemptions(line, example))


def _terminal(found: Terms, line: Line, example: str) -> Terms:
    return replace(found, terminal=policy_triggers.field_test(line, example))


def _owned(found: Terms, line: Line, example: str) -> Terms:
    owned = within(OWNED_KEYS, found.owned, line, example)
    if not owned.labels and not owned.annotations:
        raise line.at.error(f"{line.name} names no keys; write such as {example}")
    if not owned.by:
        message = (
            f"{line.name} does not say whose the keys are; name the controller's user in by, for "
            "without it nobody could change them"
        )
        raise line.at.error(message)
    return replace(found, owned=owned)


def _record(found: Terms, line: Line, example: str) -> Terms:
    return replace(found, record=policy_values.below_status(line, example))


def _violation(found: Terms, line: Line, example: str) -> Terms:
    said = within(VIOLATION_KEYS, found.on_violation, line, example)
    return replace(found, on_violation=said)


def _mode(found: Terms, line: Line, example: str) -> Terms:
    return replace(found, mode=Mode(values.one_of(line, (m.value for m in Mode), example).value))


def _toggle(found: Terms, line: Line, example: str) -> Terms:
    what = "the name of an environment variable"
    return replace(found, toggle=policy_values.matching(line, _VARIABLE, what, example).value)


KEYS: Mapping[str, Key[Terms]] = {
    "name": Key(
        _name,
        form(_NAME),
        "a name",
        "What the policy is called; the kind in small letters where nothing is said.",
        "name: agentrun-strict",
    ),
    "kind": Key(
        _kind,
        form(_KIND),
        "[GROUP/]KIND",
        "The kind that it speaks of. Without a group it is the kind of any group.",
        "kind: example.org/Backup",
    ),
    "crd": Key(
        _crd,
        policy_values.TEXT,
        "a path",
        "The file of the kind's definition, relative to the file of the policy.",
        "crd: ../crds/backups.yaml",
    ),
    "default": Key(
        _default,
        {"enum": list(_DEFAULTS)},
        "mutable or immutable",
        "What holds for fields of `spec` that are named in neither list; `mutable` where nothing "
        "is said. `immutable` means `until-accepted`.",
        "default: immutable",
    ),
    "immutable": Key(
        _immutable,
        {
            "anyOf": [
                _LIST,
                {
                    "type": "object",
                    "propertyNames": policy_values.PROTECTED,
                    "additionalProperties": {"enum": [w.value for w in Word]},
                },
            ]
        },
        "field paths, or words by field path",
        "What is fixed: a list, each `until-accepted`, or a mapping of each path to its word. A "
        "path covers what is below it, and the longer path wins.",
        "immutable: {spec.source: until-accepted, spec.id: never}",
    ),
    "mutable": Key(
        _mutable,
        _LIST,
        "field paths",
        "What may be changed, below something fixed.",
        "mutable: [spec.ttlSeconds]",
    ),
    "locked-when": Key(
        _locked,
        TRIGGERS,
        "a list of tests",
        "What locks an object; any of them does. `creation`: it is stored, which holds where "
        "nothing is said. `always`: stored or not.",
        "locked-when: [{condition: Accepted=True}, {field: status.phase, not-in: [Pending], "
        "absent: Pending}]",
    ),
    "exempt-when": Key(
        _exempt,
        EXEMPTIONS,
        "a list of tests",
        "What exempts an object, such as a template; any of them does.",
        'exempt-when: [{label: example.org/template, in: ["true"]}]',
    ),
    "terminal": Key(
        _terminal,
        FIELD_TEST,
        "a test on a field",
        "When an object is done: a controller fails it no more. It stays locked.",
        "terminal: {field: status.phase, in: [Succeeded, Failed]}",
    ),
    "owned": Key(
        _owned,
        {
            **mapping_of(OWNED_KEYS),
            "required": ["by"],
            "anyOf": [{"required": ["labels"]}, {"required": ["annotations"]}],
        },
        "labels, annotations, by",
        "Labels and annotations that belong to the controller once the object is locked.",
        'owned: {labels: [example.org/], by: ["system:serviceaccount:example:controller"]}',
    ),
    "record": Key(
        _record,
        policy_values.BELOW_STATUS,
        "a field path below status",
        "Where the hash of what was accepted is kept, a text or an object.",
        "record: status.specHash",
    ),
    "on-violation": Key(
        _violation,
        mapping_of(VIOLATION_KEYS),
        "what to write",
        "What a controller writes where an object was changed all the same.",
        'on-violation: {phase: Failed, conditions: {Ready: "False"}}',
    ),
    "mode": Key(
        _mode,
        {"enum": [m.value for m in Mode]},
        "warn or enforce",
        "Whether a violation fails the object or is only told; `enforce` where nothing is said.",
        "mode: warn",
    ),
    "toggle": Key(
        _toggle,
        form(_VARIABLE),
        "an environment variable",
        "The variable that switches a controller between both: `false` makes it `warn`. It reaches "
        "no rule that is installed in the cluster.",
        "toggle: BACKUP_IMMUTABILITY_ENFORCED",
    ),
}
