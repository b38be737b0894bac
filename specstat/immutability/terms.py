"""What a policy says, as nouns; nothing here knows of files, schemas or objects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from specstat.immutability.paths import Path, text_of
from specstat.model.source import Source, Span


class PolicyError(ValueError):
    """A policy that cannot be used; the message tells where (file:line:column), what and why."""


class Word(StrEnum):
    """How far a field may change: the words of the annotation vocabulary that restrict it.

    NEVER: from creation on it is as it is. SET_ONCE: it may be unset at first, and is fixed once it
    has a value. APPEND_ONLY: a list or map to which items are only added. UNTIL_ACCEPTED: it is
    fixed once the object is locked. The first three do not ask whether the object is locked.
    """

    NEVER = "never"
    SET_ONCE = "set-once"
    APPEND_ONLY = "append-only"
    UNTIL_ACCEPTED = "until-accepted"


class Mode(StrEnum):
    """Whether a violation fails the object, or is only told."""

    WARN = "warn"
    ENFORCE = "enforce"


class Named(NamedTuple):
    """A field path of a policy with its place in the text; `word` is None under `mutable`."""

    path: Path
    word: Word | None
    span: Span


class ConditionTest(NamedTuple):
    """That `status.conditions` has a condition of a type with a status: `Accepted=True`."""

    type: str
    status: str = "True"


class FieldTest(NamedTuple):
    """That a scalar field's value, as text, is among some values, or (`negated`) is not.

    `absent` is the value that counts where the field is not there; None is none at all, which is
    among no values: a negated test holds then. Null counts as not there.
    """

    path: Path
    values: tuple[str, ...]
    negated: bool = False
    absent: str | None = None


class KeyTest(NamedTuple):
    """That a label or annotation is there, with one of some values if any are given."""

    kind: str  # "labels" or "annotations"
    key: str
    values: tuple[str, ...] = ()


class Creation(NamedTuple):
    """That the object is stored: it has a `metadata.uid`."""


class Always(NamedTuple):
    """What holds for every object, stored or not."""


Trigger = ConditionTest | FieldTest | Creation | Always
Exemption = ConditionTest | FieldTest | KeyTest


def in_words(test: Trigger | Exemption) -> str:
    """What a test asks of an object, to follow "where" or "once"."""
    match test:
        case ConditionTest(type, status):
            return f"the condition {type} is {status}"
        case FieldTest(path, values, negated):
            return f"{text_of(path)} is {'not ' if negated else ''}{' or '.join(values)}"
        case KeyTest(kind, key, values):
            among = " or ".join(values) or "there"
            return f"the {kind.removesuffix('s')} {key} is {among}"
        case Creation():
            return "it is stored"
        case Always():
            return "always"


class Owned(NamedTuple):
    """Label and annotation keys that belong to the controller, by their beginnings.

    Once the object is locked, only the users in `by` may add, change or remove them.
    """

    labels: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


class OnViolation(NamedTuple):
    """What a controller writes of a violation: a phase, conditions, a reason, an Event.

    `conditions` are pairs of a type and the status that it gets. No phase where `phase` is empty.
    """

    phase: str = ""
    phase_field: Path = ("status", "phase")
    conditions: tuple[tuple[str, str], ...] = ()
    reason: str = "SpecImmutableViolation"
    event: bool = True


NOT_OWNED = Owned()
USUALLY = OnViolation()
NOWHERE = Source("", "")


@dataclass(frozen=True, slots=True)
class Terms:
    """A policy as it is declared.

    `fixed` and `open` are the paths under `immutable` and `mutable`; `default_fixed` says what
    holds for the rest of `spec`. `locked_when` are triggers of which any locks the object;
    `terminal` tells objects that are done. `record` is where the accepted hash is kept (None:
    nowhere). `toggle` is the environment variable that overrides `mode`. `crd` is the file of the
    kind's definition as written in the policy, empty where none is named. `spans` hold the places
    of keys of the policy, by name, for whoever complains about one.
    """

    name: str
    group: str
    kind: str
    fixed: tuple[Named, ...] = ()
    open: tuple[Named, ...] = ()
    default_fixed: bool = False
    locked_when: tuple[Trigger, ...] = (Creation(),)
    exempt_when: tuple[Exemption, ...] = ()
    terminal: FieldTest | None = None
    owned: Owned = NOT_OWNED
    record: Path | None = None
    on_violation: OnViolation = USUALLY
    mode: Mode = Mode.ENFORCE
    toggle: str = ""
    crd: str = ""
    source: Source = NOWHERE
    spans: tuple[tuple[str, Span], ...] = ()

    def span_of(self, key: str) -> Span:
        """The place of a key of the policy; that of the policy where it is not written."""
        return dict(self.spans).get(key) or dict(self.spans).get("policy", Span(0, 0))
