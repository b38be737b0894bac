"""`specstat where --ask`: the four questions, one keystroke each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from specstat.cli.errors import UsageError
from specstat.judge import scales, weigh
from specstat.judge.placement_tests import CHANGES, SET_WHEN
from specstat.judge.verdict import judge
from specstat.judge.weights import Weights
from specstat.model.evidence import (
    SAID,
    TEST_OF,
    Account,
    Answer,
    Evidence,
    Question,
    Test,
    Verdict,
)
from specstat.model.resource import Field, Section

_OPEN = ("?", "I don't know")


@dataclass(frozen=True, slots=True)
class _Ask:
    """A question with its choices: key, what it means, and the value it stands for."""

    text: str
    choices: tuple[tuple[str, str, str], ...]


_SET_WHEN = _Ask(
    "When is it set?",
    (
        ("b", "before work on it starts, with the request", "creation"),
        ("d", "during the work", "execution"),
        ("e", "at the end of it", "completion"),
    ),
)
_CHANGES = _Ask(
    "Does it change?",
    (
        ("n", "never", "never"),
        ("r", "on request: when someone wants it otherwise", "on-request"),
        ("u", "unasked: the system changes it as things go on", "lifecycle"),
    ),
)
_DOES = _Ask(
    "What does it do?",
    (
        ("c", "it controls how the resource behaves", "input"),
        ("r", "it reports what happened or how things are", "output"),
    ),
)
_PURPOSE = _Ask(
    "What is it for?",
    (
        ("i", "an instruction: do this, use that", "instruction"),
        ("o", "an observation: this is so, that happened", "observation"),
        ("d", "identity: it tells which object this is", "identity"),
    ),
)
_DOES_WHAT = {
    "input": (Section.SPEC, 3.0, "it controls behaviour"),
    "output": (Section.STATUS, 3.0, "it reports"),
}
# A person who knows the purpose settles the matter.
_FOR_WHAT = {
    "instruction": (Section.SPEC, weigh.DECISIVE, "it is an instruction"),
    "observation": (Section.STATUS, weigh.DECISIVE, "it is an observation"),
}


def ask(name: str, field: Field, kind: str, weights: Weights | None = None) -> Verdict:
    """Ask the four questions about a field and judge it with the answers.

    `weights` are what words weigh beside them, None for the shipped ones.
    """
    sys.stderr.write(f"Four questions about {name}. Who sets it is not among them.\n\n")
    set_when, changes = _answer(_SET_WHEN), _answer(_CHANGES)
    does, purpose = _answer(_DOES), _answer(_PURPOSE)
    said = (
        *_said(Question.SET_WHEN, SET_WHEN, set_when),
        *_said(Question.CHANGES, CHANGES, changes),
        *_said(Question.DOES, _DOES_WHAT, does),
        *_said(Question.PURPOSE, _FOR_WHAT, purpose if purpose in _FOR_WHAT else ""),
    )
    verdict = judge(field, by=scales.of(weights), said=said, kind=kind)
    if purpose == "identity":
        return _identity(verdict)
    # Whoever knows the purpose knows what it hung on.
    return verdict._replace(depends="") if purpose else verdict


def _identity(verdict: Verdict) -> Verdict:
    """The verdict where a person says that the field is the object's identity."""
    reason = "you say that it tells which object this is"
    own = Answer(Test.PURPOSE, "identity", reason)
    answers = tuple(own if a.test is Test.PURPOSE else a for a in verdict.answers)
    section = Section.METADATA
    about = (Test.PURPOSE, Question.PURPOSE, section)
    evidence = Evidence(*about, weigh.DECISIVE, reason, signal=SAID)
    account = Account(answers, (evidence, *verdict.evidence))
    return verdict._replace(
        section=section,
        probabilities=weigh.certain(section),
        account=lambda: account,
        even=False,
        depends="",
    )


def _said(
    question: Question, table: Mapping[str, tuple[Section, float, str]], answer: str
) -> Iterator[Evidence]:
    """An answer as evidence, with the weight that a declaration of the same would have."""
    if answer:
        toward, weight, reason = table[answer]
        yield Evidence(TEST_OF[question], question, toward, weight, f"you say that {reason}")


def _answer(question: _Ask) -> str:
    """One keystroke on a terminal, a line elsewhere; empty where the answer is not known."""
    sys.stderr.write(f"{question.text}\n")
    for key, text, _ in question.choices:
        sys.stderr.write(f"  {key}  {text}\n")
    sys.stderr.write(f"  {_OPEN[0]}  {_OPEN[1]}\n")
    values = {key: value for key, _, value in question.choices} | {_OPEN[0]: "", "": ""}
    while True:
        sys.stderr.write("> ")
        sys.stderr.flush()
        key = _key()
        sys.stderr.write(f"{key}\n\n" if sys.stdin.isatty() else "\n\n")
        if key in values:
            return values[key]
        sys.stderr.write(f"Press one of {', '.join(k for k in values if k)}.\n")


def _key() -> str:
    if sys.stdin.isatty():
        import typer

        return typer.getchar().strip().lower()[:1]
    line = sys.stdin.readline()
    if not line:
        message = "--ask found no answer on standard input; it wants four lines there"
        raise UsageError(message)
    return line.strip().lower()[:1]
