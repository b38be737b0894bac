"""The three tests of the philosophy, as plugins: what was heard of a field in, evidence out.

Each can be switched off. None asks who sets the field.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from specstat.judge.signals import Signal
from specstat.judge.traits import Traits
from specstat.model.evidence import TEST_OF, Evidence, Question, Test
from specstat.model.resource import Field, Section

# What an author declares beside the purpose is evidence, not a verdict (design, law 3). Weights
# in nats: a declaration counts as much as the strongest signals of its question.
CHANGES = {
    "lifecycle": (Section.STATUS, 3.0, "it changes without being asked"),
    "append-only": (Section.STATUS, 0.5, "it grows"),
    "never": (Section.SPEC, 0.5, "it never changes; that alone is no reason for status"),
    "set-once": (Section.SPEC, 0.3, "it is set once; that is no reason for status"),
    "until-accepted": (Section.SPEC, 1.0, "it is open until it is accepted"),
    "on-request": (Section.SPEC, 2.0, "it changes on request"),
}
SET_WHEN = {
    "creation": (Section.SPEC, 1.0, "it is set at creation"),
    "reconcile": (Section.STATUS, 0.3, "it is set while reconciling"),
    "execution": (Section.STATUS, 1.5, "it is set during execution"),
    "completion": (Section.STATUS, 2.5, "it is set at completion"),
}
_ECHO_WEIGHT = 3.0
# What the schema's own language declares. Field behaviors (AIP-203) tell who may write, so they
# weigh half of what they weigh in flat resources, where OUTPUT_ONLY stands with 97 % of what
# reports and 4 % of what asks (243 kinds of Google's APIs); a path of the scale subresource says
# what its value is for (Kubernetes, CustomResourceSubresourceScale).
DECLARATIONS = {
    "const": (Question.CHANGES, Section.SPEC, 0.3, "the schema fixes its value"),
    "field_behavior=IMMUTABLE": (
        Question.CHANGES,
        Section.SPEC,
        0.5,
        "IMMUTABLE, which is no reason for status",
    ),
    "field_behavior=INPUT_ONLY": (Question.DOES, Section.SPEC, 1.5, "INPUT_ONLY"),
    "field_behavior=OUTPUT_ONLY": (Question.DOES, Section.STATUS, 1.5, "OUTPUT_ONLY"),
    "field_behavior=REQUIRED": (Question.DOES, Section.SPEC, 1.0, "REQUIRED of whoever asks"),
    "scale=labelSelectorPath": (
        Question.PURPOSE,
        Section.STATUS,
        3.0,
        "the selector that the scale subresource reports",
    ),
    "scale=specReplicasPath": (
        Question.PURPOSE,
        Section.SPEC,
        3.0,
        "the count that the scale subresource asks for",
    ),
    "scale=statusReplicasPath": (
        Question.PURPOSE,
        Section.STATUS,
        3.0,
        "the count that the scale subresource reports",
    ),
}


class Heard(NamedTuple):
    """What was found out about a field once, for all tests: its traits and what spoke.

    `lean` is what the signals weigh together and `wording` what all words do, in nats toward
    status; `words` are the loudest of these.
    """

    traits: Traits
    signals: Sequence[tuple[Signal, str]]
    lean: float = 0.0
    wording: float = 0.0
    words: tuple[str, ...] = ()


PlacementTest = Callable[[Field, Heard], Iterator[Evidence]]


def _from_schema(test: Test, field: Field) -> Iterator[Evidence]:
    for word in field.declarations:
        if word in DECLARATIONS:
            question, toward, weight, reason = DECLARATIONS[word]
            if TEST_OF[question] is test:
                yield Evidence(test, question, toward, weight, f"declared: {reason}")


def _from_signals(test: Test, heard: Heard) -> Iterator[Evidence]:
    for signal, quote in heard.signals:
        if signal.test is test:
            yield Evidence(
                test, signal.question, signal.toward, signal.weight, signal.reason, quote, signal.id
            )


def _from_wording(heard: Heard) -> Iterator[Evidence]:
    """The sum of all learned weights of words, as one line (design, law 5)."""
    if not heard.wording:
        return
    toward = Section.STATUS if heard.wording > 0 else Section.SPEC
    reason, quote = f"the wording of fields of {toward}", ", ".join(heard.words)
    weight = abs(heard.wording)
    yield Evidence(Test.PURPOSE, Question.PURPOSE, toward, weight, reason, quote, "wording")


def declared(field: Field, tests: Collection[Test]) -> Iterator[Evidence]:
    """What is declared of a field, by its schema's own language and by its author."""
    for test in tests:
        yield from _from_schema(test, field)
        yield from _from_author(test, field)


def _from_author(test: Test, field: Field) -> Iterator[Evidence]:
    said = field.declared
    if test is Test.PURPOSE and said.echo_of:
        reason = f"declared to echo {said.echo_of}"
        yield Evidence(test, Question.PURPOSE, Section.STATUS, _ECHO_WEIGHT, reason)
    if test is not Test.IMMUTABILITY:
        return
    for question, word, table in (
        (Question.CHANGES, said.changes, CHANGES),
        (Question.SET_WHEN, said.set_when, SET_WHEN),
    ):
        if word in table:
            toward, weight, reason = table[word]
            yield Evidence(test, question, toward, weight, f"declared: {reason}")


def input_output(field: Field, heard: Heard) -> Iterator[Evidence]:
    """Does it control how the resource behaves, or report what happened?"""
    yield from _from_signals(Test.INPUT_OUTPUT, heard)
    yield from declared(field, (Test.INPUT_OUTPUT,))


def immutability(field: Field, heard: Heard) -> Iterator[Evidence]:
    """Does it change without being asked? Never to change is no sign of status."""
    yield from _from_signals(Test.IMMUTABILITY, heard)
    yield from declared(field, (Test.IMMUTABILITY,))


def purpose(field: Field, heard: Heard) -> Iterator[Evidence]:
    """Is it an instruction or an observation?"""
    yield from _from_signals(Test.PURPOSE, heard)
    yield from _from_wording(heard)
    yield from declared(field, (Test.PURPOSE,))


ALL: Mapping[Test, PlacementTest] = {
    Test.INPUT_OUTPUT: input_output,
    Test.IMMUTABILITY: immutability,
    Test.PURPOSE: purpose,
}
